import {
  cholesky,
  dot,
  eigenSymmetric,
  multiply,
  rescale,
  type SquareMatrix,
  submatrix,
} from "./linear-algebra.ts";
import { type BoxStep, boxStep } from "./minimise-box.ts";
import { gradientAt } from "./minimise-derivatives.ts";
import { hessianAt } from "./minimise-hessian.ts";
import { evaluate, type FreeSpace } from "./minimise-problem.ts";
import { square } from "./power.ts";

/** Why a minimisation ended. */
export type StopReason =
  /** The estimated distance to the minimum is within the tolerance. */
  | "converged"
  /** The value no longer falls at working precision, and the estimated distance is small. */
  | "precision"
  | "call-limit"
  /** The function or its gradient was NaN or infinite and no way around was found. */
  | "not-finite"
  /** No lower value along the direction of descent, though the slope says that there should be one. */
  | "stuck";

/** A point of the descent with what is known there, in free coordinates. */
export interface Place {
  readonly y: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Approximate second derivatives, positive definite. */
  readonly metric: SquareMatrix;
  /** Estimated vertical distance to the minimum, in units of the value. */
  readonly edm: number;
  /** Coordinates that the slope presses against a bound. */
  readonly held: readonly number[];
  /** The step to the minimum of the quadratic model in the box. */
  readonly step: Float64Array;
}

export interface DescentLimits {
  /** Largest estimated distance at the minimum, in units of the value. */
  readonly tolerance: number;
  readonly maxEvaluations: number;
}

/** The limits of the line search: fewest and most of a step, number of trials. */
const LINE = { shrink: 0.1, stretch: 4, trials: 12 } as const;

/** Share of the expected fall that a step must bring (Armijo's condition, Nocedal & Wright section 3.1). */
const ARMIJO = 1e-4;

/** How often second derivatives are taken afresh at one place. */
const ATTEMPTS = 8;

/** Steps below this part of a coordinate are lost in its rounding. */
const ROUNDING = 2 ** -51;

/** An estimated distance, in units of `up`, that counts as arrived when the value cannot be lowered further. */
export const PRECISION_EDM = 1e-5;

/**
 * Variable-metric descent (BFGS with Powell's damping) in a box. Each step minimises the quadratic model in
 * the box, so that a minimum at a bound is reached exactly; no transformation bends the parameters. Minuit's
 * MIGRAD (James & Roos 1975) is the model for the stopping rule.
 */
export function descend(
  space: FreeSpace,
  from: Place,
  limits: DescentLimits,
): { readonly place: Place; readonly reason: StopReason } {
  let place = from;
  let attempts = 0;
  let scalesKnown = false;
  for (;;) {
    const goal = Math.max(limits.tolerance, 2 ** -50 * (Math.abs(place.value) + space.up));
    if (place.edm <= goal) return { place: settled(space, place, goal), reason: "converged" };
    const { step, fall } = reachable(space, place);
    if (fall <= goal && scalesKnown) return { place: { ...place, edm: fall }, reason: "precision" };
    if (space.evaluations + space.gradients >= limits.maxEvaluations) return { place, reason: "call-limit" };
    const point = fall <= goal ? undefined : lineSearch(space, place, step);
    if (point) {
      const gradient = gradientAt(space, point.y, point.value);
      if (!gradient) return { place, reason: "not-finite" };
      place = locate(space, point.y, point.value, gradient, updatedMetric(place, point.y, gradient));
      attempts = 0;
      scalesKnown = false;
      continue;
    }
    if (attempts > 0 && (scalesKnown || attempts === ATTEMPTS)) {
      const arrived = fall <= PRECISION_EDM * space.up;
      const beyond = space.notFinite === undefined ? "stuck" : "not-finite";
      return { place: { ...place, edm: fall }, reason: arrived ? "precision" : beyond };
    }
    // The metric may be at fault: take the second derivatives afresh, until the scales that they rest on have settled.
    const before = Float64Array.from(space.scale);
    const metric = positiveDefinite(space, hessianAt(space, place, "quick"));
    place = locate(space, place.y, place.value, place.gradient, metric);
    scalesKnown = space.scale.every((scale, i) => scale > before[i]! / 2 && scale < 2 * before[i]!);
    attempts++;
  }
}

/** The place at `y`, with its estimated distance to the minimum. */
export function locate(
  space: FreeSpace,
  y: Float64Array,
  value: number,
  gradient: Float64Array,
  metric: SquareMatrix,
): Place {
  const { fall, held, step } = towards(space, y, gradient, metric);
  return { y, value, gradient, metric, edm: fall, held, step };
}

/** The step to the minimum of the quadratic model in the box. */
function towards(space: FreeSpace, y: Float64Array, gradient: Float64Array, metric: SquareMatrix): BoxStep {
  const low = difference(space.lower, y);
  const high = difference(space.upper, y);
  const solution = boxStep(gradient, metric, low, high);
  if (solution) return solution;
  // Rounding has spoilt the metric: its diagonal alone is safe.
  const diagonal = diagonalMetric(space);
  const fallback = boxStep(gradient, diagonal, low, high);
  return fallback ?? { step: new Float64Array(space.size), fall: Number.POSITIVE_INFINITY, held: [] };
}

/**
 * The same step for the coordinates that are not within rounding of where they should be: a norm of 1e16 events, for
 * example, has too few digits to say which small part of them is wanted.
 */
export function reachable(space: FreeSpace, place: Place): Pick<BoxStep, "step" | "fall"> {
  const { y, gradient, metric } = place;
  const whole = { step: place.step, fall: place.edm };
  const isLost = (i: number): boolean =>
    whole.step[i] !== 0 && Math.abs(whole.step[i]!) <= ROUNDING * Math.abs(y[i]!);
  if (!y.some((_, i) => isLost(i))) return whole;
  const low = y.map((yi, i) => (isLost(i) ? 0 : space.lower[i]! - yi));
  const high = y.map((yi, i) => (isLost(i) ? 0 : space.upper[i]! - yi));
  return boxStep(gradient, metric, low, high) ?? whole;
}

/** At the end: coordinates that are about to meet a bound, within the tolerance, are put on it. */
function settled(space: FreeSpace, place: Place, goal: number): Place {
  const onBound = (i: number): boolean => place.y[i] === space.lower[i] || place.y[i] === space.upper[i];
  if (place.held.every(onBound)) return place;
  const { step } = place;
  const y = moved(space, place.y, step, 1);
  const value = evaluate(space, y);
  if (!(value <= place.value + goal)) return place;
  const change = multiply(place.metric, space.size, step);
  const gradient = place.gradient.map((g, i) => g + change[i]!);
  return locate(space, y, value, gradient, place.metric);
}

interface Point {
  readonly y: Float64Array;
  readonly value: number;
}

/** A point with a lower value along a step to the minimum of the quadratic model, undefined when there is none. */
function lineSearch(space: FreeSpace, place: Place, step: Float64Array): Point | undefined {
  const slope = dot(place.gradient, step);
  if (!(slope < 0)) return undefined;
  const at = (t: number): Point => {
    const y = moved(space, place.y, step, t);
    return { y, value: evaluate(space, y) };
  };
  let t = 1;
  for (let trial = 0; trial < LINE.trials; trial++) {
    const point = at(t);
    if (point.value <= place.value + ARMIJO * t * slope) {
      return t === 1 ? stretched(space, place, step, slope, point, at) : point;
    }
    const lowest = (-slope * t * t) / (2 * (point.value - place.value - slope * t));
    t = Math.min(0.5 * t, Math.max(LINE.shrink * t, Number.isFinite(lowest) ? lowest : 0));
  }
  return undefined;
}

/** Coordinates after a part of a step. */
function moved(space: FreeSpace, y: Float64Array, step: Float64Array, t: number): Float64Array {
  const out = new Float64Array(y.length);
  for (let i = 0; i < out.length; i++) out[i] = along(space, y[i]!, step[i]!, t, i);
  return out;
}

/** Coordinate i after a part of a step; a whole step that ends on a bound ends there exactly. */
function along(space: FreeSpace, y: number, step: number, t: number, i: number): number {
  const low = space.lower[i]!;
  const high = space.upper[i]!;
  if (t >= 1 && step === high - y) return high;
  if (t >= 1 && step === low - y) return low;
  return Math.min(high, Math.max(low, y + t * step));
}

/** Goes on beyond a whole step while the parabola through the values says that it pays. */
function stretched(
  space: FreeSpace,
  place: Place,
  step: Float64Array,
  slope: number,
  whole: Point,
  at: (t: number) => Point,
): Point {
  let reach = Number.POSITIVE_INFINITY;
  step.forEach((s, i) => {
    const room = (s > 0 ? space.upper[i]! : space.lower[i]!) - place.y[i]!;
    if (s !== 0) reach = Math.min(reach, room / s);
  });
  let best = whole;
  let t = 1;
  for (let trial = 0; trial < LINE.trials; trial++) {
    const bend = 2 * (best.value - place.value - slope * t);
    const lowest = bend > 0 ? (-slope * t * t) / bend : Number.POSITIVE_INFINITY;
    const next = Math.min(reach, LINE.stretch * t, lowest);
    if (!(next > 2 * t)) return best;
    const point = at(next);
    if (!(point.value < best.value)) return best;
    best = point;
    t = next;
  }
  return best;
}

/** BFGS update of the metric with Powell's damping, which keeps it positive definite (Nocedal & Wright 18.3). */
function updatedMetric(place: Place, y: Float64Array, gradient: Float64Array): SquareMatrix {
  const n = y.length;
  const { metric } = place;
  const step = difference(y, place.y);
  const image = multiply(metric, n, step);
  const change = difference(gradient, place.gradient);
  const model = dot(step, image);
  const seen = dot(step, change);
  if (!(model > 0)) return metric;
  const mix = seen >= 0.2 * model ? 1 : (0.8 * model) / (model - seen);
  const damped = change;
  for (let i = 0; i < n; i++) damped[i] = mix * change[i]! + (1 - mix) * image[i]!;
  const norm = dot(step, damped);
  const updated = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const [di, mi] = [damped[i]!, image[i]!];
    for (let j = 0; j < n; j++) {
      const k = i * n + j;
      updated[k] = metric[k]! + (di * damped[j]!) / norm - (mi * image[j]!) / model;
    }
  }
  return updated;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}

/** The metric that the scales of the coordinates alone give. */
export function diagonalMetric(space: FreeSpace): SquareMatrix {
  const metric = new Float64Array(square(space.size));
  space.scale.forEach((scale, i) => {
    metric[i * space.size + i] = (2 * space.up) / square(scale);
  });
  return metric;
}

/**
 * A positive definite stand-in for second derivatives: the same when they are, else with the moduli of the
 * eigenvalues (in units of the scales), none below a thousandth of the largest.
 */
export function positiveDefinite(space: FreeSpace, hessian: SquareMatrix | undefined): SquareMatrix {
  if (!hessian) return diagonalMetric(space);
  const n = space.size;
  if (cholesky(hessian, n)) return hessian;
  const { values, vectors } = eigenSymmetric(rescale(hessian, n, space.scale), n);
  const floor = 1e-3 * Math.max(...values.map(Math.abs));
  if (!(floor > 0)) return diagonalMetric(space);
  const repaired = new Float64Array(n * n);
  vectors.forEach((v, k) => {
    const value = Math.max(Math.abs(values[k]!), floor);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) repaired[i * n + j]! += value * v[i]! * v[j]!;
  });
  return rescale(
    repaired,
    n,
    space.scale.map((s) => 1 / s),
  );
}

/** What the second derivatives at a stationary point say about the coordinates that no bound holds. */
export interface Curvature {
  readonly loose: readonly number[];
  /** Loose coordinates that take part in a direction along which the value does not rise, to rounding. */
  readonly flat: readonly number[];
  /** A direction along which the value falls on both sides, in all free coordinates. */
  readonly downhill: Float64Array | undefined;
  /** The direction in which it bends least, if that is flat. */
  readonly level: Float64Array | undefined;
}

/** Relative eigenvalues (in units of the scales) below which a direction is flat, or curves downwards. */
const FLAT = 1e-6;
const DOWNHILL = -1e-3;

export function curvature(space: FreeSpace, hessian: SquareMatrix, held: readonly number[]): Curvature {
  const n = space.size;
  const loose = Array.from({ length: n }, (_, i) => i).filter((i) => !held.includes(i));
  const size = loose.length;
  const scale = loose.map((i) => space.scale[i]!);
  const { values, vectors } = eigenSymmetric(rescale(submatrix(hessian, n, loose), size, scale), size);
  const largest = Math.max(2 * space.up * FLAT, ...values);
  const flat = new Set<number>();
  let downhill: Float64Array | undefined;
  let level: Float64Array | undefined;
  values.forEach((value, k) => {
    const vector = vectors[k]!;
    if (value > FLAT * largest) return;
    loose.forEach((i, at) => {
      if (Math.abs(vector[at]!) > 0.1) flat.add(i);
    });
    const direction = new Float64Array(n);
    for (const [at, i] of loose.entries()) direction[i] = vector[at]! * scale[at]!;
    if (value < DOWNHILL * largest) downhill ??= direction;
    else level ??= direction;
  });
  return { loose, flat: [...flat].sort((i, j) => i - j), downhill, level };
}
