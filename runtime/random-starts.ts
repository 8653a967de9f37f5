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

function drawn(
  { parameters, start, step, lower, upper }: Objective,
  index: number,
  stream: RandomStream,
): number {
  const [low, high] = [lower[index]!, upper[index]!];
  if (!Number.isFinite(high - low)) {
    return Math.min(high, Math.max(low, stream.normal(start[index], 2 * step[index]!)));
  }
  const part = stream.uniform();
  return parameters[index]!.log && low > 0 ? low * power(high / low, part) : low + part * (high - low);
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
