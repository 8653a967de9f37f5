/**
 * Problems of single words: characters of no word, texts and comments without end, misspelt numbers.
 */
import type { ILexingError, IToken, TokenType } from "chevrotain";
import { quotedPath } from "./bare-path.ts";
import { endOf } from "./brackets.ts";
import { changes, insertion, omission, replacement, safely } from "./fixes.ts";
import type { Fix, Span, SyntaxProblem } from "./syntax.ts";
import { BadCite, BadNumber, BarePath, keywords, OpenComment, OpenText } from "./tokens.ts";

/** Reports at most `limit` problems of each sort. */
export function lexicalProblems(
  words: readonly IToken[],
  asides: readonly IToken[],
  errors: readonly ILexingError[],
  text: string,
  file: string,
  limit: number,
): SyntaxProblem[] {
  const isBad = ({ tokenType }: IToken): boolean => describe.has(tokenType);
  const bad = [...words, ...asides].filter(isBad).slice(0, limit);
  const before = (word: IToken): IToken | undefined => words[words.indexOf(word) - 1];
  return [
    ...errors.slice(0, limit).map((error) => unexpected(text, error, file)),
    ...bad.flatMap((word) => {
      const span = firstLine(word, file);
      return describe.get(word.tokenType)?.(word, span, before(word)) ?? [];
    }),
  ];
}

type Describe = (word: IToken, span: Span, before: IToken | undefined) => SyntaxProblem;

/** The words that are wrong in themselves. */
const describe: ReadonlyMap<TokenType, Describe> = new Map<TokenType, Describe>([
  [BarePath, barePath],
  [OpenText, openText],
  [OpenComment, openComment],
  [BadNumber, badNumber],
  [BadCite, badCite],
]);

function barePath({ image }: IToken, span: Span): SyntaxProblem {
  const path = quotedPath(image);
  return {
    kind: "missing-token",
    message: `expected a quoted path after \`use\`, found \`${image}\``,
    help: `write \`use ${path}\``,
    fixes: [safely(replacement(span, path))],
    span,
  };
}

/** The path of a `use` ends before the names, any other text at the end of the line. */
function openText(word: IToken, span: Span, before: IToken | undefined): SyntaxProblem {
  const rest = before?.image === "use" ? /\s*(?:\{.*)?$/ : /\s*$/;
  const line = word.image.slice(0, span.end - span.start);
  const end = span.start + line.length - (rest.exec(line)?.[0].length ?? 0);
  return {
    kind: "unterminated-string",
    message: "this text has no closing quote",
    help: 'end it with `"` on the same line',
    fixes: [insertion({ ...span, end }, '"')],
    span,
  };
}

function openComment(_word: IToken, span: Span): SyntaxProblem {
  return {
    kind: "unterminated-comment",
    message: "this comment is never closed",
    help: "end it with `*/`, or begin each line with `//`",
    fixes: [insertion(span, " */"), replacement({ ...span, end: span.start + 2 }, "//")],
    span,
  };
}

function badNumber({ image }: IToken, span: Span, before: IToken | undefined): SyntaxProblem {
  const better = betterNumber(image);
  const problem = { kind: "bad-number", message: `\`${image}\` is not a number`, span } as const;
  const points = image.split(".").length - 1;
  // `0...5`: one point too many, or the number's own.
  if (before?.image === ".." && endOf(before) === span.start) {
    const once = replacement({ ...span, start: before.startOffset }, `..${image.slice(1)}`);
    return { ...problem, help: "a range is written `low .. high`", fixes: [once, replacement(span, better)] };
  }
  // Behind a value no number can stand: something else is wrong there.
  if (image.startsWith(".") && before !== undefined && endsValue(before))
    return { ...problem, note: `a number is written \`${better}\`` };
  const fix = replacement(span, better);
  if (points > 1) return { ...problem, help: "a number has one decimal point", fixes: [fix] };
  return { ...problem, help: `write \`${better}\``, fixes: [safely(fix)] };
}

const endsValue = ({ image }: IToken): boolean => /[\w)\]%]$/.test(image) && !keywords.has(image);

function betterNumber(image: string): string {
  const digits = image.replaceAll("_", "");
  const [whole = "", ...parts] = digits.split(".");
  if (parts.length === 0) return whole;
  const fraction = parts.join("");
  const bare = /^(?=[eE]|$)/.test(fraction) ? `0${fraction}` : fraction;
  return `${whole === "" ? "0" : whole}.${bare}`;
}

function badCite({ image }: IToken, span: Span): SyntaxProblem {
  if (image === "@cite") {
    return { kind: "missing-token", message: "expected a key behind `@cite`", ...citeHelp(span), span };
  }
  const fixes = [replacement(span, "@cite")];
  const help = "the one mark is `@cite KEY`";
  return { kind: "unexpected-token", message: `unexpected \`${image}\``, help, fixes, span };
}

/** For a citation of nothing. */
export function citeHelp(span: Span): Pick<SyntaxProblem, "help" | "fixes"> {
  return {
    help: "write `@cite KEY` or `@cite KEY, KEY`, or remove it",
    fixes: [omission(span, "remove `@cite`")],
  };
}

function firstLine(word: IToken, file: string): Span {
  const length = word.image.search(/[\n\r]/);
  return { file, start: word.startOffset, end: length < 0 ? endOf(word) : word.startOffset + length };
}

function unexpected(text: string, error: ILexingError, file: string): SyntaxProblem {
  const found = text.slice(error.offset, error.offset + error.length);
  const span = { file, start: error.offset, end: error.offset + error.length };
  const meant = instead.get(found) ?? instead.get(found.slice(0, 1));
  const message = `unexpected ${nameOf(found)}`;
  if (meant === undefined) return { kind: "unexpected-character", message, span };
  const { help, signs } = meant;
  const ways = signs === quotes ? [quoted(text, span)] : signs.map((sign) => signed(text, found, span, sign));
  const fixes = meant.sure === true ? ways.map(safely) : ways;
  return { kind: "unexpected-character", message, help, fixes, span };
}

/** A run of one character is one sign: `&&` is `and`. */
function signed(text: string, found: string, span: Span, sign: string): Fix {
  if (found.startsWith("√")) return rooted(text, span);
  const same = [...found].every((one) => one === found[0]);
  const written = same ? sign : [...found].map((one) => instead.get(one)?.signs[0] ?? one).join("");
  return written === "" ? omission(span, `remove \`${found}\``) : replacement(span, written);
}

/** `√x` is `sqrt(x)`. */
function rooted(text: string, span: Span): Fix {
  const under = /^[\p{L}\d_.]+/u.exec(text.slice(span.end))?.[0];
  if (under === undefined) return replacement(span, "sqrt");
  return replacement({ ...span, end: span.end + under.length }, `sqrt(${under})`);
}

const curly = /[“”«»„`'’]/g;

/** Quotes come in pairs; one alone, as an apostrophe, is left out. */
function quoted(text: string, span: Span): Fix {
  const from = text.lastIndexOf("\n", span.start - 1) + 1;
  const line = /^.*/.exec(text.slice(from))?.[0] ?? "";
  const marks = [...line.matchAll(curly)].map(({ index }) => from + index);
  if (marks.length % 2 === 1) return omission(span, `remove \`${text.slice(span.start, span.end)}\``);
  const edits = marks.map((start) => ({ span: { ...span, start, end: start + 1 }, text: '"' }));
  return changes('write `"…"`', ...edits);
}

function nameOf(found: string): string {
  const printable = /^[\p{L}\p{N}\p{P}\p{S}\p{M}]+$/u.test(found);
  if (printable) return `\`${found.length > 20 ? `${found.slice(0, 18)}…` : found}\``;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `character U+${code}`;
}

/** What may be written for a character. */
interface Instead {
  readonly help: string;
  readonly signs: readonly string[];
  /** It can mean nothing else. */
  readonly sure?: true;
}

const quotes: readonly string[] = [];
const asText: Instead = { help: 'texts stand in plain double quotes: `"…"`', signs: quotes };
const apostrophe: Instead = {
  help: "names have no apostrophes, and texts stand in double quotes",
  signs: quotes,
};
const write = (sign: string): Instead => ({ help: `write \`${sign}\``, signs: [sign], sure: true });

const instead: ReadonlyMap<string, Instead> = new Map([
  ["#", { help: "comments begin with `//`", signs: ["//"] }],
  ["'", apostrophe],
  ["’", apostrophe],
  ["`", asText],
  ["“", asText],
  ["”", asText],
  ["«", asText],
  ["»", asText],
  ["×", write("*")],
  ["·", write("*")],
  ["⋅", write("*")],
  ["∗", write("*")],
  ["÷", write("/")],
  ["−", write("-")],
  ["–", { help: "write `-`, or `..` for a range", signs: ["-", ".."] }],
  ["—", write("-")],
  ["…", write("..")],
  ["²", write("^2")],
  ["³", write("^3")],
  ["√", { help: "write `sqrt(…)`", signs: ["sqrt"] }],
  ["≤", write("<=")],
  ["≥", write(">=")],
  ["≠", write("!=")],
  ["→", write("->")],
  ["&", write("and")],
  ["!", { help: "write `not`, or `!=`", signs: ["not ", "!="] }],
  ["$", { help: "names consist of letters, digits and `_`", signs: [""] }],
]);
