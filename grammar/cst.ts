/**
 * Typed reading of chevrotain's concrete syntax tree. After an error any child may be absent.
 */
import type { CstElement, CstNode, IToken } from "chevrotain";

const isNode = (element: CstElement): element is CstNode => "children" in element;
const isToken = (element: CstElement): element is IToken => !("children" in element);

export const nodes = (parent: CstNode, name: string): CstNode[] =>
  (parent.children[name] ?? []).filter(isNode);

export const tokens = (parent: CstNode, name: string): IToken[] =>
  (parent.children[name] ?? []).filter(isToken);

export function node(parent: CstNode, name: string): CstNode | undefined {
  const first = parent.children[name]?.[0];
  return first !== undefined && isNode(first) ? first : undefined;
}

export function token(parent: CstNode, name: string): IToken | undefined {
  const first = parent.children[name]?.[0];
  return first !== undefined && isToken(first) ? first : undefined;
}

/** A child that the grammar guarantees. */
export function required<Child>(child: Child | undefined, what: string): Child {
  if (child === undefined) throw new Error(`the syntax tree lacks ${what}`);
  return child;
}

/** Offsets of a node: from its first word to behind its last. */
export function extent(of: CstNode): { readonly start: number; readonly end: number } {
  const start = of.location?.startOffset ?? 0;
  const last = of.location?.endOffset;
  return { start, end: last === undefined || Number.isNaN(last) ? start : last + 1 };
}
