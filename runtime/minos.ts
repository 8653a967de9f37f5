import { finitePlace } from "./finite-place.ts";
import type { SquareMatrix } from "./linear-algebra.ts";
import { type Minimum, minimise } from "./minimise.ts";
import type { Problem } from "./minimise-problem.ts";

/** How the search for one end of an interval came out. */
export type CrossingStatus =
  | "found"
  /** The value rises by less than asked up to the parameter's bound: the interval ends there. */
  | "at-bound"
  /** The value rises by less than asked up to where it is no longer finite: the interval ends there. */
  | "not-finite"
  /** The value does not rise enough however far one goes: the interval is open. */
  | "open"
  /** A lower value than the minimum was met; `newMinimum` has it. */
  | "new-minimum"
  /** A minimisation of the other parameters did not converge. */
  | "failed";

/** One end of an interval. */
export interface Crossing {
  readonly status: CrossingStatus;
  /** The parameter's value there: a bound, an infinity or NaN (new minimum, failure) where none was found. */
  readonly at: number;
  /** All parameters there, the others at their best values. */
  readonly x: Float64Array;
}

/** Profile-likelihood errors of one parameter (Minuit's MINOS). */
export interface MinosErrors {
  /** Distance from the minimum down to the lower end, and up to the upper one: magnitudes, ≥ 0. */
  readonly minus: number;
  readonly plus: number;
  readonly status: { readonly minus: CrossingStatus; readonly plus: CrossingStatus };
  readonly low: Crossing;
  readonly high: Crossing;
  /** A point below the minimum, when one was met: start again from it. */
  readonly newMinimum?: { readonly x: Float64Array; readonly value: number };
  /** Calls of the value function and of the exact gradient. */
  readonly evaluations: number;
}

export interface MinosOptions {
  /** The expected distances to the lower and the upper end; without it, from the second derivatives. */
  readonly guess?: readonly [minus: number, plus: number];
}

/** Accuracy of a crossing in the root of the rise, which is about that of the error; then one secant step. */
const CROSSING_TOLERANCE = 2e-4;
/** Minimisations per crossing, after which it has failed. */
const CROSSING_TRIALS = 50;
/** Relative width of a bracket, in the distance from the minimum, that a jump of the profile is found to. */
const JUMP_WIDTH = 1e-7;
/** Tolerance of the inner minimisations, in units of `up`. */
const INNER_TOLERANCE = 1e-6;
/** A value lower by more than this, in units of `up`, is a new minimum. */
const NEW_MINIMUM = 1e-3;
/** How many times further than expected, or than its scale, to look for a rise. */
const FURTHEST = 1e6;

/**
 * Where the profile of parameter `index` rises by `up` (by default the problem's) above `minimum`, on both
 * sides: the others are minimised anew at each trial, from where the last trials point to.
 */
export function minos(
  problem: Problem,
  minimum: Minimum,
  index: number,
  up: number = problem.up ?? 1,
  options: MinosOptions = {},
): MinosErrors {
  const search: Search = { problem, minimum, index, up, evaluations: 0, newMinimum: undefined };
  const low = crossing(search, -1, options.guess?.[0]);
  const high = crossing(search, 1, options.guess?.[1]);
  const best = minimum.x[index]!;
  return {
    minus: best - low.at,
    plus: high.at - best,
    status: { minus: low.status, plus: high.status },
    low,
    high,
    ...(search.newMinimum && { newMinimum: search.newMinimum }),
    evaluations: search.evaluations,
  };
}

interface Search {
  readonly problem: Problem;
  readonly minimum: Minimum;
  readonly index: number;
  readonly up: number;
  evaluations: number;
  newMinimum: { readonly x: Float64Array; readonly value: number } | undefined;
}

/** A point of the profile; `root` is √(rise / up), almost linear in the parameter. */
interface Trial {
  readonly at: number;
  readonly root: number;
  readonly x: Float64Array;
  readonly metric: SquareMatrix;
}

/** The trials that matter: the last two below the crossing, and the nearest beyond it. */
interface Bracket {
  readonly previous: Trial | undefined;
  readonly inner: Trial;
  readonly outer: Trial | undefined;
}

function crossing(search: Search, side: 1 | -1, guess: number | undefined): Crossing {
  const { minimum, index, problem } = search;
  const best = minimum.x[index]!;
  const bound = boundOn(problem, index, side);
  if (bound === best) return { status: "at-bound", at: bound, x: minimum.x };
  const first = guess !== undefined && guess > 0 && Number.isFinite(guess) ? guess : expected(search, side);
  const origin: Trial = { at: best, root: 0, x: minimum.x, metric: minimum.metric };
  let bracket: Bracket = { previous: undefined, inner: origin, outer: undefined };
  let at = best + side * first;
  for (let count = 0; count < CROSSING_TRIALS; count++) {
    at = side > 0 ? Math.min(at, bound) : Math.max(at, bound);
    const trial = profilePoint(search, at, bracket);
    if ("status" in trial) return { status: trial.status, at: Number.NaN, x: trial.x };
    if (Math.abs(trial.root - 1) < CROSSING_TOLERANCE) return refined(bracket, trial, bound, side);
    if (trial.root < 1) {
      if (at === bound) return { status: "at-bound", at, x: trial.x };
      if (Math.abs(at - best) > FURTHEST * first) {
        return { status: "open", at: side * Number.POSITIVE_INFINITY, x: trial.x };
      }
      bracket = { previous: bracket.inner, inner: trial, outer: bracket.outer };
    } else {
      bracket = { ...bracket, outer: trial };
    }
    const { inner, outer } = bracket;
    if (outer && Math.abs(outer.at - inner.at) < JUMP_WIDTH * Math.abs(outer.at - best)) {
      return { status: outer.root === Number.POSITIVE_INFINITY ? "not-finite" : "found", at, x: inner.x };
    }
    at = next(bracket, best, count);
  }
  return { status: "failed", at: Number.NaN, x: bracket.inner.x };
}

/** The next trial: a secant of the root, kept inside the bracket; further out while there is no outer end. */
function next({ previous, inner, outer }: Bracket, best: number, count: number): number {
  if (!outer) {
    const reach = inner.at - best;
    const slope = previous ? (inner.root - previous.root) / (inner.at - previous.at) : 0;
    const stretch = 1 + (1 - inner.root) / (slope * reach);
    return best + reach * (stretch > 1 ? Math.min(4, Math.max(1 + CROSSING_TOLERANCE, stretch)) : 4);
  }
  const fraction = (1 - inner.root) / (outer.root - inner.root);
  // The secant converges in a few trials; a profile with a jump or a wall needs halving.
  const halve = count >= 8 || outer.root === Number.POSITIVE_INFINITY;
  const share = halve ? 0.5 : Math.min(0.95, Math.max(0.05, fraction));
  return inner.at + share * (outer.at - inner.at);
}

/** The crossing by a last secant through a trial that is already close. */
function refined({ inner, outer }: Bracket, trial: Trial, bound: number, side: 1 | -1): Crossing {
  const other = trial.root < 1 && outer ? outer : inner;
  const slope = (trial.root - other.root) / (trial.at - other.at);
  const shift = Number.isFinite(slope) && slope !== 0 ? (1 - trial.root) / slope : 0;
  const at = trial.at + shift;
  return { status: "found", at: side > 0 ? Math.min(at, bound) : Math.max(at, bound), x: trial.x };
}

function boundOn(problem: Problem, index: number, side: 1 | -1): number {
  return side > 0
    ? (problem.upper?.[index] ?? Number.POSITIVE_INFINITY)
    : (problem.lower?.[index] ?? Number.NEGATIVE_INFINITY);
}

/** The error that the covariance gives; for a parameter without one, from the metric or the step. */
function expected(search: Search, side: 1 | -1): number {
  const { minimum, problem, index, up } = search;
  const n = minimum.x.length;
  const variance = minimum.covariance?.matrix[index * n + index] ?? 0;
  const stretch = Math.sqrt(up / (problem.up ?? 1));
  if (variance > 0 && Number.isFinite(variance)) return stretch * Math.sqrt(variance);
  const second = minimum.metric[index * n + index]!;
  const width = second > 0 ? Math.sqrt((2 * up) / second) : 0;
  const room = Math.abs(boundOn(problem, index, side) - minimum.x[index]!);
  const wish = width || problem.step?.[index] || Math.abs(minimum.x[index]!) / 10 || 0.1;
  return Number.isFinite(room) ? Math.min(wish, room / 2) : wish;
}

interface Setback {
  readonly status: "new-minimum" | "failed";
  readonly x: Float64Array;
}

/** Minimises the others at a value of the parameter. */
function profilePoint(search: Search, at: number, bracket: Bracket): Trial | Setback {
  const { problem, minimum, index, up } = search;
  const { inner } = bracket;
  const unit = problem.up ?? 1;
  const start = extrapolated(search, at, bracket);
  let result = conditional(problem, index, start, bracket.inner.metric);
  search.evaluations += result.evaluations + result.gradients;
  if (!Number.isFinite(result.value)) {
    const around = finitePlace(problem, index, start);
    search.evaluations += around.evaluations;
    if (around.x !== undefined) {
      result = conditional(problem, index, around.x, bracket.inner.metric);
      search.evaluations += result.evaluations + result.gradients;
    }
  }
  const rise = result.value - minimum.value;
  if (rise < -NEW_MINIMUM * unit) {
    search.newMinimum = { x: result.x, value: result.value };
    return { status: "new-minimum", x: result.x };
  }
  // A value that is not finite is a wall: the interval ends before it.
  if (!Number.isFinite(result.value)) {
    return { at, root: Number.POSITIVE_INFINITY, x: inner.x, metric: inner.metric };
  }
  if (!result.converged) return { status: "failed", x: result.x };
  return { at, root: Math.sqrt(Math.max(0, rise) / up), x: result.x, metric: result.metric };
}

function conditional(problem: Problem, index: number, start: Float64Array, metric: SquareMatrix): Minimum {
  const fixed = new Set(problem.fixed).add(index);
  return minimise({ ...problem, start, fixed }, { tolerance: INNER_TOLERANCE, verify: false, metric });
}

/** Start of the others: on the line through the best known points, at first as the covariance correlates them. */
function extrapolated(search: Search, at: number, { inner, outer }: Bracket): Float64Array {
  const { minimum, problem, index } = search;
  const n = minimum.x.length;
  const start = Float64Array.from(inner.x);
  const covariance = minimum.covariance?.matrix;
  const variance = covariance?.[index * n + index] ?? 0;
  const far = outer && outer.root < Number.POSITIVE_INFINITY ? outer : undefined;
  const base = far ? inner : minimum;
  const baseAt = base.x[index]!;
  for (let j = 0; j < n; j++) {
    let slope = 0;
    if (far) slope = (far.x[j]! - inner.x[j]!) / (far.at - inner.at);
    else if (inner.at !== minimum.x[index])
      slope = (inner.x[j]! - minimum.x[j]!) / (inner.at - minimum.x[index]!);
    else if (covariance && variance > 0 && variance < Number.POSITIVE_INFINITY) {
      slope = covariance[index * n + j]! / variance;
    }
    if (j === index || problem.fixed?.has(j)) continue;
    const guess = base.x[j]! + slope * (at - baseAt);
    const low = problem.lower?.[j] ?? Number.NEGATIVE_INFINITY;
    const high = problem.upper?.[j] ?? Number.POSITIVE_INFINITY;
    start[j] = Math.min(high, Math.max(low, guess));
  }
  start[index] = at;
  return start;
}

/** One point of a profile. */
export interface ProfilePoint {
  /** The parameter. */
  readonly at: number;
  /** The smallest value of the function there. */
  readonly value: number;
  readonly x: Float64Array;
  readonly converged: boolean;
}

/**
 * The smallest value of the function at each of `values` of parameter `index`, each minimisation starting from
 * its neighbour on the way out from `minimum`. In the order of `values`.
 */
export function profile(
  problem: Problem,
  minimum: Minimum,
  index: number,
  values: readonly number[],
): ProfilePoint[] {
  const best = minimum.x[index]!;
  const points = new Map<number, ProfilePoint>();
  for (const side of [-1, 1]) {
    const outward = values
      .filter((value) => (side > 0 ? value >= best : value < best))
      .sort((a, b) => side * (a - b));
    let { x, metric } = minimum;
    for (const at of outward) {
      const start = Float64Array.from(x);
      start[index] = at;
      const result = conditional(problem, index, start, metric);
      if (result.converged) ({ x, metric } = result);
      points.set(at, { at, value: result.value, x: result.x, converged: result.converged });
    }
  }
  return values.map((at) => points.get(at)!);
}
