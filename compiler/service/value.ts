/** What a formula without free names comes to. */
import type { Expr, Statement } from "../../grammar/syntax.ts";
import { childrenOf } from "../../grammar/visit.ts";
import { valueTable } from "../lower/value-table.ts";
import type { Model } from "../model/model.ts";

export interface Value {
  readonly value: number;
  /** Empty for a pure number. */
  readonly unit: string;
}

/** The value that a statement gives by a formula; undefined where it is written as a number, or depends on more. */
export function formulaValue({ keyword, assign, params }: Statement, model: Model): Value | undefined {
  const expr = assign?.value;
  if (expr === undefined || params !== undefined) return undefined;
  // Within a declaration a name may be one of its own, which at the top level is a constant or a unit.
  if (keyword.text !== "constant" && hasNames(expr)) return undefined;
  if (expr.kind === "number" || expr.kind === "string" || expr.kind === "map") return undefined;
  const { rows, units } = valueTable(model, { expressions: [expr], variables: [], points: [[]] });
  const value = rows[0]?.[0];
  return value === undefined || !Number.isFinite(value) ? undefined : { value, unit: units[0] ?? "" };
}

function hasNames(expr: Expr): boolean {
  return expr.kind === "path" || childrenOf(expr).some(hasNames);
}
