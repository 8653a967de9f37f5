import { dependence, reachable } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type Axis, type Node, operands, type SumNode } from "../rate/node.ts";
import { differentiator, partials } from "./differentiate.ts";
import { loopOrder } from "./plan.ts";

/**
 * Derivatives of one number by many parameters, in one sweep from the number down to the parameters (reverse
 * mode): each expression gets the derivative of the number by it, from those of the expressions that use it.
 * Costs a few evaluations, however many parameters there are. Derivatives that are zero are left out.
 */
export function gradientOf(
  graph: Graph,
  root: Node,
  parameters: readonly string[],
): ReadonlyMap<string, Node> {
  const wanted = new Set(parameters);
  const terms = new Map<Node, Node[]>([[root, [graph.number(1)]]]);
  const give = (to: Node, user: Node, term: Node): void => {
    if (term.op === "number" && term.value === 0) return;
    const reduced = sumOver(graph, term, dependence(user).axes, dependence(to).axes);
    const list = terms.get(to);
    if (list === undefined) terms.set(to, [reduced]);
    else list.push(reduced);
  };
  const moves = (node: Node): boolean => {
    for (const parameter of dependence(node).parameters) if (wanted.has(parameter)) return true;
    return false;
  };
  for (const node of reachable([root]).reverse()) {
    const given = terms.get(node);
    if (given === undefined || !moves(node)) continue;
    const adjoint = graph.add(...given);
    if (node.op === "sum") giveSum(graph, node, adjoint, give);
    else if (node.op === "root" || node.op === "select") {
      // A root is no function of its operands alone, and the side not taken of a choice may have no derivative:
      // by each parameter in turn.
      for (const name of parameters.filter((one) => dependence(node).parameters.has(one))) {
        const slope = differentiator(graph, name)(node);
        give(graph.parameter(name), node, graph.multiply(adjoint, slope));
      }
    } else {
      const args = operands(node);
      const slopes = partials(graph, node, args.map(moves));
      args.forEach((arg, i) => {
        const slope = slopes[i];
        if (slope !== undefined) give(arg, node, graph.multiply(adjoint, slope));
      });
    }
  }
  const found = new Map<string, Node>();
  for (const name of parameters) {
    const given = terms.get(graph.parameter(name));
    if (given !== undefined) found.set(name, graph.add(...given));
  }
  return found;
}

/** Every term of a sum has the derivative of the sum; one that is the same for all counts as often. */
function giveSum(
  graph: Graph,
  node: SumNode,
  adjoint: Node,
  give: (to: Node, user: Node, term: Node) => void,
): void {
  const [body] = node.args;
  const constant = !dependence(body).axes.has(node.axis);
  give(body, body, constant ? graph.multiply(graph.number(node.axis.size), adjoint) : adjoint);
}

/** The sum of a term over the axes that `from` has beyond `to`; factors without the axis stay outside. */
function sumOver(graph: Graph, term: Node, from: ReadonlySet<Axis>, to: ReadonlySet<Axis>): Node {
  const extra = loopOrder(new Set([...from].filter((axis) => !to.has(axis))));
  return extra.reduceRight((inner, axis) => sumOne(graph, axis, inner), term);
}

function sumOne(graph: Graph, axis: Axis, term: Node): Node {
  const runs = (node: Node): boolean => dependence(node).axes.has(axis);
  if (!runs(term)) return graph.multiply(graph.number(axis.size), term);
  if (term.op !== "multiply") return graph.sum(axis, term);
  const outside = term.args.filter((arg) => !runs(arg));
  const inside = term.args.filter(runs);
  return graph.multiply(...outside, graph.sum(axis, graph.multiply(...inside)));
}
