/** The places where text from elsewhere enters, each as a function that must not fail, whatever the text. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { check } from "../../compiler/check/index.ts";
import { type Diagnostic, printDiagnostics } from "../../compiler/diagnostics/index.ts";
import { readDocument, toDocument } from "../../compiler/interchange/index.ts";
import { type Loaded, loadText } from "../../compiler/load/index.ts";
import type { Host } from "../../compiler/model/model.ts";
import { LanguageService } from "../../compiler/service/index.ts";
import { format, keywords, parse, parseExpression, printExpr, printStatement } from "../../grammar/index.ts";
import { tokenize } from "../../grammar/tokens.ts";
import type { RandomStream } from "../../runtime/random.ts";
import { expr, statement } from "../grammar/arbitrary.ts";
import { below, mutated, mutatedJson, oneOf } from "./mutate.ts";

export interface Target {
  readonly name: string;
  /** A text, the same for the same random numbers. */
  readonly make: (random: RandomStream) => string;
  /** Throws when a text does harm. */
  readonly run: (text: string, random: RandomStream) => void;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(join(repository, path), "utf8");

function filesIn(folder: string, ending: string, most: number): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && statSync(join(repository, folder, name)).size <= most)
    .sort()
    .map((name) => read(join(folder, name)));
}

const specs = [...filesIn("test/bad", ".sevens", 3000), ...filesIn("models", ".sevens", 2500)];

/** The library from memory, and a table that specs of this harness may read. */
function hostWith(table: string): Host {
  const known = new Map<string, string | undefined>([["table.csv", table]]);
  const fromDisk = (path: string): string | undefined => {
    if (!/^models\/[\w/.-]+$/.test(path) || path.includes("..")) return undefined;
    const place = join(repository, path);
    // Names that are too long for the disk as well.
    return existsSync(place) && statSync(place).isFile() ? read(path) : undefined;
  };
  return {
    library: "models",
    readFile: (path) => {
      if (!known.has(path)) known.set(path, fromDisk(path));
      return known.get(path);
    },
  };
}

const host = hostWith("x,y\n0,1\n1,2\n");

function require(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** What is said lies in the text, and says nothing to a terminal. */
function requireSound({ model, diagnostics }: Loaded, text: string, file: string): void {
  const all: readonly Diagnostic[] = model === undefined ? diagnostics : [...diagnostics, ...check(model)];
  for (const { span } of all) {
    require(span.start >= 0 && span.end >= span.start, `a span goes from ${span.start} to ${span.end}`);
    if (span.file === file) require(span.end <= text.length, "a span ends behind the text");
  }
  const printed = printDiagnostics(all, model?.sources ?? new Map([[file, text]]));
  requirePlain(printed);
  require(!/\bat .*\.ts:\d+/.test(printed), "a stack trace was printed");
}

/** No escape sequences, no controls, nothing that turns the direction of text. */
export function requirePlain(printed: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const found = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.exec(printed);
  require(found === null, `U+${found?.[0].charCodeAt(0).toString(16)} was printed`);
}

const lexer: Target = {
  name: "lexer",
  make: (random) => mutated(specs, random),
  run: (text) => {
    const { tokens } = tokenize(text);
    let last = -1;
    for (const { startOffset } of tokens) {
      require(startOffset > last, "words stand behind each other");
      last = startOffset;
    }
  },
};

const parser: Target = {
  name: "parser",
  make: (random) => mutated(specs, random),
  run: (text) => {
    const { tree, problems } = parse(text, "f");
    require(problems.length <= 101, "there are too many problems");
    for (const { span } of [...problems, ...tree.statements, ...tree.uses, ...tree.comments]) {
      require(span.start >= 0 && span.end >= span.start && span.end <= text.length, "a span is outside");
    }
    if (problems.length === 0) {
      const once = format(tree, text);
      const again = parse(once, "f");
      require(again.problems.length === 0, "the formatted text is wrong");
      require(format(again.tree, once) === once, "formatting twice differs");
    }
    parseExpression(text.slice(0, 300), "f");
  },
};

function checkText(text: string): void {
  requireSound(loadText(text, "main.sevens", host, { project: "" }), text, "main.sevens");
}

const checker: Target = { name: "checker", make: (random) => mutated(specs, random), run: checkText };

const documents = filesIn("models", ".sevens", 2500).flatMap((text) => {
  const { model } = loadText(text, "models/m.sevens", host, { project: "" });
  const document = model && JSON.stringify(toDocument(model), undefined, 1);
  return document === undefined || document.length > 12_000 ? [] : [document];
});

function readJson(text: string): void {
  requireSound(readDocument(text, "main.json"), text, "main.json");
  require(!("polluted" in {}), "the prototype of objects has changed");
}

const json: Target = { name: "json", make: (random) => mutated(documents, random), run: readJson };

/** Documents that are JSON still, with other values and keys. */
const document: Target = {
  name: "document",
  make: (random) => mutatedJson(documents, random),
  run: readJson,
};

/** Specs in which a value, or a whole statement, is any that the grammar allows, in the names that are there. */
function grown(random: RandomStream): string {
  const text = oneOf(random, specs);
  const seed = below(random, 2 ** 31);
  const names = [...`x ${text}`.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)].map(([name]) => name);
  const known = (written: string): string =>
    written.replace(/[A-Za-zα-ω_][A-Za-z0-9_]*/gu, (word) =>
      keywords.includes(word) || random.uniform() < 0.2 ? word : oneOf(random, names),
    );
  const values = [...text.matchAll(/= *([^\n{]+)$/gmu)];
  if (values.length > 0 && random.uniform() < 0.7) {
    const { index, 0: whole } = oneOf(random, values);
    const [value] = fc.sample(expr, { numRuns: 1, seed });
    return `${text.slice(0, index)}= ${known(printExpr(value!))}${text.slice(index + whole.length)}`;
  }
  const lines = text.split("\n");
  const [one] = fc.sample(statement, { numRuns: 1, seed });
  lines.splice(1 + below(random, lines.length), 0, known(printStatement(one!)));
  return lines.join("\n");
}

const grammar: Target = { name: "grammar", make: grown, run: (text) => checkText(text) };

const tableSpec = `sevens 1
table F: 1/MeV { file = "table.csv"; columns = x, y; axis = MeV; interpolation = linear }
`;

const tables = filesIn("models/data", ".csv", 4000).map((text) =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .map((line, i) => (i === 0 ? "x,y" : line.split(",").slice(0, 2).join(",")))
    .join("\n"),
);

const data: Target = {
  name: "data",
  make: (random) => mutated(tables, random),
  run: (text) => {
    const loaded = loadText(tableSpec, "main.sevens", hostWith(text), { project: "" });
    requireSound(loaded, tableSpec, "main.sevens");
  },
};

const service: Target = {
  name: "service",
  make: (random) => mutated(specs, random),
  run: (text, random) => {
    const file = "main.sevens";
    editor.set(file, text);
    const at = below(random, text.length + 1);
    editor.diagnostics(file);
    editor.completions(file, at);
    editor.hover(file, at);
    editor.definition(file, at);
    editor.references(file, at);
    editor.renamable(file, at);
    editor.rename(file, at, "other");
    editor.outline(file);
    editor.symbols(text.slice(at, at + 4));
    editor.words(file);
    editor.folds(file);
    editor.hints(file);
    editor.mends(file, 0, text.length);
    editor.formatted(file);
  },
};
const editor = new LanguageService(host);

export const targets: readonly Target[] = [lexer, parser, data, json, document, grammar, checker, service];
