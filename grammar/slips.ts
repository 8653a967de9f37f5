/** Words and signs of other languages, read as those that they can only stand for: `usee`, `:=`, `...`, `1 to 2`. */
import { type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { endOf, retype } from "./brackets.ts";
import { replacement, safely } from "./fixes.ts";
import type { SyntaxProblem } from "./syntax.ts";
import * as T from "./tokens.ts";

/** The words of a file without its slips, and what these are. */
export interface Corrected {
  readonly words: IToken[];
  readonly problems: readonly SyntaxProblem[];
}

interface Place {
  readonly words: readonly IToken[];
  readonly text: string;
  readonly at: number;
  /** Braces that are open. */
  readonly depth: number;
}

/** So many words of a text are another one, which is written so. */
interface Slip {
  readonly count: number;
  readonly type: TokenType;
  readonly meant: string;
  readonly help?: string;
}

export function withoutSlips(words: readonly IToken[], text: string, file: string): Corrected {
  const out: IToken[] = [];
  const problems: SyntaxProblem[] = [];
  let depth = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.tokenType === T.BlockOpen) depth++;
    if (word.tokenType === T.BlockClose) depth = Math.max(0, depth - 1);
    const slip = slipAt({ words, text, at, depth });
    if (slip === undefined) {
      out.push(word);
      continue;
    }
    const span = { file, start: word.startOffset, end: endOf(words[at + slip.count - 1]!) };
    const image = text.slice(span.start, span.end);
    out.push(retype({ ...word, image }, slip.type));
    problems.push({
      kind: "unexpected-token",
      message: `unexpected \`${image}\``,
      help: slip.help ?? `write \`${slip.meant}\``,
      fixes: [safely(replacement(span, slip.meant))],
      span,
    });
    at += slip.count - 1;
  }
  return { words: out, problems };
}

const slipAt = (place: Place): Slip | undefined =>
  misspeltUse(place) ?? foreignSign(place) ?? wordOfRange(place);

/** What begins a `use` elsewhere. */
const otherUses: ReadonlySet<string> = new Set(["using", "import", "include", "require", "uses"]);

/** Outside of blocks nothing else has a path and names in braces. */
function misspeltUse({ words, text, at, depth }: Place): Slip | undefined {
  const word = words[at]!;
  if (depth > 0 || word.tokenType !== T.Name) return undefined;
  const before = words[at - 1];
  if (before !== undefined && isOnLine(before, word, text)) return undefined;
  const lower = word.image.toLowerCase();
  const letters = [...lower].sort().join("");
  const isNear = distance(lower, "use") <= 1 || letters === "esu" || otherUses.has(lower);
  if (!isNear || word.image === "use" || !usedNames.test(text.slice(endOf(word), endOf(word) + mostLooked)))
    return undefined;
  return { count: 1, type: T.Use, meant: "use", help: "did you mean `use`?" };
}

const usedNames = /^[ \t]+(?:"[^"\n]*"|[\w./@-]+)[ \t]*\{[\w\s,]*\}/;
/** Characters behind a word in which the names of a `use` end. */
const mostLooked = 2000;

/** `a := 1`, `0 ... 1` */
function foreignSign(place: Place): Slip | undefined {
  const [word, next] = [place.words[place.at]!, place.words[place.at + 1]];
  if (next === undefined || endOf(word) !== next.startOffset) return undefined;
  const sign = signs.get(`${word.image}${next.image}`);
  return sign && { count: 2, ...sign };
}

const signs: ReadonlyMap<string, Pick<Slip, "type" | "meant">> = new Map([
  [":=", { type: T.Equals, meant: "=" }],
  ["=:", { type: T.Equals, meant: "=" }],
  ["...", { type: T.DotDot, meant: ".." }],
]);

/** Characters before a word in which the lower end of a range and what it stands behind are. */
const longestLow = 200;

/** `in 1 keV to 2 keV`: behind a value no name stands. */
function wordOfRange({ words, text, at }: Place): Slip | undefined {
  const [before, word, next] = [words[at - 1], words[at]!, words[at + 1]];
  if (word.image !== "to" || before === undefined || next === undefined) return undefined;
  if (!isOnLine(before, word, text) || !isOnLine(word, next, text)) return undefined;
  if (!endsValue.has(before.tokenType) || T.keywords.has(before.image)) return undefined;
  // `function to(x: MeV)`
  if (before.tokenType === T.Name && beginsStatement(before, words[at - 2], text)) return undefined;
  if (!beginsValue.has(next.tokenType) && !tokenMatcher(next, T.PrefixOperator)) return undefined;
  const near = text.slice(Math.max(0, word.startOffset - longestLow), word.startOffset);
  const line = near.slice(near.lastIndexOf("\n") + 1);
  // `= 3 GeV to MeV` asks for a unit.
  const isRange = /\bin\b[^=(,]*$/.test(line) || (next.tokenType !== T.Name && /[=(,][^=(,]*$/.test(line));
  return isRange ? { count: 1, type: T.DotDot, meant: "..", help: rangeForm } : undefined;
}

const rangeForm = "a range is written `low .. high`";
const endsValue: ReadonlySet<TokenType> = new Set([T.NumberWord, T.BadNumber, T.Name, T.RightParen]);
const beginsValue: ReadonlySet<TokenType> = new Set([T.NumberWord, T.BadNumber, T.Name, T.LeftParen]);

const beginsStatement = (word: IToken, before: IToken | undefined, text: string): boolean =>
  before === undefined || endsStatement.has(before.tokenType) || !isOnLine(before, word, text);

const endsStatement: ReadonlySet<TokenType> = new Set([T.Semicolon, T.BlockOpen, T.BlockClose]);

const isOnLine = (one: IToken, next: IToken, text: string): boolean =>
  !text.slice(endOf(one), next.startOffset).includes("\n");
