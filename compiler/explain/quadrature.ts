/** How many points the integrals have. */

import type { KernelProgram } from "../kernel/form.ts";
import type { Graph } from "../rate/graph.ts";
import type { IntegralPurpose } from "../rate/node.ts";
import type { Outputs } from "../stage/index.ts";
import { baseOrders, discretise, ordersAt, type Rule } from "../stage/quadrature.ts";

/** Integrals with equal rules. */
export interface ExplainedRule {
  readonly purpose: IntegralPurpose;
  readonly variables: readonly string[];
  readonly integrals: number;
  /** Gauss-Legendre points in a panel. */
  readonly order: number;
  readonly panels: number;
  /** Points of one integral, in all bins that it runs over. */
  readonly nodes: number;
}

export interface ExplainedQuadrature {
  /** Relative error asked for, and reached by estimate; null when it is not a number. */
  readonly precision: number;
  readonly reached: number | null;
  /** How many times the least number of points was needed; null when no integral is left. */
  readonly refinement: number | null;
  readonly rules: readonly ExplainedRule[];
}

/** The discretised outputs with the number of points that the kernel has, and the rules of their integrals. */
export interface Discretised {
  readonly refinement: number | null;
  readonly outputs: Outputs;
  readonly rules: readonly Rule[];
}

/** Finds the refinement of a kernel from the names of its nodes, in which the rule is told. */
export function discretisedAs(graph: Graph, outputs: Outputs, kernel: KernelProgram): Discretised {
  const wanted = kernel.data.flatMap(({ name, source }) =>
    !("boundaries" in source) ? [] : [{ name, source }],
  );
  const orders = new Set(wanted.map(({ source }) => source.order));
  const candidates = new Set(
    [...orders].flatMap((order) => Object.values(baseOrders).map((base) => order / base)),
  );
  for (const refinement of [...candidates].sort((a, b) => a - b)) {
    const made = discretisedAt(graph, outputs, refinement);
    const names = new Set(made.rules.map(({ name }) => name));
    const ruleName = (name: string): string => name.slice(0, name.lastIndexOf("_"));
    if (wanted.every(({ name }) => names.has(ruleName(name)))) return made;
  }
  return { ...discretisedAt(graph, outputs, 1), refinement: null, rules: [] };
}

function discretisedAt(graph: Graph, outputs: Outputs, refinement: number): Discretised {
  const rules: Rule[] = [];
  const run = discretise(graph, ordersAt(refinement), (rule) => rules.push(rule));
  const made = new Map([...outputs].map(([key, output]) => [key, { ...output, node: run(output.node) }]));
  return { refinement, outputs: made, rules };
}

export function explainQuadrature(
  { refinement, rules }: Discretised,
  precision: number,
  reached: number,
): ExplainedQuadrature {
  const groups = new Map<string, { first: Rule; variables: Set<string>; integrals: number }>();
  for (const rule of rules) {
    const key = `${rule.integral.purpose} ${rule.order} ${rule.panels} ${rule.nodes}`;
    const known = groups.get(key) ?? { first: rule, variables: new Set(), integrals: 0 };
    known.variables.add(rule.integral.variable.name);
    known.integrals += 1;
    groups.set(key, known);
  }
  const explained = [...groups.values()].map(({ first, variables, integrals }) => ({
    purpose: first.integral.purpose,
    variables: [...variables],
    integrals,
    order: first.order,
    panels: first.panels,
    nodes: first.nodes,
  }));
  return { precision, reached: Number.isFinite(reached) ? reached : null, refinement, rules: explained };
}
