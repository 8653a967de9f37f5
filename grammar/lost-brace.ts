/** Where a closing brace has got lost, by the layout: what stands in a block is further to the right than its statement. */
import { type IToken, tokenMatcher } from "chevrotain";
import { type Balance, closeAbove, indentOf } from "./brackets.ts";
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
