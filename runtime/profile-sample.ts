/** Points of the profile of one parameter, the others at their best values, with the slope of the profile. */
import { orUndefined } from "./errors.ts";
import { finitePlace } from "./finite-place.ts";
import type { SquareMatrix } from "./linear-algebra.ts";
import { type Minimum, minimise } from "./minimise.ts";
import type { Problem } from "./minimise-problem.ts";

/** One point of a profile. */
export interface Sample {
  /** The parameter. */
  readonly at: number;
  /** Value of the function above the best minimum; +∞ where it has no finite value. */
  readonly height: number;
  /** Derivative of the profile: that of the function at the best values of the others. */
  readonly slope: number;
  /** All parameters. */
  readonly x: Float64Array;
  readonly metric: SquareMatrix;
}

/** A profile that is being sampled. */
export interface Profile {
  readonly problem: Problem;
  readonly minimum: Minimum;
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** The rise of the largest level of interest. */
  readonly up: number;
  /** Values of all parameters from which the others are minimised as well: other minima that are known. */
  readonly seeds: readonly Float64Array[];
  /** In the order of the parameter. */
  readonly samples: Sample[];
  evaluations: number;
}

/** Tolerance of the minimisations near the levels of interest, in units of the problem's `up`. */
const FINE = 1e-6;
/** Far above them, the share of the height that may be left. */
const ROUGH = 1e-2;
/** What is far, in units of the rise of the largest level. */
const FAR = 4;
/** Width of a numerical derivative, in the distance to the next sample. */
const DIFFERENCE = 1e-3;

/** Minimises the others at `at`, from between its neighbours, and puts the point in its place. */
export function sampleAt(profile: Profile, at: number, fine = false): Sample {
  const { problem, index, samples } = profile;
  const next = samples.findIndex((one) => one.at >= at);
  const above = next < 0 ? undefined : samples[next];
  if (above?.at === at) return above;
  const below = next < 0 ? samples.at(-1) : samples[next - 1];
  const nearest = nearer(below, above, at);
  const place = next < 0 ? samples.length : next;
  const starts = [
    between(profile, below, above, at),
    ...profile.seeds,
    ...valleys(profile, at, place - 1, place),
  ];
  let best: Sample = { ...nearest, at, height: Number.POSITIVE_INFINITY, slope: Number.NaN };
  for (const start of starts) {
    const x = Float64Array.from(start);
    problem.fixed?.forEach((i) => {
      x[i] = nearest.x[i]!;
    });
    x[index] = at;
    const found = minimised(profile, x, nearest, fine);
    if (found.height < best.height) best = found;
  }
  if (best.height === Number.POSITIVE_INFINITY) {
    const around = finitePlace(problem, index, nearest.x.with(index, at));
    profile.evaluations += around.evaluations;
    if (around.x !== undefined) best = minimised(profile, around.x, nearest, fine);
  }
  samples.splice(place, 0, best);
  return best;
}

/**
 * Where there are several minima: on the lines through the two next points on either side, which may lie in different ones. `before` and
 * `after` are the places of the next.
 */
function valleys(
  { samples, seeds, problem }: Profile,
  at: number,
  before: number,
  after: number,
): readonly Float64Array[] {
  if (seeds.length === 0) return [];
  const pairs = [
    [samples[after], samples[after + 1]],
    [samples[before], samples[before - 1]],
  ];
  return pairs.flatMap(([near, far]) => {
    if (!near || !far || !Number.isFinite(near.height + far.height)) return [];
    const part = (at - near.at) / (far.at - near.at);
    return near.x.map((x, i) => {
      const [low = x, high = x] = [problem.lower?.[i], problem.upper?.[i]];
      return Math.min(high, Math.max(low, x + part * (far.x[i]! - x)));
    });
  });
}

/** What is lower by less, in units of the rise of the largest level, is the same point. */
const LOWER = 1e-3;

/**
 * Where there are several minima: minimises again at each point from the next ones on either side and on the lines through them, for the
 * lower valley may have been met only later. True when a point became lower.
 */
export function lowerByNeighbours(profile: Profile): boolean {
  const { samples, seeds, up, index } = profile;
  if (seeds.length === 0) return false;
  let changed = false;
  const places = samples.map((_, i) => i);
  for (const i of [...places, ...places.toReversed()]) {
    const here = samples[i]!;
    const next = [samples[i - 1], samples[i + 1]].flatMap((one) => (one ? [one.x] : []));
    for (const start of [...next, ...valleys(profile, here.at, i - 1, i + 1)]) {
      const x = Float64Array.from(start);
      x[index] = here.at;
      const found = minimised(profile, x, here, false);
      if (found.height > samples[i]!.height - LOWER * up) continue;
      samples[i] = found;
      changed = true;
    }
  }
  return changed;
}

/** Puts a known point of the profile among the samples. */
export function insert(
  profile: Profile,
  at: number,
  height: number,
  known: Omit<Sample, "at" | "height" | "slope">,
  slope?: number,
): void {
  const { samples, minimum, low, high } = profile;
  if (samples.some((one) => one.at === at)) return;
  const x = Float64Array.from(known.x);
  x[profile.index] = at;
  const reach = Math.abs(at - minimum.x[profile.index]!) || (high - low) / 100;
  const sample = { at, height, slope: slope ?? slopeAt(profile, x, reach), x, metric: known.metric };
  const next = samples.findIndex((one) => one.at > at);
  samples.splice(next < 0 ? samples.length : next, 0, sample);
}

function nearer(below: Sample | undefined, above: Sample | undefined, at: number): Sample {
  if (below && above) {
    const lower = at - below.at < above.at - at;
    if (!Number.isFinite(below.height)) return above;
    return lower || !Number.isFinite(above.height) ? below : above;
  }
  const one = below ?? above;
  if (!one) throw new RangeError("a profile begins with its minimum");
  return one;
}

/** The others on the straight line between two samples; beyond the last one, as they are there. */
function between(
  profile: Profile,
  below: Sample | undefined,
  above: Sample | undefined,
  at: number,
): Float64Array {
  const nearest = nearer(below, above, at);
  if (!below || !above || !Number.isFinite(below.height + above.height)) return nearest.x;
  const part = (at - below.at) / (above.at - below.at);
  return below.x.map((x, i) => (profile.problem.fixed?.has(i) ? x : x + part * (above.x[i]! - x)));
}

function minimised(
  profile: Profile,
  start: Float64Array,
  { metric, at: from }: Sample,
  fine: boolean,
): Sample {
  const { problem, minimum, index, up } = profile;
  const unit = problem.up ?? 1;
  const at = start[index]!;
  const nothing = { at, height: Number.POSITIVE_INFINITY, slope: Number.NaN, x: start, metric };
  const held = { ...problem, start, fixed: new Set(problem.fixed).add(index) };
  // Beyond the end of a table, say, the profile ends.
  const sample = orUndefined((): Sample => {
    profile.evaluations++;
    const first = problem.value(start) - minimum.value;
    if (!Number.isFinite(first)) return nothing;
    // Far above the levels the place matters little: each round leaves a share of the height that it found.
    const left = (height: number): number =>
      fine || height < FAR * up ? FINE : Math.max(FINE, (ROUGH * height) / unit);
    let tolerance = left(first);
    let found = minimise(held, { tolerance, verify: false, metric });
    profile.evaluations += found.evaluations + found.gradients;
    while (left(found.value - minimum.value) < tolerance / 2) {
      tolerance = left(found.value - minimum.value);
      found = minimise({ ...held, start: found.x }, { tolerance, verify: false, metric: found.metric });
      profile.evaluations += found.evaluations + found.gradients;
    }
    const height = found.value - minimum.value;
    if (!Number.isFinite(height)) return nothing;
    return {
      at,
      height,
      slope: slopeAt(profile, found.x, Math.abs(at - from)),
      x: found.x,
      metric: found.metric,
    };
  });
  return sample ?? nothing;
}

/** The derivative by the parameter: exact, or from a difference inside the range. */
function slopeAt(profile: Profile, x: Float64Array, reach: number): number {
  const { problem, index, low, high } = profile;
  if (problem.gradient && !problem.differenced?.includes(index)) {
    profile.evaluations++;
    const out = new Float64Array(x.length);
    problem.gradient(x, out);
    // Where it is none, as of a square root at its zero, a difference stands for it.
    if (Number.isFinite(out[index])) return out[index]!;
  }
  const at = x[index]!;
  const [left, right] = [Math.max(low, at - DIFFERENCE * reach), Math.min(high, at + DIFFERENCE * reach)];
  profile.evaluations += 2;
  const valueAt = (place: number): number => {
    const y = Float64Array.from(x);
    y[index] = place;
    return problem.value(y);
  };
  return (valueAt(right) - valueAt(left)) / (right - left);
}
