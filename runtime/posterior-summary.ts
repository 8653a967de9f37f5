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
import { type DrawDensity, densityOf, heightAt, heightHolding, type Limits } from "./draw-density.ts";

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

/** The marginal posterior of a parameter from its draws, chain by chain, and the limits of its range. */
export function marginalOf(
  chains: readonly (readonly number[])[],
  levels: readonly number[],
  limits?: Limits,
): Marginal {
  const all = sorted(chains.flat());
  const highest = highestPartsOf(all, limits);
  return {
    mean: meanOf(all),
    deviation: Math.sqrt(varianceOf(all)),
    median: quantile(all, 0.5),
    intervals: levels.map((level) => ({
      level,
      central: [quantile(all, (1 - level) / 2), quantile(all, (1 + level) / 2)],
      highest: highest(level),
    })),
    errorOfMean: errorOfMean(chains),
    rhat: rankRhat(chains),
    bulkSize: bulkEffectiveSize(chains),
    tailSize: tailEffectiveSize(chains),
  };
}

/** The same as `highestPartsOf`, of one share. */
export function highestDensity(draws: readonly number[], share: number, limits?: Limits): Parts {
  return highestPartsOf(draws, limits)(share);
}

type Parts = readonly (readonly [low: number, high: number])[];

/**
 * By share, the parts of the line that hold so much of the sorted draws where their density is highest. A part begins or ends at a
 * limit of the parameter where the density there is that high.
 */
function highestPartsOf(draws: readonly number[], limits?: Limits): (share: number) => Parts {
  const [first, last] = [draws[0]!, draws.at(-1)!];
  if (!(last > first)) return () => [[first, last]];
  const density = densityOf(draws, limits);
  const atDraws = draws.map((draw) => heightAt(density, draw));
  return (share) => partsAbove(density, heightHolding(atDraws, share));
}

function partsAbove({ low, high, step, heights }: DrawDensity, level: number): Parts {
  const parts: [number, number][] = [];
  let open: number | undefined = heights[0]! >= level ? low : undefined;
  heights.slice(1).forEach((height, i) => {
    const before = heights[i]!;
    if (before >= level === height >= level) return;
    const crossing = low + (i + (level - before) / (height - before)) * step;
    if (open === undefined) open = crossing;
    else {
      parts.push([open, crossing]);
      open = undefined;
    }
  });
  if (open !== undefined) parts.push([open, high]);
  return parts;
}
