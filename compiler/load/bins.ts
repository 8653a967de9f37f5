/** The edges of bins as numbers, as far as they are written as numbers: to compare them with those of a data file. */
import type { Expr, ListExpr, Statement } from "../../grammar/syntax.ts";
import { spelled } from "./shape-value.ts";

export interface Axis {
  readonly observable: string;
  readonly edges: readonly number[];
  /** The unit of the edges when all have the same. */
  readonly unit?: string;
}

/** The axes of an experiment in their order; undefined when some edge is more than a number. */
export function axesOf(experiment: Statement): readonly Axis[] | undefined {
  const axes: Axis[] = [];
  for (const { keyword, label, assign } of experiment.block?.statements ?? []) {
    if (keyword.text !== "bins") continue;
    if (label === undefined || assign?.value.kind !== "list") return undefined;
    const axis = readEdges(assign.value);
    if (axis === undefined) return undefined;
    axes.push({ observable: spelled(label), ...axis });
  }
  return axes;
}

interface Literal {
  readonly value: number;
  readonly unit: string | undefined;
}

function readEdges(list: ListExpr): Omit<Axis, "observable"> | undefined {
  const edges: Literal[] = [];
  for (const item of list.items) {
    const more = item.kind === "range" ? readRange(item) : literalList(item);
    if (more === undefined) return undefined;
    for (const edge of more) edges.push(edge);
  }
  const unit = list.unit?.name.text ?? edges[0]?.unit;
  const own = list.unit === undefined ? unit : undefined;
  // A bare zero fits any unit.
  if (edges.some((edge) => edge.unit !== own && edge.value !== 0) || (list.unit?.power ?? 1) !== 1)
    return undefined;
  const values = edges.map(({ value }) => value);
  return unit === undefined ? { edges: values } : { edges: values, unit };
}

function literalList(expr: Expr): readonly Literal[] | undefined {
  const literal = readLiteral(expr);
  return literal === undefined ? undefined : [literal];
}

function readLiteral(expr: Expr): Literal | undefined {
  if (expr.kind === "unary" && expr.operator === "-") {
    const inner = readLiteral(expr.operand);
    return inner === undefined ? undefined : { ...inner, value: -inner.value };
  }
  if (expr.kind !== "number" || expr.percent || (expr.unit?.power ?? 1) !== 1) return undefined;
  return { value: Number(expr.text), unit: expr.unit?.name.text };
}

function readRange({ low, high, step }: Extract<Expr, { kind: "range" }>): readonly Literal[] | undefined {
  const [from, to] = [readLiteral(low), readLiteral(high)];
  const by = step === undefined ? undefined : readLiteral(step);
  if (from === undefined || to === undefined || by === undefined || !(by.value > 0)) return undefined;
  const unit = to.unit ?? from.unit ?? by.unit;
  const count = Math.round((to.value - from.value) / by.value);
  if (!(count >= 0) || count > 1e6) return undefined;
  if ([from, to, by].some((one) => one.unit !== undefined && one.unit !== unit)) return undefined;
  return Array.from({ length: count + 1 }, (_, at) => ({
    value: at === count ? to.value : from.value + at * by.value,
    unit,
  }));
}
