/**
 * Whether chains have found what they were to sample, and how well: the rank-normalised split R̂ and effective sample sizes of
 * A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, Bayesian Anal. 16 (2021) 667 (arXiv:1903.08008).
 * Chains are lists of equal length, four numbers at least.
 */

import { normalQuantile } from "./normal.ts";
import { square } from "./power.ts";

type Chains = readonly (readonly number[])[];

/** The larger of R̂ of the ranks and of those of the distances to the median: 1 when all halves of chains agree. NaN for a constant. */
export function rankRhat(chains: Chains): number {
  const halves = split(chains);
  const median = quantile(sorted(halves.flat()), 0.5);
  const folded = halves.map((chain) => chain.map((x) => Math.abs(x - median)));
  return Math.max(rhat(ranked(halves)), rhat(ranked(folded)));
}

/** As many independent draws have the same error of the mean of the ranks: for the body of the distribution. */
export function bulkEffectiveSize(chains: Chains): number {
  return effectiveSize(ranked(split(chains)));
}

/** The same for the ends: the smaller one of whether draws are below the 5 % and the 95 % quantile. */
export function tailEffectiveSize(chains: Chains): number {
  const all = sorted(chains.flat());
  const sizes = [0.05, 0.95].map((share) => {
    const end = quantile(all, share);
    return effectiveSize(split(chains).map((chain) => chain.map((x) => (x <= end ? 1 : 0))));
  });
  return Math.min(...sizes);
}

/** Standard deviation of the mean of all draws. */
export function errorOfMean(chains: Chains): number {
  const all = chains.flat();
  return Math.sqrt(varianceOf(all) / effectiveSize(split(chains)));
}

/** Of sorted numbers, between neighbours linearly. */
export function quantile(numbers: readonly number[], share: number): number {
  const at = share * (numbers.length - 1);
  const low = Math.floor(at);
  const [a, b] = [numbers[low]!, numbers[Math.min(low + 1, numbers.length - 1)]!];
  return a + (at - low) * (b - a);
}

export const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

export function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

export function varianceOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers);
  return numbers.reduce((sum, one) => sum + square(one - mean), 0) / (numbers.length - 1);
}

/** The halves of each chain: a drift shows as a difference between them. */
function split(chains: Chains): Chains {
  return chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2);
    return [chain.slice(0, half), chain.slice(chain.length - half)];
  });
}

/** Normal scores of the ranks among all draws; equal draws share their mean rank. */
function ranked(chains: Chains): Chains {
  const all = chains.flatMap((chain, c) => chain.map((value, i) => ({ value, c, i })));
  all.sort((a, b) => a.value - b.value);
  const scores = chains.map((chain) => new Array<number>(chain.length).fill(0));
  for (let first = 0; first < all.length; ) {
    let last = first;
    while (last + 1 < all.length && all[last + 1]!.value === all[first]!.value) last++;
    const rank = (first + last) / 2 + 1;
    const score = normalQuantile((rank - 3 / 8) / (all.length + 1 / 4));
    for (let k = first; k <= last; k++) scores[all[k]!.c]![all[k]!.i] = score;
    first = last + 1;
  }
  return scores;
}

/** Variance within chains, and the estimate from all of them that lies above it while they differ. */
function variances(chains: Chains): { readonly within: number; readonly pooled: number } {
  const n = chains[0]?.length ?? 0;
  const within = meanOf(chains.map(varianceOf));
  const between = chains.length > 1 ? varianceOf(chains.map(meanOf)) : 0;
  return { within, pooled: ((n - 1) / n) * within + between };
}

function rhat(chains: Chains): number {
  const { within, pooled } = variances(chains);
  return Math.sqrt(pooled / within);
}

/** N/τ with the correlation time by Geyer's sums of neighbouring lags, which are positive and do not rise. */
function effectiveSize(chains: Chains): number {
  const n = chains[0]?.length ?? 0;
  const { within, pooled } = variances(chains);
  if (!(pooled > 0)) return Number.NaN;
  const means = chains.map(meanOf);
  const correlation = (lag: number): number => {
    const covariances = chains.map((chain, c) => {
      let sum = 0;
      for (let i = 0; i + lag < n; i++) sum += (chain[i]! - means[c]!) * (chain[i + lag]! - means[c]!);
      return sum / (n - 1);
    });
    return 1 - (within - meanOf(covariances)) / pooled;
  };
  let time = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = correlation(lag) + correlation(lag + 1);
    if (!(pair > 0)) break;
    least = Math.min(least, pair);
    time += 2 * least;
  }
  const total = n * chains.length;
  return total / Math.max(time, 1 / Math.log10(total));
}
