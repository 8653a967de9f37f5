import type { Objective } from "./likelihood.ts";
import { type MinimiseOptions, type Minimum, minimise } from "./minimise.ts";
import { power, square } from "./power.ts";
import {
  evenPoint,
  type RandomStartOptions,
  type RandomStarts,
  randomPoints,
  rangedParameters,
  tally,
} from "./random-starts.ts";

/** A minimum that is not the best one. */
export interface OtherMinimum {
  /** χ² above the best minimum. */
  readonly above: number;
  /** All parameters. */
  readonly values: Float64Array;
}

export interface BestFit {
  readonly minimum: Minimum;
  readonly others: readonly OtherMinimum[];
  /** Where random starts ended, when there were any. */
  readonly randomStarts?: RandomStarts;
  /** Calls of the value function and of the exact gradient, scans included. */
  readonly evaluations: number;
}

/** Points of the coarse scan of a parameter, in the middle of as many equal parts of its range. */
const SCAN_POINTS = 11;
/** Tolerance, in χ², of the minimisations that only look for other basins. */
const ROUGH_TOLERANCE = 1e-3;
/** Other minima are reported up to this height above the best: three standard deviations. */
export const REPORTED_HEIGHT = 9;
/** Minima that are higher by more than this, ten standard deviations, are the lowest nowhere on a grid and of no toy. */
export const OF_INTEREST = 100;
/** Two minima are the same when they are closer than this many standard deviations. */
const SAME_DISTANCE = 0.5;
/** Points between two minima at which a rise of χ² by more than the barrier parts them. */
const WAY = [0.25, 0.5, 0.75] as const;
const BARRIER = 0.1;

/** Descents from points of the ranges end when so many in a row, and one for each free parameter, found nothing new; or when there were so many. */
const PATIENCE = 10;
const MOST_DESCENTS = 100;

/**
 * The best minimum from several starts: the spec's values, and up to `extraStarts` other basins that a coarse
 * scan of each free parameter with a finite range shows, the nuisances at their starts; where several parameters are free, points
 * that fill their ranges, as long as descents from them find minima; and random points of the ranges.
 */
export function bestFit(
  objective: Objective,
  extraStarts: number,
  { maxEvaluations, random, height = REPORTED_HEIGHT, descents = true }: SearchOptions = {},
): BestFit {
  const limit = { height, ...(maxEvaluations !== undefined && { maxEvaluations }) };
  const first = minimise(objective, limit);
  let evaluations = first.evaluations + first.gradients;
  const scan =
    extraStarts > 0 ? scanStarts(objective, first.value, extraStarts) : { starts: [], evaluations: 0 };
  evaluations += scan.evaluations;
  const minima = first.converged ? [first] : [];
  const failed = first.converged ? [] : [first];
  const search = { objective, minima, failed, limit };
  for (const start of scan.starts) evaluations += lowerOrOther(search, start).evaluations;
  if (extraStarts > 0 && descents) evaluations += descend(search, first);
  const points = random === undefined ? [] : randomPoints(objective, random);
  const ends = points.map((start) => minimise({ ...objective, start }, limit));
  for (const end of ends) {
    const known = isKnown(objective, end, minima);
    evaluations += end.evaluations + end.gradients + known.evaluations;
    const isLower = end.value < Math.min(...minima.map(({ value }) => value)) - ROUGH_TOLERANCE;
    if (end.converged && (!known.yes || isLower)) minima.push(end);
    else if (!end.converged) failed.push(end);
  }
  minima.sort((a, b) => a.value - b.value);
  const minimum = lowestOf(minima, failed) ?? first;
  const others: (OtherMinimum & { readonly minimum: Minimum })[] = [];
  for (const other of minima.slice(1)) {
    const above = other.value - minimum.value;
    if (above >= height) continue;
    // Found before a lower one of the same basin, it is no minimum of its own.
    const known = isKnown(objective, other, [minimum, ...others.map((one) => one.minimum)]);
    evaluations += known.evaluations;
    if (!known.yes) others.push({ above, values: other.x, minimum: other });
  }
  const found = { minimum, others: others.map(({ above, values }) => ({ above, values })), evaluations };
  if (random === undefined) return found;
  const all = [minimum, ...others.map((other) => other.minimum)];
  const isIn = (end: Minimum, one: Minimum): boolean =>
    Math.abs(end.value - one.value) < BARRIER && isKnown(objective, end, [one]).yes;
  return { ...found, randomStarts: tally(random, ends, all, isIn) };
}

/** The best minimum; what did not converge, where that is lower: the minimum is not known then. */
function lowestOf(minima: readonly Minimum[], failed: readonly Minimum[]): Minimum | undefined {
  const [best] = minima;
  return failed.reduce(
    (lowest, one) => (lowest !== undefined && one.value < lowest.value - ROUGH_TOLERANCE ? one : lowest),
    best,
  );
}

/** A search with what it has found: minima, and ends of minimisations that did not converge. */
interface Search {
  readonly objective: Objective;
  readonly minima: Minimum[];
  readonly failed: Minimum[];
  readonly limit: Limit;
}

/** Finds the minima that are met from points of the ranges; with one free parameter its scan has shown them. */
function descend(search: Search, { x }: Minimum): number {
  const { objective } = search;
  const dimensions = rangedParameters(objective).length;
  if (dimensions < 2) return 0;
  let evaluations = 0;
  let inVain = 0;
  for (let k = 0; k < MOST_DESCENTS && inVain < PATIENCE + dimensions; k++) {
    const found = lowerOrOther(search, evenPoint(objective, x, k));
    evaluations += found.evaluations;
    inVain = found.isNew ? 0 : inVain + 1;
  }
  return evaluations;
}

export interface SearchOptions {
  readonly maxEvaluations?: number | undefined;
  readonly random?: RandomStartOptions | undefined;
  /** Minima up to this height above the best are of interest: three standard deviations unless given. */
  readonly height?: number;
  /** Whether minima are looked for from points of the ranges as well; unless given they are. */
  readonly descents?: boolean;
}

type Limit = MinimiseOptions & Required<Pick<SearchOptions, "height">>;

/** Adds the minimum in the basin of `start` if it is a new one. */
function lowerOrOther(
  { objective, minima: known, failed, limit }: Search,
  start: Float64Array,
): { readonly isNew: boolean; readonly evaluations: number } {
  const rough = minimise({ ...objective, start }, { ...limit, tolerance: ROUGH_TOLERANCE, verify: false });
  let evaluations = rough.evaluations + rough.gradients;
  const lowest = Math.min(...known.map(({ value }) => value));
  if (rough.value > lowest + limit.height) return { isNew: false, evaluations };
  const early = isKnown(objective, rough, known);
  evaluations += early.evaluations;
  // A way down without a barrier may still lead below what is known.
  if (early.yes && rough.value > lowest - ROUGH_TOLERANCE) return { isNew: false, evaluations };
  const minimum = minimise({ ...objective, start: rough.x }, { ...limit, metric: rough.metric });
  evaluations += minimum.evaluations + minimum.gradients;
  const late = isKnown(objective, minimum, known);
  evaluations += late.evaluations;
  const isNew = minimum.converged && (!late.yes || minimum.value < lowest - ROUGH_TOLERANCE);
  if (isNew) known.push(minimum);
  else if (!minimum.converged) failed.push(minimum);
  return { isNew, evaluations };
}

/** Whether a minimum belongs with one that is known: close to it, or with no rise on the straight way to it. */
export function isKnown(
  objective: Objective,
  minimum: Minimum,
  known: readonly Minimum[],
): { readonly yes: boolean; readonly evaluations: number } {
  let evaluations = 0;
  const yes = known.some((other) => {
    if (isClose(minimum, other)) return true;
    evaluations += WAY.length;
    return !areParted(objective, minimum, other);
  });
  return { yes, evaluations };
}

/** Whether the value rises on the straight way between two places above that at either of them. */
export function areParted(
  { value }: Pick<Objective, "value">,
  one: Pick<Minimum, "x" | "value">,
  other: Pick<Minimum, "x" | "value">,
): boolean {
  return !WAY.every((part) => {
    const between = other.x.map((x, i) => x + part * (one.x[i]! - x));
    return value(between) < Math.max(one.value, other.value) + BARRIER;
  });
}

/** Whether a minimum lies within half a standard deviation, by the metric of the other. */
export function isClose(minimum: Pick<Minimum, "x">, { x, metric }: Pick<Minimum, "x" | "metric">): boolean {
  const n = x.length;
  let rise = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      rise += 0.5 * metric[i * n + j]! * (minimum.x[i]! - x[i]!) * (minimum.x[j]! - x[j]!);
    }
  }
  return rise < square(SAME_DISTANCE);
}

interface ScanPoint {
  readonly x: Float64Array;
  readonly at: number;
  readonly value: number;
  readonly isStart: boolean;
}

/**
 * The lowest local minima of coarse scans other than at the start itself, and the model without what the free
 * parameters stand for, when that comes near the best minimum so far.
 */
export function scanStarts(
  objective: Objective,
  best: number,
  most: number,
): { readonly starts: Float64Array[]; readonly evaluations: number } {
  const found: ScanPoint[] = [];
  let evaluations = 0;
  const evaluate = (x: Float64Array): number => {
    evaluations++;
    const value = objective.value(x);
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const startValue = evaluate(objective.start);
  for (const index of objective.fitted.filter((i) => objective.roles[i] === "free")) {
    const line: ScanPoint[] = scanValues(objective, index).map((at) => {
      const x = Float64Array.from(objective.start);
      x[index] = at;
      return { x, at, value: evaluate(x), isStart: false };
    });
    if (line.length === 0) continue;
    const here = objective.start[index]!;
    line.push({ x: objective.start, at: here, value: startValue, isStart: true });
    line.sort((a, b) => a.at - b.at);
    line.forEach((point, k) => {
      const below = line[k - 1]?.value ?? Number.POSITIVE_INFINITY;
      const above = line[k + 1]?.value ?? Number.POSITIVE_INFINITY;
      const lowest = point.value <= below && point.value <= above;
      if (lowest && !point.isStart && Number.isFinite(point.value)) found.push(point);
    });
  }
  found.sort((a, b) => a.value - b.value);
  const starts = found.slice(0, most).map(({ x }) => x);
  const nothing = atZero(objective);
  if (nothing !== undefined && evaluate(nothing) < best + REPORTED_HEIGHT) starts.push(nothing);
  return { starts, evaluations };
}

/** All free parameters that may vanish at zero: the model without what they stand for. */
function atZero({ start, lower, upper, fitted, roles }: Objective): Float64Array | undefined {
  const vanishing = fitted.filter((i) => roles[i] === "free" && lower[i]! <= 0 && upper[i]! >= 0);
  if (vanishing.length === 0) return undefined;
  const x = Float64Array.from(start);
  for (const index of vanishing) x[index] = 0;
  return x;
}

/** Decades below the ends of a range around or above zero that are tried as well: couplings may be small. */
const SMALL_VALUES = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 1e-4] as const;

/** Values to try of a parameter with a finite range, evenly spaced (in the logarithm where the spec says so). */
function scanValues({ parameters, lower, upper }: Objective, index: number): number[] {
  const low = lower[index]!;
  const high = upper[index]!;
  if (!Number.isFinite(high - low) || high === low) return [];
  const parts = Array.from({ length: SCAN_POINTS }, (_, k) => (k + 0.5) / SCAN_POINTS);
  if (parameters[index]!.log && low > 0) return parts.map((part) => low * power(high / low, part));
  const even = parts.map((part) => low + part * (high - low));
  if (low > 0 || high < 0) return even;
  const small = SMALL_VALUES.flatMap((size) => [size * low, size * high]).filter((value) => value !== 0);
  return [...even, ...small];
}
