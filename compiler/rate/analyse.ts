import type { Axis, Node, VariableNode } from "./node.ts";
import { operands } from "./node.ts";

/** What the value of a node depends on. */
export interface Dependence {
  readonly variables: ReadonlySet<VariableNode>;
  readonly parameters: ReadonlySet<string>;
  readonly axes: ReadonlySet<Axis>;
}

const none: ReadonlySet<never> = new Set();
const independent: Dependence = { variables: none, parameters: none, axes: none };
const known = new WeakMap<Node, Dependence>();

/** Free variables, parameters and axes of a node; those bound by an integral, sum or root are not free. */
export function dependence(node: Node): Dependence {
  const memo = known.get(node);
  if (memo !== undefined) return memo;
  const result = compute(node);
  known.set(node, result);
  return result;
}

function compute(node: Node): Dependence {
  switch (node.op) {
    case "number":
      return independent;
    case "parameter":
      return { ...independent, parameters: new Set([node.name]) };
    case "variable":
      return { ...independent, variables: new Set([node]) };
    case "data":
      return { ...independent, axes: new Set(node.axes) };
    default:
      return withoutBound(node, join(operands(node).map(dependence)));
  }
}

function withoutBound(node: Node, inner: Dependence): Dependence {
  if (node.op === "sum") return { ...inner, axes: without(inner.axes, node.axis) };
  if (node.op === "integral" || node.op === "root") {
    return { ...inner, variables: without(inner.variables, node.variable) };
  }
  return inner;
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  if (!set.has(item)) return set;
  const rest = new Set(set);
  rest.delete(item);
  return rest;
}

function join(parts: readonly Dependence[]): Dependence {
  return {
    variables: union(parts.map((part) => part.variables)),
    parameters: union(parts.map((part) => part.parameters)),
    axes: union(parts.map((part) => part.axes)),
  };
}

function union<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  let largest: ReadonlySet<T> = none;
  for (const set of sets) if (set.size > largest.size) largest = set;
  let grown: Set<T> | undefined;
  for (const set of sets) {
    if (set === largest) continue;
    for (const item of set) {
      if (largest.has(item) || grown?.has(item)) continue;
      grown ??= new Set(largest);
      grown.add(item);
    }
  }
  return grown ?? largest;
}

export function dependsOn(node: Node, variable: VariableNode): boolean {
  return dependence(node).variables.has(variable);
}

/** True when the node is one number whatever the parameters are. */
export function isConstant(node: Node): boolean {
  const { variables, parameters, axes } = dependence(node);
  return variables.size === 0 && parameters.size === 0 && axes.size === 0;
}

/** All nodes below and including the given ones, each once, operands first. */
export function reachable(roots: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    operands(node).forEach(visit);
    order.push(node);
  };
  roots.forEach(visit);
  return order;
}
