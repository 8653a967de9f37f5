import type { InterpolationKind } from "../../runtime/interpolate.ts";
import { findRoots } from "../../runtime/roots.ts";
import { dependence, dependsOn, isConstant, reachable } from "../rate/analyse.ts";
import { evaluate, functionOf, interpolantOf } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { IntegralNode, Node, TableNode, VariableNode } from "../rate/node.ts";
import { linearIn, rewriter } from "../rate/rewrite.ts";
import {
  addMiddles,
  edgeConditions,
  type Middles,
  narrowPeaks,
  type ParameterValues,
  peakSplits,
} from "./peaks.ts";
import { extremeIn } from "./settle.ts";

/** Where the search for kinks looks when a limit is not a number. */
export interface SearchRange {
  readonly low: number;
  readonly high: number;
}

/** Points at which one integral is split, and why. */
export interface SplitPoints {
  readonly integral: IntegralNode;
  /** Ends of spectra and bins; knots of a table; zeros of a condition; around a narrow peak. */
  readonly cause: "limit" | "knots" | "condition" | "peak";
  /** The table, or what has the condition. */
  readonly at: Node | undefined;
  readonly points: readonly Node[];
}

/**
 * Adds to every integral the points where its integrand is not smooth: zeros of conditions, of the difference
 * of the arguments of min and max, of the argument of abs and step, the knots of tables, and narrow peaks.
 */
export function findKinks(
  graph: Graph,
  values: ParameterValues,
  note: (split: SplitPoints) => void = () => {},
): (root: Node) => Node {
  const { defaultOf: parameters } = values;
  const middles = new Map<VariableNode, number>();
  const search = zeroSearch(graph, parameters);
  const rewrite = rewriter(graph, (node) => {
    if (node.op !== "integral") return node;
    const range = searchRange(node, parameters);
    const [low, high, body, ...given] = node.args;
    const found = new Set<Node>();
    const keep = (cause: SplitPoints["cause"], points: readonly Node[], at?: Node): void => {
      for (const point of points) found.add(point);
      if (points.length > 0) note({ integral: node, cause, at, points });
    };
    keep("limit", given);
    for (const inner of reachable([body])) {
      const cause = inner.op === "table" ? "knots" : "condition";
      keep(cause, kinksOf(graph, inner, node, range, parameters, search), inner);
    }
    keep("peak", peakPanels(graph, node, range, middles, values, search));
    return graph.integral(node.purpose, node.variable, low, high, body, [...found]);
  });
  return (root) => {
    addMiddles(middles, root, parameters);
    return rewrite(root);
  };
}

/** Panels around the narrow peaks of an observable, and in the recoil energy around the edges of its bins. */
function peakPanels(
  graph: Graph,
  node: IntegralNode,
  range: SearchRange,
  middles: Middles,
  values: ParameterValues,
  search: ZeroSearch,
): readonly Node[] {
  const own = narrowPeaks(graph, node, middles, values).flatMap((peak) => peakSplits(graph, peak));
  if (node.purpose !== "recoil") return own;
  return reachable([node.args[2]]).flatMap((inner) => {
    if (inner.op !== "integral") return [];
    const conditions = narrowPeaks(graph, inner, middles, values).flatMap((peak) =>
      edgeConditions(graph, inner, peak),
    );
    return conditions.flatMap((one) => search(one, node.variable, range));
  });
}

/** The widest interval between the limits: over all bins, and at zero of what the limits depend on. */
function searchRange(integral: IntegralNode, parameters: (name: string) => number): SearchRange {
  const [low, high] = integral.args;
  const at = (node: Node, pick: (...values: number[]) => number): number => {
    const extreme = node.op === "data" ? extremeIn(node.source, pick) : undefined;
    if (extreme !== undefined) return extreme;
    const variables = new Map([...dependence(node).variables].map((variable) => [variable, 0]));
    return evaluate(node, { parameters, variables });
  };
  return { low: at(low, Math.min), high: at(high, Math.max) };
}

function kinksOf(
  graph: Graph,
  node: Node,
  integral: IntegralNode,
  range: SearchRange,
  parameters: (name: string) => number,
  search: ZeroSearch,
): readonly Node[] {
  const { variable } = integral;
  if (node.op === "table") {
    return knotsOf(graph, node, variable, range, parameters, search);
  }
  const condition = conditionOf(graph, node);
  if (condition === undefined || !dependsOn(condition, variable)) return [];
  const linear = linearIn(graph, condition, variable);
  if (linear !== undefined) return [graph.negate(graph.divide(linear.offset, linear.slope))];
  return search(condition, variable, range);
}

/** The expression whose sign decides which branch holds. */
function conditionOf(graph: Graph, node: Node): Node | undefined {
  if (node.op === "select") return graph.subtract(node.args[0], node.args[1]);
  if (node.op !== "call") return undefined;
  const [a, b] = node.args;
  if ((node.name === "max" || node.name === "min") && a !== undefined && b !== undefined) {
    return graph.subtract(a, b);
  }
  return node.name === "abs" || node.name === "heaviside" ? a : undefined;
}

/**
 * Where a linear argument meets the knots. When parameters move them, the ends of a table that is zero beyond them are
 * followed, since it may step there; elsewhere it is continuous, and the places of the knots at the defaults serve. Where
 * the argument is not linear, its steps alone are looked for: those of a histogram, and the ends beyond which there is nothing;
 * all knots only where its slope jumps at them and they are found at once, in the square of the variable.
 */
function knotsOf(
  graph: Graph,
  { table, args: [argument] }: TableNode,
  variable: VariableNode,
  range: SearchRange,
  parameters: (name: string) => number,
  search: ZeroSearch,
): readonly Node[] {
  if (!dependsOn(argument, variable)) return [];
  const { knots } = interpolantOf(table);
  const linear = linearIn(graph, argument, variable);
  const isContinuous = table.outside === "hold" || table.outside === "extrapolate-exponential";
  if (linear === undefined) {
    const conditions = Array.from(knots, (knot) => graph.subtract(argument, graph.number(knot)));
    const [first, last] = [conditions[0]!, conditions.at(-1)!];
    if (table.interpolation === "step") return conditions.flatMap((one) => search(one, variable, range));
    if (withKinks.has(table.interpolation) && zeroInSquare(graph, last, variable) !== undefined) {
      return conditions.flatMap((one) => search(one, variable, range));
    }
    return isContinuous ? [] : [first, last].flatMap((one) => search(one, variable, range));
  }
  const { offset, slope } = linear;
  if (!readsParametersOnly(offset) || !readsParametersOnly(slope)) return [];
  const shift = evaluate(offset, { parameters });
  const scale = evaluate(slope, { parameters });
  const moves = !isContinuous && !(isConstant(offset) && isConstant(slope));
  return Array.from(knots, (x, i) => {
    const isEnd = i === 0 || i === knots.length - 1;
    if (moves && isEnd) return graph.divide(graph.subtract(graph.number(x), offset), slope);
    return graph.number((x - shift) / scale);
  });
}

/** Kinds of tables whose slope jumps at each knot. */
const withKinks: ReadonlySet<InterpolationKind> = new Set(["linear", "log-linear"]);

function readsParametersOnly(node: Node): boolean {
  const { variables, axes } = dependence(node);
  return variables.size === 0 && axes.size === 0;
}

/** Looks for the zeros of a condition; the same question is answered once. */
type ZeroSearch = (condition: Node, variable: VariableNode, range: SearchRange) => readonly Node[];

function zeroSearch(graph: Graph, parameters: (name: string) => number): ZeroSearch {
  const known = new Map<string, readonly Node[]>();
  return (condition, variable, range) => {
    const key = [condition.id, variable.id, range.low, range.high].join(" ");
    const zeros = known.get(key) ?? zerosOf(graph, condition, variable, range, parameters);
    known.set(key, zeros);
    return zeros;
  };
}

/** Zeros by search. What they depend on decides whether they are numbers or found again at run time. */
export function zerosOf(
  graph: Graph,
  condition: Node,
  variable: VariableNode,
  range: SearchRange,
  parameters: (name: string) => number,
): readonly Node[] {
  const { variables, parameters: read, axes } = dependence(condition);
  if (variables.size > 1 || axes.size > 0) return [];
  const square = zeroInSquare(graph, condition, variable);
  if (square !== undefined) return square >= range.low && square <= range.high ? [graph.number(square)] : [];
  const roots = findRoots(functionOf(condition, variable, { parameters }), range.low, range.high, 200);
  if (read.size === 0) return roots.map((root) => graph.number(root));
  return roots.map((root, i) => {
    const low = i === 0 ? range.low : (roots[i - 1]! + root) / 2;
    const high = i === roots.length - 1 ? range.high : (root + roots[i + 1]!) / 2;
    return graph.root(variable, graph.number(low), graph.number(high), condition, graph.number(high));
  });
}

/** The zero of c + b x², which bins of what is not smeared have in the root of the recoil energy. */
function zeroInSquare(graph: Graph, condition: Node, variable: VariableNode): number | undefined {
  if (condition.op !== "add") return undefined;
  const [first, ...more] = condition.args.filter((term) => dependsOn(term, variable));
  if (first === undefined || more.length > 0) return undefined;
  const offset = graph.add(...condition.args.filter((term) => term !== first));
  const slope = graph.divide(first, graph.power(variable, graph.number(2)));
  if (slope.op !== "number" || offset.op !== "number") return undefined;
  return Math.sqrt(-offset.value / slope.value);
}
