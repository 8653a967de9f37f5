/** What is minimised, and the same seen in its free coordinates with evaluations counted. */

/** Value of a function of all parameters. It must not change or keep `x`. */
export type ValueFunction = (x: Float64Array) => number;

/** Writes the derivatives with respect to all parameters to `out`. */
export type GradientFunction = (x: Float64Array, out: Float64Array) => void;

/** A function of bounded parameters. Vectors hold all parameters, fixed ones too. */
export interface Problem {
  readonly value: ValueFunction;
  /** The exact gradient; without it, finite differences. */
  readonly gradient?: GradientFunction;
  /** Indices of the parameters by which `gradient` does not differentiate: finite differences along them. */
  readonly differenced?: readonly number[];
  readonly start: ArrayLike<number>;
  /** Smallest and largest allowed values, ends included; infinite when there is none. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Rough size of a standard deviation of each parameter: only the first steps depend on it. */
  readonly step?: ArrayLike<number>;
  /** Indices of the parameters that stay at their start values. */
  readonly fixed?: ReadonlySet<number>;
  /** The rise of the value that defines one standard deviation: 1 (the default) for a χ². */
  readonly up?: number;
}

/** A point where the function had no finite value. */
export interface NotFinite {
  /** All parameters. */
  readonly x: Float64Array;
  /** NaN or an infinity. */
  readonly value: number;
}

/** A problem in its free coordinates, with the counters and the memory of one minimisation. */
export interface FreeSpace {
  readonly problem: Problem;
  /** Index in the problem of each free coordinate. */
  readonly indices: readonly number[];
  readonly size: number;
  /** Coordinates along which differences are taken beside an exact gradient. */
  readonly differenced: readonly number[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly up: number;
  /** Scale of each coordinate: the change that raises the value by about `up`. Adapted by gradients. */
  readonly scale: Float64Array;
  /** The largest scale worth trying. */
  readonly widest: Float64Array;
  /** All parameters, at the last evaluation. */
  readonly full: Float64Array;
  evaluations: number;
  gradients: number;
  /** The first point without a finite value, if there was one. */
  notFinite: NotFinite | undefined;
}

/** The free coordinates of `problem`. Throws a RangeError on bounds that are crossed or a start that is NaN. */
export function freeSpace(problem: Problem): FreeSpace {
  const full = Float64Array.from(problem.start);
  const indices: number[] = [];
  full.forEach((value, i) => {
    const low = problem.lower?.[i] ?? Number.NEGATIVE_INFINITY;
    const high = problem.upper?.[i] ?? Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value) || !(low <= high)) {
      throw new RangeError(`parameter ${i}: start ${value} in ${low} .. ${high}`);
    }
    if (problem.fixed?.has(i)) return;
    full[i] = Math.min(high, Math.max(low, value));
    // A range of one point leaves nothing to fit.
    if (low < high) indices.push(i);
  });
  const lower = Float64Array.from(indices, (i) => problem.lower?.[i] ?? Number.NEGATIVE_INFINITY);
  const upper = Float64Array.from(indices, (i) => problem.upper?.[i] ?? Number.POSITIVE_INFINITY);
  const scale = Float64Array.from(indices, (i, k) =>
    firstScale(problem.step?.[i], full[i]!, lower[k]!, upper[k]!),
  );
  return {
    problem,
    indices,
    size: indices.length,
    differenced: indices.flatMap((i, k) => (problem.differenced?.includes(i) ? [k] : [])),
    lower,
    upper,
    up: problem.up ?? 1,
    scale,
    widest: scale.map((first, k) => widestScale(first, lower[k]!, upper[k]!)),
    full,
    evaluations: 0,
    gradients: 0,
    notFinite: undefined,
  };
}

/** A start below this says nothing about the scale of its parameter. */
const TINY = 1e-100;

/** The caller's step if it gave one, else a tenth of the value; 1e-4 to a quarter of a finite range. */
function firstScale(step: number | undefined, value: number, low: number, high: number): number {
  const width = high - low;
  if (step !== undefined && step > 0 && Number.isFinite(step)) return Math.min(step, width / 4);
  const tenth = Math.abs(value) > TINY ? Math.abs(value) / 10 : 0.1;
  return Number.isFinite(width) ? Math.min(Math.max(tenth, 1e-4 * width), width / 4) : tenth;
}

/** The largest scale worth trying: a quarter of the range; without one, far above the first. */
function widestScale(first: number, low: number, high: number): number {
  return Number.isFinite(high - low) ? (high - low) / 4 : 1e8 * first;
}

/** All parameters, for free coordinates `y`, in a vector of its own. */
export function allParameters(space: FreeSpace, y: ArrayLike<number>): Float64Array {
  const x = space.full.slice();
  place(space, y, x);
  return x;
}

/** Puts free coordinates in their places among all parameters. */
function place({ indices }: FreeSpace, y: ArrayLike<number>, x: Float64Array): void {
  for (let k = 0; k < indices.length; k++) x[indices[k]!] = y[k]!;
}

/** The value at free coordinates `y`; a value that is not finite is remembered. */
export function evaluate(space: FreeSpace, y: ArrayLike<number>): number {
  place(space, y, space.full);
  space.evaluations++;
  const value = space.problem.value(space.full);
  if (!Number.isFinite(value)) space.notFinite ??= { x: Float64Array.from(space.full), value };
  return value;
}
