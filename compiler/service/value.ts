/** What a formula without free names comes to. */
import type { Statement } from "../../grammar/syntax.ts";
import { valueTable } from "../lower/value-table.ts";
import type { Model } from "../model/model.ts";

export interface Value {
  readonly value: number;
  /** Empty for a pure number. */
  readonly unit: string;
}

/** The value that a statement gives by a formula; undefined where it is written as a number, or depends on more. */
export function formulaValue({ assign, params }: Statement, model: Model): Value | undefined {
  const expr = assign?.value;
  if (expr === undefined || params !== undefined) return undefined;
  if (expr.kind === "number" || expr.kind === "string" || expr.kind === "map") return undefined;
  const { rows, units } = valueTable(model, { expressions: [expr], variables: [], points: [[]] });
  const value = rows[0]?.[0];
  return value === undefined || !Number.isFinite(value) ? undefined : { value, unit: units[0] ?? "" };
}
