/** Integrals from a moving point to a fixed end, such as the flux above the least energy that gives a recoil. */
import { gaussLegendre } from "../../runtime/quadrature.ts";
import { dependence, isConstant } from "../rate/analyse.ts";
import { evaluateConstant, functionOf } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { IntegralNode, Node, TableData } from "../rate/node.ts";
import { substitute } from "../rate/rewrite.ts";

/** With fewer panels than this, all of them are gone over anew for each moving point. */
const fewestPanels = 4;

/** Below every energy there is. */
const farBelow = -1e300;

/** Ends of the panels of a tail; undefined when the integral is none, or has few of them. */
export function panelsOfTail(node: IntegralNode, splits: readonly number[]): readonly number[] | undefined {
  const [low, high, body] = node.args;
  if (isConstant(low) || !isConstant(high)) return undefined;
  const { variables, parameters, axes } = dependence(body);
  if (variables.size !== 1 || !variables.has(node.variable) || parameters.size > 0 || axes.size > 0) {
    return undefined;
  }
  const last = evaluateConstant(high);
  const inside = [...new Set(splits)].filter((split) => split < last).sort((a, b) => a - b);
  return inside.length < fewestPanels ? undefined : [...inside, last];
}

/**
 * The sum over the panel that holds the moving point, and what lies beyond it, which is a number for each panel: two step
 * functions give the end of the panel and the integral from there. `name` tells the rule apart from others.
 */
export function tailSum(
  graph: Graph,
  node: IntegralNode,
  ends: readonly number[],
  order: number,
  name: string,
): Node {
  const [low, , whole] = node.args;
  const [factor, body] = withoutNumber(graph, whole);
  const start = graph.call("min", low, graph.number(ends.at(-1)!));
  const step = (what: string, y: readonly number[]): Node => {
    const x = [farBelow, ...ends];
    const table: TableData = { name: `${name}_${what}`, x, y, interpolation: "step", outside: "hold" };
    return graph.table(table, start);
  };
  const end = step("end", ends);
  const beyond = step(`beyond${body.id}`, integralsBeyond(node, body, ends, order));
  const points = graph.axis(name, order);
  const rule = (what: "nodes" | "weights"): Node =>
    graph.data(`${name}_${what}`, [points], { kind: "unit-panels", boundaries: [[0, 1]], order, what });
  const width = graph.subtract(end, start);
  const at = graph.add(start, graph.multiply(width, rule("nodes")));
  const integrand = graph.multiply(rule("weights"), substitute(graph, body, node.variable, at));
  const partial = graph.multiply(width, graph.sum(points, integrand));
  return graph.multiply(factor, graph.add(beyond, partial));
}

/** Without its numeric factor an integrand is the same for every nucleus. */
function withoutNumber(graph: Graph, body: Node): readonly [factor: Node, rest: Node] {
  const [first, ...rest] = body.op === "multiply" ? body.args : [];
  return first?.op === "number" ? [first, graph.multiply(...rest)] : [graph.number(1), body];
}

/** The integral of a body from each end to the last one. */
function integralsBeyond(
  { variable }: IntegralNode,
  body: Node,
  ends: readonly number[],
  order: number,
): readonly number[] {
  const rule = gaussLegendre(order);
  const valueAt = functionOf(body, variable, {
    parameters: (parameter) => {
      throw new Error(`parameter ${parameter} in a tail`);
    },
  });
  const beyond = new Array<number>(ends.length).fill(0);
  for (let i = ends.length - 2; i >= 0; i--) {
    const [low, width] = [ends[i]!, ends[i + 1]! - ends[i]!];
    const inside = rule.nodes.reduce(
      (sum, node, k) => sum + rule.weights[k]! * valueAt(low + width * node),
      0,
    );
    beyond[i] = beyond[i + 1]! + width * inside;
  }
  return beyond;
}
