/** Numbers of quadrature points, chosen for each kind of integral by itself. */
import { reachable } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type IntegralNode, type Node, operands, type VariableNode } from "../rate/node.ts";
import type { Rewritten } from "../rate/rewrite.ts";
import { type PanelOrders, panelsWithin } from "./panel-orders.ts";
import { baseOrder, type DiscretiseOptions, discretise, type OrderOf, type Rule } from "./quadrature.ts";

/** Numbers of quadrature points tried, as multiples of the least ones. */
export const refinements: readonly number[] = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];

/** Position among the refinements, by the group of an integral. */
export type Levels = ReadonlyMap<string, number>;

/** The points of the integrals over a variable for which they were chosen panel by panel, whatever the level. */
export type OrdersOfPanels = ReadonlyMap<VariableNode, PanelOrders>;

/** How many points each integral has. */
export interface Choice {
  readonly levels: Levels;
  readonly panels: OrdersOfPanels;
}

/** About twice the points of all integrals. */
export function finer({ levels, panels }: Choice): Choice {
  return {
    levels: new Map(
      [...levels].map(([group, level]) => [group, Math.min(level + 3, refinements.length - 1)]),
    ),
    panels: new Map(
      [...panels].map(([variable, chosen]) => [
        variable,
        { ...chosen, orders: chosen.orders.map((order) => 2 * order) },
      ]),
    ),
  };
}

const none: ReadonlySet<string> = new Set();

/** Discretises the same expressions at different levels; what holds no integral of another level is done once. */
export class LevelDiscretiser {
  readonly graph: Graph;
  readonly #groupOf = new Map<VariableNode, string>();
  readonly #groups = new Map<Node, ReadonlySet<string>>();
  readonly #done = new Map<Node, Map<string, Node>>();

  constructor(graph: Graph) {
    this.graph = graph;
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

  /** The discretisation of expressions with so many points. */
  at(choice: Choice): (root: Node) => Node {
    const done = this.#doneWith(this.#keys(choice));
    return discretise(this.graph, this.#orderOf(choice), { ...this.#inPanels(choice), done });
  }

  /** The rules of the integrals in expressions with so many points. */
  rules(choice: Choice, roots: Iterable<Node>): readonly Rule[] {
    const found: Rule[] = [];
    const note = (rule: Rule): void => void found.push(rule);
    const run = discretise(this.graph, this.#orderOf(choice), { ...this.#inPanels(choice), note });
    for (const root of roots) run(root);
    return found;
  }

  #orderOf({ levels, panels: chosen }: Choice): OrderOf {
    const refinementOf = (group: string): number => refinements[levels.get(group) ?? 0] ?? 1;
    return (integral, panels) => {
      const own = chosen.get(integral.variable);
      if (own !== undefined) return Math.max(...own.orders);
      return Math.ceil(baseOrder(integral, panels) * refinementOf(this.groupOf(integral)));
    };
  }

  #inPanels({ panels }: Choice): Pick<DiscretiseOptions, "panelsOf"> {
    return {
      panelsOf: ({ variable }, boundaries) => {
        const chosen = panels.get(variable);
        return chosen === undefined ? undefined : panelsWithin(chosen, boundaries);
      },
    };
  }

  /** A text for each group that is equal when all its integrals have the same points. */
  #keys({ levels, panels }: Choice): (group: string) => string {
    const chosen = new Map<string, string>();
    for (const [variable, { ends, orders }] of panels) {
      const group = this.#groupOf.get(variable) ?? "";
      chosen.set(group, `${chosen.get(group) ?? ""} ${variable.id}:${ends}:${orders}`);
    }
    return (group) => `${levels.get(group) ?? 0}${chosen.get(group) ?? ""}`;
  }

  /** What was done before with the same points of the groups below a node. */
  #doneWith(keyOfGroup: (group: string) => string): Rewritten {
    const keys = new Map<ReadonlySet<string>, string>();
    const keyOf = (node: Node): string => {
      const groups = this.groupsIn(node);
      const key = keys.get(groups) ?? [...groups].map(keyOfGroup).join(",");
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
