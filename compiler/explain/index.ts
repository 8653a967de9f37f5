/**
 * What a compiled analysis computes when, from which parameters, at what cost and why. Reads the rate and the kernel
 * form and knows nothing of how they are printed.
 */
import type { ParameterRole } from "../../runtime/compiled.ts";
import type { KernelProgram, KernelStage, KernelStatement } from "../kernel/form.ts";
import type { Unit } from "../unit.ts";
import { type ExplainedPasses, explainPasses, type StagedUnit } from "./passes.ts";

export type { ExplainedPasses };

/** When a stage runs: at the start, when a fixed parameter is changed, or in the steps of a fit. */
export type When = "once" | "fixed" | "fit";

export interface ExplainedStage {
  readonly name: string;
  readonly makes: readonly string[];
  readonly reads: readonly string[];
  readonly when: When;
  readonly cost: number;
  /** Largest number of points that one of its formulas is evaluated at. */
  readonly nodes: number;
}

/** What a change of one parameter sets off. */
export interface ExplainedParameter {
  readonly name: string;
  readonly role: ParameterRole | null;
  readonly stages: number;
  readonly cost: number;
}

export interface Explanation {
  readonly name: string;
  readonly kind: "analysis" | "experiment";
  readonly stages: readonly ExplainedStage[];
  /** Fitted ones first. */
  readonly parameters: readonly ExplainedParameter[];
  /** Operations at the start, and for a step of a fit that moves all that is fitted. */
  readonly cost: { readonly once: number; readonly step: number };
  /** How many numbers are kept between the stages. */
  readonly numbers: number;
  /** What each staging pass did. */
  readonly passes: ExplainedPasses;
}

/** How an analysis calls a parameter of the kernel, and what it does with it. */
interface ParameterUse {
  readonly name: string;
  readonly role: ParameterRole;
}

type Uses = ReadonlyMap<string, ParameterUse>;

/** Parameters that the analysis does not name count as fixed. */
export function explain(unit: Pick<Unit, "name" | "kind"> & StagedUnit): Explanation {
  const { name, kind, kernel } = unit;
  const uses: Uses = new Map(
    unit.emitted.form.parameters.map((one) => [one.parameter.name, { name: one.name, role: one.role }]),
  );
  const roleOf = (parameter: string): ParameterRole => uses.get(parameter)?.role ?? "fixed";
  const nameOf = (parameter: string): string => uses.get(parameter)?.name ?? parameter;
  const whenOf = ({ reads }: KernelStage): When => {
    if (reads.length === 0) return "once";
    return reads.some((parameter) => roleOf(parameter) !== "fixed") ? "fit" : "fixed";
  };
  const stages = kernel.stages.map((stage) => ({
    name: stage.name,
    makes: stage.makes,
    reads: stage.reads.map(nameOf),
    when: whenOf(stage),
    cost: Math.round(stage.cost),
    nodes: deepest(stage.statements),
  }));
  const costOf = (when: When): number => sum(stages.filter((stage) => stage.when === when));
  return {
    name,
    kind,
    stages,
    parameters: parametersOf(kernel, uses),
    cost: { once: costOf("once") + costOf("fixed"), step: costOf("fit") },
    numbers: kernel.arrays.reduce((total, { sizes }) => total + product(sizes), kernel.scalars.length),
    passes: explainPasses(unit, nameOf),
  };
}

const order: readonly (ParameterRole | null)[] = ["free", "nuisance", "fixed", null];

function parametersOf(kernel: KernelProgram, uses: Uses): readonly ExplainedParameter[] {
  const read = [...new Set(kernel.stages.flatMap(({ reads }) => reads))];
  return read
    .map((parameter) => {
      const stages = kernel.stages.filter(({ reads }) => reads.includes(parameter));
      const { name, role } = uses.get(parameter) ?? { name: parameter, role: null };
      return { name, role, stages: stages.length, cost: Math.round(sum(stages)) };
    })
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || b.cost - a.cost);
}

function sum(stages: readonly { readonly cost: number }[]): number {
  return stages.reduce((total, { cost }) => total + cost, 0);
}

function product(factors: readonly number[]): number {
  return factors.reduce((value, factor) => value * factor, 1);
}

/** The most that a statement runs, loops multiplied out. */
function deepest(statements: readonly KernelStatement[]): number {
  const sizes = statements.map((statement) =>
    "body" in statement ? statement.size * deepest(statement.body) : 1,
  );
  return Math.max(1, ...sizes);
}
