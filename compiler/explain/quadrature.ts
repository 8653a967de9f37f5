/** How many points the integrals have. */

import type { IntegralPurpose } from "../rate/node.ts";
import type { Rule } from "../stage/quadrature.ts";

/** Integrals with equal rules. */
export interface ExplainedRule {
  readonly purpose: IntegralPurpose;
  readonly variables: readonly string[];
  readonly integrals: number;
  /** Gauss-Legendre points in a panel, the fewest and the most. */
  readonly order: readonly [least: number, most: number];
  readonly panels: number;
  /** Points of one integral, in all bins that it runs over. */
  readonly nodes: number;
}

export interface ExplainedQuadrature {
  /** Relative error asked for, and reached by estimate; null when it is not a number. */
  readonly precision: number;
  readonly reached: number | null;
  readonly rules: readonly ExplainedRule[];
}

export function explainQuadrature(
  rules: readonly Rule[],
  precision: number,
  reached: number,
): ExplainedQuadrature {
  const groups = new Map<string, { first: Rule; variables: Set<string>; integrals: number }>();
  for (const rule of rules) {
    const key = `${rule.integral.purpose} ${rule.orders} ${rule.nodes}`;
    const known = groups.get(key) ?? { first: rule, variables: new Set(), integrals: 0 };
    known.variables.add(rule.integral.variable.name);
    known.integrals += 1;
    groups.set(key, known);
  }
  const explained = [...groups.values()].map(({ first, variables, integrals }) => ({
    purpose: first.integral.purpose,
    variables: [...variables],
    integrals,
    order: [Math.min(...first.orders), Math.max(...first.orders)] as const,
    panels: first.orders.length,
    nodes: first.nodes,
  }));
  return { precision, reached: Number.isFinite(reached) ? reached : null, rules: explained };
}
