/**
 * Impacts of nuisances on the parameters of interest: how far the best value of each moves when one nuisance is held one
 * standard deviation of the fit above or below its best value, the others at their best values again. What is left of the
 * prior error counts, so that a nuisance that the data fix has little impact.
 */
import type { CompiledAnalysis } from "./compiled.ts";
import { type FitResult, nuisanceErrors } from "./fit.ts";
import { chiSquare, type Objective, type ObjectiveOptions } from "./likelihood.ts";
import { minimise } from "./minimise.ts";

/** Of one nuisance on one free parameter. */
export interface Impact {
  readonly nuisance: string;
  readonly parameter: string;
  /** Shifts of the parameter, in its unit, with the nuisance below and above; NaN where there was no fit. */
  readonly shifts: readonly [below: number, above: number];
}

/** Impacts in a fit that has converged, those of the first parameter first and the largest first. `options` are those of the fit. */
export function impacts(
  analysis: CompiledAnalysis,
  result: FitResult,
  options: ObjectiveOptions = {},
): readonly Impact[] {
  const objective = chiSquare(analysis, options);
  const free = objective.fitted.filter((index) => objective.roles[index] === "free");
  const moved = result.nuisances.map((one) => {
    const { name } = one;
    const index = objective.names.indexOf(name);
    const [minus, plus] = nuisanceErrors(one);
    const ends = [-minus, plus].map((shift) => heldAt(objective, result, index, shift));
    return { nuisance: name, ends };
  });
  return free.flatMap((index) => {
    const own = moved.map(({ nuisance, ends }): Impact => {
      const [below, above] = ends.map((x) =>
        x === undefined ? Number.NaN : x[index]! - result.values[index]!,
      );
      return { nuisance, parameter: objective.names[index]!, shifts: [below!, above!] };
    });
    return own.sort((a, b) => sizeOf(b) - sizeOf(a));
  });
}

/** The larger of the two shifts. */
export function sizeOf({ shifts }: Impact): number {
  return Math.max(0, ...shifts.map(Math.abs).filter(Number.isFinite));
}

/** Best values of all parameters with one of them shifted and held. */
function heldAt(
  objective: Objective,
  { values }: FitResult,
  index: number,
  shift: number,
): Float64Array | undefined {
  const start = Float64Array.from(values);
  start[index] = Math.min(objective.upper[index]!, Math.max(objective.lower[index]!, values[index]! + shift));
  if (!Number.isFinite(start[index])) return undefined;
  const found = minimise(
    { ...objective, start, fixed: new Set(objective.fixed).add(index) },
    { verify: false },
  );
  return found.converged ? found.x : undefined;
}
