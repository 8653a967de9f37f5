/**
 * Problems of single words: characters of no word, texts and comments without end, misspelt numbers.
 */
import type { ILexingError, IToken } from "chevrotain";
import { endOf } from "./brackets.ts";
import type { SyntaxProblem } from "./syntax.ts";
import { BadCite, BadNumber, OpenComment, OpenText } from "./tokens.ts";

/** Reports at most `limit` problems of each sort. */
export function lexicalProblems(
  words: readonly IToken[],
  asides: readonly IToken[],
  errors: readonly ILexingError[],
  text: string,
  file: string,
  limit: number,
): SyntaxProblem[] {
  const bad = [...words, ...asides].filter((word) => describe(word) !== undefined).slice(0, limit);
  return [
    ...errors.slice(0, limit).map((error) => unexpected(text, error, file)),
    ...bad.flatMap((word) => {
      const found = describe(word);
      return found === undefined ? [] : [{ ...found, span: firstLine(word, file) }];
    }),
  ];
}

function describe(word: IToken): Omit<SyntaxProblem, "span"> | undefined {
  switch (word.tokenType) {
    case OpenText:
      return {
        kind: "unterminated-string",
        message: "this text has no closing quote",
        help: 'end it with `"` on the same line',
      };
    case OpenComment:
      return {
        kind: "unterminated-comment",
        message: "this comment is never closed",
        help: "end it with `*/`, or begin each line with `//`",
      };
    case BadNumber:
      return {
        kind: "bad-number",
        message: `\`${word.image}\` is not a number`,
        help: betterNumber(word.image),
      };
    case BadCite:
      return word.image === "@cite"
        ? {
            kind: "missing-token",
            message: "expected a key behind `@cite`",
            help: "write `@cite KEY` or `@cite KEY, KEY`",
          }
        : {
            kind: "unexpected-token",
            message: `unexpected \`${word.image}\``,
            help: "the one mark is `@cite KEY`",
          };
    default:
      return undefined;
  }
}

function betterNumber(image: string): string {
  if (image.includes("_")) return `write \`${image.replaceAll("_", "")}\``;
  if (image.startsWith(".")) return `write \`0${image}\``;
  if (image.split(".").length > 2) return "a number has one decimal point";
  return `write \`${image.replace(".", ".0")}\``;
}

function firstLine(word: IToken, file: string): SyntaxProblem["span"] {
  const length = word.image.search(/[\n\r]/);
  return { file, start: word.startOffset, end: length < 0 ? endOf(word) : word.startOffset + length };
}

function unexpected(text: string, error: ILexingError, file: string): SyntaxProblem {
  const found = text.slice(error.offset, error.offset + error.length);
  const help = instead.get(found) ?? instead.get(found.slice(0, 1));
  return {
    kind: "unexpected-character",
    message: `unexpected ${nameOf(found)}`,
    ...(help === undefined ? {} : { help }),
    span: { file, start: error.offset, end: error.offset + error.length },
  };
}

function nameOf(found: string): string {
  const printable = /^[\p{L}\p{N}\p{P}\p{S}\p{M}]+$/u.test(found);
  if (printable) return `\`${found.length > 20 ? `${found.slice(0, 18)}…` : found}\``;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `character U+${code}`;
}

const times = "write `*`";
const quotes = 'texts stand in plain double quotes: `"…"`';

const instead: ReadonlyMap<string, string> = new Map([
  ["#", "comments begin with `//`"],
  ["'", "names have no apostrophes, and texts stand in double quotes"],
  ["’", "names have no apostrophes, and texts stand in double quotes"],
  ["`", quotes],
  ["“", quotes],
  ["”", quotes],
  ["«", quotes],
  ["»", quotes],
  ["×", times],
  ["·", times],
  ["⋅", times],
  ["∗", times],
  ["÷", "write `/`"],
  ["−", "write `-`"],
  ["–", "write `-`, or `..` for a range"],
  ["—", "write `-`"],
  ["…", "write `..`"],
  ["²", "write `^2`"],
  ["³", "write `^3`"],
  ["√", "write `sqrt(…)`"],
  ["≤", "write `<=`"],
  ["≥", "write `>=`"],
  ["≠", "write `!=`"],
  ["→", "write `->`"],
  ["&", "write `and`"],
  ["!", "write `not`, or `!=`"],
  ["$", "names consist of letters, digits and `_`"],
]);
