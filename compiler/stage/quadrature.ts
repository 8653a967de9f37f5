import { largestOf } from "../../runtime/extremes.ts";
import { dependence, isConstant, reachable } from "../rate/analyse.ts";
import { evaluateConstant } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, DataSource, IntegralNode, IntegralPurpose, Node } from "../rate/node.ts";
import { type Rewritten, rewriter, substitute } from "../rate/rewrite.ts";
import { fingerprint, panelsBetween, rising } from "./panel-ends.ts";
import { panelsOfTail, tailSum } from "./tail.ts";

/** Gauss-Legendre points per panel for each purpose. */
export type Orders = Readonly<Record<IntegralPurpose, number>>;

/** The least numbers of points; calibration multiplies them. */
export const baseOrders: Orders = { energy: 6, recoil: 12, observable: 4, background: 4, general: 16 };

/** The least number where many panels follow the knots of a table, each of which holds little of the function. */
const baseOrderOfMany = 3;
const many = 8;

/** The least number of points in each of so many panels; those of recoil integrals do not follow tables, but may be bins. */
export function baseOrder({ purpose, args: [low] }: IntegralNode, panels: number): number {
  if (purpose === "recoil" && low.op === "data") return baseOrders.observable;
  const own = baseOrders[purpose];
  return purpose !== "recoil" && panels > many ? Math.min(baseOrderOfMany, own) : own;
}

/** Only one panel of a tail is gone over for each moving point: more points cost next to nothing. */
const extraInTail = 2;

/** How many points each of the panels of an integral gets. */
export type OrderOf = (integral: IntegralNode, panels: number) => number;

/** Panels that were chosen for an integral whose boundaries stay where they are, with the points of each. */
export type PanelsOf = (
  integral: IntegralNode,
  boundaries: readonly number[],
) => { readonly ends: readonly number[]; readonly orders: readonly number[] } | undefined;

export interface DiscretiseOptions {
  readonly panelsOf?: PanelsOf;
  /** What is known from before. */
  readonly done?: Rewritten;
  /** Told of each integral that is not. */
  readonly note?: (rule: Rule) => void;
}

/**
 * Replaces every integral by a composite Gauss-Legendre sum whose panels end at the split points.
 * Limits and splits that are numbers give fixed nodes; the others are followed at run time by panels that are
 * clamped to the limits, so that an empty interval has weight zero.
 */
export function discretise(
  graph: Graph,
  orderOf: OrderOf,
  { panelsOf = () => undefined, done, note = () => {} }: DiscretiseOptions = {},
): (root: Node) => Node {
  const change = (node: Node): Node => {
    if (node.op !== "integral") return node;
    const result = sumOf(graph, node, orderOf, panelsOf);
    note(ruleOf(node, result));
    const label = graph.labelOf(node);
    return label === undefined ? result : graph.label(result, label);
  };
  return rewriter(graph, change, done);
}

/** What an integral became. */
export interface Rule {
  readonly integral: IntegralNode;
  /** Gauss-Legendre points in each panel. */
  readonly orders: readonly number[];
  /** Points in all bins that it runs over. */
  readonly nodes: number;
}

function sumOf(graph: Graph, node: IntegralNode, orderOf: OrderOf, panelsOf: PanelsOf): Node {
  const [low, high, , ...splits] = node.args;
  const fixed = splits.filter(isConstant).map((split) => evaluateConstant(split));
  const moving = splits.filter((split) => !isConstant(split));
  const rows = fixedRows(low, high);
  if (rows !== undefined && moving.length === 0) return fixedSum(graph, node, rows, fixed, orderOf, panelsOf);
  const tail = moving.length === 0 ? panelsOfTail(node, fixed) : undefined;
  if (tail !== undefined) {
    const order = orderOf(node, tail.length) + extraInTail;
    return tailSum(graph, node, tail, order, ruleName(node, [tail], order));
  }
  return movingSum(graph, node, rows, fixed, moving, orderOf);
}

/** The rule of an integral, read off the arrays of its nodes. */
function ruleOf(integral: IntegralNode, result: Node): Rule {
  const rules = reachable([result]).flatMap((node) =>
    node.op === "data" && "boundaries" in node.source && node.name.startsWith(`${nameOf(integral)}_`)
      ? [{ node, source: node.source }]
      : [],
  );
  const panels = largestOf(rules.flatMap(({ source }) => source.boundaries.map((row) => row.length - 1)));
  const given = rules.map(({ source }) => source.order);
  const list = given.find((order) => typeof order !== "number");
  const single = largestOf(given.filter((order) => typeof order === "number"));
  const orders = list ?? new Array<number>(panels).fill(single);
  const points = largestOf(rules.map(({ node }) => node.axes.reduce((size, axis) => size * axis.size, 1)));
  return {
    integral,
    orders,
    nodes: Math.max(
      orders.reduce((sum, order) => sum + order, 0),
      points,
    ),
  };
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
  orderOf: OrderOf,
  panelsOf: PanelsOf,
): Node {
  const boundaries = panelRows(rows, splits);
  const chosen = rows.axis === undefined ? panelsOf(node, boundaries[0]!) : undefined;
  if (chosen !== undefined) return rowSum(graph, node, undefined, [chosen.ends], chosen.orders);
  const counts = boundaries.map((row) => row.length - 1);
  const panels = largestOf(counts);
  const order = orderOf(node, panels);
  const inUse = counts.reduce((sum, count) => sum + count, 0);
  const isUneven = panels * rows.low.length > 2 * inUse;
  const readsBin = rows.axis !== undefined && dependence(node.args[2]).axes.has(rows.axis);
  if (isUneven && !readsBin) return commonSum(graph, node, boundaries, order);
  return rowSum(graph, node, rows.axis, boundaries, new Array<number>(panels).fill(order));
}

/** The sum over the points of all panels, a row of them for each bin; `orders` are those of the panels in any row. */
function rowSum(
  graph: Graph,
  node: IntegralNode,
  bins: Axis | undefined,
  boundaries: readonly (readonly number[])[],
  orders: readonly number[],
): Node {
  const order = orders.every((one) => one === orders[0]) ? orders[0]! : orders;
  const name = ruleName(node, boundaries, order);
  const axis = graph.axis(
    name,
    orders.reduce((sum, one) => sum + one, 0),
  );
  const axes = bins === undefined ? [axis] : [bins, axis];
  const data = (what: "nodes" | "weights"): Node =>
    graph.data(`${name}_${what}`, axes, { kind: "panels", boundaries, order, what });
  const body = substitute(graph, node.args[2], node.variable, data("nodes"));
  return graph.sum(axis, graph.multiply(data("weights"), body));
}

/**
 * The panels of all bins in one row, summed over their nodes, and for each bin the sum of those inside it: when one bin
 * has most of the panels, a row for each bin would be filled up with nodes that count for nothing.
 */
function commonSum(
  graph: Graph,
  node: IntegralNode,
  rows: readonly (readonly number[])[],
  order: number,
): Node {
  const [, , body] = node.args;
  const boundaries = [rising(rows.flat())];
  const name = ruleName(node, boundaries, order);
  const panels = graph.axis(`${name}_panels`, boundaries[0]!.length - 1);
  const points = graph.axis(name, order);
  const data = (what: "nodes" | "weights"): Node =>
    graph.data(`${name}_${what}`, [panels, points], { kind: "panels", boundaries, order, what });
  const nodes = data("nodes");
  const centre = graph.multiply(graph.number(1 / order), graph.sum(points, nodes));
  const integrand = graph.multiply(data("weights"), substitute(graph, body, node.variable, nodes));
  return graph.sum(panels, graph.multiply(isInBin(graph, node, centre), graph.sum(points, integrand)));
}

/** 1 for the bin of an integral that holds a point, else 0. */
function isInBin(graph: Graph, { args: [low, high], variable }: IntegralNode, point: Node): Node {
  const isBelow = (x: Node, y: Node): Node => graph.call("heaviside", graph.subtract(y, x));
  return graph.label(graph.multiply(isBelow(low, point), isBelow(point, high)), `bins_of_${variable.name}`);
}

/** The same with splits that move: each is a boundary of its own among the fixed ones, wherever it is at run time. */
function commonMovingSum(
  graph: Graph,
  node: IntegralNode,
  fixed: readonly number[],
  moving: readonly Node[],
  order: number,
): Node {
  const last = fixed.length - 1;
  const name = ruleName(node, [fixed, [moving.length]], order);
  const panels = graph.axis(`${name}_panels`, last + moving.length);
  const points = graph.axis(name, order);
  const rule = (what: "nodes" | "weights"): Node =>
    graph.data(`${name}_${what}`, [points], { kind: "unit-panels", boundaries: [[0, 1]], order, what });
  /** For each panel the fixed boundary so many places before the one of its number. */
  const boundary = (before: number): Node => {
    const [first, what] = before % 2 === 0 ? ([before, "low"] as const) : ([before + 1, "high"] as const);
    const places = Array.from({ length: panels.size + 1 }, (_, i) => Math.min(Math.max(i - first, 0), last));
    const boundaries = [places.map((place) => fixed[place]!)];
    return graph.data(`${name}_${what}${first}`, [panels], {
      kind: "unit-panels",
      boundaries,
      order: 1,
      what,
    });
  };
  /** The same when the first so many of the moving ones, in rising order, have been put in. */
  const merged = (before: number, count: number): Node => {
    const split = splits[count - 1];
    if (split === undefined) return boundary(before);
    const bounded = graph.call("min", split, merged(before, count - 1));
    return graph.call("max", merged(before + 1, count - 1), bounded);
  };
  const ends = [graph.number(fixed[0]!), graph.number(fixed[last]!)] as const;
  const splits = risingAtRunTime(
    graph,
    moving.map((split) => clamped(graph, split, ...ends)),
  );
  const [from, to] = [merged(0, splits.length), merged(-1, splits.length)];
  const width = graph.subtract(to, from);
  const centre = graph.multiply(graph.number(0.5), graph.add(from, to));
  const at = graph.add(from, graph.multiply(width, rule("nodes")));
  const integrand = graph.multiply(rule("weights"), substitute(graph, node.args[2], node.variable, at));
  const parts = graph.multiply(width, graph.sum(points, integrand));
  return graph.sum(panels, graph.multiply(isInBin(graph, node, centre), parts));
}

function clamped(graph: Graph, x: Node, low: Node, high: Node): Node {
  return graph.call("min", graph.call("max", x, low), high);
}

function movingSum(
  graph: Graph,
  node: IntegralNode,
  rows: Rows | undefined,
  fixed: readonly number[],
  moving: readonly Node[],
  orderOf: OrderOf,
): Node {
  const [low, givenHigh, body] = node.args;
  const high = graph.call("max", low, givenHigh);
  const boundaries = rows === undefined ? [openPanels(fixed)] : panelRows(rows, fixed);
  const panels = largestOf(boundaries.map((row) => row.length - 1));
  const order = orderOf(node, panels);
  const common = rising(boundaries.flat());
  const readsBin = rows?.axis === undefined || dependence(body).axes.has(rows.axis);
  // Each bin looks at all panels in common, and at each of its own once for every piece between moving splits.
  const isQuicker = common.length - 1 + moving.length <= panels * order * (moving.length + 1);
  if (!readsBin && isQuicker) return commonMovingSum(graph, node, common, moving, order);
  // Not the nodes of the same panels where nothing moves.
  const name = `${ruleName(node, boundaries, order)}_moving`;
  const axis = graph.axis(name, panels * order);
  const axes = rows?.axis === undefined ? [axis] : [rows.axis, axis];
  const data = (what: (DataSource & { kind: "unit-panels" })["what"]): Node =>
    graph.data(`${name}_${what}`, axes, { kind: "unit-panels", boundaries, order, what });
  const whole = panels === 1 && rows?.axis === undefined;
  const clamp = (x: Node, from: Node, to: Node): Node => clamped(graph, x, from, to);
  const inside = moving.map((split) => clamp(split, low, high));
  const ends = [low, ...risingAtRunTime(graph, inside), high];
  const between = (start: Node, end: Node): Node => {
    const from = whole ? start : clamp(data("low"), start, end);
    const to = whole ? end : clamp(data("high"), start, end);
    const width = graph.subtract(to, from);
    const at = graph.add(from, graph.multiply(width, data("nodes")));
    return graph.sum(
      axis,
      graph.multiply(data("weights"), width, substitute(graph, body, node.variable, at)),
    );
  };
  if (ends.length <= mostPieces + 1)
    return graph.add(...ends.slice(1).map((end, i) => between(ends[i]!, end)));
  // Many pieces as one expression over an axis of theirs, not a copy of the integrand for each.
  const pieces = graph.axis(`${name}_pieces`, ends.length - 1);
  const start = alongAxis(graph, `${name}_start`, pieces, ends.slice(0, -1));
  const end = alongAxis(graph, `${name}_end`, pieces, ends.slice(1));
  return graph.sum(pieces, between(start, end));
}

/** Pieces between moving splits that are written out one by one. */
const mostPieces = 3;

/** Expressions as the elements of an axis. */
function alongAxis(graph: Graph, name: string, axis: Axis, elements: readonly Node[]): Node {
  return graph.add(
    ...elements.map((element, at) => {
      const values = elements.map((_, i) => (i === at ? 1 : 0));
      return graph.multiply(graph.data(`${name}${at}`, [axis], { kind: "values", values }), element);
    }),
  );
}

/** The nodes in rising order, whatever their values are at run time: neighbours are exchanged by min and max. */
function risingAtRunTime(graph: Graph, nodes: readonly Node[]): readonly Node[] {
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

/** The panels of each row, between its limits. */
function panelRows(rows: Rows, splits: readonly number[]): readonly (readonly number[])[] {
  return rows.low.map((low, i) => panelsBetween(low, Math.max(low, rows.high[i]!), splits));
}

/** Panels without ends, to be clamped to limits that are known at run time. */
function openPanels(splits: readonly number[]): readonly number[] {
  return [Number.NEGATIVE_INFINITY, ...rising(splits), Number.POSITIVE_INFINITY];
}

function nameOf({ variable }: IntegralNode): string {
  return `${variable.name}${variable.id}`;
}

function ruleName(
  integral: IntegralNode,
  boundaries: readonly (readonly number[])[],
  order: number | readonly number[],
): string {
  return `${nameOf(integral)}_${fingerprint(boundaries, order)}`;
}
