/** What separation reached, for `explain`: which integrals are left, and what keeps one from being done once. */
import { dependence, reachable } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type IntegralNode, type IntegralPurpose, type Node, operands } from "../rate/node.ts";
import type { Outputs } from "./index.ts";
import { isSmallPower } from "./separate.ts";

/** A factor that holds both an integration variable and parameters of the fit, and cannot be taken apart. */
export interface MixedFactor {
  /** `sphere(…)`. */
  readonly what: string;
  /** The line of the spec that it is written in: `formfactors.sevens:12: F(q) = …`. */
  readonly place: string | null;
  readonly parameters: readonly string[];
}

export interface IntegralReport {
  /** What it is called, `events_nu_e_Cs133`. */
  readonly label: string;
  readonly purpose: IntegralPurpose;
  readonly variable: string;
  /** Parameters of the fit inside it: it is done again when one of them moves. Empty: it is done once. */
  readonly parameters: readonly string[];
  /** What holds both the variable and such a parameter. */
  readonly prevented: readonly MixedFactor[];
}

/** Every integral of the separated outputs, each once, in the order of computation. */
export function separationReport(
  graph: Graph,
  outputs: Outputs,
  isFitted: (parameter: string) => boolean,
): readonly IntegralReport[] {
  const nodes = reachable([...outputs.values()].map(({ node }) => node));
  return nodes.flatMap((node) => (node.op === "integral" ? [report(graph, node, isFitted)] : []));
}

function report(graph: Graph, node: IntegralNode, isFitted: (parameter: string) => boolean): IntegralReport {
  return {
    label: labelOf(graph, node),
    purpose: node.purpose,
    variable: node.variable.name,
    parameters: [...dependence(node).parameters].filter(isFitted).sort(),
    prevented: new FactorSearch(graph, node, isFitted).run(),
  };
}

/** What an integral is called. */
export function labelOf(graph: Graph, node: IntegralNode): string {
  return graph.labelOf(node) ?? `integral over ${node.variable.name}`;
}

/** Finds the smallest parts of an integrand that mix the variable with fitted parameters for good. */
class FactorSearch {
  readonly #graph: Graph;
  readonly #integral: IntegralNode;
  readonly #isFitted: (parameter: string) => boolean;
  readonly #found = new Map<string, MixedFactor>();
  readonly #seen = new Set<Node>();

  constructor(graph: Graph, integral: IntegralNode, isFitted: (parameter: string) => boolean) {
    this.#graph = graph;
    this.#integral = integral;
    this.#isFitted = isFitted;
  }

  run(): readonly MixedFactor[] {
    const [low, high, body] = this.#integral.args;
    for (const limit of [low, high])
      if (this.#fitted(limit).length > 0) this.#note(limit, undefined, "a limit");
    this.#search(body, undefined);
    return [...this.#found.values()];
  }

  #fitted(node: Node): readonly string[] {
    return [...dependence(node).parameters].filter(this.#isFitted).sort();
  }

  #mixes(node: Node): boolean {
    return dependence(node).variables.has(this.#integral.variable) && this.#fitted(node).length > 0;
  }

  /** Sums, products and small powers are taken apart; anything else that mixes is what separation stops at. */
  #search(node: Node, above: string | undefined): void {
    if (!this.#mixes(node) || this.#seen.has(node)) return;
    this.#seen.add(node);
    const place = this.#graph.placeOf(node)?.text ?? above;
    if (node.op === "add" || node.op === "multiply" || isSmallPower(node)) {
      for (const part of operands(node)) this.#search(part, place);
    } else if (node.op === "integral") this.#searchInside(node, place);
    else this.#note(node, place);
  }

  /** An integral inside: the factors of it that mix, or all of it when only the sum over its variable does. */
  #searchInside(node: IntegralNode, place: string | undefined): void {
    const before = this.#found.size;
    this.#search(node.args[2], place);
    if (this.#found.size > before) return;
    const holding = operands(node.args[2]).find((part) => this.#fitted(part).length > 0);
    this.#note(node, this.#graph.placeOf(holding ?? node)?.text ?? place);
  }

  #note(node: Node, place: string | undefined, what = this.#describe(node)): void {
    const factor = {
      what,
      place: place ?? this.#placeBelow(node),
      parameters: this.#fitted(node),
    };
    this.#found.set(JSON.stringify(factor), factor);
  }

  /** The first line met on the way down, for nodes that no formula was written for. */
  #placeBelow(node: Node): string | null {
    for (const part of operands(node)) {
      if (this.#fitted(part).length === 0) continue;
      const place = this.#graph.placeOf(part)?.text ?? this.#placeBelow(part);
      if (place !== null) return place;
    }
    return null;
  }

  #describe(node: Node): string {
    switch (node.op) {
      case "call":
        return `${node.name}(…)`;
      case "table":
        return `table ${node.table.name}`;
      case "select":
        return "if …";
      case "power":
        return node.args[1].op === "number" ? `(…)^${Number(node.args[1].value.toPrecision(4))}` : "(…)^(…)";
      case "integral":
        return labelOf(this.#graph, node);
      default:
        return node.op;
    }
  }
}
