/**
 * The density of draws of one parameter, smoothed around each draw by a Gaussian whose width follows the draws near by: peaks keep
 * their widths, however far apart they are, and tails are smooth.
 */

import { quantile, sorted } from "./chain-diagnostics.ts";
import { power, square } from "./power.ts";

/** Heights at evenly spaced places, not normalised. */
export interface DrawDensity {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly heights: readonly number[];
}

/** Ends of what a parameter can be. */
export type Limits = readonly [low: number, high: number];

/** Places of the grid for each width of the narrowest smoothing, and how many there are at least and at most. */
const PER_WIDTH = 4;
const FEWEST = 160;
const MOST = 2048;

/** Standard deviations after which a Gaussian ends. */
const REACH = 4;

/**
 * The share of the draws that are neighbours of each: N^(-d/(4 + d)) in d dimensions, at which variance and squared bias of the
 * density fall alike (Y. P. Mack and M. Rosenblatt, J. Multivariate Anal. 9 (1979) 1).
 */
export function neighbourShare(draws: number, dimensions: number): number {
  return 1 / power(draws, dimensions / (4 + dimensions));
}

/**
 * How wide each of the sorted draws is smoothed: the geometric mean of the spread of its neighbours and of that of the usual draw,
 * so that the width goes as one over the root of the density, which takes the largest part of the bias away (I. S. Abramson,
 * Ann. Statist. 10 (1982) 1217). In the middle of a Gaussian it is 0.92 σ N^(-1/5), where B. W. Silverman's rule has 0.9.
 */
function widthsOf(draws: readonly number[]): readonly number[] {
  const last = draws.length - 1;
  const neighbours = Math.min(last, Math.max(2, Math.round(neighbourShare(draws.length, 1) * draws.length)));
  const spreads = draws.map((_, i) => {
    const first = Math.min(last - neighbours, Math.max(0, i - Math.floor(neighbours / 2)));
    return (draws[first + neighbours]! - draws[first]!) / Math.sqrt(12);
  });
  const logs = spreads.flatMap((one) => (one > 0 ? [Math.log(one)] : []));
  const usual = logs.length > 0 ? Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length) : 0;
  return spreads.map((one) => Math.sqrt(one * usual));
}

/**
 * The density of sorted draws that are not all equal, mirrored at the limits, which are the ends of the draws unless given:
 * posteriors stop at bounds.
 */
export function densityOf(
  draws: readonly number[],
  limits: Limits = [draws[0]!, draws.at(-1)!],
): DrawDensity {
  const first = smoothed(draws, widthsOf(draws), limits);
  const peaks = peaksOf(draws, first);
  return peaks.length < 2 ? first : smoothed(draws, peaks.flatMap(widthsOf), limits);
}

/** A valley parts two peaks where the density is below so much of the lower one. */
const PARTED = 0.5;

/**
 * The draws of each peak. How wide draws are smoothed follows from their number, which is that of their own peak: two peaks of half the draws
 * each are wanted as narrow as they would be alone. What holds too few draws to be told from chance belongs to the peak beside it.
 */
function peaksOf(
  draws: readonly number[],
  { low, step, heights }: DrawDensity,
): readonly (readonly number[])[] {
  const least = neighbourShare(draws.length, 1) * draws.length;
  const peaks: (readonly number[])[] = [];
  let begin = 0;
  let [highest, valley, at] = [heights[0]!, Number.POSITIVE_INFINITY, 0];
  const cut = (place: number): void => {
    const next = draws.findIndex((draw) => draw >= place);
    const end = next < 0 ? draws.length : next;
    if (end - begin < least || draws.length - end < least) return;
    peaks.push(draws.slice(begin, end));
    begin = end;
  };
  heights.forEach((height, i) => {
    if (height < valley) [valley, at] = [height, i];
    if (valley < PARTED * Math.min(highest, height)) {
      cut(low + at * step);
      [highest, valley, at] = [height, height, i];
    } else if (height > highest) [highest, valley, at] = [height, height, i];
  });
  return [...peaks, draws.slice(begin)];
}

/** The density of draws, each smoothed as wide as is said. */
function smoothed(draws: readonly number[], widths: readonly number[], limits: Limits): DrawDensity {
  const [first, last] = [draws[0]!, draws.at(-1)!];
  const low = Math.min(first, Math.max(limits[0], first - REACH * widths[0]!));
  const high = Math.max(last, Math.min(limits[1], last + REACH * widths.at(-1)!));
  const narrowest = widths.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), high - low);
  const points = Math.min(MOST, Math.max(FEWEST, Math.ceil((PER_WIDTH * (high - low)) / narrowest))) + 1;
  const step = (high - low) / (points - 1);
  // Of each place, the draws that it holds and the sum of their widths.
  const counts = new Float64Array(points);
  const spreads = new Float64Array(points);
  draws.forEach((draw, i) => {
    const at = (draw - low) / step;
    const cell = Math.min(points - 2, Math.floor(at));
    const share = at - cell;
    counts[cell]! += 1 - share;
    counts[cell + 1]! += share;
    spreads[cell]! += (1 - share) * widths[i]!;
    spreads[cell + 1]! += share * widths[i]!;
  });
  const heights = new Array<number>(points).fill(0);
  counts.forEach((count, i) => {
    if (count > 0) spread(heights, i, count, spreads[i]! / count / step);
  });
  // What is mirrored at an end lies there twice.
  heights[0]! *= 2;
  heights[points - 1]! *= 2;
  return { low, high, step, heights };
}

/** Adds a Gaussian of a width in steps, folded at the ends. */
function spread(heights: number[], at: number, count: number, width: number): void {
  const last = heights.length - 1;
  const reach = Math.min(last, Math.ceil(REACH * width));
  const kernel = Array.from({ length: reach + 1 }, (_, k) =>
    k === 0 ? 1 : Math.exp(-square(k / width) / 2),
  );
  const whole = 2 * kernel.reduce((sum, one) => sum + one, 0) - 1;
  for (let k = -reach; k <= reach; k++) {
    const i = at + k;
    heights[i < 0 ? -i : i > last ? 2 * last - i : i]! += (count / whole) * kernel[Math.abs(k)]!;
  }
}

/** The height between the places of a density, linearly. */
export function heightAt({ low, step, heights }: DrawDensity, value: number): number {
  const at = (value - low) / step;
  const cell = Math.min(heights.length - 2, Math.max(0, Math.floor(at)));
  return heights[cell]! + (at - cell) * (heights[cell + 1]! - heights[cell]!);
}

/** The height above which a share of the draws lies, from the heights at all draws: whatever the smoothing, the share is held. */
export function heightHolding(atDraws: readonly number[], share: number): number {
  return quantile(sorted(atDraws), 1 - share);
}
