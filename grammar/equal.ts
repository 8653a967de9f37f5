/**
 * Whether two pieces of syntax say the same, wherever they stand.
 */
import type { Expr, Statement, SyntaxTree } from "./syntax.ts";

export const sameExpr = (one: Expr, other: Expr): boolean => same(one, other);

export const sameStatement = (one: Statement, other: Statement): boolean => same(one, other);

/** Compares versions, uses and statements; the name of the file and the comments do not count. */
export const sameTree = (one: SyntaxTree, other: SyntaxTree): boolean => same(one, other);

/** Where something stands, and what says nothing. */
const ignored: ReadonlySet<string> = new Set(["span", "pathSpan", "file", "comments"]);

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const keys = keysOf(one);
  return keys.length === keysOf(other).length && keys.every((key) => same(one[key], other[key]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const keysOf = (of: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(of).filter((key) => !ignored.has(key) && of[key] !== undefined);
