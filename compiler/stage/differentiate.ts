import { signatures } from "../../runtime/signatures.ts";
import { instantiate } from "../elaborate/expand.ts";
import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type Node, operands, type RootNode, type VariableNode } from "../rate/node.ts";
import { substitute } from "../rate/rewrite.ts";

const bySignature = new Map(signatures.map((signature) => [signature.name, signature]));

/** A function of the spec that has no derivative in the signature table. */
export class NotDifferentiable extends Error {
  readonly function: string;
  /** The expression that was to be differentiated. */
  readonly node: Node;
  constructor(name: string, node: Node) {
    super(`${name} has no derivative`);
    this.function = name;
    this.node = node;
  }
}

/**
 * Derivatives of a node by its operands, with the others held; undefined for those that are not wanted or zero.
 * Not for sums and roots, which bind what they are over, nor for choices, whose other side may have no derivative.
 */
export function partials(
  graph: Graph,
  node: Node,
  wanted: readonly boolean[],
): readonly (Node | undefined)[] {
  const of = (make: (i: number) => Node | undefined): readonly (Node | undefined)[] =>
    wanted.map((asked, i) => (asked ? make(i) : undefined));
  switch (node.op) {
    case "add":
      return of(() => graph.number(1));
    case "multiply":
      return of((i) => graph.multiply(...node.args.slice(0, i), ...node.args.slice(i + 1)));
    case "power": {
      const [base, exponent] = node.args;
      return of((i) =>
        i === 0
          ? graph.multiply(exponent, graph.power(base, graph.subtract(exponent, graph.number(1))))
          : graph.multiply(node, graph.call("log", base)),
      );
    }
    case "call": {
      const signature = bySignature.get(node.name);
      return of((i) => {
        const text = signature?.derivatives?.[i];
        if (signature === undefined || text === undefined) throw new NotDifferentiable(node.name, node);
        return instantiate(graph, signature, text, node.args);
      });
    }
    case "table":
      if (node.order > 0) throw new NotDifferentiable(`the slope of ${node.table.name}`, node);
      return of(() => graph.table(node.table, node.args[0], 1));
    case "number":
    case "parameter":
    case "variable":
    case "data":
      return [];
    default:
      throw new NotDifferentiable(node.op, node);
  }
}

/**
 * Derivative of discretised expressions by a parameter or a variable, symbolically.
 *
 * Done after quadrature: the nodes and limits that move with a parameter are part of the expression, so that the
 * result is the derivative of the very sum that is computed. Panels end where the integrand has a kink or a
 * step, so no node ever changes its branch.
 */
export function differentiator(graph: Graph, by: string | VariableNode): (node: Node) => Node {
  const zero = graph.number(0);
  const known = new Map<Node, Node>();
  const reads = (node: Node): boolean => {
    const { parameters, variables } = dependence(node);
    return typeof by === "string" ? parameters.has(by) : variables.has(by);
  };
  const derivative = (node: Node): Node => {
    if (!reads(node)) return zero;
    const done = known.get(node);
    if (done !== undefined) return done;
    const made = make(node);
    known.set(node, made);
    return made;
  };
  const make = (node: Node): Node => {
    switch (node.op) {
      case "parameter":
      case "variable":
        return graph.number(1);
      case "sum":
        return graph.sum(node.axis, derivative(node.args[0]));
      case "root":
        return root(node);
      case "select": {
        const [left, right, then, otherwise] = node.args;
        return graph.select(node.relation, left, right, derivative(then), derivative(otherwise));
      }
      default: {
        const changes = operands(node).map(derivative);
        const slopes = partials(
          graph,
          node,
          changes.map((change) => change !== zero),
        );
        return graph.add(
          ...slopes.map((slope, i) => (slope === undefined ? zero : graph.multiply(slope, changes[i]!))),
        );
      }
    }
  };
  /** body(x0, p) = 0 gives dx0/dp = -(d body/dp)/(d body/dx). */
  const root = (node: RootNode): Node => {
    const [, , body] = node.args;
    const at = (inner: Node): Node => substitute(graph, inner, node.variable, node);
    const slope = differentiator(graph, node.variable)(body);
    return graph.negate(graph.divide(at(derivative(body)), at(slope)));
  };
  return derivative;
}
