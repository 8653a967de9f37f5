/** Where a brace has got lost, by the layout: what stands in a block is further to the right than its statement. */
import { type IToken, tokenMatcher } from "chevrotain";
import { type Balance, closeAbove, endOf, indentOf, retype } from "./brackets.ts";
import * as T from "./tokens.ts";

export interface Layout {
  /** Column at which the line of a word begins. */
  readonly indent: (word: IToken) => number;
  /** True for braces with what they hold on lines of their own, further to the right. */
  readonly isLaidOut: (brace: IToken) => boolean;
}

export function layoutOf(source: readonly IToken[], text: string): Layout {
  const indents = new Map<number, number>();
  const indent = ({ startOffset }: IToken): number => {
    const known = indents.get(startOffset);
    if (known !== undefined) return known;
    const column = indentOf(startOffset, text).length;
    indents.set(startOffset, column);
    return column;
  };
  const next = new Map(source.map(({ startOffset }, i) => [startOffset, source[i + 1]]));
  const isLaidOut = (brace: IToken): boolean => {
    const inner = next.get(brace.startOffset);
    return inner !== undefined && indent(inner) > indent(brace);
  };
  return { indent, isLaidOut };
}

interface LaidOut extends Balance {
  readonly layout?: Layout;
}

/** A `}` on a line of its own is that of the block which begins in its column: braces further to the right have lost theirs. */
export function closeDeeper(balance: LaidOut, close: IToken): void {
  const { layout, open } = balance;
  if (layout === undefined) return;
  const column = layout.indent(close);
  const own = open.findLastIndex((one) => tokenMatcher(one, T.BlockOpen) && layout.indent(one) === column);
  if (own >= 0 && open.slice(own + 1).every((one) => layout.indent(one) > column))
    closeAbove(balance, own + 1);
}

/** A statement that is no further to the right than that of the block which it would be in stands behind it. */
export function closeLeft(balance: LaidOut, head: IToken): void {
  const { layout, open } = balance;
  if (layout === undefined) return;
  const column = layout.indent(head);
  const first = open.findIndex((one) => tokenMatcher(one, T.BlockOpen) && layout.indent(one) >= column);
  if (
    first >= 0 &&
    open.slice(first).every((one) => !tokenMatcher(one, T.BlockOpen) || layout.isLaidOut(one))
  )
    closeAbove(balance, first);
}

/**
 * Words behind which a `{` has got lost: the last ones of statements that have none, with statements further to the right
 * on the next lines, and then a `}` on a line of its own in their column.
 */
export function beforeLostBraces(
  words: readonly IToken[],
  starts: readonly number[],
  text: string,
): readonly IToken[] {
  const { indent } = layoutOf(words, text);
  const beginning = new Set(starts);
  const isFirst = ({ startOffset }: IToken): boolean =>
    text.slice(text.lastIndexOf("\n", startOffset - 1) + 1, startOffset).trim() === "";
  const first = words.flatMap((word, at) => (isFirst(word) ? [{ word, at, column: indent(word) }] : []));
  const heads = first.filter(({ word }) => beginning.has(word.startOffset) && word.tokenType !== T.Use);
  return heads.flatMap(({ at, column }, i) => {
    const inner = heads[i + 1];
    if (inner === undefined || inner.column <= column) return [];
    const between = words.slice(at, inner.at);
    if (between.some(({ image }) => image === "{" || image === "}")) return [];
    const next = first.find((other) => other.at > inner.at && other.column <= column);
    const closes = next?.column === column && next.word.image === "}";
    return closes ? between.slice(-1) : [];
  });
}

/** The words with a brace without text behind each of some. */
export function withBraces(words: readonly IToken[], before: readonly IToken[]): readonly IToken[] {
  const offsets = new Set(before.map(endOf));
  return words.flatMap((word) =>
    offsets.has(endOf(word))
      ? [word, retype({ ...word, image: "", startOffset: endOf(word) }, T.BlockOpen)]
      : [word],
  );
}
