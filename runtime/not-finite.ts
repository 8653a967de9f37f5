/** Where a likelihood is NaN or infinite within the ranges of its parameters: kept while it is minimised. */
import { orUndefined } from "./errors.ts";
import type { Objective } from "./likelihood.ts";
import { evenPoint, placeIn, rangedParameters } from "./random-starts.ts";

/** Places of each range at which a fit looks whether there is a value, and places of all ranges together. */
const ON_LINE = 41;
const IN_ALL = 100;

/** Evaluates χ² all over the ranges of the free parameters: along each through `x`, and at places that fill them all. Their number. */
export function lookAround(objective: Objective, x: Float64Array): number {
  const ranged = rangedParameters(objective);
  const places = ranged.flatMap((index) =>
    Array.from({ length: ON_LINE }, (_, k) => x.with(index, placeIn(objective, index, k / (ON_LINE - 1)))),
  );
  const all = ranged.length < 2 ? 0 : IN_ALL;
  for (const place of places) orUndefined(() => objective.value(place));
  for (let k = 0; k < all; k++) orUndefined(() => objective.value(evenPoint(objective, x, k)));
  return places.length + all;
}

/** Points that were tried at which χ² was not finite. */
export interface NotFinitePoints {
  readonly count: number;
  /** All parameters at the first of them, by name; absent without one. */
  readonly values?: Readonly<Record<string, number>>;
}

/** The objective, and what was met of such points whenever it is asked for. */
export function watched(objective: Objective): {
  readonly objective: Objective;
  readonly notFinite: () => NotFinitePoints;
} {
  let count = 0;
  let values: NotFinitePoints["values"];
  const value: Objective["value"] = (x) => {
    const chi2 = objective.value(x);
    if (!Number.isFinite(chi2)) {
      count++;
      values ??= Object.fromEntries(objective.names.map((name, i) => [name, x[i]!]));
    }
    return chi2;
  };
  return {
    objective: { ...objective, value },
    notFinite: () => ({ count, ...(values && { values }) }),
  };
}
