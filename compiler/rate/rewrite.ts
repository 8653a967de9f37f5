import { dependence, dependsOn } from "./analyse.ts";
import type { Graph } from "./graph.ts";
import type { Node, VariableNode } from "./node.ts";
import { operands } from "./node.ts";

/** The same node over other operands. */
export function rebuild(graph: Graph, node: Node, args: readonly Node[]): Node {
  const old = operands(node);
  if (old.every((arg, i) => arg === args[i])) return node;
  const [a, b, c, d] = args;
  switch (node.op) {
    case "number":
    case "parameter":
    case "variable":
    case "data":
      return node;
    case "add":
      return graph.add(...args);
    case "multiply":
      return graph.multiply(...args);
    case "power":
      return graph.power(a!, b!);
    case "call":
      return graph.call(node.name, ...args);
    case "select":
      return graph.select(node.relation, a!, b!, c!, d!);
    case "table":
      return graph.table(node.table, a!, node.order);
    case "delta":
      return graph.delta(a!);
    case "integral":
      return graph.integral(node.purpose, node.variable, a!, b!, c!, args.slice(3));
    case "sum":
      return graph.sum(node.axis, a!);
    case "root":
      return graph.root(node.variable, a!, b!, c!, d!);
  }
}

/** What nodes were rewritten to. */
export interface Rewritten {
  get(node: Node): Node | undefined;
  set(node: Node, result: Node): unknown;
}

/** A change of nodes, applied bottom up: it sees each node over its changed operands. Equal parts are done once. */
export function rewriter(
  graph: Graph,
  change: (node: Node) => Node,
  done: Rewritten = new Map<Node, Node>(),
): (root: Node) => Node {
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const rebuilt = keepLabel(graph, node, rebuild(graph, node, operands(node).map(visit)));
    const result = keepLabel(graph, rebuilt, change(rebuilt));
    done.set(node, result);
    return result;
  };
  return visit;
}

function keepLabel(graph: Graph, from: Node, to: Node): Node {
  if (from !== to && to.op !== "number" && to.op !== "parameter" && to.op !== "data") graph.inherit(to, from);
  return to;
}

/** Puts a node in the place of a variable. */
export function substitute(graph: Graph, root: Node, variable: VariableNode, value: Node): Node {
  return substituteAll(graph, root, new Map([[variable, value]]));
}

export function substituteAll(graph: Graph, root: Node, values: ReadonlyMap<VariableNode, Node>): Node {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const { variables } = dependence(node);
    let touched = false;
    for (const variable of values.keys()) touched ||= variables.has(variable);
    let result = node;
    if (touched) {
      result =
        node.op === "variable"
          ? (values.get(node) ?? node)
          : keepLabel(graph, node, rebuild(graph, node, operands(node).map(visit)));
    }
    done.set(node, result);
    return result;
  };
  return visit(root);
}

/** Offset and slope when the node is linear in the variable; undefined otherwise. */
export function linearIn(
  graph: Graph,
  node: Node,
  variable: VariableNode,
): { offset: Node; slope: Node } | undefined {
  const zero = graph.number(0);
  if (!dependsOn(node, variable)) return { offset: node, slope: zero };
  if (node === variable) return { offset: zero, slope: graph.number(1) };
  if (node.op === "add") {
    const parts = node.args.map((arg) => linearIn(graph, arg, variable));
    if (!parts.every((part) => part !== undefined)) return undefined;
    return {
      offset: graph.add(...parts.map((part) => part.offset)),
      slope: graph.add(...parts.map((part) => part.slope)),
    };
  }
  if (node.op === "multiply") {
    const inside = node.args.filter((arg) => dependsOn(arg, variable));
    const only = inside[0];
    const inner = inside.length === 1 && only !== undefined ? linearIn(graph, only, variable) : undefined;
    if (inner === undefined) return undefined;
    const factor = graph.multiply(...node.args.filter((arg) => arg !== only));
    return { offset: graph.multiply(factor, inner.offset), slope: graph.multiply(factor, inner.slope) };
  }
  return undefined;
}
