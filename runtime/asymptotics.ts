/**
 * Distributions of the one-sided test statistic for upper limits in the limit of many events (G. Cowan, K. Cranmer, E. Gross and O. Vitells,
 * arXiv:1007.1727): q̃ is t̃ where the best value lies below the tested one, and 0 above it.
 */

import { normalAbove, normalBelow, normalQuantile } from "./normal.ts";
import { square } from "./power.ts";

/** Where the tested value lies, in standard deviations of the estimate. */
export interface Distances {
  /** Above the null hypothesis: the root of t of the Asimov data of the null hypothesis. */
  readonly null: number;
  /** Above the lower end of the range; infinite without one. */
  readonly bound: number;
}

/** Probability of q̃ or more when the tested value is true (1 − F of equation 66). */
export function tailIfTested(q: number, { bound }: Distances): number {
  const root = Math.sqrt(q);
  return normalAbove(root <= bound ? root : (q + square(bound)) / (2 * bound));
}

/** Probability of q̃ or more when the null hypothesis is true (1 − F of equation 65). */
export function tailIfNull(q: number, { null: above, bound }: Distances): number {
  const root = Math.sqrt(q);
  return normalAbove(root <= bound ? root - above : (q + square(bound) - 2 * bound * above) / (2 * bound));
}

/** How a p-value is made of the two tails. */
export type LimitMethod =
  /** The first tail: a true value is excluded in a share 1 − level of experiments. */
  | "profile"
  /** The ratio of the two (A. L. Read, J. Phys. G 28 (2002) 2693): nothing is excluded that an experiment is not sensitive to. */
  | "cls";

/** What is compared with 1 − level. */
export function exclusionOf(method: LimitMethod, q: number, distances: Distances): number {
  const tested = tailIfTested(q, distances);
  return method === "cls" ? tested / tailIfNull(q, distances) : tested;
}

/**
 * The root of t of the Asimov data at the limit that an experiment sets which finds the null hypothesis `shift` standard deviations higher than
 * it is: the median for 0 (equations 88 and 89). Not above 0 where everything is excluded.
 */
export function expectedRoot(method: LimitMethod, level: number, shift: number): number {
  const share = method === "cls" ? normalBelow(shift) : 1;
  return normalQuantile(1 - (1 - level) * share) + shift;
}
