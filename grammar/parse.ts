/**
 * From text to tree. Never throws: whatever is wrong with a text becomes a problem with a place, and what could
 * be read around it is in the tree.
 */
import type { IRecognitionException, IToken } from "chevrotain";
import { arrange } from "./arrange.ts";
import { sortAsides } from "./asides.ts";
import { withBarePaths } from "./bare-path.ts";
import { endOf } from "./brackets.ts";
import { buildLone, buildTree, type TreeBuilding } from "./build-tree.ts";
import { lexicalProblems } from "./lexical.ts";
import { problemOf } from "./messages.ts";
import { maxProblems, parseTokens } from "./parser.ts";
import { withoutSlips } from "./slips.ts";
import type { Expr, ParseResult, SyntaxProblem } from "./syntax.ts";
import { tokenize } from "./tokens.ts";

/** An expression that stands alone, as after `--set name=`. */
export interface ExpressionResult {
  readonly expr: Expr;
  readonly problems: readonly SyntaxProblem[];
}

/** Longer files are no specs, and too much for the stack of the lexer. */
export const maxCharacters = 4_000_000;

function tooLong(length: number, file: string): SyntaxProblem {
  const message = `this file has ${length} characters, ${maxCharacters} at most`;
  return { kind: "too-many-problems", message, span: { file, start: 0, end: 0 } };
}

/** Parses the text of a file; `file` is the name that spans carry. */
export function parse(text: string, file: string): ParseResult {
  if (text.length > maxCharacters) return { ...parse("", file), problems: [tooLong(text.length, file)] };
  const reading = read(text, file, "file");
  const tree = buildTree(reading.building, reading.cst);
  return { tree, problems: reading.problems() };
}

/** Parses a text that is one expression. */
export function parseExpression(text: string, file: string): ExpressionResult {
  const reading = read(text, file, "lone");
  const expr = buildLone(reading.building, reading.cst);
  return { expr, problems: reading.problems() };
}

function read(text: string, file: string, start: "file" | "lone") {
  const words = tokenize(text);
  const asides = words.groups.comments ?? [];
  const corrected = withoutSlips(words.tokens, text, file);
  const tokens = withBarePaths(corrected.words, text);
  const lexical = [
    ...lexicalProblems(tokens, asides, words.errors, text, file, maxProblems + 1),
    ...corrected.problems.slice(0, maxProblems + 1),
  ];
  const arranged = arrange(tokens, text, file, start === "lone");
  const { cst, errors } = parseTokens(arranged.tokens, start);
  const wordBefore = (offset: number) => lastBefore(arranged.tokens, offset);
  const building: TreeBuilding = {
    file,
    tokens: arranged.tokens,
    problems: [],
    asides: sortAsides(asides, tokens, arranged.starts, text, file),
    wordBefore,
  };
  const problems = () => {
    const words = { file, tokens: arranged.tokens };
    const parsed = errors.map((error) => problemOf(error, previousOf(error, wordBefore), words));
    return select(lexical, [...arranged.problems, ...parsed, ...building.problems], arranged.starts);
  };
  return { cst, building, problems };
}

function previousOf(
  error: IRecognitionException,
  wordBefore: (offset: number) => IToken | undefined,
): IToken | undefined {
  const { startOffset } = error.token;
  return wordBefore(Number.isNaN(startOffset) ? Number.POSITIVE_INFINITY : startOffset);
}

/** The last word with a text that ends at or before an offset. */
function lastBefore(tokens: readonly IToken[], offset: number): IToken | undefined {
  let index = countBelow(tokens.length, (i) => tokens[i]!.startOffset < offset) - 1;
  while (index >= 0 && tokens[index]!.image === "") index--;
  const token = tokens[index];
  return token !== undefined && endOf(token) <= offset ? token : undefined;
}

/** How many of the first items, which come first, fulfil a condition. */
function countBelow(length: number, fulfils: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fulfils(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One mistake, one problem: within a statement only the first problem of structure counts, and none where a word
 * is wrong in itself. An unclosed block is a matter of its own, unless a text without end has swallowed its brace.
 */
function select(
  lexical: readonly SyntaxProblem[],
  structural: readonly SyntaxProblem[],
  starts: readonly number[],
): SyntaxProblem[] {
  const statementOf = (p: SyntaxProblem) => countBelow(starts.length, (i) => starts[i]! <= p.span.start);
  const settled = new Set(lexical.map(statementOf));
  const swallows = Math.max(-1, ...lexical.filter(isEndless).map((p) => p.span.start));
  const kept = structural.filter((p) => {
    if (isOpenBlock(p)) return p.span.start > swallows;
    const statement = statementOf(p);
    if (settled.has(statement)) return false;
    settled.add(statement);
    return true;
  });
  return cap([...lexical, ...kept].sort((one, other) => one.span.start - other.span.start));
}

const isEndless = (p: SyntaxProblem): boolean =>
  p.kind === "unterminated-string" || p.kind === "unterminated-comment";

const isOpenBlock = (p: SyntaxProblem): boolean =>
  p.kind === "unclosed" && p.help?.includes("block") === true;

function cap(problems: SyntaxProblem[]): SyntaxProblem[] {
  const last = problems[maxProblems];
  if (last === undefined) return problems;
  const message = `more than ${maxProblems} problems; the rest is not reported`;
  return [...problems.slice(0, maxProblems), { kind: "too-many-problems", message, span: last.span }];
}
