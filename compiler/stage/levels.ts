/** Numbers of quadrature points, chosen for each kind of integral by itself. */
import type { Graph } from "../rate/graph.ts";
import { type IntegralNode, type Node, operands } from "../rate/node.ts";
import type { Rewritten } from "../rate/rewrite.ts";
import { baseOrders, discretiseWith, type Rule } from "./quadrature.ts";

/** Numbers of quadrature points tried, as multiples of the least ones. */
export const refinements: readonly number[] = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];

/** Position among the refinements, by the group of an integral. */
export type Levels = ReadonlyMap<string, number>;

/** Integrals whose number of points is chosen together: those of one purpose, of an observable each by itself. */
function groupOf({ purpose, variable }: IntegralNode): string {
  const isObservable = purpose === "observable" || purpose === "background";
  return isObservable ? `${purpose} ${variable.name}` : purpose;
}

const none: ReadonlySet<string> = new Set();

/** Discretises the same expressions at different levels; what holds no integral of another level is done once. */
export class LevelDiscretiser {
  readonly #graph: Graph;
  readonly #groups = new Map<Node, ReadonlySet<string>>();
  readonly #done = new Map<Node, Map<string, Node>>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Groups of the integrals below and including a node. */
  groupsIn(node: Node): ReadonlySet<string> {
    const known = this.#groups.get(node);
    if (known !== undefined) return known;
    let found = none;
    for (const operand of operands(node)) found = union(found, this.groupsIn(operand));
    if (node.op === "integral") found = union(found, new Set([groupOf(node)]));
    this.#groups.set(node, found);
    return found;
  }

  /** The discretisation of expressions at the given levels. */
  at(levels: Levels): (root: Node) => Node {
    const levelOf = (group: string): number => levels.get(group) ?? 0;
    return discretiseWith(this.#graph, this.#orderOf(levels), { done: this.#doneAt(levelOf) });
  }

  /** The rules of the integrals in expressions at the given levels. */
  rules(levels: Levels, roots: Iterable<Node>): readonly Rule[] {
    const found: Rule[] = [];
    const run = discretiseWith(this.#graph, this.#orderOf(levels), { note: (rule) => found.push(rule) });
    for (const root of roots) run(root);
    return found;
  }

  #orderOf(levels: Levels): (integral: IntegralNode) => number {
    const levelOf = (group: string): number => levels.get(group) ?? 0;
    return (integral) =>
      Math.ceil(baseOrders[integral.purpose] * (refinements[levelOf(groupOf(integral))] ?? 1));
  }

  /** What was done before with the same levels of the groups below a node. */
  #doneAt(levelOf: (group: string) => number): Rewritten {
    const keyOf = (node: Node): string => [...this.groupsIn(node)].map(levelOf).join(",");
    return {
      get: (node) => (this.groupsIn(node).size === 0 ? node : this.#done.get(node)?.get(keyOf(node))),
      set: (node, result) => {
        const known = this.#done.get(node) ?? new Map<string, Node>();
        this.#done.set(node, known.set(keyOf(node), result));
      },
    };
  }
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (b.size === 0 || [...b].every((one) => a.has(one))) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}
