/** Minimisations from random points of the ranges: evidence that no minimum was missed. */

import type { Objective } from "./likelihood.ts";
import type { Minimum } from "./minimise.ts";
import { power } from "./power.ts";
import { RandomStream } from "./random.ts";

export interface RandomStartOptions {
  readonly count: number;
  /** The same seed gives the same points. */
  readonly seed: number;
}

/** Where minimisations from random points ended. */
export interface RandomStarts extends RandomStartOptions {
  /** How many in the best minimum and in each of the others that are reported, in their order. */
  readonly endedIn: readonly number[];
  /** In minima that are too high to be reported. */
  readonly higher: number;
  /** That did not converge. */
  readonly failed: number;
}

/**
 * Points of the ranges, evenly (in the logarithm where the spec says so); parameters without finite ranges are drawn from a
 * Gaussian around their starts, of twice their rough standard deviations.
 */
export function randomPoints(
  objective: Objective,
  { count, seed }: RandomStartOptions,
): readonly Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const stream = new RandomStream(seed, [0, i]);
    const x = Float64Array.from(objective.start);
    for (const index of objective.fitted) x[index] = drawn(objective, index, stream);
    return x;
  });
}

function drawn(objective: Objective, index: number, stream: RandomStream): number {
  const { start, step, lower, upper } = objective;
  const [low, high] = [lower[index]!, upper[index]!];
  if (Number.isFinite(high - low)) return placeIn(objective, index, stream.uniform());
  return Math.min(high, Math.max(low, stream.normal(start[index], 2 * step[index]!)));
}

/** Part of the way through a finite range, in the logarithm where the spec says so. */
export function placeIn({ parameters, lower, upper }: Objective, index: number, part: number): number {
  const [low, high] = [lower[index]!, upper[index]!];
  return parameters[index]!.log && low > 0 ? low * power(high / low, part) : low + part * (high - low);
}

/**
 * Point `k` of a sequence that fills the ranges of the free parameters evenly, however long it is: steps by powers of the inverse root of
 * g^(n+1) = g + 1, modulo 1, for n parameters (a Kronecker sequence; the choice of g is that of M. Roberts, 2018). The others are as in `x`, those without a finite range too.
 */
export function evenPoint(objective: Objective, x: Float64Array, k: number): Float64Array {
  const indices = rangedParameters(objective);
  const step = 1 / goldenRoot(indices.length);
  const point = Float64Array.from(x);
  let share = 1;
  for (const index of indices) {
    share *= step;
    const part = 0.5 + (k + 1) * share;
    point[index] = placeIn(objective, index, part - Math.floor(part));
  }
  return point;
}

/** Free parameters with a finite range. */
export function rangedParameters({ fitted, roles, lower, upper }: Objective): readonly number[] {
  return fitted.filter(
    (i) => roles[i] === "free" && Number.isFinite(upper[i]! - lower[i]!) && upper[i]! > lower[i]!,
  );
}

/** The positive root of g^(n+1) = g + 1: the golden ratio for one dimension. */
function goldenRoot(dimensions: number): number {
  let root = 1.5;
  for (let i = 0; i < 60; i++) root = power(1 + root, 1 / (dimensions + 1));
  return root;
}

/** Counts where minimisations from the points ended; `isIn` says whether that is in the basin of a minimum. */
export function tally(
  options: RandomStartOptions,
  ends: readonly Minimum[],
  minima: readonly Minimum[],
  isIn: (end: Minimum, minimum: Minimum) => boolean,
): RandomStarts {
  const endedIn = minima.map(() => 0);
  let higher = 0;
  const converged = ends.filter((end) => end.converged);
  for (const end of converged) {
    const place = minima.findIndex((minimum) => isIn(end, minimum));
    if (place >= 0) endedIn[place]! += 1;
    else higher += 1;
  }
  return { ...options, endedIn, higher, failed: ends.length - converged.length };
}
