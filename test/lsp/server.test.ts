/** What an editor gets from the real server. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../physics/compile.ts";
import { type Client, type Found, marked, type Place, startClient } from "./client.ts";

let client: Client;

beforeAll(async () => {
  client = await startClient();
  expect(client.capabilities).toMatchObject({
    hoverProvider: true,
    renameProvider: { prepareProvider: true },
  });
});

afterAll(async () => {
  expect(await client.end()).toBe(0);
});

let names = 0;

async function completions(text: string): Promise<readonly string[]> {
  const found = await client.at<{ label: string }[]>("textDocument/completion", `c${names++}.sevens`, text);
  return found.map(({ label }) => label);
}

const example = readFileSync(`${root}/examples/coherent-csi/neutron-radius.sevens`, "utf8");

describe("findings as one types", { timeout: 60_000 }, () => {
  test("a sound file has none; a typo at every level has its own, with help", async () => {
    expect(await client.open("a.sevens", example)).toEqual([]);
    const typos = example
      .replace("CsI2021 }", "CsI2022 }")
      .replace("model = StandardModel", "modle = StandardModel")
      .replace("8 fm", "8 MeVee")
      .replace("tie I127.Rn  = Rn", "tie I127.Rm  = Rn");
    const found = await client.change("a.sevens", typos);
    expect(found.map(({ code }) => code).sort()).toEqual(expect.arrayContaining(["SV1105", "SV1302"]));
    expect(found.find(({ code }) => code === "SV1302")?.message).toContain("did you mean `model`");
    expect(await client.change("a.sevens", example)).toEqual([]);
  });

  test("half-written and empty files get answers, not silence", async () => {
    expect((await client.open("b.sevens", ""))[0]?.code).toBe("SV1315");
    const half = await client.change("b.sevens", "sevens 1\nanalysis A {\n  model = ");
    expect(half.length).toBeGreaterThan(0);
    const unclosed = await client.change("b.sevens", example.slice(0, -3));
    expect(unclosed.some(({ severity }) => severity === 1)).toBe(true);
  });

  test("what is wrong in a file that another one uses is told there", async () => {
    writeFileSync(join(client.folder, "part.sevens"), "sevens 1\nconstant two = 2 parsecs\n");
    const waiting = client.nextTold(client.uriOf("part.sevens"));
    await client.open("whole.sevens", 'sevens 1\nuse "./part.sevens" { two }\nconstant four = 2*two\n');
    expect((await waiting).map(({ code }) => code)).toContain("SV1205");
  });
});

describe("completion", { timeout: 60_000 }, () => {
  test("knows the declaration that it is in", async () => {
    expect(await completions("sevens 1\n|")).toEqual(expect.arrayContaining(["use", "nucleus", "analysis"]));
    const inAnalysis = await completions("sevens 1\nanalysis A {\n  model = B\n  |\n}\n");
    expect(inAnalysis).toEqual(expect.arrayContaining(["experiments", "free", "interval"]));
    expect(inAnalysis).not.toContain("model");
    expect(await completions("sevens 1\nexperiment E {\n  background B {\n    |")).toEqual(
      expect.arrayContaining(["shape", "total", "events", "errors"]),
    );
  });

  test("knows words, declarations of the kind that is wanted, parameters and units", async () => {
    expect(await completions("sevens 1\nanalysis A {\n  likelihood = |")).toEqual([
      "poisson",
      "gaussian",
      "unbinned",
    ]);
    const head = "sevens 1\nuse interactions { StandardModel }\nuse experiments { CsI2021 }\nanalysis A {\n";
    expect(await completions(`${head}  model = |`)).toEqual(["StandardModel"]);
    expect(await completions(`${head}  experiments = |`)).toEqual(["CsI2021"]);
    expect(await completions(`${head}  free |`)).toEqual(
      expect.arrayContaining(["StandardModel.s2w", "CsI2021.norm"]),
    );
    const units = await completions("sevens 1\nexperiment E {\n  livetime = 3 |");
    expect(units).toEqual(expect.arrayContaining(["day", "s", "us"]));
    expect(units).not.toContain("fm");
    expect(await completions("sevens 1\nuse nuclei { Cs|")).toEqual(expect.arrayContaining(["Cs133"]));
    expect(await completions("sevens 1\nuse n|")).toEqual(expect.arrayContaining(["nuclei"]));
    expect(await completions("sevens 1\n// analysis |")).toEqual([]);
  });

  interface Item {
    readonly label: string;
    readonly sortText: string;
    readonly textEdit: {
      readonly range: { readonly start: Place; readonly end: Place };
      readonly newText: string;
    };
  }

  /** The line of the place after an item was taken. */
  async function taken(text: string, label: string): Promise<string> {
    const items = await client.at<Item[]>("textDocument/completion", `t${names++}.sevens`, text);
    const { textEdit } = items.find((one) => one.label === label)!;
    const { text: plain, position } = marked(text);
    const line = plain.split("\n")[position.line]!;
    const { start, end } = textEdit.range;
    expect([start.line, end]).toEqual([position.line, position]);
    return line.slice(0, start.character) + textEdit.newText + line.slice(end.character);
  }

  test("replaces what is written of a name, of a member and of a file", async () => {
    writeFileSync(join(client.folder, "near-by.sevens"), "sevens 1\nconstant near = 1\n");
    const head = "sevens 1\nuse interactions { StandardModel }\nuse nuclei { Cs133 }\nanalysis A {\n";
    expect(await taken(`${head}  free StandardModel.|\n}\n`, "s2w")).toBe("  free StandardModel.s2w");
    expect(await taken(`${head}  free StandardModel.s|\n}\n`, "s2w")).toBe("  free StandardModel.s2w");
    expect(await taken(`${head}  tie Cs133.Rn = Cs133.|\n}\n`, "Rp")).toBe("  tie Cs133.Rn = Cs133.Rp");
    expect(await taken(`${head}  fix Cs133.Rn = 5 f|\n}\n`, "fm")).toBe("  fix Cs133.Rn = 5 fm");
    expect(await taken('sevens 1\nuse "./near-|" { near }\n', "near-by.sevens")).toBe(
      'use "./near-by.sevens" { near }',
    );
    expect(await completions('sevens 1\nuse "./near-by.sevens" { |')).toEqual(["near"]);
  });

  test("has an order: names of the file, of what it uses, of the language", async () => {
    const text = "sevens 1\nuse functions/lindhard { lindhard }\nconstant zeta = 1\nconstant b = |\n";
    const items = await client.at<Item[]>("textDocument/completion", `o${names++}.sevens`, text);
    const order = [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ label }) => label);
    expect(order.slice(0, 3)).toEqual(["zeta", "lindhard", "pi"]);
  });

  test("knows names that were typed a moment ago", async () => {
    const start = "sevens 1\ninteraction I {\n  parameter g = 1\n";
    await client.open("m.sevens", start);
    await client.type(client.uriOf("m.sevens"), `${start}  parameter later = 2\n  charge[l] += \n}\n`);
    const position = { line: 4, character: "  charge[l] += ".length };
    const found = await client.connection.sendRequest<Item[]>("textDocument/completion", {
      textDocument: { uri: client.uriOf("m.sevens") },
      position,
    });
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(["g", "later"]));
  });
});

const two = `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }
/// Twice a number.
function twice(x: number): number = 2*x
constant four = twice(2)
analysis A {
  model = StandardModel
  experiments = CsI2021
  parameter shift = 0 in -1 .. 1 "a shift"
  tie CsI2021.norm = twice(shift)
}
`;

describe("places", { timeout: 60_000 }, () => {
  test("documentation of a name, a field, a function and a declaration of the library", async () => {
    const hover = async (text: string): Promise<string> =>
      (await client.at<{ contents: { value: string } }>("textDocument/hover", `h${names++}.sevens`, text))
        .contents.value;
    expect(await hover(two.replace("= twice(2)", "= tw|ice(2)"))).toContain("Twice a number.");
    expect(await hover(two.replace("twice(shift)", "twice(sh|ift)"))).toContain("a shift");
    expect(await hover(two.replace("model =", "mo|del ="))).toContain("Sum of the interactions.");
    expect(await hover(two.replace("= StandardModel", "= Standard|Model"))).toContain(
      "**interaction StandardModel**",
    );
    expect(await hover("sevens 1\nconstant a = sq|rt(2)\n")).toContain("sqrt(");
    expect(
      await hover("sevens 1\nconstant a = 3 MeV\nconstant b = 2*a\nconstant c = sqrt(|b*a)\n"),
    ).toContain("**constant b** = 6 MeV");
  });

  test("definitions are found in the file and in the library", async () => {
    const own = await client.at<{ uri: string; range: { start: Place } }>(
      "textDocument/definition",
      "d1.sevens",
      two.replace("twice(shift)", "twice(sh|ift)"),
    );
    expect(own).toMatchObject({
      uri: client.uriOf("d1.sevens"),
      range: { start: { line: 9, character: 12 } },
    });
    const other = await client.at<{ uri: string }>(
      "textDocument/definition",
      "d2.sevens",
      two.replace("= StandardModel", "= Standard|Model"),
    );
    expect(other.uri).toMatch(/models\/interactions\/StandardModel\.sevens$/);
  });

  test("references and rename, which refuses what would collide", async () => {
    const text = two.replace("= twice(2)", "= tw|ice(2)");
    const places = await client.at<unknown[]>("textDocument/references", "r.sevens", text, {
      context: { includeDeclaration: true },
    });
    expect(places).toHaveLength(3);
    const { changes } = await client.at<{ changes: Record<string, { newText: string }[]> }>(
      "textDocument/rename",
      "r.sevens",
      text,
      {
        newName: "doubled",
      },
    );
    expect(changes[client.uriOf("r.sevens")]?.map(({ newText }) => newText)).toEqual([
      "doubled",
      "doubled",
      "doubled",
    ]);
    for (const [newName, why] of [
      ["four", "is declared twice"],
      ["where", "is a word of the language"],
      ["2x", "is no name"],
    ]) {
      await expect(client.at("textDocument/rename", "r.sevens", text, { newName })).rejects.toThrow(why);
    }
    const library = two.replace("= StandardModel", "= Standard|Model");
    await expect(client.at("textDocument/rename", "r.sevens", library, { newName: "X" })).rejects.toThrow(
      "library",
    );
  });

  test("outline, folds, words, hints and symbols of the workspace", async () => {
    const uri = client.uriOf("o.sevens");
    await client.open("o.sevens", two);
    const textDocument = { uri };
    const outline = await client.connection.sendRequest<{ name: string }[]>("textDocument/documentSymbol", {
      textDocument,
    });
    expect(outline.map(({ name }) => name)).toEqual(["twice", "four", "A"]);
    const folds = await client.connection.sendRequest<{ startLine: number }[]>("textDocument/foldingRange", {
      textDocument,
    });
    expect(folds).toMatchObject([{ startLine: 6 }]);
    const { data } = await client.connection.sendRequest<{ data: number[] }>(
      "textDocument/semanticTokens/full",
      {
        textDocument,
      },
    );
    expect(data.length % 5).toBe(0);
    expect(data.length / 5).toBeGreaterThan(25);
    const found = await client.connection.sendRequest<{ name: string }[]>("workspace/symbol", {
      query: "CsI20",
    });
    expect(found.map(({ name }) => name)).toContain("CsI2021");
    const given =
      "sevens 1\nuse sources { SNS }\nuse detectors { CsINa }\nexperiment E {\n  source SNS {\n    distance = 20 m\n  }\n  detector CsINa\n}\n";
    await client.open("i.sevens", given);
    const hints = await client.connection.sendRequest<{ label: string }[]>("textDocument/inlayHint", {
      textDocument: { uri: client.uriOf("i.sevens") },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(hints.map(({ label }) => label)).toEqual([": length"]);
    await client.open("j.sevens", "sevens 1\nconstant a = 3 MeV\nconstant b = 2*a\nconstant c = b/a\n");
    const units = await client.connection.sendRequest<{ label: string; position: Place }[]>(
      "textDocument/inlayHint",
      {
        textDocument: { uri: client.uriOf("j.sevens") },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      },
    );
    expect(units).toMatchObject([{ label: ": MeV", position: { line: 2, character: 10 } }]);
  });
});

describe("changes", { timeout: 60_000 }, () => {
  test("a finding with a suggestion can be mended", async () => {
    const wrong = two.replace("model =", "modle =");
    const [found] = (await client.open("m.sevens", wrong)).filter(({ code }) => code === "SV1302");
    const actions = await client.connection.sendRequest<
      { title: string; edit: { changes: Record<string, { newText: string }[]> } }[]
    >("textDocument/codeAction", {
      textDocument: { uri: client.uriOf("m.sevens") },
      range: found!.range,
      context: { diagnostics: [] },
    });
    expect(actions[0]).toMatchObject({ title: "replace by `model`" });
    expect(actions[0]!.edit.changes[client.uriOf("m.sevens")]).toMatchObject([{ newText: "model" }]);
  });

  /** The actions of one finding of a text, each with the text after it. */
  async function actionsOn(name: string, text: string, code: string) {
    const found = (await client.open(name, text)).find((one) => one.code === code);
    const actions = await client.connection.sendRequest<
      { title: string; edit: { changes: Record<string, { range: Found["range"]; newText: string }[]> } }[]
    >("textDocument/codeAction", {
      textDocument: { uri: client.uriOf(name) },
      range: found!.range,
      context: { diagnostics: [] },
    });
    const lines = text.split("\n");
    const at = ({ line, character }: Place): number =>
      lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, character);
    return actions.map(({ title, edit }) => {
      expect(Object.keys(edit.changes)).toEqual([client.uriOf(name)]);
      const edits = [...edit.changes[client.uriOf(name)]!].sort(
        (a, b) => at(b.range.start) - at(a.range.start),
      );
      const mended = edits.reduce(
        (done, { range, newText }) => done.slice(0, at(range.start)) + newText + done.slice(at(range.end)),
        text,
      );
      return { title, mended };
    });
  }

  test("what is missing comes in: a brace, a declaration of the file, a name of the library", async () => {
    const uses = "sevens 1\nuse interactions { StandardModel }\nuse experiments { CsI2021, LAr2020 }\n";
    const text = `${uses}analysis A {\n  model = StandardModel\n}\n`;
    expect((await actionsOn("n.sevens", text, "SV1303")).map(({ mended }) => mended)).toEqual([
      text.replace("\n}", "\n  experiments = CsI2021\n}"),
      text.replace("\n}", "\n  experiments = LAr2020\n}"),
    ]);
    const open = `${uses}analysis A\n  model = StandardModel\n  experiments = CsI2021, LAr2020\n}\n`;
    expect(await actionsOn("o.sevens", open, "SV1005")).toEqual([
      { title: "add `{`", mended: open.replace("analysis A", "analysis A {") },
    ]);
    const bare = text.replace("use interactions { StandardModel }\n", "");
    expect(await actionsOn("p.sevens", bare, "SV1101")).toMatchObject([
      { title: "add `use interactions { StandardModel }`" },
    ]);
  });

  test("a missing field comes in with what it reads, as one change", async () => {
    const nucleus = "nucleus X {\n  Z = 55\n  A = 133\n  atomic_mass = 132.905 u\n";
    const given = `  protons = Helm(R = 4.8 fm)\n}\n`;
    const text = `sevens 1\nuse formfactors { none }\n${nucleus}  neutrons = none(R = 5 fm)\n}\n`;
    const mended = text.replace("{ none }", "{ none, Helm }").replace("5 fm)\n}\n", `5 fm)\n${given}`);
    expect(await actionsOn("n.sevens", text, "SV1303")).toEqual([
      { title: "add `protons = Helm(R = 4.8 fm)`", mended },
    ]);
    expect(await client.change("n.sevens", mended)).toEqual([]);
  });

  test("alternatives are actions of their own; the library stays as it is", async () => {
    const text = two
      .replace("{ StandardModel }", "{ StandardModel, UniversalVector }")
      .replace("= StandardModel", "= StandardModel + UniversalVector")
      .replace("\n}", "\n  profile UniversalVector.g_Zp\n}");
    const actions = await actionsOn("p.sevens", text, "SV1415");
    expect(actions.map(({ title }) => title)).toEqual(["replace by `free`"]);
    const roles = two.replace("\n}", "\n  free StandardModel.s2w\n  fix StandardModel.s2w = 0.23\n}");
    const both = await actionsOn("r.sevens", roles, "SV1417");
    expect(both.map(({ title }) => title)).toEqual(["keep it freed", "keep it fixed"]);
    for (const { mended } of both) expect(await client.change("r.sevens", mended)).toEqual([]);
  });

  test("a file is formatted as by `sevens fmt`", async () => {
    await client.open("f.sevens", "sevens 1\nconstant   a=2\n");
    const edits = await client.connection.sendRequest<{ newText: string }[]>("textDocument/formatting", {
      textDocument: { uri: client.uriOf("f.sevens") },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits[0]?.newText).toBe("sevens 1\nconstant a = 2\n");
  });
});
