/**
 * Profiles of χ² on a grid of one or more parameters: at each point the others that are fitted take their best
 * values. What a chunk of the grid gives depends only on the analysis, the grid and the start.
 */

import type { CompiledAnalysis } from "./compiled.ts";
import { RuntimeError } from "./errors.ts";
import { bestFit } from "./fit-search.ts";
import { chiSquare, type Objective } from "./likelihood.ts";
import { type MinimiseOptions, type Minimum, minimise } from "./minimise.ts";
import { power } from "./power.ts";
import { chunkPoints, pointValues, type ScanAxis } from "./scan-grid.ts";

export * from "./scan-grid.ts";

/** Where every chunk begins. Plain numbers, so that it can be sent to other threads and machines. */
export interface ScanStart {
  /** χ² of the best fit with the grid's parameters free; null when there was no minimum. */
  readonly chi2: number | null;
  /** Best values of all parameters, those of the grid too. */
  readonly values: readonly number[];
  /** Second derivatives to begin with; null when there are none. */
  readonly metric: readonly number[] | null;
}

/** One point of a profile. */
export interface ScanPoint {
  /** Its number; the last axis is fastest. */
  readonly point: number;
  /** The smallest χ² there, NaN when it was not found. */
  readonly chi2: number;
  readonly converged: boolean;
  /** Values of the profiled parameters there, in the order of `profiledParameters`. */
  readonly values: readonly number[];
}

/** A parameter that is held while others are fitted. */
type Held = Pick<ScanAxis, "parameter">;

/** Starting points beyond the spec's, when unconstrained parameters are profiled. */
const EXTRA_STARTS = 2;

/** Indices of the parameters that are fitted at each point. */
export function profiledParameters(analysis: CompiledAnalysis, axes: readonly Held[]): readonly number[] {
  return atGrid(analysis, axes).fitted;
}

/** The best fit with the grid's parameters free; where that fails, with them at the values of the spec. */
export function scanStart(analysis: CompiledAnalysis, axes: readonly Held[]): ScanStart {
  const names = new Set(axes.map(({ parameter }) => parameter));
  const held = analysis.parameters.filter(({ name, role }) => names.has(name) && role === "fixed");
  const free = chiSquare(analysis, { free: held.map(({ name }) => name) });
  const { minimum } = bestFit(free, EXTRA_STARTS);
  if (minimum.converged) return startFrom(minimum, minimum.value);
  const fallback = minimise(atGrid(analysis, axes));
  if (fallback.converged) return startFrom(fallback, null);
  return { chi2: null, values: analysis.parameters.map(({ value }) => value), metric: null };
}

function startFrom({ x, metric }: Minimum, chi2: number | null): ScanStart {
  const usable = metric.every(Number.isFinite);
  return { chi2, values: [...x], metric: usable ? [...metric] : null };
}

/** χ² with the grid's parameters held. */
function atGrid(analysis: CompiledAnalysis, axes: readonly Held[]): Objective {
  return chiSquare(analysis, { fix: axes.map(({ parameter }) => parameter) });
}

/**
 * The best values of the others where the grid's parameters have given values, found from a minimum nearby if one is
 * given. Undefined where a table of the spec ends.
 */
export type Profiler = (at: readonly number[], before?: Minimum) => Minimum | undefined;

/** The profile at any values of the parameters. */
export function profiler(analysis: CompiledAnalysis, axes: readonly Held[], start: ScanStart): Profiler {
  const objective = atGrid(analysis, axes);
  const indices = axes.map(({ parameter }) => objective.names.indexOf(parameter));
  const hasValleys = objective.fitted.some((i) => objective.roles[i] === "free");
  const search: Search = { objective, start, indices, hasValleys };
  return (at, before) => {
    const place = (from: ArrayLike<number>): Float64Array => {
      const x = Float64Array.from(from);
      indices.forEach((index, k) => {
        x[index] = at[k]!;
      });
      return x;
    };
    return orUndefined(() => minimumAt(search, place, before));
  };
}

/** A function that computes the points of a chunk, one starting from the other. */
export function scanner(
  analysis: CompiledAnalysis,
  axes: readonly ScanAxis[],
  start: ScanStart,
): (chunk: number) => readonly ScanPoint[] {
  const profile = profiler(analysis, axes, start);
  const fitted = profiledParameters(analysis, axes);
  return (chunk) => {
    analysis.forget?.();
    let before: Minimum | undefined;
    return chunkPoints(axes, chunk).map((point) => {
      const minimum = profile(pointValues(axes, point), before);
      if (minimum?.converged) before = minimum;
      return pointOf(fitted, point, minimum);
    });
  };
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

/** Above the smallest χ² by more than this, ten standard deviations, no other minima are looked for. */
const OF_INTEREST = 100;

function minimumAt(search: Search, place: PlaceAt, before: Minimum | undefined): Minimum {
  const { objective, start, hasValleys } = search;
  if (before === undefined) return fromStart(search, place);
  const warm = minimise({ ...objective, start: place(before.x) }, { metric: before.metric, verify: false });
  if (!warm.converged) return lower(warm, fromStart(search, place));
  if (!hasValleys || !isOfInterest(warm, start)) return warm;
  // Another valley may have become the deeper one.
  return lower(warm, minimise({ ...objective, start: place(start.values) }, { verify: false }));
}

function fromStart(search: Search, place: PlaceAt): Minimum {
  const { objective, start, hasValleys } = search;
  const walked = walk(search, place);
  if (walked.converged && !(hasValleys && isOfInterest(walked, start))) return walked;
  const problem = { ...objective, start: place(start.values) };
  return lower(walked, bestFit(problem, hasValleys ? EXTRA_STARTS : 0).minimum);
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
function walk({ objective, start, indices }: Search, place: PlaceAt): Minimum {
  const most = 20 + 10 * objective.fitted.length;
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
    const limit = mayHalve ? { maxEvaluations: most } : {};
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

/** A table that a point of the grid leads out of spoils this point, not the scan. */
function orUndefined<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RuntimeError) return undefined;
    throw error;
  }
}

function pointOf(fitted: readonly number[], point: number, minimum: Minimum | undefined): ScanPoint {
  if (!minimum?.converged || !Number.isFinite(minimum.value)) {
    return { point, chi2: Number.NaN, converged: false, values: fitted.map(() => Number.NaN) };
  }
  const { value, x } = minimum;
  return { point, chi2: value, converged: true, values: fitted.map((i) => x[i]!) };
}
