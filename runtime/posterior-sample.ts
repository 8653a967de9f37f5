/** Chains of draws from the posterior of an analysis. What a chain gives depends on the request and its number alone. */

import type { CompiledAnalysis } from "./compiled.ts";
import type { FitResult } from "./fit.ts";
import { type Draw, hamiltonianChain } from "./hmc.ts";
import { cholesky } from "./linear-algebra.ts";
import { type LogDensity, type Posterior, posterior } from "./posterior.ts";
import { power } from "./power.ts";
import { RandomStream } from "./random.ts";

/** Everything about a sample but the analysis. Plain numbers, so that it can be sent to other threads and machines. */
export interface SampleRequest {
  readonly chains: number;
  /** Kept draws of each chain, and those before that the step and scales are learnt from. */
  readonly draws: number;
  readonly warmup: number;
  readonly seed: number;
  /** Values of the fitted parameters that chains begin around, in turn: minima of χ². */
  readonly starts: readonly (readonly number[])[];
  /** Lower triangle, row after row, that makes coordinates of about unit spread: u = u(first start) + L z. */
  readonly map: readonly number[];
}

/** One kept draw. */
export interface PosteriorDraw {
  readonly chi2: number;
  /** Values of the fitted parameters, in their units. */
  readonly values: readonly number[];
  readonly divergent: boolean;
  readonly steps: number;
  readonly acceptance: number;
}

/** A request from a fit: chains begin around all minima that it found, in coordinates by its covariance. */
export function sampleRequest(
  analysis: CompiledAnalysis,
  result: FitResult,
  wanted: Pick<SampleRequest, "chains" | "draws" | "warmup" | "seed">,
): SampleRequest {
  const density = posterior(analysis);
  const of = (values: Float64Array): number[] => density.fitted.map((index) => values[index]!);
  const starts = [result.values, ...result.otherMinima.map(({ values }) => values)].map(of);
  return { ...wanted, starts, map: [...mapFrom(density, result)] };
}

/** Coordinates spread by less are widened to it, and no more than so much: where a fit ends at a bound its errors say little. */
const [LEAST, MOST] = [1e-3, 2];

function mapFrom(density: Posterior, { values, covariance }: FitResult): Float64Array {
  const n = density.size;
  const best = density.fitted.map((index) => values[index]!);
  const at = density.coordinatesOf(best);
  const deviations = at.map((_, k) => {
    const moved = Float64Array.from(at);
    moved[k]! += 1e-4;
    const slope = (density.valuesOf(moved)[k]! - density.valuesOf(at)[k]!) / 1e-4;
    const deviation = Math.sqrt(covariance[k]?.[k] ?? Number.NaN) / Math.abs(slope);
    return Number.isFinite(deviation) ? Math.min(MOST, Math.max(LEAST, deviation)) : 1;
  });
  const correlation = (i: number, k: number): number => {
    const [row, a, b] = [covariance[i]!, covariance[i]![i]!, covariance[k]![k]!];
    const value = row[k]! / Math.sqrt(a * b);
    return i === k ? 1 : Number.isFinite(value) ? value : 0;
  };
  const matrix = Float64Array.from({ length: n * n }, (_, i) => correlation(Math.floor(i / n), i % n));
  const lower = cholesky(matrix, n) ?? Float64Array.from(matrix, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return lower.map((one, i) => one * deviations[Math.floor(i / n)]!);
}

/** A function that computes the draws of a chain. */
export function chainComputer(
  analysis: CompiledAnalysis,
  request: SampleRequest,
): (chain: number) => readonly PosteriorDraw[] {
  const density = posterior(analysis);
  const centre = density.coordinatesOf(request.starts[0]!);
  const { mapped, coordinates } = inCoordinates(density, centre, request.map);
  return (chain) => {
    analysis.forget?.();
    const random = new RandomStream(request.seed, [chain, STREAM]);
    const start = startOf(density, mapped, request, chain, random);
    const { draws } = hamiltonianChain(
      mapped,
      { warmup: request.warmup, draws: request.draws, start, scale: new Float64Array(density.size).fill(1) },
      random,
    );
    return draws.map(({ u: z, divergent, steps, acceptance }: Draw): PosteriorDraw => {
      const u = coordinates(z);
      return { chi2: density.chiSquareAt(u), values: [...density.valuesOf(u)], divergent, steps, acceptance };
    });
  };
}

/** Tells the random numbers of chains from those of pseudo-experiments. */
const STREAM = 0x5a3c;

interface Mapped {
  readonly mapped: LogDensity;
  readonly coordinates: (z: Float64Array) => Float64Array;
}

/** The density over z, u = centre + L z. */
function inCoordinates(density: LogDensity, centre: Float64Array, lower: readonly number[]): Mapped {
  const n = density.size;
  const coordinates = (z: Float64Array): Float64Array =>
    centre.map((one, i) => {
      let sum = one;
      for (let k = 0; k <= i; k++) sum += lower[i * n + k]! * z[k]!;
      return sum;
    });
  const own = new Float64Array(n);
  const at = (z: Float64Array, slopes: Float64Array): number => {
    const log = density.at(coordinates(z), own);
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let i = k; i < n; i++) sum += lower[i * n + k]! * own[i]!;
      slopes[k] = sum;
    }
    return log;
  };
  return { coordinates, mapped: { size: n, at } };
}

/** How far around a minimum chains begin, in its standard deviations: further than they will stay. */
const DISPERSION = 2;
const TRIES = 100;

/** A place around one of the minima where there is density. */
function startOf(
  density: Posterior,
  mapped: LogDensity,
  { starts, map }: SampleRequest,
  chain: number,
  random: RandomStream,
): Float64Array {
  const centre = density.coordinatesOf(starts[0]!);
  const wanted = density.coordinatesOf(starts[chain % starts.length]!);
  const origin = solved(
    map,
    wanted.map((one, i) => one - centre[i]!),
  );
  const slopes = new Float64Array(density.size);
  for (let attempt = 0; ; attempt++) {
    const width = DISPERSION * power(0.9, attempt);
    const z = origin.map((one) => one + width * random.normal());
    if (Number.isFinite(mapped.at(z, slopes))) return z;
    if (attempt === TRIES) return origin;
  }
}

/** z of L z = b for a lower triangle. */
function solved(lower: readonly number[], b: Float64Array): Float64Array {
  const n = b.length;
  const z = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * z[k]!;
    z[i] = sum / lower[i * n + i]!;
  }
  return z;
}
