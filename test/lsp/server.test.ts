/** The real server over standard input and output, as an editor's client drives it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { program } from "../infrastructure/program.ts";
import { root } from "../physics/compile.ts";

let server: ChildProcess;
let client: MessageConnection;
let folder: string;
const told = new Map<string, Found[]>();
const listeners = new Set<() => void>();

interface Found {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: Place; readonly end: Place };
}
interface Place {
  readonly line: number;
  readonly character: number;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sevens-lsp-"));
  server = spawn(process.execPath, [program, "lsp", "--stdio"], {
    cwd: root,
  });
  client = createMessageConnection(
    new StreamMessageReader(server.stdout!),
    new StreamMessageWriter(server.stdin!),
  );
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    told.set(uri, diagnostics);
    for (const listener of listeners) listener();
  });
  client.listen();
  const { capabilities } = await client.sendRequest<{ capabilities: Record<string, unknown> }>("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  expect(capabilities).toMatchObject({ hoverProvider: true, renameProvider: { prepareProvider: true } });
  await client.sendNotification("initialized", {});
});

afterAll(async () => {
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  const code = await new Promise((resolve) => server.once("exit", resolve));
  client.dispose();
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
});

const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;

let versions = 0;

/** Opens a text, and waits for what is said about it. */
async function open(name: string, text: string): Promise<readonly Found[]> {
  const uri = uriOf(name);
  const waiting = nextTold(uri);
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "sevens", version: ++versions, text },
  });
  return waiting;
}

async function change(name: string, text: string): Promise<readonly Found[]> {
  const uri = uriOf(name);
  const waiting = nextTold(uri);
  await client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: ++versions },
    contentChanges: [{ text }],
  });
  return waiting;
}

function nextTold(uri: string): Promise<readonly Found[]> {
  told.delete(uri);
  return new Promise((resolve) => {
    const listener = (): void => {
      const found = told.get(uri);
      if (found === undefined) return;
      listeners.delete(listener);
      resolve(found);
    };
    listeners.add(listener);
  });
}

/** The place of a `|` in a text, and the text without it. */
function marked(text: string): { readonly text: string; readonly position: Place } {
  const at = text.indexOf("|");
  const before = text.slice(0, at);
  const line = before.split("\n").length - 1;
  return {
    text: before + text.slice(at + 1),
    position: { line, character: at - before.lastIndexOf("\n") - 1 },
  };
}

async function at<T>(request: string, name: string, text: string, more: object = {}): Promise<T> {
  const { text: plain, position } = marked(text);
  await open(name, plain);
  return client.sendRequest<T>(request, { textDocument: { uri: uriOf(name) }, position, ...more });
}

async function completions(text: string): Promise<readonly string[]> {
  const found = await at<{ label: string }[]>("textDocument/completion", `c${versions}.sevens`, text);
  return found.map(({ label }) => label);
}

const example = readFileSync(`${root}/examples/coherent-csi/neutron-radius.sevens`, "utf8");

describe("findings as one types", { timeout: 60_000 }, () => {
  test("a sound file has none; a typo at every level has its own, with help", async () => {
    expect(await open("a.sevens", example)).toEqual([]);
    const typos = example
      .replace("CsI2021 }", "CsI2022 }")
      .replace("model = StandardModel", "modle = StandardModel")
      .replace("8 fm", "8 MeVee")
      .replace("tie I127.Rn  = Rn", "tie I127.Rm  = Rn");
    const found = await change("a.sevens", typos);
    expect(found.map(({ code }) => code).sort()).toEqual(expect.arrayContaining(["SV1105", "SV1302"]));
    expect(found.find(({ code }) => code === "SV1302")?.message).toContain("did you mean `model`");
    expect(await change("a.sevens", example)).toEqual([]);
  });

  test("half-written and empty files get answers, not silence", async () => {
    expect((await open("b.sevens", ""))[0]?.code).toBe("SV1315");
    const half = await change("b.sevens", "sevens 1\nanalysis A {\n  model = ");
    expect(half.length).toBeGreaterThan(0);
    const unclosed = await change("b.sevens", example.slice(0, -3));
    expect(unclosed.some(({ severity }) => severity === 1)).toBe(true);
  });

  test("what is wrong in a file that another one uses is told there", async () => {
    writeFileSync(join(folder, "part.sevens"), "sevens 1\nconstant two = 2 parsecs\n");
    const waiting = nextTold(uriOf("part.sevens"));
    await open("whole.sevens", 'sevens 1\nuse "./part.sevens" { two }\nconstant four = 2*two\n');
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
      (await at<{ contents: { value: string } }>("textDocument/hover", `h${versions}.sevens`, text)).contents
        .value;
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
    const own = await at<{ uri: string; range: { start: Place } }>(
      "textDocument/definition",
      "d1.sevens",
      two.replace("twice(shift)", "twice(sh|ift)"),
    );
    expect(own).toMatchObject({ uri: uriOf("d1.sevens"), range: { start: { line: 9, character: 12 } } });
    const other = await at<{ uri: string }>(
      "textDocument/definition",
      "d2.sevens",
      two.replace("= StandardModel", "= Standard|Model"),
    );
    expect(other.uri).toMatch(/models\/interactions\/StandardModel\.sevens$/);
  });

  test("references and rename, which refuses what would collide", async () => {
    const text = two.replace("= twice(2)", "= tw|ice(2)");
    const places = await at<unknown[]>("textDocument/references", "r.sevens", text, {
      context: { includeDeclaration: true },
    });
    expect(places).toHaveLength(3);
    const { changes } = await at<{ changes: Record<string, { newText: string }[]> }>(
      "textDocument/rename",
      "r.sevens",
      text,
      {
        newName: "doubled",
      },
    );
    expect(changes[uriOf("r.sevens")]?.map(({ newText }) => newText)).toEqual([
      "doubled",
      "doubled",
      "doubled",
    ]);
    for (const [newName, why] of [
      ["four", "means something else"],
      ["where", "is a word of the language"],
      ["2x", "is no name"],
    ]) {
      await expect(at("textDocument/rename", "r.sevens", text, { newName })).rejects.toThrow(why);
    }
    const library = two.replace("= StandardModel", "= Standard|Model");
    await expect(at("textDocument/rename", "r.sevens", library, { newName: "X" })).rejects.toThrow("library");
  });

  test("outline, folds, words, hints and symbols of the workspace", async () => {
    const uri = uriOf("o.sevens");
    await open("o.sevens", two);
    const textDocument = { uri };
    const outline = await client.sendRequest<{ name: string }[]>("textDocument/documentSymbol", {
      textDocument,
    });
    expect(outline.map(({ name }) => name)).toEqual(["twice", "four", "A"]);
    const folds = await client.sendRequest<{ startLine: number }[]>("textDocument/foldingRange", {
      textDocument,
    });
    expect(folds).toMatchObject([{ startLine: 6 }]);
    const { data } = await client.sendRequest<{ data: number[] }>("textDocument/semanticTokens/full", {
      textDocument,
    });
    expect(data.length % 5).toBe(0);
    expect(data.length / 5).toBeGreaterThan(25);
    const found = await client.sendRequest<{ name: string }[]>("workspace/symbol", { query: "CsI20" });
    expect(found.map(({ name }) => name)).toContain("CsI2021");
    const given =
      "sevens 1\nuse sources { SNS }\nuse detectors { CsINa }\nexperiment E {\n  source SNS {\n    distance = 20 m\n  }\n  detector CsINa\n}\n";
    await open("i.sevens", given);
    const hints = await client.sendRequest<{ label: string }[]>("textDocument/inlayHint", {
      textDocument: { uri: uriOf("i.sevens") },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(hints.map(({ label }) => label)).toEqual([": length"]);
    await open("j.sevens", "sevens 1\nconstant a = 3 MeV\nconstant b = 2*a\nconstant c = b/a\n");
    const units = await client.sendRequest<{ label: string; position: Place }[]>("textDocument/inlayHint", {
      textDocument: { uri: uriOf("j.sevens") },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(units).toMatchObject([{ label: ": MeV", position: { line: 2, character: 10 } }]);
  });
});

describe("changes", { timeout: 60_000 }, () => {
  test("a finding with a suggestion can be mended", async () => {
    const wrong = two.replace("model =", "modle =");
    const [found] = (await open("m.sevens", wrong)).filter(({ code }) => code === "SV1302");
    const actions = await client.sendRequest<
      { title: string; edit: { changes: Record<string, { newText: string }[]> } }[]
    >("textDocument/codeAction", {
      textDocument: { uri: uriOf("m.sevens") },
      range: found!.range,
      context: { diagnostics: [] },
    });
    expect(actions[0]).toMatchObject({ title: "replace by `model`" });
    expect(actions[0]!.edit.changes[uriOf("m.sevens")]).toMatchObject([{ newText: "model" }]);
  });

  test("a file is formatted as by `sevens fmt`", async () => {
    await open("f.sevens", "sevens 1\nconstant   a=2\n");
    const edits = await client.sendRequest<{ newText: string }[]>("textDocument/formatting", {
      textDocument: { uri: uriOf("f.sevens") },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits[0]?.newText).toBe("sevens 1\nconstant a = 2\n");
  });
});
