/** What an experiment is expected to tell about its parameters, from the exact derivatives of its counts. */

import type { CompiledAnalysis, ExperimentInfo, Jacobian } from "./compiled.ts";
import { chiSquare, type ObjectiveOptions } from "./likelihood.ts";
import { invertSymmetric } from "./linear-algebra.ts";
import { square } from "./power.ts";

/** Expected information; rows and columns in the order of `parameters`, each number per unit of both of them. */
export interface FisherInformation {
  /** The fitted parameters: free ones and nuisances. */
  readonly parameters: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  /**
   * Its inverse, the covariance that no unbiased estimate can beat (Cramér and Rao), and the one of a fit to many
   * counts; undefined when the data do not fix all parameters.
   */
  readonly covariance: readonly (readonly number[])[] | undefined;
}

/**
 * Fisher information −E[∂² ln L/∂p∂q] of the fitted parameters at `x` (all parameters, in their units), before
 * any data: Σ_bins (∂ν/∂p)(∂ν/∂q)/ν for Poisson counts, 1/σ² in the place of 1/ν for Gaussian ones, and the same for
 * pulls and constraints (arXiv:1007.1727, section 3.2). No second derivative is in it, so it is as exact as the
 * Jacobian. Twice it is the second derivative of χ² where the data are the expectation: in a projection, at the
 * values that it was made with. Events one by one count as in their bins: what is known of where they lie inside is more.
 *
 * Undefined when the analysis has no exact derivatives by all of the fitted parameters. A bin without counts
 * that a parameter can fill has infinite information.
 */
export function fisherInformation(
  analysis: CompiledAnalysis,
  x: ArrayLike<number>,
  options: ObjectiveOptions = {},
): FisherInformation | undefined {
  const { fitted, names, roles } = chiSquare(analysis, options);
  const at = Float64Array.from(x);
  const jacobian = analysis.jacobian?.(at);
  const rows = fitted.map((index) => jacobian?.parameters.indexOf(index) ?? -1);
  if (jacobian === undefined || rows.includes(-1)) return undefined;
  const n = fitted.length;
  const matrix = new Float64Array(n * n);
  const totals = analysis.totals(at);
  for (const experiment of analysis.experiments) {
    const slopes = rows.map((row) => jacobian.experiments[experiment.name]?.[row]);
    addOuterProducts(matrix, slopes, inverseVariances(experiment, totals[experiment.name]!));
  }
  addConstraints(matrix, analysis, jacobian, rows);
  fitted.forEach((index, i) => {
    const { constraint } = analysis.parameters[index]!;
    if (roles[index] === "nuisance" && constraint) matrix[i * n + i]! += 1 / square(constraint.sigma);
  });
  const inverse = matrix.every(Number.isFinite) ? invertSymmetric(matrix, n) : undefined;
  return {
    parameters: fitted.map((index) => names[index]!),
    matrix: rowsOf(matrix, n),
    covariance: inverse && rowsOf(inverse, n),
  };
}

/** 1/variance of each bin: of Poisson counts, and of projections without errors, the variance is the expectation. */
function inverseVariances({ likelihood, errors }: ExperimentInfo, expected: Float64Array): Float64Array {
  if (likelihood === "gaussian" && errors !== undefined) return errors.map((sigma) => 1 / square(sigma));
  return expected.map((nu) => 1 / nu);
}

function addOuterProducts(
  matrix: Float64Array,
  slopes: readonly (ArrayLike<number> | undefined)[],
  weights: Float64Array,
): void {
  const n = slopes.length;
  slopes.forEach((left, i) => {
    slopes.slice(0, i + 1).forEach((right, j) => {
      if (left === undefined || right === undefined) return;
      let sum = 0;
      for (let bin = 0; bin < weights.length; bin++) {
        const product = left[bin]! * right[bin]!;
        // Zero times the infinite weight of an empty bin is no information.
        if (product !== 0) sum += product * weights[bin]!;
      }
      matrix[i * n + j]! += sum;
      if (i !== j) matrix[j * n + i]! += sum;
    });
  });
}

function addConstraints(
  matrix: Float64Array,
  { constraints }: CompiledAnalysis,
  jacobian: Jacobian,
  rows: readonly number[],
): void {
  constraints.forEach(({ sigma }, k) => {
    const slopes = rows.map((row) => [jacobian.constraints[k]![row]!]);
    addOuterProducts(matrix, slopes, Float64Array.of(1 / square(sigma)));
  });
}

function rowsOf(matrix: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => [...matrix.subarray(i * n, (i + 1) * n)]);
}
