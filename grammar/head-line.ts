/** The line that a file begins with: `sevens 1`. */
import type { IToken } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { endOf } from "./brackets.ts";
import { replacement, safely } from "./fixes.ts";
import type { SyntaxProblem } from "./syntax.ts";
import { Name, NumberWord } from "./tokens.ts";

const word = "sevens";

/** Letters that may be wrong: two exchanged ones are as many. */
const mostWrong = 2;

/** As the first word of a file it cannot be anything else, nor can a similar one with nothing but a number on its line. */
export function isHeadLine(words: readonly IToken[], breaks: readonly boolean[]): boolean {
  const [first, second] = words;
  if (first?.image === word) return true;
  const alone = second?.tokenType === NumberWord && !breaks[1] && (breaks[2] ?? true);
  return alone && first?.tokenType === Name && distance(first.image.toLowerCase(), word) <= mostWrong;
}

/** The problem of its word, if it is not the right one. */
export function misspeltHead(
  first: IToken,
  number: IToken | undefined,
  file: string,
): readonly SyntaxProblem[] {
  if (first.image === word || number === undefined) return [];
  const span = { file, start: first.startOffset, end: endOf(first) };
  return [
    {
      kind: "unexpected-token",
      message: `expected the head line, found \`${first.image}\``,
      help: `did you mean \`${word} ${number.image}\`?`,
      fixes: [safely(replacement(span, word))],
      span,
    },
  ];
}
