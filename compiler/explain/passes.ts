/**
 * What each staging pass did to a unit. The passes are run again on its symbolic outputs, with their notes taken: equal
 * expressions are one object, so this gives the very expressions that the kernel was made of.
 */
import type { KernelProgram } from "../kernel/form.ts";
import { valuesOf } from "../lower/parameter-values.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { differentiator, NotDifferentiable } from "../stage/differentiate.ts";
import { factorSums } from "../stage/factor.ts";
import type { Outputs } from "../stage/index.ts";
import { findKinks, type SplitPoints } from "../stage/kinks.ts";
import { rowsOfBins } from "../stage/rows-of-bins.ts";
import { type Separated, separateIntegrals } from "../stage/separate.ts";
import { settleConditions } from "../stage/settle.ts";
import type { Unit } from "../unit.ts";
import { type Place, placeOf } from "./place.ts";
import { type ExplainedQuadrature, explainQuadrature } from "./quadrature.ts";
import {
  type ExplainedIntegrals,
  type ExplainedTemplates,
  explainIntegrals,
  explainTemplates,
} from "./separation.ts";
import { type ExplainedSplits, explainSplits } from "./splits.ts";

export interface ExplainedPasses {
  readonly separation: readonly ExplainedIntegrals[];
  readonly templates: readonly ExplainedTemplates[];
  /** Fitted parameters of which whole integrals are polynomials, with so many templates. */
  readonly couplings: { readonly parameters: readonly string[]; readonly templates: number };
  readonly splits: readonly ExplainedSplits[];
  readonly factoring: ExplainedFactoring;
  readonly quadrature: ExplainedQuadrature;
  readonly differentiation: ExplainedDifferentiation;
}

/** Common factors of the terms of a sum, which are multiplied once. */
export interface ExplainedFactoring {
  readonly sums: number;
  readonly factors: number;
}

export interface ExplainedDifferentiation {
  /** Fitted parameters with exact derivatives of all counts. */
  readonly parameters: readonly string[];
  /** What has no derivative, so that fits take differences instead; null when nothing is missing. */
  readonly missing: MissingDerivative | null;
}

export interface MissingDerivative extends Place {
  readonly function: string;
}

/** What is read of a unit. */
export type StagedUnit = Pick<
  Unit,
  "graph" | "outputs" | "discrete" | "kernel" | "emitted" | "integrals" | "rules" | "reached"
>;

export function explainPasses(unit: StagedUnit, nameOf: (parameter: string) => string): ExplainedPasses {
  const { graph, kernel } = unit;
  const { parameters } = unit.emitted.form;
  const known = new Map(parameters.map(({ parameter, value }) => [parameter.name, value]));
  const fitted = parameters.filter(({ role }) => role !== "fixed").map(({ parameter }) => parameter.name);
  const separated: Separated[] = [];
  const splits: SplitPoints[] = [];
  const factoring = { sums: 0, factors: 0 };
  const apart = separateIntegrals(graph, (name) => fitted.includes(name), {
    note: (one) => separated.push(one),
  });
  const values = valuesOf(parameters, (name) => known.get(name) ?? Number.NaN);
  const split = findKinks(graph, values, (one) => splits.push(one));
  const factored = factorSums(graph, (_, factors) => {
    factoring.sums += 1;
    factoring.factors += factors;
  });
  [settleConditions(graph), apart, split, rowsOfBins(graph), factored].reduce(mapped, unit.outputs);
  return {
    separation: explainIntegrals(unit.integrals, nameOf),
    templates: explainTemplates(graph, separated, nameOf),
    couplings: { parameters: kernel.couplings.map(nameOf), templates: kernel.templates },
    splits: explainSplits(graph, splits, nameOf),
    factoring,
    quadrature: explainQuadrature(unit.rules, unit.emitted.precision, unit.reached),
    differentiation: {
      parameters: kernel.gradient.map(nameOf),
      missing: missingDerivative(graph, unit.discrete, kernel, fitted),
    },
  };
}

function mapped(outputs: Outputs, change: (node: Node) => Node): Outputs {
  return new Map([...outputs].map(([key, output]) => [key, { ...output, node: change(output.node) }]));
}

/** The first function met that has no derivative, when the kernel has none. */
function missingDerivative(
  graph: Graph,
  outputs: Outputs,
  { gradient }: KernelProgram,
  fitted: readonly string[],
): MissingDerivative | null {
  if (gradient.length > 0) return null;
  for (const parameter of fitted) {
    const derivative = differentiator(graph, parameter);
    for (const { node, purpose } of outputs.values()) {
      if (purpose !== "value") continue;
      try {
        derivative(node);
      } catch (problem) {
        if (!(problem instanceof NotDifferentiable)) throw problem;
        return { function: problem.function, ...placeOf(graph.placeOf(problem.node)?.text) };
      }
    }
  }
  return null;
}
