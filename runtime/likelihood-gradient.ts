/** The exact gradient of χ² from the Jacobian of the counts. */

import type { CompiledAnalysis, ExperimentInfo, Jacobian, Observation } from "./compiled.ts";
import type { GradientFunction } from "./minimise-problem.ts";
import { square } from "./power.ts";

/** One experiment's data as χ² compares it with the expectation. */
export interface Measurement {
  readonly experiment: ExperimentInfo;
  readonly data: Float64Array;
  /** Standard deviations, for a Gaussian likelihood. */
  readonly sigma: Float64Array | undefined;
}

/** A Gaussian term of one parameter. */
export interface PullOf {
  readonly index: number;
  readonly mean: number;
  readonly sigma: number;
}

/** The data as compiled code takes them. */
export function observationsOf(measured: readonly Measurement[]): readonly Observation[] {
  return measured.map(({ experiment: { events }, data, sigma }) => ({ counts: data, sigma, events }));
}

/** A gradient by the fitted parameters but for some. */
export interface PartialGradient {
  readonly gradient: GradientFunction;
  /** The fitted parameters by which it does not differentiate. */
  readonly differenced: readonly number[];
}

/** The gradient that was compiled with χ², zero for parameters that are not fitted; undefined when there is none. */
export function compiledGradient(
  { likelihood }: CompiledAnalysis,
  fitted: readonly number[],
  measured: readonly Measurement[],
  pulls: readonly PullOf[],
): PartialGradient | undefined {
  const { parameters, gradient } = likelihood ?? {};
  if (parameters === undefined || gradient === undefined) return undefined;
  const wanted = new Set(fitted);
  const held = parameters.filter((index) => !wanted.has(index));
  const pulled = pulls.filter(({ index }) => wanted.has(index));
  const data = observationsOf(measured);
  return {
    gradient: (x, out) => {
      out.fill(0);
      gradient(x, data, out);
      for (const index of held) out[index] = 0;
      for (const { index, mean, sigma } of pulled) out[index]! += (2 * (x[index]! - mean)) / square(sigma);
    },
    differenced: fitted.filter((index) => !parameters.includes(index)),
  };
}

/**
 * Gradient of χ² by the parameters from the Jacobian of the counts, zero for those that are not fitted; undefined when the analysis has no
 * derivatives, or where χ² reads more than the counts.
 */
export function chiSquareGradient(
  analysis: CompiledAnalysis,
  fitted: readonly number[],
  measured: readonly Measurement[],
  pulls: readonly PullOf[],
): PartialGradient | undefined {
  const jacobian = analysis.jacobian?.bind(analysis);
  if (jacobian === undefined || analysis.likelihoodInputs !== undefined) return undefined;
  const start = Float64Array.from(analysis.parameters, ({ value }) => value);
  const covered = new Set(jacobian(start).parameters);
  const wanted = new Set(fitted);
  const gradient: GradientFunction = (x, out) => {
    out.fill(0);
    const slopes = jacobian(x);
    const totals = analysis.totals(x);
    for (const measurement of measured) {
      const { name } = measurement.experiment;
      const weights = countWeights(measurement, totals[name]!);
      addExperiment(out, slopes, slopes.experiments[name] ?? [], weights, wanted);
    }
    for (const { index, mean, sigma } of pulls) {
      if (wanted.has(index)) out[index]! += (2 * (x[index]! - mean)) / square(sigma);
    }
    addConstraints(out, analysis, x, slopes, wanted);
  };
  return { gradient, differenced: fitted.filter((index) => !covered.has(index)) };
}

/** dχ²/dν of each bin: 2 (1 − n/ν) for Poisson counts, 2 (ν − n)/σ² for Gaussian ones. */
function countWeights({ experiment, data, sigma }: Measurement, expected: Float64Array): Float64Array {
  const weights = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const nu = expected[i]!;
    const n = data[i]!;
    if (experiment.likelihood === "poisson") weights[i] = n === 0 ? 2 : 2 * (1 - n / nu);
    else weights[i] = (2 * (nu - n)) / square(sigma![i]!);
  }
  return weights;
}

function addExperiment(
  out: Float64Array,
  { parameters }: Jacobian,
  slopes: readonly (Float64Array | undefined)[],
  weights: Float64Array,
  wanted: ReadonlySet<number>,
): void {
  slopes.forEach((slope, k) => {
    const index = parameters[k]!;
    if (slope === undefined || !wanted.has(index)) return;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * slope[i]!;
    out[index]! += sum;
  });
}

function addConstraints(
  out: Float64Array,
  analysis: CompiledAnalysis,
  x: Float64Array,
  slopes: Jacobian,
  wanted: ReadonlySet<number>,
): void {
  if (analysis.constraints.length === 0) return;
  const values = analysis.constrained(x);
  analysis.constraints.forEach(({ mean, sigma }, i) => {
    const factor = (2 * (values[i]! - mean)) / square(sigma);
    slopes.parameters.forEach((index, k) => {
      if (wanted.has(index)) out[index]! += factor * slopes.constraints[i]![k]!;
    });
  });
}
