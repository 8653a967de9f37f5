/** Where scans begin: the best fit with the parameters of the grid free, and the fits in which they are held. */
import type { CompiledAnalysis } from "./compiled.ts";
import { bestFit, isClose, OF_INTEREST, type OtherMinimum } from "./fit-search.ts";
import { chiSquare, type Objective } from "./likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
import type { RandomStartOptions } from "./random-starts.ts";
import type { ScanAxis } from "./scan-grid.ts";

/** Where every chunk begins. Plain numbers, so that it can be sent to other threads and machines. */
export interface ScanStart {
  /** The lowest χ² that was met with the grid's parameters free; null when none was. */
  readonly chi2: number | null;
  /** Whether it is that of a best fit, at `values`. */
  readonly isFit: boolean;
  /** Best values of all parameters, those of the grid too. */
  readonly values: readonly number[];
  /** Second derivatives to begin with; null when there are none. */
  readonly metric: readonly number[] | null;
  /** Other minima that were met, the lowest first: χ², and the values of all parameters. */
  readonly others: readonly { readonly chi2: number; readonly values: readonly number[] }[];
}

/** A parameter that is held while others are fitted. */
export type Held = Pick<ScanAxis, "parameter">;

/** Starting points beyond the spec's, when unconstrained parameters are profiled. */
export const EXTRA_STARTS = 2;
/** Other minima that each point is sought from as well. */
const MOST_OTHERS = 5;

/** Indices of the parameters that are fitted at each point. */
export function profiledParameters(analysis: CompiledAnalysis, axes: readonly Held[]): readonly number[] {
  return atGrid(analysis, axes).fitted;
}

/**
 * The best fit with the grid's parameters free, sought from `random` points as well; where that fails, with them at the values of
 * the spec.
 */
export function scanStart(
  analysis: CompiledAnalysis,
  axes: readonly Held[],
  random?: RandomStartOptions,
): ScanStart {
  const { minimum, others } = bestFit(freeGrid(analysis, axes), EXTRA_STARTS, {
    height: OF_INTEREST,
    random,
  });
  if (minimum.converged) {
    const known = distinctOn(analysis, axes, minimum, others).slice(0, MOST_OTHERS);
    return {
      ...startFrom(minimum, minimum.value, true),
      others: known.map(({ above, values }) => ({ chi2: minimum.value + above, values: [...values] })),
    };
  }
  const fallback = minimise(atGrid(analysis, axes));
  const met = [minimum.value, fallback.value].filter(Number.isFinite);
  const chi2 = met.length > 0 ? Math.min(...met) : null;
  if (fallback.converged) return startFrom(fallback, chi2, false);
  const values = analysis.parameters.map(({ value }) => value);
  return { chi2, isFit: false, values, metric: null, others: [] };
}

/** Minima that differ from the best one and from each other in more than the parameters of the grid: others are one start at each point. */
function distinctOn(
  { parameters }: CompiledAnalysis,
  axes: readonly Held[],
  { x, metric }: Minimum,
  others: readonly OtherMinimum[],
): readonly OtherMinimum[] {
  const names = parameters.map(({ name }) => name);
  const indices = axes.map(({ parameter }) => names.indexOf(parameter));
  const onGrid = indices.map((index) => x[index]!);
  const starts = [x];
  return others.filter(({ values }) => {
    const start = withValues(values, indices, onGrid);
    if (starts.some((known) => isClose({ x: start }, { x: known, metric }))) return false;
    starts.push(start);
    return true;
  });
}

/** χ² with the grid's parameters free, also those that the analysis fixes. */
export function freeGrid(analysis: CompiledAnalysis, axes: readonly Held[]): Objective {
  const names = new Set(axes.map(({ parameter }) => parameter));
  const held = analysis.parameters.filter(({ name, role }) => names.has(name) && role === "fixed");
  return chiSquare(analysis, { free: held.map(({ name }) => name) });
}

function startFrom({ x, metric }: Minimum, chi2: number | null, isFit: boolean): ScanStart {
  const usable = metric.every(Number.isFinite);
  return { chi2, isFit, values: [...x], metric: usable ? [...metric] : null, others: [] };
}

/** χ² with the grid's parameters held. */
export function atGrid(analysis: CompiledAnalysis, axes: readonly Held[]): Objective {
  return chiSquare(analysis, { fix: axes.map(({ parameter }) => parameter) });
}

/** All parameters, those of some indices with other values. */
export function withValues(
  from: ArrayLike<number>,
  indices: readonly number[],
  values: readonly number[],
): Float64Array {
  const x = Float64Array.from(from);
  indices.forEach((index, k) => {
    x[index] = values[k]!;
  });
  return x;
}
