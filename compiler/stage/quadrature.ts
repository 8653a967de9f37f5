import { isConstant } from "../rate/analyse.ts";
import { evaluateConstant } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, DataSource, IntegralNode, IntegralPurpose, Node } from "../rate/node.ts";
import { rewriter, substitute } from "../rate/rewrite.ts";

/** Gauss-Legendre points per panel for each purpose. */
export type Orders = Readonly<Record<IntegralPurpose, number>>;

/** The least numbers of points; calibration multiplies them. */
export const baseOrders: Orders = { energy: 6, recoil: 12, observable: 10, background: 4, general: 16 };

/** `refinement` times the least numbers of points. */
export function ordersAt(refinement: number): Orders {
  const scaled = (order: number): number => Math.ceil(order * refinement);
  return {
    energy: scaled(baseOrders.energy),
    recoil: scaled(baseOrders.recoil),
    observable: scaled(baseOrders.observable),
    background: scaled(baseOrders.background),
    general: scaled(baseOrders.general),
  };
}

/** The rule that an integral got. */
export interface Rule {
  readonly integral: IntegralNode;
  /** Name of the arrays of its nodes and weights, without the endings. */
  readonly name: string;
  /** Points in a panel. */
  readonly order: number;
  readonly panels: number;
  /** Points in all: for every bin that has limits of its own, and for every piece between moving splits. */
  readonly nodes: number;
}

/**
 * Replaces every integral by a composite Gauss-Legendre sum whose panels end at the split points.
 * Limits and splits that are numbers give fixed nodes; the others are followed at run time by panels that are
 * clamped to the limits, so that an empty interval has weight zero.
 */
export function discretise(
  graph: Graph,
  orders: Orders,
  note: (rule: Rule) => void = () => {},
): (root: Node) => Node {
  return rewriter(graph, (node) => {
    if (node.op !== "integral") return node;
    const result = sumOf(graph, node, orders[node.purpose], note);
    const label = graph.labelOf(node);
    return label === undefined ? result : graph.label(result, label);
  });
}

function sumOf(graph: Graph, node: IntegralNode, order: number, note: (rule: Rule) => void): Node {
  const [low, high, , ...splits] = node.args;
  const fixed = splits.filter(isConstant).map((split) => evaluateConstant(split));
  const moving = splits.filter((split) => !isConstant(split));
  const rows = fixedRows(low, high);
  if (rows !== undefined && moving.length === 0) return fixedSum(graph, node, rows, fixed, order, note);
  return movingSum(graph, node, rows, fixed, moving, order, note);
}

interface Rows {
  readonly axis: Axis | undefined;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Limits that are known now: two numbers, or the two edges of each bin. */
function fixedRows(low: Node, high: Node): Rows | undefined {
  if (isConstant(low) && isConstant(high)) {
    return { axis: undefined, low: [evaluateConstant(low)], high: [evaluateConstant(high)] };
  }
  if (low.op !== "data" || high.op !== "data") return undefined;
  const axis = low.axes[0];
  if (low.axes.length !== 1 || axis === undefined || high.axes[0] !== axis) return undefined;
  if (low.source.kind !== "values" || high.source.kind !== "values") return undefined;
  return { axis, low: low.source.values, high: high.source.values };
}

function fixedSum(
  graph: Graph,
  node: IntegralNode,
  rows: Rows,
  splits: readonly number[],
  given: number,
  note: (rule: Rule) => void,
): Node {
  const { boundaries, panels, order, name } = ruleOf(node, panelRows(rows, splits), given);
  note({ integral: node, name, order, panels, nodes: boundaries.length * panels * order });
  const axis = graph.axis(name, panels * order);
  const axes = rows.axis === undefined ? [axis] : [rows.axis, axis];
  const data = (what: "nodes" | "weights"): Node =>
    graph.data(`${name}_${what}`, axes, { kind: "panels", boundaries, order, what });
  const body = substitute(graph, node.args[2], node.variable, data("nodes"));
  return graph.sum(axis, graph.multiply(data("weights"), body));
}

function movingSum(
  graph: Graph,
  node: IntegralNode,
  rows: Rows | undefined,
  fixed: readonly number[],
  moving: readonly Node[],
  given: number,
  note: (rule: Rule) => void,
): Node {
  const [low, givenHigh, body] = node.args;
  const high = graph.call("max", low, givenHigh);
  const open = rows === undefined ? [openPanels(fixed)] : panelRows(rows, fixed);
  const { boundaries, panels, order, name } = ruleOf(node, open, given);
  const nodes = boundaries.length * panels * order * (moving.length + 1);
  note({ integral: node, name, order, panels, nodes });
  const axis = graph.axis(name, panels * order);
  const axes = rows?.axis === undefined ? [axis] : [rows.axis, axis];
  const data = (what: (DataSource & { kind: "unit-panels" })["what"]): Node =>
    graph.data(`${name}_${what}`, axes, { kind: "unit-panels", boundaries, order, what });
  const whole = panels === 1 && rows?.axis === undefined;
  const clamp = (x: Node, from: Node, to: Node): Node => graph.call("min", graph.call("max", x, from), to);
  const inside = moving.map((split) => clamp(split, low, high));
  const ends = [low, ...rising(graph, inside), high];
  const pieces = ends.slice(1).map((end, i) => {
    const start = ends[i]!;
    const from = whole ? start : clamp(data("low"), start, end);
    const to = whole ? end : clamp(data("high"), start, end);
    const width = graph.subtract(to, from);
    const at = graph.add(from, graph.multiply(width, data("nodes")));
    return graph.sum(
      axis,
      graph.multiply(data("weights"), width, substitute(graph, body, node.variable, at)),
    );
  });
  return graph.add(...pieces);
}

/** The rule of an integral with these panels in each row: all rows have as many as the longest. */
function ruleOf(node: IntegralNode, boundaries: readonly (readonly number[])[], given: number) {
  const panels = Math.max(...boundaries.map((row) => row.length - 1));
  const order = orderFor(node.purpose, panels, given);
  const name = `${node.variable.name}${node.variable.id}_${fingerprint([boundaries, order])}`;
  return { boundaries, panels, order, name };
}

/** The nodes in rising order, whatever their values are at run time: neighbours are exchanged by min and max. */
function rising(graph: Graph, nodes: readonly Node[]): readonly Node[] {
  const sorted = [...nodes];
  for (let last = sorted.length - 1; last > 0; last--) {
    for (let i = 0; i < last; i++) {
      const [a, b] = [sorted[i]!, sorted[i + 1]!];
      sorted[i] = graph.call("min", a, b);
      sorted[i + 1] = graph.call("max", a, b);
    }
  }
  return sorted;
}

/** Panels that follow the knots of a table hold little of the function each; tables are not in recoil integrals. */
function orderFor(purpose: IntegralPurpose, panels: number, order: number): number {
  return purpose !== "recoil" && panels > 8 ? Math.max(3, Math.ceil(order / 3)) : order;
}

/** The panels of each row, between its limits. */
function panelRows(rows: Rows, splits: readonly number[]): readonly (readonly number[])[] {
  return rows.low.map((low, i) => panelsBetween(low, Math.max(low, rows.high[i]!), splits));
}

/** Panels without ends, to be clamped to limits that are known at run time. */
function openPanels(splits: readonly number[]): readonly number[] {
  const inner = [...new Set(splits)].sort((a, b) => a - b);
  return [Number.NEGATIVE_INFINITY, ...inner, Number.POSITIVE_INFINITY];
}

function panelsBetween(low: number, high: number, splits: readonly number[]): readonly number[] {
  const inside = splits.filter((split) => split > low && split < high);
  return [low, ...[...new Set(inside)].sort((a, b) => a - b), high];
}

/** A short text that tells different rules apart (FNV-1a). */
function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(value, (_, x: unknown) =>
    x === Number.POSITIVE_INFINITY ? "inf" : x,
  )) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
