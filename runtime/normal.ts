/** The standard normal distribution, for significances and p-values. */
import { chiSquareQuantile } from "./chi-square.ts";
import { erfc } from "./error-function.ts";

/** Probability that a standard normal variable is below z. */
export function normalBelow(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** Probability that it is above z, without cancellation for large z. */
export function normalAbove(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2);
}

/** The value that a standard normal variable is below with probability p; infinite for 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // |z| has a χ² distribution of one degree of freedom.
  const size = Math.sqrt(chiSquareQuantile(Math.abs(1 - 2 * p)));
  return p < 0.5 ? -size : size;
}
