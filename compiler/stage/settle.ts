/** Conditions that are the same over all that an integral runs over. */
import { isConstant } from "../rate/analyse.ts";
import { evaluateConstant } from "../rate/evaluate.ts";
import { type Graph, holds } from "../rate/graph.ts";
import type { DataSource, IntegralNode, Node } from "../rate/node.ts";
import { linearIn, rewriter } from "../rate/rewrite.ts";

/**
 * Puts the branch that is taken in the place of every condition that is linear in the variable of an integral and has one
 * answer between its limits, such as the ends of a spectrum beyond those of the bins.
 */
export function settleConditions(graph: Graph): (root: Node) => Node {
  return rewriter(graph, (node) => (node.op === "integral" ? settled(graph, node) : node));
}

function settled(graph: Graph, node: IntegralNode): Node {
  const [low, high, body, ...splits] = node.args;
  const [from, to] = [leastOf(low), greatestOf(high)];
  if (from === undefined || to === undefined) return node;
  const settle = rewriter(graph, (inner) => {
    if (inner.op !== "select") return inner;
    const [left, right, then, otherwise] = inner.args;
    const linear = linearIn(graph, graph.subtract(left, right), node.variable);
    if (linear === undefined || !isConstant(linear.offset) || !isConstant(linear.slope)) return inner;
    const [offset, slope] = [evaluateConstant(linear.offset), evaluateConstant(linear.slope)];
    const [first, last] = [from, to].map((x) => offset + slope * x);
    if (first === undefined || last === undefined || !(first * last > 0)) return inner;
    return holds(inner.relation, first, 0) ? then : otherwise;
  });
  return graph.integral(node.purpose, node.variable, low, high, settle(body), splits);
}

/** The extreme of what the elements of an array are, or may be; undefined when it is not known. */
export function extremeIn(source: DataSource, pick: (...values: number[]) => number): number | undefined {
  if (source.kind === "places") return source.of.what === "observable" ? pick(...source.of.range) : undefined;
  return source.kind === "values" ? pick(...source.values) : undefined;
}

/** The least value that a limit has in any bin, when it is known. */
function leastOf(limit: Node): number | undefined {
  return extremeOf(limit, Math.min);
}

function greatestOf(limit: Node): number | undefined {
  return extremeOf(limit, Math.max);
}

function extremeOf(limit: Node, pick: (...values: number[]) => number): number | undefined {
  if (limit.op === "data") return extremeIn(limit.source, pick);
  return isConstant(limit) ? evaluateConstant(limit) : undefined;
}
