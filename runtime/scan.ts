/**
 * Profiles of χ² on a grid of one or more parameters: at each point the others that are fitted take their best
 * values. What a chunk of the grid gives depends only on the analysis, the grid and the start.
 */
import type { CompiledAnalysis } from "./compiled.ts";
import { RuntimeError } from "./errors.ts";
import { bestFit } from "./fit-search.ts";
import { chiSquare, type Objective } from "./likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
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

/** Starting points beyond the spec's, when unconstrained parameters are profiled. */
const EXTRA_STARTS = 2;

/** Indices of the parameters that are fitted at each point. */
export function profiledParameters(analysis: CompiledAnalysis, axes: readonly ScanAxis[]): readonly number[] {
  return atGrid(analysis, axes).fitted;
}

/** The best fit with the grid's parameters free; where that fails, with them at the values of the spec. */
export function scanStart(analysis: CompiledAnalysis, axes: readonly ScanAxis[]): ScanStart {
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
function atGrid(analysis: CompiledAnalysis, axes: readonly ScanAxis[]): Objective {
  return chiSquare(analysis, { fix: axes.map(({ parameter }) => parameter) });
}

/** A function that computes the points of a chunk, one starting from the other. */
export function scanner(
  analysis: CompiledAnalysis,
  axes: readonly ScanAxis[],
  start: ScanStart,
): (chunk: number) => readonly ScanPoint[] {
  const objective = atGrid(analysis, axes);
  const indices = axes.map(({ parameter }) => objective.names.indexOf(parameter));
  const search: Search = {
    objective,
    start,
    hasValleys: objective.fitted.some((i) => objective.roles[i] === "free"),
  };
  return (chunk) => {
    analysis.forget?.();
    let before: Minimum | undefined;
    return chunkPoints(axes, chunk).map((point) => {
      const at = pointValues(axes, point);
      const place = (from: ArrayLike<number>): Float64Array => {
        const x = Float64Array.from(from);
        indices.forEach((index, k) => {
          x[index] = at[k]!;
        });
        return x;
      };
      const minimum = orUndefined(() => minimumAt(search, place, before));
      if (minimum?.converged) before = minimum;
      return pointOf(objective, point, minimum);
    });
  };
}

interface Search {
  readonly objective: Objective;
  readonly start: ScanStart;
  /** True when unconstrained parameters are profiled: then there may be several minima. */
  readonly hasValleys: boolean;
}

function minimumAt(
  { objective, start, hasValleys }: Search,
  place: (from: ArrayLike<number>) => Float64Array,
  before: Minimum | undefined,
): Minimum {
  const fromStart = (): Minimum => {
    const problem = { ...objective, start: place(start.values) };
    const metric = start.metric === null ? {} : { metric: Float64Array.from(start.metric) };
    const quick = minimise(problem, { ...metric, verify: false });
    if (quick.converged && !hasValleys) return quick;
    return lower(quick, bestFit(problem, hasValleys ? EXTRA_STARTS : 0).minimum);
  };
  if (before === undefined) return fromStart();
  const warm = minimise({ ...objective, start: place(before.x) }, { metric: before.metric, verify: false });
  if (!warm.converged) return lower(warm, fromStart());
  if (!hasValleys) return warm;
  // Another valley may have become the deeper one.
  return lower(warm, minimise({ ...objective, start: place(start.values) }, { verify: false }));
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

function pointOf({ fitted }: Objective, point: number, minimum: Minimum | undefined): ScanPoint {
  if (!minimum?.converged || !Number.isFinite(minimum.value)) {
    return { point, chi2: Number.NaN, converged: false, values: fitted.map(() => Number.NaN) };
  }
  const { value, x } = minimum;
  return { point, chi2: value, converged: true, values: fitted.map((i) => x[i]!) };
}
