/**
 * Minimisation of a smooth function of bounded parameters, with errors: `minimise` (after Minuit's MIGRAD),
 * `hesse`; `minos` and `profile` are in `minos.ts`. After F. James and M. Roos, Comput. Phys. Commun.
 * 10 (1975) 343, with one difference: bounds are kept by projection, not by a sine, so that a minimum at a
 * bound lies on it exactly and a start there is as good as any other.
 */
import { dot, invertSymmetric, type SquareMatrix, submatrix } from "./linear-algebra.ts";
import { gradientAt } from "./minimise-derivatives.ts";
import {
  type Curvature,
  curvature,
  descend,
  diagonalMetric,
  locate,
  type Place,
  PRECISION_EDM,
  positiveDefinite,
  reachable,
  type StopReason,
} from "./minimise-descent.ts";
import { type HessianSource, hessianAt, hessianSource, settledHessian } from "./minimise-hessian.ts";
import { kinksAt } from "./minimise-kinks.ts";
import {
  allParameters,
  evaluate,
  type FreeSpace,
  freeSpace,
  type NotFinite,
  type Problem,
} from "./minimise-problem.ts";

export type { StopReason } from "./minimise-descent.ts";
export type { HessianSource } from "./minimise-hessian.ts";
export type { GradientFunction, NotFinite, Problem, ValueFunction } from "./minimise-problem.ts";

export interface MinimiseOptions {
  /** Largest estimated vertical distance to the minimum at the end, in units of `up`; 1e-8 by default. */
  readonly tolerance?: number;
  /** Most evaluations (a gradient call counts as one); by default 500 + 200 n + 5 n² for n free parameters. */
  readonly maxEvaluations?: number;
  /** Second derivatives to begin with, over all parameters, as in `Minimum.metric`. */
  readonly metric?: SquareMatrix;
  /**
   * Whether to check the minimum by second derivatives, which also give the covariance; true by default.
   * Without the check a saddle point can pass for a minimum.
   */
  readonly verify?: boolean;
}

/** Covariance at a minimum. */
export interface Covariance {
  /**
   * Over all parameters, 2 up / (second derivatives). Rows of fixed parameters and of those at a bound are 0,
   * the diagonal of a flat one is infinite; the others' covariance is then taken at their values.
   */
  readonly matrix: SquareMatrix;
  /** Parameters that the function does not fix, alone or in a combination. */
  readonly flat: readonly number[];
  /** How the second derivatives were taken. */
  readonly source: HessianSource;
}

/** Where a minimisation ended. Vectors and matrices are over all parameters. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** True for a verified minimum within the tolerance; otherwise `x` is only the best point seen. */
  readonly converged: boolean;
  readonly reason: StopReason;
  /** Estimated vertical distance to the minimum, in units of the value. */
  readonly edm: number;
  /** Calls of the value function, and of the exact gradient. */
  readonly evaluations: number;
  readonly gradients: number;
  /** Parameters that the slope presses against a bound. */
  readonly atBound: readonly number[];
  /** Parameters in which the value has a kink there: rows of theirs in the covariance are 0. */
  readonly kinks: readonly number[];
  /** Second derivatives, approximate and positive definite in the free parameters, for a warm start. */
  readonly metric: SquareMatrix;
  /** Present after `verify`, when the second derivatives could be taken. */
  readonly covariance?: Covariance;
  /** A point met on the way where the function was not finite. With `converged` it was only passed by. */
  readonly notFinite?: NotFinite;
}

/** How often a minimum may fail its check and be taken up again. */
const ROUNDS = 5;
/** Each step along a valley goes so many times further. */
const VALLEY_GROWTH = 2;

/** Minimises `problem.value` within the bounds. A failure is a `Minimum` with `converged` false, never thrown. */
export function minimise(problem: Problem, options: MinimiseOptions = {}): Minimum {
  const space = freeSpace(problem);
  const found = minimised(space, options);
  return found.reason === "stuck" ? (besideKinks(space, found, options) ?? found) : found;
}

function minimised(space: FreeSpace, options: MinimiseOptions): Minimum {
  const n = space.size;
  const limits = {
    tolerance: (options.tolerance ?? 1e-8) * space.up,
    maxEvaluations: options.maxEvaluations ?? 500 + 200 * n + 5 * n * n,
  };
  const from = firstPlace(space, options.metric);
  if (!("y" in from)) return failedStart(space, from.value);
  let { place, reason } = descend(space, from, limits);
  if (!(options.verify ?? true) || n === 0) return toMinimum(space, place, reason, undefined);
  for (let round = 0; round < ROUNDS && isArrival(reason); round++) {
    const slack = reason === "precision" ? PRECISION_EDM * space.up : 0;
    const check = verified(space, place, Math.max(limits.tolerance, slack / 10));
    if (check.done) return toMinimum(space, check.place, reason, check.hessian);
    ({ place, reason } = descend(space, check.place, limits));
  }
  return toMinimum(space, place, isArrival(reason) ? "stuck" : reason, undefined);
}

/**
 * Where a descent is stuck at kinks: the minimum along the other parameters. Undefined when there is no kink, or when the minimum is found to
 * move off it.
 */
function besideKinks(space: FreeSpace, stuck: Minimum, options: MinimiseOptions): Minimum | undefined {
  const placeOf = ({ x, value, atBound }: Minimum) => ({
    y: Float64Array.from(space.indices, (i) => x[i]!),
    value,
    held: atBound.map((index) => space.indices.indexOf(index)),
  });
  const kinks = kinksAt(space, placeOf(stuck));
  if (kinks.length === 0) return undefined;
  const { problem } = space;
  const own = kinks.map((i) => space.indices[i]!);
  const found = minimise(
    { ...problem, start: stuck.x, fixed: new Set([...(problem.fixed ?? []), ...own]) },
    options,
  );
  const still = kinksAt(space, placeOf(found));
  if (!found.converged || !kinks.every((i) => still.includes(i))) return undefined;
  return {
    ...found,
    evaluations: found.evaluations + space.evaluations,
    gradients: found.gradients + space.gradients,
    kinks: [...found.kinks, ...own].sort((i, j) => i - j),
  };
}

function isArrival(reason: StopReason): boolean {
  return reason === "converged" || reason === "precision";
}

/** The start with its slope and a metric, or just its value when a derivative cannot be taken there. */
function firstPlace(space: FreeSpace, metric: SquareMatrix | undefined): Place | { readonly value: number } {
  const total = space.full.length;
  const y = Float64Array.from(space.indices, (i) => space.full[i]!);
  const value = evaluate(space, y);
  if (!Number.isFinite(value)) return { value };
  if (metric) {
    space.indices.forEach((i, k) => {
      const width = Math.sqrt((2 * space.up) / metric[i * total + i]!);
      if (width > 0 && Number.isFinite(width)) space.scale[k] = Math.min(width, space.widest[k]!);
    });
  }
  const gradient = gradientAt(space, y, value);
  if (!gradient) return { value };
  const seed = metric
    ? submatrix(metric, total, space.indices)
    : hessianAt(space, { y, value, gradient }, "quick");
  return locate(space, y, value, gradient, positiveDefinite(space, seed));
}

function failedStart(space: FreeSpace, value: number): Minimum {
  const y = Float64Array.from(space.indices, (i) => space.problem.start[i] ?? 0);
  const place: Place = {
    y,
    value,
    gradient: new Float64Array(space.size),
    metric: diagonalMetric(space),
    edm: Number.POSITIVE_INFINITY,
    held: [],
    step: new Float64Array(space.size),
  };
  return toMinimum(space, place, "not-finite", undefined);
}

interface Check {
  readonly done: boolean;
  readonly place: Place;
  readonly hessian: SquareMatrix | undefined;
}

/** Looks at a presumed minimum with fresh second derivatives; when it is not done, at a better place to go on from. */
function verified(space: FreeSpace, place: Place, tolerance: number): Check {
  const hessian = settledHessian(space, place, "centred");
  if (!hessian) return { done: true, place, hessian };
  const metric = positiveDefinite(space, hessian);
  const again = locate(space, place.y, place.value, place.gradient, metric);
  const { downhill, level } = curvature(space, hessian, again.held);
  const lower =
    (downhill && wayDown(space, again, downhill, tolerance)) ??
    (level && valleyDown(space, again, level, Math.max(tolerance, PRECISION_EDM * space.up)));
  if (lower) return { done: false, place: lower, hessian };
  const edm = Math.min(again.edm, reachable(space, again).fall);
  return { done: edm <= 10 * tolerance, place: again, hessian };
}

/** A lower place along a direction of negative curvature, if there is one within reach. */
function wayDown(
  space: FreeSpace,
  place: Place,
  direction: Float64Array,
  tolerance: number,
): Place | undefined {
  for (const t of [1, -1, 0.1, -0.1]) {
    const y = place.y.map((yi, i) =>
      Math.min(space.upper[i]!, Math.max(space.lower[i]!, yi + t * direction[i]!)),
    );
    const value = evaluate(space, y);
    if (!(value < place.value - tolerance)) continue;
    const gradient = gradientAt(space, y, value);
    if (gradient) return locate(space, y, value, gradient, place.metric);
  }
  return undefined;
}

/** The lowest place met on a way along a flat direction in growing steps; undefined when it is hardly lower. */
function valleyDown(
  space: FreeSpace,
  place: Place,
  direction: Float64Array,
  tolerance: number,
): Place | undefined {
  const side = dot(place.gradient, direction) > 0 ? -1 : 1;
  let lowest: Pick<Place, "y" | "value"> | undefined;
  for (let t = side; ; t *= VALLEY_GROWTH) {
    const y = place.y.map((yi, i) => yi + t * direction[i]!);
    const isInside = y.every((yi, i) => yi >= space.lower[i]! && yi <= space.upper[i]!);
    const value = isInside ? evaluate(space, y) : Number.NaN;
    if (!(value < (lowest?.value ?? place.value))) break;
    lowest = { y, value };
  }
  if (lowest === undefined || !(lowest.value < place.value - tolerance)) return undefined;
  const gradient = gradientAt(space, lowest.y, lowest.value);
  return gradient && locate(space, lowest.y, lowest.value, gradient, place.metric);
}

function toMinimum(
  space: FreeSpace,
  place: Place,
  reason: StopReason,
  hessian: SquareMatrix | undefined,
): Minimum {
  const total = space.full.length;
  const metric = new Float64Array(total * total);
  space.indices.forEach((row, i) => {
    space.indices.forEach((column, j) => {
      metric[row * total + column] = place.metric[i * space.size + j]!;
    });
  });
  return {
    x: allParameters(space, place.y),
    value: place.value,
    converged: isArrival(reason),
    reason,
    edm: place.edm,
    evaluations: space.evaluations,
    gradients: space.gradients,
    atBound: place.held.map((i) => space.indices[i]!),
    kinks: [],
    metric,
    ...(hessian && { covariance: toCovariance(space, hessian, curvature(space, hessian, place.held)) }),
    ...(space.notFinite && { notFinite: space.notFinite }),
  };
}

function toCovariance(space: FreeSpace, hessian: SquareMatrix, bend: Curvature): Covariance {
  const total = space.full.length;
  const matrix = new Float64Array(total * total);
  const determined = bend.loose.filter((i) => !bend.flat.includes(i));
  const inverse = invertSymmetric(submatrix(hessian, space.size, determined), determined.length);
  const flat = (inverse ? bend.flat : bend.loose).map((i) => space.indices[i]!);
  for (const i of flat) matrix[i * total + i] = Number.POSITIVE_INFINITY;
  if (inverse) {
    determined.forEach((row, i) => {
      determined.forEach((column, j) => {
        const element = 2 * space.up * inverse[i * determined.length + j]!;
        matrix[space.indices[row]! * total + space.indices[column]!] = element;
      });
    });
  }
  return { matrix, flat, source: hessianSource(space) };
}

/**
 * Covariance at `x`, taken to be a minimum: 2 up times the inverse of the second derivatives. Undefined when
 * a value on the way is not finite.
 */
export function hesse(problem: Problem, x: ArrayLike<number>): Covariance | undefined {
  const space = freeSpace({ ...problem, start: x });
  const y = Float64Array.from(space.indices, (i) => space.full[i]!);
  const value = evaluate(space, y);
  // The gradient is taken for the scales that it finds, and to know which bounds press.
  const gradient = Number.isFinite(value) ? gradientAt(space, y, value) : undefined;
  if (gradient === undefined) return undefined;
  const hessian = settledHessian(space, { y, value, gradient }, "centred");
  if (!hessian) return undefined;
  const { held } = locate(space, y, value, gradient, positiveDefinite(space, hessian));
  return toCovariance(space, hessian, curvature(space, hessian, held));
}
