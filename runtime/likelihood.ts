/**
 * χ² of counts: the likelihood-ratio χ² of Poisson bins, Gaussian bins, pulls and constraints, put together for
 * a whole analysis. A difference of χ² is twice a difference of −ln L.
 */

import type {
  CompiledAnalysis,
  ExperimentInfo,
  LikelihoodInputs,
  ParameterInfo,
  ParameterRole,
} from "./compiled.ts";
import { poissonDeviance, templateDeviance } from "./deviance.ts";
import {
  chiSquareGradient,
  compiledGradient,
  type Measurement,
  observationsOf,
} from "./likelihood-gradient.ts";
import type { GradientFunction } from "./minimise-problem.ts";
import { square } from "./power.ts";

/**
 * Poisson likelihood-ratio χ² = 2 Σ [ν − n + n ln(n/ν)] (S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221
 * (1984) 437). Observed counts need not be whole. An expectation that is negative, or zero where something was
 * observed, is impossible: +∞. Terms near n = ν are summed without cancellation.
 */
export function poissonChiSquare(expected: ArrayLike<number>, observed: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) sum += poissonDeviance(expected[i]!, observed[i]!);
  return sum;
}

/** Gaussian χ² = Σ [(ν − n)/σ]², σ the standard deviations of the data. */
export function gaussianChiSquare(
  expected: ArrayLike<number>,
  observed: ArrayLike<number>,
  sigma: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) sum += pullTerm(expected[i]!, observed[i]!, sigma[i]!);
  return sum;
}

/** Counts that are less below zero are rounding. */
export const negligibleCount = 1e-9;

/**
 * χ² of events one by one: 2 (N − n − Σ ln r), with the expected number N = Σ ν of all bins, n events, and the expected
 * density r at each event in units of that of n events spread evenly over the bins. It is −2 ln of the extended likelihood
 * (R. Barlow, Nucl. Instrum. Meth. A 297 (1990) 496) over that of the even spread, which is no test of the fit. A density
 * of zero is impossible: +∞; and a bin of a negative number of events is none, although no event may lie where the density is negative. An event of a weight stands for so many; then there may be more densities than events.
 */
export function unbinnedChiSquare(
  expected: ArrayLike<number>,
  density: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) {
    const one = expected[i]!;
    sum += one < -negligibleCount ? Number.NaN : one;
  }
  const count = weights === undefined ? density.length : weights.length;
  for (let i = 0; i < count; i++) {
    const weight = weights?.[i] ?? 1;
    if (weight > 0) sum -= weight * (1 + Math.log(density[i]!));
  }
  return 2 * sum;
}

/** Square of the pull (value − mean)/sigma. */
export function pullTerm(value: number, mean: number, sigma: number): number {
  return square((value - mean) / sigma);
}

/**
 * Degrees of freedom of the saturated goodness-of-fit test: bins and constraints less fitted parameters. A
 * constrained nuisance counts on both sides. May be ≤ 0, when there is no test.
 */
export function saturatedDegreesOfFreedom(bins: number, constraints: number, fitted: number): number {
  return bins + constraints - fitted;
}

/** What a caller changes of an analysis. Names that the analysis lacks are a RangeError. */
export interface ObjectiveOptions {
  /** Values instead of those of the spec: starts of fitted parameters, values of fixed ones. */
  readonly values?: Readonly<Record<string, number>>;
  /** Parameters to hold. The Gaussian constraint of a nuisance stays in χ², as a constant. */
  readonly fix?: readonly string[];
  /** Parameters to fit without a constraint. */
  readonly free?: readonly string[];
  /** Parameters to fit with the constraint that the spec gives. */
  readonly constrain?: readonly string[];
}

/** Contributions to χ²; their sum is the value. */
export interface ChiSquareTerms {
  readonly experiments: Readonly<Record<string, number>>;
  /** By nuisance. */
  readonly pulls: Readonly<Record<string, number>>;
  readonly constraints: Readonly<Record<string, number>>;
}

/** χ² of an analysis as a function of all its parameters, ready to be minimised: a `Problem` with names. */
export interface Objective {
  readonly names: readonly string[];
  readonly parameters: readonly ParameterInfo[];
  /** Role of each parameter after the caller's changes. */
  readonly roles: readonly ParameterRole[];
  /** Indices of the fitted parameters, and the others. */
  readonly fitted: readonly number[];
  readonly fixed: ReadonlySet<number>;
  readonly start: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Rough standard deviations. */
  readonly step: Float64Array;
  /** χ² at a vector of all parameters. */
  readonly value: (x: Float64Array) => number;
  /** Its exact gradient; without it, fits take finite differences. */
  readonly gradient?: GradientFunction;
  /** Fitted parameters by which the gradient does not differentiate: those that the spec fixes. */
  readonly differenced: readonly number[];
  readonly terms: (x: Float64Array) => ChiSquareTerms;
  readonly degreesOfFreedom: number;
  /** True when the events of an experiment are fitted one by one: the value at the minimum is no test of the fit then. */
  readonly unbinned: boolean;
  /** True when an experiment has no data and is compared with its own expectation. */
  readonly projection: boolean;
}

/** χ² of an analysis: Σ experiments + Σ nuisances ((p − mean)/sigma)² + Σ constraints. */
export function chiSquare(analysis: CompiledAnalysis, options: ObjectiveOptions = {}): Objective {
  const { parameters } = analysis;
  const roles = rolesOf(analysis, options);
  const fitted = parameters.flatMap((_, i) => (roles[i] === "fixed" ? [] : [i]));
  const constrained = parameters.flatMap((parameter, i) =>
    isConstrained(parameter, roles[i]!) ? [{ index: i, name: parameter.name, ...parameter.constraint! }] : [],
  );
  const measured = analysis.experiments.map((experiment) => measurement(analysis, experiment));
  const evaluateTerms = termsOf(analysis, measured, constrained);
  const { gradient, differenced } = compiledGradient(analysis, fitted, measured, constrained) ??
    chiSquareGradient(analysis, fitted, measured, constrained) ?? { gradient: undefined, differenced: [] };
  const pulled = constrained.filter(({ index }) => roles[index] !== "fixed").length;
  const unbinned = analysis.experiments.some(({ likelihood }) => likelihood === "unbinned");
  const bins = analysis.experiments.reduce(
    (sum, { data, bins, likelihood }) => sum + (data && likelihood !== "unbinned" ? bins : 0),
    0,
  );
  return {
    names: parameters.map(({ name }) => name),
    parameters,
    roles,
    fitted,
    fixed: new Set(parameters.flatMap((_, i) => (roles[i] === "fixed" ? [i] : []))),
    start: Float64Array.from(parameters, ({ name, value }) => options.values?.[name] ?? value),
    lower: Float64Array.from(parameters, ({ range }) => range[0]),
    upper: Float64Array.from(parameters, ({ range }) => range[1]),
    step: Float64Array.from(parameters, firstStep),
    value: sumOfTerms(analysis, measured, constrained),
    ...(gradient === undefined ? {} : { gradient }),
    differenced,
    terms: (x) => {
      const all = evaluateTerms(x);
      const kind = (wanted: TermKind) =>
        Object.fromEntries(all.flatMap(([of, name, term]) => (of === wanted ? [[name, term]] : [])));
      return { experiments: kind("experiment"), pulls: kind("pull"), constraints: kind("constraint") };
    },
    degreesOfFreedom: saturatedDegreesOfFreedom(bins, analysis.constraints.length + pulled, fitted.length),
    unbinned,
    projection: analysis.experiments.some(({ data }) => data === undefined),
  };
}

/** The constraint is in χ² for a nuisance, also for one of the spec that the caller holds. */
function isConstrained(parameter: ParameterInfo, role: ParameterRole): boolean {
  return role === "nuisance" || (role === "fixed" && parameter.role === "nuisance");
}

function rolesOf(analysis: CompiledAnalysis, options: ObjectiveOptions): ParameterRole[] {
  const roles = new Map<string, ParameterRole>(analysis.parameters.map(({ name, role }) => [name, role]));
  const known = (name: string): void => {
    if (!roles.has(name)) throw new RangeError(`${analysis.name} has no parameter ${name}`);
  };
  const set = (names: readonly string[] | undefined, role: ParameterRole): void => {
    for (const name of names ?? []) {
      known(name);
      roles.set(name, role);
    }
  };
  Object.keys(options.values ?? {}).forEach(known);
  set(options.free, "free");
  set(options.constrain, "nuisance");
  set(options.fix, "fixed");
  return analysis.parameters.map(({ name, constraint }) => {
    const role = roles.get(name) ?? "fixed";
    if (role === "nuisance" && !constraint) throw new RangeError(`parameter ${name} has no constraint`);
    return role;
  });
}

/** The error of the constraint; else a twentieth of a finite range, of the value where the scale is logarithmic. */
function firstStep({ value, range, constraint, log }: ParameterInfo): number {
  if (constraint) return constraint.sigma;
  const width = range[1] - range[0];
  if (log && value !== 0) return Math.abs(value) / 10;
  return Number.isFinite(width) ? width / 20 : Math.abs(value) / 10 || 0.1;
}

type TermKind = "experiment" | "pull" | "constraint";
type Term = readonly [kind: TermKind, name: string, chi2: number];

interface Pull {
  readonly index: number;
  readonly name: string;
  readonly mean: number;
  readonly sigma: number;
}

function termsOf(
  analysis: CompiledAnalysis,
  measured: readonly Measurement[],
  pulls: readonly Pull[],
): (x: Float64Array) => Term[] {
  const data = observationsOf(measured);
  return (x) => {
    const inputs = analysis.likelihoodInputs?.(x, data) ?? {};
    const totals = analysis.totals(x);
    const terms = measured.map((one): Term => {
      const { name } = one.experiment;
      return ["experiment", name, compare(one, totals[name]!, inputs[name] ?? {})];
    });
    for (const { index, name, mean, sigma } of pulls) {
      terms.push(["pull", name, pullTerm(x[index]!, mean, sigma)]);
    }
    if (analysis.constraints.length > 0) {
      const values = analysis.constrained(x);
      analysis.constraints.forEach(({ name, mean, sigma }, i) => {
        terms.push(["constraint", name, pullTerm(values[i]!, mean, sigma)]);
      });
    }
    return terms;
  };
}

/** χ² as one number: compiled where it can be, else from the counts. */
function sumOfTerms(
  analysis: CompiledAnalysis,
  measured: readonly Measurement[],
  pulls: readonly Pull[],
): (x: Float64Array) => number {
  const { likelihood } = analysis;
  if (likelihood === undefined) {
    const terms = termsOf(analysis, measured, pulls);
    return (x) => terms(x).reduce((sum, [, , term]) => sum + term, 0);
  }
  const data = observationsOf(measured);
  return (x) => {
    let sum = likelihood.value(x, data);
    for (const { index, mean, sigma } of pulls) sum += pullTerm(x[index]!, mean, sigma);
    return sum;
  };
}

/** The data, or for a projection the expectation at the values of the spec (Asimov data). */
function asimov(analysis: CompiledAnalysis, experiment: ExperimentInfo): Float64Array {
  if (experiment.data) return experiment.data;
  // The same data to the last digit, whatever was evaluated before.
  analysis.forget?.();
  const totals = analysis.totals(Float64Array.from(analysis.parameters, ({ value }) => value));
  // A copy: the next evaluation overwrites the counts.
  return Float64Array.from(totals[experiment.name]!);
}

/** What the expectation of an experiment is compared with. */
function measurement(analysis: CompiledAnalysis, experiment: ExperimentInfo): Measurement {
  const { name, likelihood, errors } = experiment;
  if (likelihood === "unbinned" && !experiment.data) {
    throw new RangeError(`experiment ${name} is fitted event by event, which expected data are not`);
  }
  const data = asimov(analysis, experiment);
  if (likelihood !== "gaussian") return { experiment, data, sigma: undefined };
  if (!errors && experiment.data) {
    throw new RangeError(`experiment ${name} has a Gaussian likelihood but no errors`);
  }
  // A projection without errors fluctuates as its counts do.
  return { experiment, data, sigma: errors ?? data.map(Math.sqrt) };
}

/** χ² of one experiment at its expected counts. */
function compare(
  { experiment, data, sigma }: Measurement,
  expected: Float64Array,
  { variance, density }: LikelihoodInputs,
): number {
  if (experiment.likelihood === "unbinned") {
    return unbinnedChiSquare(expected, density ?? [], experiment.events?.weights);
  }
  if (variance === undefined) {
    return sigma === undefined ? poissonChiSquare(expected, data) : gaussianChiSquare(expected, data, sigma);
  }
  if (sigma === undefined) {
    return data.reduce((sum, n, i) => sum + templateDeviance(expected[i]!, variance[i]!, n), 0);
  }
  const widened = sigma.map((one, i) => Math.sqrt(one * one + variance[i]!));
  return gaussianChiSquare(expected, data, widened);
}
