/**
 * A way around a wall: where the value is not finite with the others as they were, some of them may have to move before it is. A factor
 * (a − b)^0.5, say, has none when a alone is taken below b.
 */
import { orUndefined } from "./errors.ts";
import type { Problem } from "./minimise-problem.ts";

/** Places that are tried of each parameter: in the middle of equal parts of its range, and so many rough standard deviations away. */
const PARTS = 11;
const STEPS = [-8, -4, -2, -1, 1, 2, 4, 8] as const;

export interface FinitePlace {
  /** The lowest place at which the value is finite; undefined when there is none. */
  readonly x?: Float64Array;
  readonly evaluations: number;
}

/** Moves one parameter at a time that neither `index` nor the problem holds. */
export function finitePlace(problem: Problem, index: number, x: Float64Array): FinitePlace {
  let lowest = Number.POSITIVE_INFINITY;
  let found: Float64Array | undefined;
  let evaluations = 0;
  x.forEach((here, k) => {
    if (k === index || problem.fixed?.has(k)) return;
    for (const at of placesOf(problem, k, here)) {
      const y = x.with(k, at);
      const value = orUndefined(() => problem.value(y)) ?? Number.NaN;
      evaluations++;
      if (!(value < lowest)) continue;
      lowest = value;
      found = y;
    }
  });
  return { ...(found && Number.isFinite(lowest) && { x: found }), evaluations };
}

function placesOf({ lower, upper, step }: Problem, k: number, here: number): readonly number[] {
  const [low, high] = [lower?.[k] ?? Number.NEGATIVE_INFINITY, upper?.[k] ?? Number.POSITIVE_INFINITY];
  const parts = Number.isFinite(high - low)
    ? Array.from({ length: PARTS }, (_, i) => low + ((i + 0.5) / PARTS) * (high - low))
    : [];
  const near = STEPS.map((steps) => here + steps * (step?.[k] ?? 0));
  return [...parts, ...near.filter((at) => at >= low && at <= high && at !== here)];
}
