/** Other values of the parameters, across what fits may move them to. */
import type { CompiledAnalysis, ParameterInfo } from "./compiled.ts";

/** Where parameters are looked at, as shares of the way through their ranges. */
export const SHARES: readonly number[] = [0.03, 0.25, 0.5, 0.75, 0.97];

/** A place in the range of a parameter, or around its value where the range has no end. */
export function placeIn({ value, range: [low, high], constraint }: ParameterInfo, share: number): number {
  const width = constraint?.sigma ?? (Math.abs(value) || 1);
  const from = Number.isFinite(low) ? low : Math.min(value, high) - width;
  const to = Number.isFinite(high) ? high : Math.max(value, from) + width;
  return from + share * (to - from);
}

/**
 * All parameters with those that are fitted and zero in `x` in the middle of their ranges: a signal that is not there is, then; and
 * the same with each of the others that are free elsewhere in its range.
 */
export function alternativesTo({ parameters }: CompiledAnalysis, x: Float64Array): readonly Float64Array[] {
  const isFitted = ({ role }: ParameterInfo): boolean => role !== "fixed";
  const on = x.map((value, i) =>
    value === 0 && isFitted(parameters[i]!) ? placeIn(parameters[i]!, 0.5) : value,
  );
  const moved = parameters.flatMap((one, i) =>
    one.role === "free" && x[i] !== 0 ? SHARES.map((share) => on.with(i, placeIn(one, share))) : [],
  );
  return [on, ...moved];
}
