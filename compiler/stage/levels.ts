/** Numbers of quadrature points, chosen for each kind of integral by itself. */
import { reachable } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type IntegralNode, type Node, operands, type VariableNode } from "../rate/node.ts";
import type { Rewritten } from "../rate/rewrite.ts";
import { baseOrder, discretise, type OrderOf, type Rule } from "./quadrature.ts";

/** Numbers of quadrature points tried, as multiples of the least ones. */
export const refinements: readonly number[] = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];

/** Position among the refinements, by the group of an integral. */
export type Levels = ReadonlyMap<string, number>;

const none: ReadonlySet<string> = new Set();

/** Discretises the same expressions at different levels; what holds no integral of another level is done once. */
export class LevelDiscretiser {
  readonly #graph: Graph;
  readonly #groupOf = new Map<VariableNode, string>();
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
    if (node.op === "integral") found = union(found, new Set([this.groupOf(node)]));
    this.#groups.set(node, found);
    return found;
  }

  /**
   * Integrals whose number of points is chosen together: those of one purpose, of an observable in the bins of an experiment
   * each by itself, of recoils those that read the same tables. It is the same for all integrals over a variable, whatever became of their bodies.
   */
  groupOf({ purpose, variable, args: [low, , body] }: IntegralNode): string {
    const known = this.#groupOf.get(variable);
    if (known !== undefined) return known;
    const isObservable = purpose === "observable" || purpose === "background";
    const limits = low.op === "data" ? [low.name] : [];
    const parts = isObservable
      ? [variable.name, ...limits]
      : purpose === "recoil"
        ? this.#tablesIn(body)
        : [];
    const group = [purpose, ...parts].join(" ");
    this.#groupOf.set(variable, group);
    return group;
  }

  /** Names of the tables below a node, in the order of the alphabet. */
  #tablesIn(node: Node): readonly string[] {
    const names = reachable([node]).flatMap((one) => (one.op === "table" ? [one.table.name] : []));
    return [...new Set(names)].sort();
  }

  /** The discretisation of expressions at the given levels. */
  at(levels: Levels): (root: Node) => Node {
    const levelOf = (group: string): number => levels.get(group) ?? 0;
    return discretise(this.#graph, this.#orderOf(levels), { done: this.#doneAt(levelOf) });
  }

  /** The rules of the integrals in expressions at the given levels. */
  rules(levels: Levels, roots: Iterable<Node>): readonly Rule[] {
    const found: Rule[] = [];
    const run = discretise(this.#graph, this.#orderOf(levels), { note: (rule) => found.push(rule) });
    for (const root of roots) run(root);
    return found;
  }

  #orderOf(levels: Levels): OrderOf {
    const refinementOf = (group: string): number => refinements[levels.get(group) ?? 0] ?? 1;
    return (integral, panels) =>
      Math.ceil(baseOrder(integral.purpose, panels) * refinementOf(this.groupOf(integral)));
  }

  /** What was done before with the same levels of the groups below a node. */
  #doneAt(levelOf: (group: string) => number): Rewritten {
    const keys = new Map<ReadonlySet<string>, string>();
    const keyOf = (node: Node): string => {
      const groups = this.groupsIn(node);
      const key = keys.get(groups) ?? [...groups].map(levelOf).join(",");
      keys.set(groups, key);
      return key;
    };
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
