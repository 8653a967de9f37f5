/** Integrals over recoils in very many bins of an observable that is not smeared: one over each bin, not one cut at all edges. */
import { dependence, isConstant, reachable } from "../rate/analyse.ts";
import { evaluateConstant, functionOf } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, IntegralNode, Node, SelectNode } from "../rate/node.ts";
import { rewriter } from "../rate/rewrite.ts";
import { panelsBetween } from "./panel-ends.ts";
import { mostPanels } from "./panel-orders.ts";

/**
 * An integral that is cut at the edges of more bins than there may be panels looks at every panel in every bin, all but one
 * in vain. Where each bin is one interval of the recoil energy, it becomes an integral over that interval.
 */
export function rowsOfBins(graph: Graph): (root: Node) => Node {
  return rewriter(graph, (node) => {
    if (node.op !== "integral" || node.purpose !== "recoil" || node.args.length - 3 <= mostPanels)
      return node;
    const [low, high, body, ...splits] = node.args;
    if (![low, high, ...splits].every(isConstant)) return node;
    const [from, to] = [evaluateConstant(low), evaluateConstant(high)];
    if (!(to > from)) return node;
    const ends = panelsBetween(from, to, splits.map(evaluateConstant));
    const found = reachable([body]).flatMap((inner) => binning(inner, node) ?? []);
    for (const one of found) {
      const rows = rowsIn(one, node, ends);
      // What is not multiplied by the condition lies outside of the bins as well.
      if (rows !== undefined && isZero(replaced(graph, body, one.condition, graph.number(0))))
        return inRows(graph, node, one, rows, ends);
    }
    return node;
  });
}

/** A condition that is met in the bin that holds a value. */
interface Binning {
  readonly condition: SelectNode;
  readonly axis: Axis;
  readonly value: Node;
  readonly edges: { readonly low: readonly number[]; readonly high: readonly number[] };
  /** What stands in the bin. */
  readonly inside: Node;
}

function binning(node: Node, { variable }: IntegralNode): Binning | undefined {
  if (node.op !== "select" || node.relation !== "<=" || !isZero(node.args[3])) return undefined;
  const [low, value, below] = node.args;
  if (below.op !== "select" || below.relation !== "<" || below.args[0] !== value) return undefined;
  const [, high, inside, outside] = below.args;
  if (low.op !== "data" || high.op !== "data" || !isZero(outside)) return undefined;
  if (low.source.kind !== "values" || high.source.kind !== "values") return undefined;
  const [axis, ...more] = low.axes;
  const { variables, axes, parameters } = dependence(value);
  const isOfVariable = variables.size === 1 && variables.has(variable) && axes.size + parameters.size === 0;
  if (axis === undefined || more.length > 0 || high.axes[0] !== axis || !isOfVariable) return undefined;
  return {
    condition: node,
    axis,
    value,
    inside,
    edges: { low: low.source.values, high: high.source.values },
  };
}

/** Between which ends each bin lies. */
interface Rows {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A bin that is this share of the range has panels of its own: all rows share their points. */
const WIDEST = 1 / 16;

/**
 * The interval of each bin, empty for one that no panel lies in, where there is a value at least; undefined when a bin has several, or is
 * wide.
 */
function rowsIn(
  { edges, value }: Binning,
  { variable }: IntegralNode,
  ends: readonly number[],
): Rows | undefined {
  const valueAt = functionOf(value, variable, { parameters: () => Number.NaN });
  const low = new Array<number>(edges.low.length).fill((ends[0]! + ends[1]!) / 2);
  const high = [...low];
  const met = new Set<number>();
  let before = -1;
  for (const [i, from] of ends.slice(0, -1).entries()) {
    const to = ends[i + 1]!;
    const bin = binAt(edges, valueAt((from + to) / 2));
    if (bin >= 0) {
      if (bin !== before && met.has(bin)) return undefined;
      if (bin !== before) low[bin] = from;
      high[bin] = to;
      met.add(bin);
    }
    before = bin;
  }
  const widest = WIDEST * (ends.at(-1)! - ends[0]!);
  if (low.some((from, bin) => high[bin]! - from > widest)) return undefined;
  return { low, high };
}

/** The bin that holds a value, or -1; bins are in rising order. */
function binAt({ low, high }: Binning["edges"], value: number): number {
  let [first, beyond] = [0, low.length];
  while (first < beyond) {
    const middle = (first + beyond) >> 1;
    if (low[middle]! <= value) first = middle + 1;
    else beyond = middle;
  }
  return first > 0 && value < high[first - 1]! ? first - 1 : -1;
}

function inRows(
  graph: Graph,
  { purpose, variable, args: [, , body] }: IntegralNode,
  { condition, axis, inside }: Binning,
  { low, high }: Rows,
  ends: readonly number[],
): Node {
  const name = `${axis.name}_${variable.name}${variable.id}`;
  const data = (what: string, values: readonly number[]): Node =>
    graph.data(`${name}_${what}`, [axis], { kind: "values", values });
  const limits = new Set([...low, ...high]);
  const splits = ends.filter((end) => !limits.has(end)).map((end) => graph.number(end));
  const [from, to] = [data("from", low), data("to", high)];
  return graph.integral(purpose, variable, from, to, replaced(graph, body, condition, inside), splits);
}

function replaced(graph: Graph, root: Node, node: Node, instead: Node): Node {
  return rewriter(graph, (one) => (one === node ? instead : one))(root);
}

const isZero = (node: Node): boolean => node.op === "number" && node.value === 0;
