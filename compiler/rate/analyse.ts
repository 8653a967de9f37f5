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

/** Where a node remembers what was found: a map of all nodes would be slow, and much work for the garbage collector. */
const known = Symbol("dependence");
interface Remembering {
  [known]?: Dependence;
}

/** Sets of axes are shared by nodes. */
const ordered = new WeakMap<ReadonlySet<Axis>, readonly Axis[]>();

/** The axes of a node in the order of their serials, in which arrays have them. */
export function orderedAxes(node: Node): readonly Axis[] {
  const { axes } = dependence(node);
  const known = ordered.get(axes);
  if (known !== undefined) return known;
  const made = [...axes].sort((a, b) => a.serial - b.serial);
  ordered.set(axes, made);
  return made;
}

/** Free variables, parameters and axes of a node; those bound by an integral, sum or root are not free. */
export function dependence(node: Node): Dependence {
  const memory = node as Node & Remembering;
  const memo = memory[known];
  if (memo !== undefined) return memo;
  const result = compute(node);
  memory[known] = result;
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
      return withoutBound(
        node,
        operands(node).reduce((all, arg) => join(all, dependence(arg)), independent),
      );
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

/** Of two nodes together; that of one of them where the other adds nothing. */
function join(a: Dependence, b: Dependence): Dependence {
  const variables = union(a.variables, b.variables);
  const parameters = union(a.parameters, b.parameters);
  const axes = union(a.axes, b.axes);
  for (const one of [a, b]) {
    if (one.variables === variables && one.parameters === parameters && one.axes === axes) return one;
  }
  return { variables, parameters, axes };
}

function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> {
  if (a === b || isWithin(b, a)) return a;
  return isWithin(a, b) ? b : new Set([...a, ...b]);
}

function isWithin<T>(part: ReadonlySet<T>, set: ReadonlySet<T>): boolean {
  if (part.size > set.size) return false;
  for (const item of part) if (!set.has(item)) return false;
  return true;
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
