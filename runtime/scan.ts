/**
 * Profiles of χ² on a grid of one or more parameters: at each point the others that are fitted take their best
 * values. What a chunk of the grid gives depends only on the analysis, the grid and the start.
 */

import type { CompiledAnalysis } from "./compiled.ts";
import { orUndefined } from "./errors.ts";
import { bestFit, isClose, OF_INTEREST } from "./fit-search.ts";
import type { Objective } from "./likelihood.ts";
import { type MinimiseOptions, type Minimum, minimise } from "./minimise.ts";
import { power } from "./power.ts";
import { chunkPoints, pointValues, type ScanAxis } from "./scan-grid.ts";
import { atGrid, EXTRA_STARTS, type Held, type ScanStart, withValues } from "./scan-start.ts";

export * from "./scan-grid.ts";
export { freeGrid, profiledParameters, type ScanStart, scanStart, withValues } from "./scan-start.ts";

/** One point of a profile. */
export interface ScanPoint {
  /** Its number; the last axis is fastest. */
  readonly point: number;
  /** The smallest χ² there, NaN when it was not found. */
  readonly chi2: number;
  readonly converged: boolean;
  /**
   * Values of the profiled parameters there, in the order of `profiledParameters`; without a minimum those that χ² is not finite
   * with, NaN when that is not why.
   */
  readonly values: readonly number[];
}

/**
 * The best values of the others where the grid's parameters have given values, found from a minimum nearby if one is
 * given. Undefined where a table of the spec ends.
 */
export type Profiler = (at: readonly number[], before?: Minimum) => Minimum | undefined;

/** The profile at any values of the parameters. */
export function profiler(analysis: CompiledAnalysis, axes: readonly Held[], start: ScanStart): Profiler {
  const search = searchOn(analysis, axes, start);
  return (at, before) => minimumAt(search, placeAt(search, at), before).minimum;
}

function searchOn(analysis: CompiledAnalysis, axes: readonly Held[], start: ScanStart): Search {
  const objective = atGrid(analysis, axes);
  const indices = axes.map(({ parameter }) => objective.names.indexOf(parameter));
  const hasValleys = objective.fitted.some((i) => objective.roles[i] === "free");
  return { objective, start, indices, hasValleys };
}

function placeAt({ indices }: Search, at: readonly number[]): PlaceAt {
  return (from) => withValues(from, indices, at);
}

/**
 * A function that computes the points of a chunk, one starting from the other. Where another valley than that of the point before has
 * become the lower one, it is followed back as well: it may have been lower already.
 */
export function scanner(
  analysis: CompiledAnalysis,
  axes: readonly ScanAxis[],
  start: ScanStart,
): (chunk: number) => readonly ScanPoint[] {
  const search = searchOn(analysis, axes, start);
  const { fitted } = search.objective;
  const firsts = new FirstPoints(analysis, search);
  return (chunk) => {
    const points = chunkPoints(axes, chunk);
    const path = [...points, ...(search.hasValleys ? chunkPoints(axes, chunk + 1).slice(0, AHEAD) : [])];
    const places = path.map((point) => placeAt(search, pointValues(axes, point)));
    const found: Found[] = [firsts.of(chunk, places[0]!)];
    let before = convergedOf(found[0]!);
    for (const place of places.slice(1, points.length)) {
      const one = minimumAt(search, place, before);
      before = convergedOf(one) ?? before;
      found.push(one);
    }
    lookAhead(search, firsts, chunk + 1, places.slice(points.length), found);
    followBack(search, places, found);
    return points.map((point, i) => pointOf(fitted, point, found[i]?.minimum));
  };
}

/** Points of the next chunk that tell of a valley in which this one has not been. */
const AHEAD = 2;
/** What is lower by less is the same minimum. */
const LOWER = 1e-4;

/** The minimum at a point of the path. */
interface Found {
  readonly minimum: Minimum | undefined;
  /** True when it is, or may be, in another valley than that of the point before. */
  readonly switched: boolean;
}

/** Whether a minimum is of interest and lower than another one there. */
function isLower({ start }: Search, minimum: Minimum | undefined, other: Minimum | undefined): boolean {
  if (!minimum?.converged || !isOfInterest(minimum, start)) return false;
  return !other?.converged || minimum.value < other.value - LOWER;
}

const convergedOf = ({ minimum }: Found): Minimum | undefined => (minimum?.converged ? minimum : undefined);

/**
 * The first point of each chunk, which has none before it. That of the next chunk is looked at as well, and kept for when the same
 * thread goes on with it. What comes after is the same to the last digit, whether it was kept or not.
 */
class FirstPoints {
  readonly #analysis: CompiledAnalysis;
  readonly #search: Search;
  #kept: { readonly chunk: number; readonly found: Found } | undefined;

  constructor(analysis: CompiledAnalysis, search: Search) {
    this.#analysis = analysis;
    this.#search = search;
  }

  of(chunk: number, place: PlaceAt): Found {
    if (this.#kept?.chunk !== chunk) {
      this.#analysis.forget?.();
      this.#kept = { chunk, found: minimumAt(this.#search, place, undefined) };
    }
    this.#analysis.forget?.();
    return this.#kept.found;
  }
}

/** The next points as their own chunk finds the first of them, if that is in another valley. */
function lookAhead(
  search: Search,
  firsts: FirstPoints,
  chunk: number,
  places: readonly PlaceAt[],
  found: Found[],
): void {
  const [first, second] = places;
  const last = found.at(-1)?.minimum;
  if (first === undefined || !last?.converged) return;
  const { minimum } = firsts.of(chunk, first);
  const same = orUndefined(() => from(search, first, last.x));
  const isOther = minimum !== undefined && isFar(search, first, minimum, last);
  if (!isOther && !isLower(search, minimum, same)) return;
  found.push({ minimum, switched: true });
  if (second !== undefined) found.push(minimumAt(search, second, minimum));
}

/** From each point with another valley back along it, from the next points and on their line, as long as it is the lower one. */
function followBack(search: Search, places: readonly PlaceAt[], found: Found[]): void {
  for (let i = found.length - 2; i >= 0; i--) {
    const [ahead, after] = [found[i + 1]!, found[i + 2]];
    if (!ahead.switched || !ahead.minimum) continue;
    const starts = [
      ahead.minimum.x,
      ...(after?.minimum?.converged ? [onLine(search, ahead.minimum.x, after.minimum.x)] : []),
    ];
    const tried = starts.flatMap((start) => orUndefined(() => from(search, places[i]!, start)) ?? []);
    for (const one of tried) {
      const known = found[i]!.minimum;
      if (!one.converged || (known?.converged && known.value < one.value + LOWER)) continue;
      found[i] = { minimum: one, switched: true };
    }
  }
}

/** As far before `next` as `after` is behind it, in the logarithm where the spec says so. */
function onLine({ objective }: Search, next: Float64Array, after: Float64Array): Float64Array {
  const { parameters, lower: low, upper: high } = objective;
  return next.map((value, i) => {
    const isLog = parameters[i]!.log && value > 0 && after[i]! > 0;
    const before = isLog ? (value / after[i]!) * value : 2 * value - after[i]!;
    return Math.min(high[i]!, Math.max(low[i]!, before));
  });
}

function from(
  { objective, start }: Search,
  place: PlaceAt,
  values: ArrayLike<number>,
  limit: Pick<MinimiseOptions, "maxEvaluations"> = {},
): Minimum {
  const metric = start.metric === null ? {} : { metric: Float64Array.from(start.metric) };
  return minimise({ ...objective, start: place(values) }, { ...metric, ...limit, verify: false });
}

/** Most evaluations of a fit that follows its start easily. */
function easily({ objective: { fitted } }: Search): number {
  return 20 + 10 * fitted.length;
}

/** Parameters with the grid's ones at their values of a point. */
type PlaceAt = (from: ArrayLike<number>) => Float64Array;

interface Search {
  readonly objective: Objective;
  readonly start: ScanStart;
  /** The grid's parameters, by index. */
  readonly indices: readonly number[];
  /** True when unconstrained parameters are profiled: then there may be several minima. */
  readonly hasValleys: boolean;
}

function minimumAt(search: Search, place: PlaceAt, before: Minimum | undefined): Found {
  const { start, hasValleys } = search;
  const warm = orUndefined(() =>
    before === undefined ? fromStart(search, place) : follow(search, place, before),
  );
  if (!hasValleys || warm === undefined) return { minimum: warm, switched: false };
  // Another valley may have become the deeper one.
  const again = before !== undefined && isOfInterest(warm, start) ? [start.values] : [];
  // None is lower in its valley than at its minimum.
  const valleys = start.others.filter(({ chi2 }) => chi2 < warm.value).map(({ values }) => values);
  // A valley that is followed to here with difficulty is not of interest here either.
  const limit = isOfInterest(warm, start) ? {} : { maxEvaluations: easily(search) };
  const others = [...again, ...valleys].flatMap(
    (values) => orUndefined(() => from(search, place, values, limit)) ?? [],
  );
  const minimum = others.reduce(lower, warm);
  const switched =
    before !== undefined && (isLower(search, minimum, warm) || isFar(search, place, minimum, before));
  return { minimum, switched };
}

/**
 * Whether a minimum lies far from that of the point before: where a valley ends, a descent from it falls into another one, which may have
 * been the lower one for long.
 */
function isFar({ start }: Search, place: PlaceAt, minimum: Minimum, before: Minimum): boolean {
  if (!minimum.converged || !isOfInterest(minimum, start)) return false;
  return !isClose({ x: place(before.x) }, minimum);
}

function follow(search: Search, place: PlaceAt, { x, metric }: Minimum): Minimum {
  const warm = minimise({ ...search.objective, start: place(x) }, { metric, verify: false });
  return warm.converged ? warm : lower(warm, fromStart(search, place));
}

function fromStart(search: Search, place: PlaceAt): Minimum {
  const { objective, start, hasValleys } = search;
  const walked = walk(search, place);
  if (walked.converged && !(hasValleys && isOfInterest(walked, start))) return walked;
  const problem = { ...objective, start: place(start.values) };
  const found = bestFit(problem, hasValleys ? EXTRA_STARTS : 0, { descents: false }).minimum;
  // What has failed on the way has not failed here.
  return walked.converged ? lower(walked, found) : found;
}

function isOfInterest({ value }: Minimum, { chi2 }: ScanStart): boolean {
  return chi2 === null || value < chi2 + OF_INTEREST;
}

/** Steps of a walk are halved at most this often. */
const HALVINGS = 6;

/**
 * From the start to a point of the grid by as few steps as fits follow easily, each beginning where the last one ended:
 * a signal of many orders of magnitude is not followed at once.
 */
function walk(search: Search, place: PlaceAt): Minimum {
  const { objective, start, indices } = search;
  const goal = place(start.values);
  const between = (from: Float64Array, part: number): Float64Array => {
    const x = Float64Array.from(from);
    for (const index of indices) {
      const [low, high] = [start.values[index]!, goal[index]!];
      const log = objective.parameters[index]!.log && low > 0 && high > 0;
      x[index] = log ? low * power(high / low, part) : low + part * (high - low);
      if (part === 1) x[index] = high;
    }
    return x;
  };
  let x: Float64Array = Float64Array.from(start.values);
  let metric: Pick<MinimiseOptions, "metric"> =
    start.metric === null ? {} : { metric: Float64Array.from(start.metric) };
  let step = 1;
  for (let at = 0; ; ) {
    const next = Math.min(1, at + step);
    const mayHalve = step > 2 ** -HALVINGS;
    const limit = mayHalve ? { maxEvaluations: easily(search) } : {};
    const found = minimise({ ...objective, start: between(x, next) }, { ...metric, ...limit, verify: false });
    if (!found.converged && mayHalve) {
      step /= 2;
      continue;
    }
    if (!found.converged || next === 1) return found;
    at = next;
    step *= 2;
    x = found.x;
    metric = { metric: found.metric };
  }
}

function lower(a: Minimum, b: Minimum): Minimum {
  if (!b.converged) return a;
  return !a.converged || b.value < a.value ? b : a;
}

function pointOf(fitted: readonly number[], point: number, minimum: Minimum | undefined): ScanPoint {
  if (!minimum?.converged || !Number.isFinite(minimum.value)) {
    const values = fitted.map((i) => minimum?.notFinite?.x[i] ?? Number.NaN);
    return { point, chi2: Number.NaN, converged: false, values };
  }
  const { value, x } = minimum;
  return { point, chi2: value, converged: true, values: fitted.map((i) => x[i]!) };
}
