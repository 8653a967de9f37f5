/**
 * What a compiled analysis computes when, from which parameters and at what cost. Reads the kernel form and knows
 * nothing of how it is printed.
 */
import type { ParameterRole } from "../../runtime/compiled.ts";
import type { KernelProgram, KernelStage, KernelStatement } from "../kernel/form.ts";

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
}

/** How an analysis calls a parameter of the kernel, and what it does with it. */
export interface ParameterUse {
  readonly name: string;
  readonly role: ParameterRole;
}

export interface Explained {
  readonly name: string;
  readonly kind: "analysis" | "experiment";
  readonly kernel: KernelProgram;
  /** By the names that the kernel has. Parameters that are not in it count as fixed. */
  readonly uses: ReadonlyMap<string, ParameterUse>;
}

export function explain({ name, kind, kernel, uses }: Explained): Explanation {
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
  };
}

const order: readonly (ParameterRole | null)[] = ["free", "nuisance", "fixed", null];

function parametersOf(kernel: KernelProgram, uses: Explained["uses"]): readonly ExplainedParameter[] {
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
