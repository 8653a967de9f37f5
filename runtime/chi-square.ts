/** The χ² distribution, for p-values and confidence levels. */

import { gammaincc } from "./gamma.ts";
import { square } from "./power.ts";

/**
 * Probability that a χ² variable with `degreesOfFreedom` (a number > 0) exceeds `chi2`: the regularised
 * incomplete gamma function Q(k/2, χ²/2). NaN outside the domain.
 */
export function chiSquareSurvival(chi2: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || Number.isNaN(chi2)) return Number.NaN;
  return chi2 > 0 ? gammaincc(degreesOfFreedom / 2, chi2 / 2) : 1;
}

/**
 * The value that a χ² variable with `degreesOfFreedom` exceeds with probability 1 − `level`: the rise of χ² at the
 * ends of an interval, or the rim of a region, of that confidence level (1 degree: 1 for 68.27 %, 2.7055 for 90 %;
 * 2 degrees: 2.2958 and 4.6052). By bisection of its root, to working precision; NaN unless 0 < level < 1.
 */
export function chiSquareQuantile(level: number, degreesOfFreedom = 1): number {
  if (!(level > 0 && level < 1)) return Number.NaN;
  let low = 0;
  let high = 40;
  for (let i = 0; i < 100 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle * middle, degreesOfFreedom) > 1 - level) low = middle;
    else high = middle;
  }
  return square((low + high) / 2);
}

/** Most standard deviations that a level is given by: beyond, one minus the probability has too few digits. */
const MOST_DEVIATIONS = 6;

/**
 * The level that so many standard deviations stand for, `2sigma`: the probability that one normal variable lies within them.
 * Undefined unless 0 < deviations ≤ 6.
 */
export function levelWithin(deviations: number): number | undefined {
  if (!(deviations > 0 && deviations <= MOST_DEVIATIONS)) return undefined;
  return 1 - chiSquareSurvival(square(deviations), 1);
}
