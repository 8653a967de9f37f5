/** A model from its document: validated by the schema, then by the same rules as text. */
import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Span, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, sortDiagnostics } from "../diagnostics/index.ts";
import { kinds } from "../kinds/index.ts";
import { type Loaded, loadTree } from "../load/index.ts";
import { type Document, documentVersion } from "./document.ts";
import { at, nameAt, type Place, pointerAt, spanOf } from "./place.ts";
import { readDeclaration } from "./read-statement.ts";
import { shown, validateDeclaration, validateEnvelope } from "./validate.ts";

/** Deeper documents come from no spec. */
const MAX_DEPTH = 1000;

/** As many problems are told of one declaration, and then of no further one. */
const mostProblems = 100;

/** Reads a document from its text. */
export function readDocument(text: string, file: string): Loaded {
  const errors: ParseError[] = [];
  if (nesting(text) > MAX_DEPTH) return broken("it is nested too deep", { file, start: 0, end: 0 });
  const node = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined || node === undefined) {
    const problem = first === undefined ? "it is empty" : spoken(printParseErrorCode(first.error));
    // A comment without end counts one character too many.
    const start = Math.min(first?.offset ?? 0, text.length);
    const end = Math.min(start + (first?.length ?? 0), text.length);
    return broken(problem, { file, start, end });
  }
  const json: unknown = JSON.parse(text);
  return fromDocument(json, text, file);
}

function broken(problem: string, span: Span): Loaded {
  return { diagnostics: [diagnostic("SV1707", span, { problem })] };
}

/** `CommaExpected` as words. */
const spoken = (code: string): string => code.replace(/(?<!^)([A-Z])/g, " $1").toLowerCase();

/** How deep brackets stand in each other, strings aside. */
function nesting(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (sign === "{" || sign === "[") deepest = Math.max(deepest, ++depth);
    else if (sign === "}" || sign === "]") depth--;
  }
  return deepest;
}

/**
 * The model of a document. Diagnostics have lines and columns of its text, and JSON pointers; without a text they
 * point into the document as `JSON.stringify(json, undefined, 2)` writes it.
 */
export function fromDocument(json: unknown, text: string | undefined, file: string): Loaded {
  if (depthOf(json) > MAX_DEPTH) return broken("it is nested too deep", { file, start: 0, end: 0 });
  const source = text ?? JSON.stringify(json, undefined, 2) ?? "";
  const node = parseTree(source);
  const { model, diagnostics } = readJson(json, source, { file, node });
  const located = diagnostics.map((one) =>
    one.pointer === undefined && one.span.file === file && node !== undefined
      ? { ...one, pointer: pointerAt(node, one.span.start) }
      : one,
  );
  return model === undefined ? { diagnostics: located } : { model, diagnostics: located };
}

function readJson(json: unknown, source: string, root: Place): Loaded {
  const other = otherVersion(json, root);
  if (other !== undefined) return { diagnostics: [other] };
  const document = validateEnvelope(json, root);
  if (!("declarations" in document)) return { diagnostics: document };
  const found: Diagnostic[] = [];
  const statements = document.declarations.flatMap((declaration, index): readonly Statement[] => {
    const problems = validateDeclaration(declaration, index, root);
    if (found.length < mostProblems) found.push(...problems.slice(0, mostProblems));
    if (problems.length > 0) return [];
    return [readDeclaration(declaration, kinds[declaration.kind].block, at(root, "declarations", index))];
  });
  if (found.length > 0) return { diagnostics: sortDiagnostics(found) };
  return loadTree(treeOf(document, statements, root), source, root.file);
}

/** How deep objects and arrays stand in each other, found without recursion. */
function depthOf(json: unknown): number {
  let level: readonly unknown[] = [json];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_DEPTH) {
    level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
    depth++;
  }
  return depth;
}

/** What is wrong with the version of a document, before anything else in it means something. */
function otherVersion(json: unknown, root: Place): Diagnostic | undefined {
  if (typeof json !== "object" || json === null || !("sevens" in json)) return undefined;
  const version = json.sevens;
  if (version === documentVersion) return undefined;
  const newer = typeof version === "number" && Number.isInteger(version) && version > documentVersion;
  const note = newer
    ? "install a newer sevens"
    : `version ${documentVersion} is the first: \`"sevens": ${documentVersion}\`, as \`sevens export --to json\` writes it`;
  const numbers = { version: shown(version), supported: documentVersion };
  return diagnostic("SV1709", spanOf(at(root, "sevens")), numbers, { notes: [note] });
}

/** The file that the document stands for; `use "."` carries the roots. */
function treeOf(document: Document, statements: readonly Statement[], root: Place): SyntaxTree {
  const { roots } = document;
  const place = at(root, "roots");
  const span = spanOf(place);
  const names = (roots ?? []).map((text, index) => ({ name: nameAt(text, at(place, index)) }));
  const uses = roots === undefined ? [] : [{ path: ".", quoted: true, pathSpan: span, names, span }];
  return { file: root.file, uses, statements, comments: [] };
}
