import type { Expr } from "../../grammar/syntax.ts";
import { type Declaration, field, type Model } from "../model/model.ts";

/** The interactions and experiments that an analysis names. */
export function interactionsOf(
  model: Model,
  analysis: Declaration,
): { interactions: readonly Declaration[]; experiments: readonly Declaration[] } {
  const find = (name: string): readonly Declaration[] => {
    const found = model.byName.get(name);
    return found === undefined ? [] : [found];
  };
  const sum = field(analysis, "model")?.assign?.value;
  const joined = field(analysis, "experiments")?.assign?.value;
  return {
    interactions: sum === undefined ? [] : namesIn(sum).flatMap(find),
    experiments: joined === undefined ? [] : namesIn(joined).flatMap(find),
  };
}

/** Names of a sum or sequence of names. */
export function namesIn(expr: Expr): readonly string[] {
  if (expr.kind === "path") return [expr.parts.map((part) => part.text).join(".")];
  if (expr.kind === "binary") return [...namesIn(expr.left), ...namesIn(expr.right)];
  return expr.kind === "sequence" ? expr.items.flatMap(namesIn) : [];
}
