/** Whether the parser left a hole in a statement; it has reported it already. */
import { childrenOf, expressionsOf } from "../../grammar/index.ts";
import type { Expr, Statement } from "../../grammar/syntax.ts";

/** A hole in the statement itself; holes in its block belong to the statements there. */
export function hasHole(statement: Statement): boolean {
  return expressionsOf(statement).some(isHole);
}

const isHole = (expr: Expr): boolean => expr.kind === "missing" || childrenOf(expr).some(isHole);
