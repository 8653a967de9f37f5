/** What separation reached, for `explain`: which integrals are left, and what keeps one from being done once. */
import { dependence, reachable } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type IntegralNode, type IntegralPurpose, type Node, operands } from "../rate/node.ts";
import type { Outputs } from "./index.ts";

export interface IntegralReport {
  /** What it is called, `events_nu_e_Cs133`. */
  readonly label: string;
  readonly purpose: IntegralPurpose;
  readonly variable: string;
  /** Parameters of the fit inside it: it is done again when one of them moves. Empty: it is done once. */
  readonly parameters: readonly string[];
  /** Factors that hold both the variable and such a parameter: the line of the spec, or the formula itself. */
  readonly prevented: readonly string[];
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
  const parameters = [...dependence(node).parameters].filter(isFitted).sort();
  const found = new Set<string>();
  collect(graph, node.args[2], node, isFitted, found);
  return {
    label: graph.labelOf(node) ?? `integral over ${node.variable.name}`,
    purpose: node.purpose,
    variable: node.variable.name,
    parameters,
    prevented: [...found],
  };
}

/** Descends to the smallest parts that mix the variable with a fitted parameter. */
function collect(
  graph: Graph,
  node: Node,
  integral: IntegralNode,
  isFitted: (parameter: string) => boolean,
  found: Set<string>,
): void {
  const mixes = (part: Node): boolean => {
    const { variables, parameters } = dependence(part);
    return variables.has(integral.variable) && [...parameters].some(isFitted);
  };
  if (!mixes(node)) return;
  const below = operands(node).filter(mixes);
  if (below.length > 0 && (node.op === "add" || node.op === "multiply" || node.op === "power")) {
    for (const part of below) collect(graph, part, integral, isFitted, found);
    return;
  }
  const moved = [...dependence(node).parameters].filter(isFitted).sort().join(", ");
  const origin = graph.originOf(node) ?? graph.labelOf(node) ?? describe(node);
  found.add(`${origin} holds ${integral.variable.name} and ${moved}`);
}

function describe(node: Node): string {
  return node.op === "call" ? `${node.name}(…)` : `a ${node.op}`;
}
