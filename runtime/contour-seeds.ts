/** Minima of χ² in a plane: contours are looked for around each of them. */
import type { ContourAxis } from "./contour-lines.ts";
import { orUndefined } from "./errors.ts";
import { isKnown } from "./fit-search.ts";
import type { Objective } from "./likelihood.ts";
import type { Place } from "./marching-squares.ts";
import { type Minimum, minimise } from "./minimise.ts";

/** A low place of the plane. */
export interface Seed {
  readonly place: Place;
  readonly chi2: number;
}

/** An axis of the plane, with the index of its parameter. */
export interface SeedAxis extends ContourAxis {
  readonly index: number;
}

/** Tolerance, in χ², of a descent, and its most evaluations for a number of fitted parameters. */
const ROUGH_TOLERANCE = 1e-4;
const mostEvaluations = (fitted: number): number => 60 + 20 * fitted;
/** Descents end when so many of them in a row found nothing new, or when there were so many. */
const PATIENCE = 45;
const MOST_DESCENTS = 400;

/** Minima where descents end that begin at given values of all parameters and do not leave the plane, as long as some are new. */
export function descents(
  objective: Objective,
  axes: readonly [SeedAxis, SeedAxis],
  starts: readonly Float64Array[],
  isLow: (chi2: number) => boolean,
): readonly Seed[] {
  const [lower, upper] = [Float64Array.from(objective.lower), Float64Array.from(objective.upper)];
  for (const { index, values } of axes) {
    lower[index] = Math.max(lower[index]!, values[0]!);
    upper[index] = Math.min(upper[index]!, values.at(-1)!);
  }
  const maxEvaluations = mostEvaluations(objective.fitted.length);
  const options = { tolerance: ROUGH_TOLERANCE, maxEvaluations, verify: false };
  const seeds: Seed[] = [];
  const known: Minimum[] = [];
  let inVain = 0;
  for (const from of starts.slice(0, MOST_DESCENTS)) {
    if (inVain === PATIENCE) break;
    const start = from.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!));
    const end = orUndefined(() => minimise({ ...objective, lower, upper, start }, options));
    inVain += 1;
    if (end === undefined || !isLow(end.value)) continue;
    seeds.push({ place: placeOn(axes, end.x), chi2: end.value });
    if (orUndefined(() => isKnown(objective, end, known).yes) === true) continue;
    known.push(end);
    inVain = 0;
  }
  return seeds;
}

/** The place of values of all parameters. */
export function placeOn([x, y]: readonly [SeedAxis, SeedAxis], values: ArrayLike<number>): Place {
  return [values[x.index]!, values[y.index]!];
}
