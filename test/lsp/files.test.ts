/** What an editor gets about several files: those of the project, of packages, and texts that are nowhere yet. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, type Place, startClient } from "./client.ts";

let client: Client;

beforeAll(async () => {
  client = await startClient();
  writeFileSync(join(client.folder, "package.json"), "{}");
});

afterAll(async () => {
  expect(await client.end()).toBe(0);
});

type Changes = Record<string, { newText: string; range: { start: Place } }[]>;

interface Location {
  readonly uri: string;
  readonly range: { readonly start: Place };
}

function write(name: string, text: string): void {
  mkdirSync(join(client.folder, name, ".."), { recursive: true });
  writeFileSync(join(client.folder, name), text);
}

async function rename(name: string, text: string, newName: string): Promise<Changes> {
  const { changes } = await client.at<{ changes: Changes }>("textDocument/rename", name, text, { newName });
  return changes;
}

const include = { context: { includeDeclaration: true } };

describe("files of the project that are not open", { timeout: 60_000 }, () => {
  test("references and new names are found in them", async () => {
    write("lib/part.sevens", "sevens 1\nfunction twice(x: number): number = 2*x\n");
    write("deep/er/one.sevens", 'sevens 1\nuse "../../lib/part.sevens" { twice }\nconstant two = twice(1)\n');
    write("two.sevens", 'sevens 1\nuse "./lib/part.sevens" { twice as double }\nconstant four = double(2)\n');
    const text = "sevens 1\nfunction tw|ice(x: number): number = 2*x\n";
    const places = await client.at<Location[]>("textDocument/references", "lib/part.sevens", text, include);
    const files = places.map(({ uri }) => uri);
    expect(files).toEqual([
      client.uriOf("deep/er/one.sevens"),
      client.uriOf("deep/er/one.sevens"),
      client.uriOf("lib/part.sevens"),
      client.uriOf("two.sevens"),
    ]);
    const uses = await client.at<Location[]>("textDocument/references", "lib/part.sevens", text, {
      context: { includeDeclaration: false },
    });
    expect(uses).toHaveLength(3);
    const changes = await rename("lib/part.sevens", text, "doubled");
    expect(Object.values(changes).flat()).toHaveLength(4);
    // The name that one file alone has for it stays there, and is another one there alone.
    const alias = await rename(
      "two.sevens",
      'sevens 1\nuse "./lib/part.sevens" { twice as dou|ble }\nconstant four = double(2)\n',
      "mine",
    );
    expect(Object.keys(alias)).toEqual([client.uriOf("two.sevens")]);
    expect(alias[client.uriOf("two.sevens")]).toHaveLength(2);
    const symbols = await client.connection.sendRequest<{ name: string }[]>("workspace/symbol", {
      query: "two",
    });
    expect(symbols.map(({ name }) => name)).toContain("two");
  });

  test("a new name is refused where something would mean another thing", async () => {
    write("a.sevens", "sevens 1\nconstant one = 1\n");
    write("b.sevens", 'sevens 1\nuse "./a.sevens" { one }\nconstant other = 2\nconstant sum = one + other\n');
    await expect(rename("a.sevens", "sevens 1\nconstant o|ne = 1\n", "other")).rejects.toThrow(
      "means something else in b.sevens",
    );
  });

  test.each([
    ["Z", "interaction I {\n  parameter |g = 1 in 0 .. 2\n  charge[l] += g*N\n}\n"],
    ["E", "interaction I {\n  parameter |g = 1 in 0 .. 2\n  charge[l] += g*N\n}\n"],
    ["constructor", "constant |a = 1\nconstant b = 2*a\n"],
    ["sqrt", "function |f(x: number): number = sqrt(x)\n"],
    ["Ü", "constant |a = 1\n"],
    ["fm", "constant |a = 1\n"],
    ["where", "constant |a = 1\n"],
    ["a.b", "constant |a = 1\n"],
    ["is a function of the language", "constant |a = 1\n", "sqrt"],
    ["is a function of the language", "function |f(x: number): number = 2*x\n", "integral"],
    ["is a constant of the language", "function f(|x: number): number = 2*x\n", "G_F"],
    ["is a type of the language", "constant |a = 1\n", "energy"],
    ["is a word of the language", "constant |a = 1\n", "nucleus"],
    ["is a flavour", "constant |a = 1\n", "mu"],
    [
      "already means the neutrons of the nucleus",
      "constant |a = 1\ninteraction I {\n  charge[l] += a*Z\n}\n",
      "N",
    ],
    [
      "is a nucleus that reserved.sevens reads",
      "use materials { CsI }\ninteraction |I {\n  charge[l] += Z\n}\n",
      "Cs133",
    ],
  ])("`%s` is no new name", async (why, text, name = why) => {
    await expect(rename("reserved.sevens", `sevens 1\n${text}`, name)).rejects.toThrow(why);
  });

  test("a parameter of a declaration is that of its copies, wherever these are", async () => {
    const base = `sevens 1
interaction Base {
  parameter M = 10 MeV in 1 MeV .. 1 GeV
  parameter g = 1e-5 in 0 .. 1
  mediator vector {
    mass = M
    coupling = g
    charges = { quarks: 1/3, leptons: -1 }
  }
}
`.replace(/\bM\b/g, "M_V");
    const own = `${base}
interaction Strong from Base {
  parameter g = 1e-4 in 0 .. 1
}
`;
    const within = await rename("copies.sevens", own.replace("parameter g", "parameter |g"), "g_V");
    expect(within[client.uriOf("copies.sevens")]).toHaveLength(3);
    write("base.sevens", base);
    const copy = `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }
use "./base.sevens" { Base }
interaction Other from Base {}
analysis A {
  model = StandardModel + Other
  experiments = CsI2021
  free Other.M_V
}
`;
    write("copy.sevens", copy);
    const across = await rename("base.sevens", base.replace("parameter M_V", "parameter |M_V"), "mass_V");
    expect(across[client.uriOf("base.sevens")]).toHaveLength(2);
    expect(across[client.uriOf("copy.sevens")]).toHaveLength(1);
    const at = copy.replace("Other.M_V", "Other.|M_V");
    const found = await client.at<Location>("textDocument/definition", "copy.sevens", at);
    expect(found).toMatchObject({ uri: client.uriOf("base.sevens"), range: { start: { line: 2 } } });
  });

  test("a declaration goes by its own name where a file does not use it, or calls it otherwise", async () => {
    const made = "sevens 1\ninteraction Made {\n  parameter g_M = 1e-5 in 0 .. 1\n  charge[l] += g_M*Z\n}\n";
    write("made.sevens", made);
    const called = `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }
use "./made.sevens" { Made as It }
analysis Called {
  model = StandardModel + It
  experiments = CsI2021
  free Made.g_M
}
`;
    write("called.sevens", called);
    const unused = `sevens 1
use "./called.sevens" { Called }
analysis Unused from Called {
  fix Made.g_M = 0
}
`;
    write("unused.sevens", unused);
    const linesOf = async (
      marked: string,
      name: string,
    ): Promise<readonly (readonly number[] | undefined)[]> => {
      const edits = await rename("made.sevens", marked, name);
      return ["made", "called", "unused"].map((file) =>
        edits[client.uriOf(`${file}.sevens`)]?.map(({ range }) => range.start.line),
      );
    };
    expect(await linesOf(made.replace("Made", "|Made"), "Own")).toEqual([[1], [3, 7], [3]]);
    expect(await linesOf(made.replace("g_M", "|g_M"), "g_Own")).toEqual([[2, 3], [7], [3]]);
    const at = unused.replace("g_M", "|g_M");
    const found = await client.at<Location>("textDocument/definition", "unused.sevens", at);
    expect(found).toMatchObject({ uri: client.uriOf("made.sevens"), range: { start: { line: 2 } } });
  });

  test("files of packages are left alone", async () => {
    const spec = "sevens 1\nconstant theirs = 1\n";
    write("node_modules/of-others/package.json", '{ "version": "1.0.0", "sevens": { "language": 1 } }');
    write("node_modules/of-others/index.sevens", spec);
    const text = 'sevens 1\nuse "of-others" { theirs }\nconstant mine = 2*th|eirs\n';
    await expect(rename("c.sevens", text, "ours")).rejects.toThrow("belongs to a package");
    const inside = "node_modules/of-others/index.sevens";
    await expect(rename(inside, spec.replace("theirs", "the|irs"), "ours")).rejects.toThrow(
      "belongs to a package",
    );
  });

  test("the path of a `use` leads to its file; names that use each other in a circle lead nowhere", async () => {
    const path = 'sevens 1\nuse "./lib/pa|rt.sevens" { twice }\nconstant two = twice(1)\n';
    const found = await client.at<Location>("textDocument/definition", "d.sevens", path);
    expect(found.uri).toBe(client.uriOf("lib/part.sevens"));
    write("round.sevens", 'sevens 1\nuse "./circle.sevens" { x }\n');
    const circle = 'sevens 1\nuse "./round.sevens" { x }\nconstant y = |x\n';
    expect(await client.at("textDocument/definition", "circle.sevens", circle)).toBeNull();
  });
});

describe("open files", { timeout: 60_000 }, () => {
  test("an address is answered as it was given; a text without a file has findings and changes", async () => {
    const odd = client.uriOf("a+b.sevens").replace("+", "%2B");
    expect(await client.openUri(odd, "sevens 1\nconstant a = bb\n")).toMatchObject([{ code: "SV1101" }]);
    const found = await client.connection.sendRequest<Location[]>("textDocument/references", {
      textDocument: { uri: odd },
      position: { line: 1, character: 9 },
      ...include,
    });
    expect(found.map(({ uri }) => uri)).toEqual([odd]);
    const untitled = "untitled:Untitled-1";
    expect(await client.openUri(untitled, "sevens 1\nconstant a = 1 parsecs\n")).toMatchObject([
      { code: "SV1205" },
    ]);
    const { changes } = await client.connection.sendRequest<{ changes: Changes }>("textDocument/rename", {
      textDocument: { uri: untitled },
      position: { line: 1, character: 9 },
      newName: "b",
    });
    expect(Object.keys(changes)).toEqual([untitled]);
  });

  test("a file that is closed unsaved is that on disk again, also for what uses it", async () => {
    write("saved.sevens", "sevens 1\nconstant good = 1\n");
    await client.open("saved.sevens", "sevens 1\nconstant bad = 1\n");
    const using = 'sevens 1\nuse "./saved.sevens" { good }\nconstant two = 2*good\n';
    expect(await client.open("using.sevens", using)).toMatchObject([{ code: "SV1105" }]);
    const waiting = client.nextTold(client.uriOf("using.sevens"));
    await client.close("saved.sevens");
    expect(await waiting).toEqual([]);
  });

  test("a file that something else has changed is read again", async () => {
    write("watched.sevens", "sevens 1\nconstant good = 1\n");
    const using = 'sevens 1\nuse "./watched.sevens" { good }\nconstant two = 2*good\n';
    expect(await client.open("watching.sevens", using)).toEqual([]);
    write("watched.sevens", "sevens 1\nconstant bad = 1\n");
    const waiting = client.nextTold(client.uriOf("watching.sevens"));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: client.uriOf("watched.sevens"), type: 2 }],
    });
    expect(await waiting).toMatchObject([{ code: "SV1105" }]);
  });

  test("what two open files find in a third is told once, until none finds it", async () => {
    write("third.sevens", "sevens 1\nconstant far = 1 parsecs\n");
    const third = client.uriOf("third.sevens");
    const using = 'sevens 1\nuse "./third.sevens" { far }\nconstant two = 2*far\n';
    let waiting = client.nextTold(third);
    await client.open("first.sevens", using);
    await waiting;
    waiting = client.nextTold(third);
    await client.open("second.sevens", using);
    expect(await waiting).toHaveLength(1);
    waiting = client.nextTold(third);
    await client.close("second.sevens");
    expect(await waiting).toHaveLength(1);
    waiting = client.nextTold(third);
    await client.close("first.sevens");
    expect(await waiting).toEqual([]);
  });

  test("words end before the ends of lines, whatever these are", async () => {
    const uri = client.uriOf("crlf.sevens");
    await client.open("crlf.sevens", "sevens 1\r\n/* one\r\ntwo */\r\nconstant a = 1 // three\r\n");
    const { data } = await client.connection.sendRequest<{ data: number[] }>(
      "textDocument/semanticTokens/full",
      { textDocument: { uri } },
    );
    const lengths = Array.from({ length: data.length / 5 }, (_, i) => data[5 * i + 2]);
    expect(lengths).toEqual([6, 6, 8, 1, 1, 8]);
  });

  test("names that the compiler defines have documentation", async () => {
    const text = "sevens 1\ninteraction I {\n  parameter g = 1 in 0 .. 2\n  charge[l] += g*|N\n}\n";
    const { contents } = await client.at<{ contents: { value: string } }>(
      "textDocument/hover",
      "n.sevens",
      text,
    );
    expect(contents.value).toContain("neutrons");
  });
});

describe("while a long check goes on", { timeout: 60_000 }, () => {
  test("completion is answered before its findings, findings of an old text are not told", async () => {
    const many = Array.from(
      { length: 300 },
      (_, i) => `constant c${i} = ${i}\nfunction f${i}(x: number): number = x + c${i}\n`,
    );
    const text = `sevens 1\nuse interactions { StandardModel }\nuse experiments { CsI2021 }\n${many.join("")}analysis A {\n  model = StandardModel\n  experiments = CsI2021\n  \n}\n`;
    const uri = client.uriOf("long.sevens");
    await client.open("long.sevens", text);
    const order: string[] = [];
    const told = client.nextTold(uri).then((found) => {
      order.push("findings");
      return found;
    });
    await client.type(uri, text.replace("constant c0 = 0", "constant c0 = nothing"));
    await new Promise((resolve) => setTimeout(resolve, 160));
    // The check of the first change goes on; this is the second one.
    await client.type(uri, text.replace("constant c1 = 1", "constant c1 = missing"));
    const line = text.slice(0, text.lastIndexOf("  \n")).split("\n").length - 1;
    const items = await client.connection.sendRequest<{ label: string }[]>("textDocument/completion", {
      textDocument: { uri },
      position: { line, character: 2 },
    });
    order.push("completion");
    expect(items.map(({ label }) => label)).toContain("free");
    const found = await told;
    expect(found.map(({ message }) => message).join()).toContain("missing");
    expect(order).toEqual(["completion", "findings"]);
  });
});
