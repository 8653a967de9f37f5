/** A range that is written in another way: `in [1, 2]`, `in 1, 2`, `in 1 - 2`. */
import { type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { endOf } from "./brackets.ts";
import { changes } from "./fixes.ts";
import type { Fix, Span } from "./syntax.ts";
import * as T from "./tokens.ts";

/** For the word at which the rule of ranges broke. */
export function rangeMeant(found: IToken, tokens: readonly IToken[], file: string): Fix | undefined {
  const at = tokens.indexOf(found);
  // The end of the text is no word.
  const here = at < 0 ? tokens.length : at;
  const from = tokens.slice(0, here).findLastIndex((one) => tokenMatcher(one, T.In)) + 1;
  if (from === 0) return undefined;
  const [inside, next] = [tokens.slice(from, here), tokens[here + 1]];
  const spanOf = (word: IToken): Span => ({ file, start: word.startOffset, end: endOf(word) });
  const fix = (between: IToken, ...brackets: readonly IToken[]): Fix => {
    const sign = { span: spanOf(between), text: between.tokenType === T.Comma ? " .." : ".." };
    return changes("write `..`", sign, ...brackets.map((one) => ({ span: spanOf(one), text: "" })));
  };
  const [open, close] = [inside[0], inside.at(-1)];
  if (open?.tokenType === T.LeftBracket && close?.tokenType === T.RightBracket) {
    const [sign, ...more] = inside.filter(({ tokenType }) => tokenType === T.Comma || tokenType === T.DotDot);
    if (sign === undefined || more.length > 0) return undefined;
    if (sign.tokenType === T.Comma) return fix(sign, open, close);
    return changes("remove the brackets", ...[open, close].map((one) => ({ span: spanOf(one), text: "" })));
  }
  const isValue = next !== undefined && (values.has(next.tokenType) || tokenMatcher(next, T.Minus));
  if (found.tokenType === T.Comma && isListed(tokens, here)) return undefined;
  if ((found.tokenType === T.Dot || found.tokenType === T.Comma) && isValue) return fix(found);
  const signs = inside
    .slice(1)
    .filter((one, i) => tokenMatcher(one, T.Minus) && values.has(inside[i]!.tokenType));
  return signs.length === 1 ? fix(signs[0]!) : undefined;
}

/** `in 1, 2, 3`: another comma behind this one, in the same statement. */
function isListed(tokens: readonly IToken[], comma: number): boolean {
  const other = tokens.findIndex(
    ({ tokenType }, at) => at > comma && (tokenType === T.Comma || tokenType === T.Head),
  );
  return tokens[other]?.tokenType === T.Comma;
}

const values: ReadonlySet<TokenType> = new Set([
  T.NumberWord,
  T.BadNumber,
  T.Unit,
  T.Name,
  T.RightParen,
  T.LeftParen,
]);
