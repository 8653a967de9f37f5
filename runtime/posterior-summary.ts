/** What draws say about one parameter. */

import {
  bulkEffectiveSize,
  errorOfMean,
  meanOf,
  quantile,
  rankRhat,
  sorted,
  tailEffectiveSize,
  varianceOf,
} from "./chain-diagnostics.ts";
import { power, square } from "./power.ts";

export interface CredibleIntervals {
  readonly level: number;
  /** As much on either side. */
  readonly central: readonly [low: number, high: number];
  /** Where the density is highest: several parts where it has several peaks. */
  readonly highest: readonly (readonly [low: number, high: number])[];
}

export interface Marginal {
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
  readonly intervals: readonly CredibleIntervals[];
  /** Standard error of the mean. */
  readonly errorOfMean: number;
  readonly rhat: number;
  readonly bulkSize: number;
  readonly tailSize: number;
}

/** The marginal posterior of a parameter from its draws, chain by chain. */
export function marginalOf(chains: readonly (readonly number[])[], levels: readonly number[]): Marginal {
  const all = sorted(chains.flat());
  return {
    mean: meanOf(all),
    deviation: Math.sqrt(varianceOf(all)),
    median: quantile(all, 0.5),
    intervals: levels.map((level) => ({
      level,
      central: [quantile(all, (1 - level) / 2), quantile(all, (1 + level) / 2)],
      highest: highestDensity(all, level),
    })),
    errorOfMean: errorOfMean(chains),
    rhat: rankRhat(chains),
    bulkSize: bulkEffectiveSize(chains),
    tailSize: tailEffectiveSize(chains),
  };
}

/** Points that the density is estimated at. */
const POINTS = 512;

/**
 * Parts of the line that hold a share of sorted draws where their density is highest. The density is that of Gaussians of the width of
 * B. W. Silverman's rule (from the quartiles, so that far peaks do not widen it), mirrored at the ends: posteriors stop at bounds.
 */
export function highestDensity(
  draws: readonly number[],
  share: number,
): readonly (readonly [number, number])[] {
  const [low, high] = [draws[0]!, draws.at(-1)!];
  if (!(high > low)) return [[low, high]];
  const density = densityOf(draws, POINTS);
  const step = (high - low) / (POINTS - 1);
  const order = density.map((_, i) => i).sort((a, b) => density[b]! - density[a]!);
  const total = density.reduce((sum, one) => sum + one, 0);
  let held = 0;
  let level = 0;
  for (const i of order) {
    held += density[i]!;
    level = density[i]!;
    if (held >= share * total) break;
  }
  const parts: [number, number][] = [];
  density.forEach((one, i) => {
    if (one < level) return;
    const at = low + i * step;
    const last = parts.at(-1);
    if (last !== undefined && at - last[1] < 1.5 * step) last[1] = at;
    else parts.push([at, at]);
  });
  return parts;
}

/** The density of sorted draws at points between the smallest and the largest one, not normalised. */
export function densityOf(draws: readonly number[], points: number): readonly number[] {
  const [low, high] = [draws[0]!, draws.at(-1)!];
  const step = (high - low) / (points - 1);
  const spread = Math.min(
    Math.sqrt(varianceOf(draws)),
    (quantile(draws, 0.75) - quantile(draws, 0.25)) / 1.34,
  );
  const width = Math.max((0.9 * (spread > 0 ? spread : high - low)) / power(draws.length, 0.2) / step, 1e-3);
  const counts = new Array<number>(points).fill(0);
  for (const draw of draws) {
    const at = (draw - low) / step;
    const cell = Math.min(points - 2, Math.floor(at));
    counts[cell]! += 1 - (at - cell);
    counts[cell + 1]! += at - cell;
  }
  const reach = Math.min(points - 1, Math.ceil(4 * width));
  const kernel = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-square(k / width) / 2));
  const mirrored = (i: number): number => counts[i < 0 ? -i : i >= points ? 2 * (points - 1) - i : i] ?? 0;
  return counts.map((_, i) => {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) sum += kernel[Math.abs(k)]! * mirrored(i + k);
    return sum;
  });
}
