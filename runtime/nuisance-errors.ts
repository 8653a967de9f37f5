/** Errors of nuisances where χ² is no parabola in them: it has a kink at the minimum, or hardly rises on one side. */
import { orUndefined } from "./errors.ts";
import type { Objective } from "./likelihood.ts";
import type { Minimum } from "./minimise.ts";
import { minos } from "./minos.ts";

/** What χ² rises by one parabolic error away, on the way on which the others follow: 1 of a parabola. */
const RISES: readonly [low: number, high: number] = [1 / 3, 3];

export interface NuisanceErrors {
  /**
   * Distances down and up to where the profile of χ² has risen by 1, by index of the nuisance, of those whose second derivatives say something
   * else: infinite where it never does, NaN where the search failed.
   */
  readonly errors: ReadonlyMap<number, readonly [minus: number, plus: number]>;
  readonly evaluations: number;
}

export function profileErrors(objective: Objective, minimum: Minimum): NuisanceErrors {
  const errors = new Map<number, readonly [minus: number, plus: number]>();
  let evaluations = 0;
  for (const index of objective.fitted.filter((one) => objective.roles[one] === "nuisance")) {
    const places = parabolicEnds(objective, minimum, index);
    evaluations += places.length;
    const isParabolic = places.every((there) => {
      const rise = (orUndefined(() => objective.value(there)) ?? Number.POSITIVE_INFINITY) - minimum.value;
      return rise > RISES[0] && rise < RISES[1];
    });
    if (isParabolic && !minimum.kinks.includes(index)) continue;
    const { minus, plus, evaluations: own } = minos(objective, minimum, index);
    evaluations += own;
    errors.set(index, [minus, plus]);
  }
  return { errors, evaluations };
}

/** All parameters where a nuisance is one parabolic error below and above, inside of the ranges; none where it has no such error. */
function parabolicEnds(
  { lower, upper }: Objective,
  { x, covariance }: Minimum,
  index: number,
): readonly Float64Array[] {
  const row = covariance?.matrix.subarray(index * x.length, (index + 1) * x.length);
  const variance = row?.[index] ?? 0;
  if (row === undefined || !(variance > 0) || !Number.isFinite(variance)) return [];
  const ends = [-1, 1].map((side) => x.map((value, i) => value + (side * row[i]!) / Math.sqrt(variance)));
  return ends.filter((end) => end.every((value, i) => value >= lower[i]! && value <= upper[i]!));
}
