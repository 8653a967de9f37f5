/**
 * What a generated module hands to a program: one `CompiledAnalysis` per analysis (or per experiment of a
 * file that has none). Parameter vectors are `Float64Array`s in the order of `parameters`, each number in the
 * unit that its entry names.
 */

import type { EventList } from "./events.ts";

/** How a parameter enters a fit. */
export type ParameterRole =
  /** Fitted without a constraint. */
  | "free"
  /** Fitted with its Gaussian constraint. */
  | "nuisance"
  /** Held at its value unless a caller changes it. */
  | "fixed";

export interface ParameterInfo<Name extends string = string> {
  readonly name: Name;
  /** The unit of the numbers below and in parameter vectors, "" for a pure number. */
  readonly unit: string;
  /** The value in the spec. */
  readonly value: number;
  /** Allowed range, ends included; infinite where the spec gives none. */
  readonly range: readonly [low: number, high: number];
  readonly role: ParameterRole;
  /** Present when the spec gives an error; part of the likelihood when the role is "nuisance". */
  readonly constraint?: { readonly mean: number; readonly sigma: number };
  /** True when scans sample the logarithm. */
  readonly log: boolean;
  readonly doc: string;
}

export interface AxisInfo<Name extends string = string> {
  readonly name: Name;
  readonly unit: string;
  /** Bin edges, one more than there are bins. */
  readonly edges: readonly number[];
}

/** One contribution to the counts of an experiment. */
export interface ComponentInfo<Name extends string = string> {
  readonly name: Name;
  readonly kind: "signal" | "background";
  /** The parts a signal is computed from, one per flavour: their sum is the component. Empty for a background. */
  readonly channels: readonly string[];
}

export interface ExperimentInfo<
  Name extends string = string,
  Axis extends string = string,
  Component extends string = string,
> {
  readonly name: Name;
  readonly axes: readonly AxisInfo<Axis>[];
  readonly components: readonly ComponentInfo<Component>[];
  /** Number of bins: the product of the axes' bins; counts are flattened with the last axis fastest. */
  readonly bins: number;
  /** Observed counts, or undefined for a projection. */
  readonly data: Float64Array | undefined;
  /** "unbinned": the density at each event that the spec lists, and a Poisson number of them. */
  readonly likelihood: "poisson" | "gaussian" | "unbinned";
  /** Standard deviations of the data for a Gaussian likelihood. */
  readonly errors: Float64Array | undefined;
  /** The events of an unbinned likelihood where they can be exchanged; otherwise they are built in. */
  readonly events?: EventList;
  /** How many events there is room for then. */
  readonly places?: number;
}

/** A Gaussian constraint on an expression of the parameters. */
export interface ConstraintInfo {
  readonly name: string;
  readonly mean: number;
  readonly sigma: number;
}

/** Counts of one experiment. The arrays are views that the next evaluation overwrites. */
export interface ExperimentCounts<Component extends string = string> {
  readonly total: Float64Array;
  readonly components: Readonly<Record<Component, Float64Array>>;
  /** Keyed `component/channel`, for example `CEvNS/nu_mu`. */
  readonly channels: Readonly<Record<string, Float64Array>>;
}

/** What a likelihood reads of an experiment besides its totals. Views that the next evaluation overwrites. */
export interface LikelihoodInputs {
  /** Variance of the expected counts of each bin from limited statistics of templates. */
  readonly variance?: Float64Array;
  /** Expected density at each event, in units of that of as many events spread evenly over the bins. */
  readonly density?: Float64Array;
}

/** Derivatives by the fitted parameters, each per unit of the parameter. Views that the next call overwrites. */
export interface Jacobian {
  /** Indices of the parameters that are differentiated by. */
  readonly parameters: readonly number[];
  /** Per experiment and parameter the derivative of the total counts; undefined where it is zero everywhere. */
  readonly experiments: Readonly<Record<string, readonly (Float64Array | undefined)[]>>;
  /** Per constraint the derivatives by the parameters. */
  readonly constraints: readonly Float64Array[];
}

/** Data of one experiment for an evaluation of χ². */
export interface Observation {
  /** Observed counts, in the order of the bins. */
  readonly counts: Float64Array;
  /** Standard deviations, for a Gaussian likelihood. */
  readonly sigma: Float64Array | undefined;
  /** Events, for an unbinned likelihood whose events can be exchanged. */
  readonly events?: EventList | undefined;
}

/**
 * χ² of all bins and of the constraints on expressions, without the pulls of nuisances. The data come in the order of the
 * experiments; they are read again when another list is given, not when its arrays change.
 */
export interface CompiledLikelihood {
  readonly value: (x: Float64Array, data: readonly Observation[]) => number;
  /** Indices of the parameters that `gradient` writes. Absent when a function of the spec has no derivative. */
  readonly parameters?: readonly number[];
  /** Writes the derivatives of the value, each per unit of its parameter. */
  readonly gradient?: (x: Float64Array, data: readonly Observation[], out: Float64Array) => void;
}

export interface CompiledAnalysis<
  Parameter extends string = string,
  Counts extends Readonly<Record<string, ExperimentCounts>> = Readonly<Record<string, ExperimentCounts>>,
> {
  readonly name: string;
  readonly parameters: readonly ParameterInfo<Parameter>[];
  readonly experiments: readonly ExperimentInfo[];
  readonly constraints: readonly ConstraintInfo[];
  /** Confidence levels the spec asks intervals for, as fractions. */
  readonly intervals: readonly number[];
  /** Relative quadrature error that the numbers of nodes were chosen for. */
  readonly precision: number;
  /** Expected counts per experiment at a parameter vector. */
  counts(parameters: Float64Array): Counts;
  /** Expected total counts per experiment, without their parts: all that a likelihood needs. */
  totals(parameters: Float64Array): Readonly<Record<string, Float64Array>>;
  /**
   * The rest that a likelihood reads, by experiment; absent when no experiment has more than its totals. Densities are those at
   * the events of the data, or of what was evaluated last.
   */
  likelihoodInputs?(
    parameters: Float64Array,
    data?: readonly Observation[],
  ): Readonly<Record<string, LikelihoodInputs>>;
  /** Values of the constrained expressions, in the order of `constraints`. */
  constrained(parameters: Float64Array): Float64Array;
  /**
   * Makes the next evaluation compute everything that fitted parameters move, as the first one did. What an evaluation
   * reuses of the ones before can change its last digit: after this it depends on its parameters alone.
   */
  forget?(): void;
  /** χ² and its gradient, the fast way to fit. Absent in analyses that were not compiled from a spec. */
  readonly likelihood?: CompiledLikelihood;
  /** Exact derivatives of the counts; absent when a function of the spec has none, or when they were not asked for. */
  jacobian?(parameters: Float64Array): Jacobian;
}
