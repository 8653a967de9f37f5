/** Extremes of lists of any length: as arguments of `Math.max` a hundred thousand numbers are more than the stack holds. */

/** The largest of the numbers and of `floor`; NaN if one of them is. */
export function largestOf(values: Iterable<number>, floor = Number.NEGATIVE_INFINITY): number {
  let found = floor;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** The smallest of the numbers and of `ceiling`; NaN if one of them is. */
export function smallestOf(values: Iterable<number>, ceiling = Number.POSITIVE_INFINITY): number {
  let found = ceiling;
  for (const value of values) found = Math.min(found, value);
  return found;
}
