/** Numbers in a range that are written with a comma: `0,05 .. 0,5`. */
import type { IToken } from "chevrotain";
import { endOf } from "./brackets.ts";
import { changes, safely } from "./fixes.ts";
import type { SyntaxProblem } from "./syntax.ts";
import { Comma, DotDot, NumberWord } from "./tokens.ts";

/** For the comma behind the first number of a range, where digits follow it at once; both ends are put right. */
export function decimalComma(
  found: IToken,
  tokens: readonly IToken[],
  file: string,
): Pick<SyntaxProblem, "help" | "fixes"> | undefined {
  const at = tokens.indexOf(found);
  if (!isDecimalComma(tokens, at)) return undefined;
  const other = tokens[at + 2]?.tokenType === DotDot && isDecimalComma(tokens, at + 4) ? [at + 4] : [];
  const commas = [at, ...other].flatMap((index) => tokens[index] ?? []);
  const edits = commas.map((comma) => ({
    span: { file, start: comma.startOffset, end: endOf(comma) },
    text: ".",
  }));
  return { help: "a decimal point is `.`", fixes: [safely(changes("write `.`", ...edits))] };
}

/** Between digits that touch it. */
function isDecimalComma(tokens: readonly IToken[], at: number): boolean {
  const [before, comma, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const isDigits = (word: IToken | undefined): word is IToken =>
    word?.tokenType === NumberWord && !word.image.includes(".");
  if (comma?.tokenType !== Comma || !isDigits(before) || !isDigits(after)) return false;
  return endOf(before) === comma.startOffset && endOf(comma) === after.startOffset;
}
