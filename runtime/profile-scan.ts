/**
 * The whole profile of a parameter: its minima and what part of its range lies below a level. A profile is
 * sampled from its best minimum to the ends of the range; the slopes, which cost one gradient each, show where a
 * minimum or a maximum lies between two samples and where they are too far apart to be trusted.
 */
import { areParted } from "./fit-search.ts";
import { cubicAt, cubicExtremum, isMonotone } from "./hermite.ts";
import type { Minimum } from "./minimise.ts";
import type { Problem } from "./minimise-problem.ts";
import type { Crossing, CrossingStatus } from "./minos.ts";
import { insert, lowerByNeighbours, type Profile, type Sample, sampleAt } from "./profile-sample.ts";

/** A part of the range in which the profile lies below a level. */
export interface Region {
  readonly low: number;
  readonly high: number;
  /** How each end was found; "at-bound" where the region is open towards the end of the range. */
  readonly status: readonly [low: CrossingStatus, high: CrossingStatus];
}

/** A minimum of a profile. */
export interface ProfileMinimum {
  readonly at: number;
  /** Value of the function above the best minimum. */
  readonly above: number;
  /** All parameters there. */
  readonly x: Float64Array;
  /** Where the profile is as low as there, when it is so over a good part of what lies below the level. */
  readonly valley?: readonly [low: number, high: number];
}

export interface ProfileScan {
  readonly profile: Profile;
  /** Minima up to three standard deviations and some, at ends of the range too, the lowest first. */
  readonly minima: readonly ProfileMinimum[];
  /** All parameters at a point below the minimum, when one was met: start again from it. */
  readonly newMinimum?: Float64Array;
}

export interface ScanOptions {
  /** The largest rise of interest. */
  readonly up: number;
  /** Crossings of levels that are known, with their rise. */
  readonly crossings: readonly (Crossing & { readonly up: number })[];
  /** Values of all parameters at other minima that are known. */
  readonly seeds?: readonly Float64Array[];
}

/** A sample lower than the minimum by more than this, in units of the problem's `up`, is a new minimum. */
const NEW_MINIMUM = 1e-3;
/**
 * Each step away from the best value goes this many times further; twice as many beyond `NEAR_STEPS` steps. A sample then
 * falls into every basin that is at least 0.4 times as wide as that of the best minimum; a narrower one may be missed.
 */
const GROWTH = 1.5;
const NEAR_STEPS = 5;
/** Parts of a side of the range that hold one sample at least. */
const LEAST_PARTS = 4;
/** How far to look on a side without an end, in distances of the nearest crossing. */
const FURTHEST = 100;
/** Most samples that are added where the first ones are too far apart. */
const MOST_SAMPLES = 120;
/** Minima and crossings are found to this share of the rise. */
const ACCURACY = 1e-4;
/** A minimum that is level over so much of what lies below the level around it is a valley; of a parabola it is a hundredth. */
const LEAST_VALLEY = 0.25;
/** Samples of one search for an extremum or a crossing. */
const SEARCH_STEPS = 60;
/** Minima are sought up to this height, in units of the problem's `up`, three standard deviations, and to `FAR` levels. */
const MINIMA_UP_TO = 9;
const FAR = 4;
/** Share of a height by which a sample may miss the cubic through its neighbours. */
const TRUSTED = 0.5;
/** A slope is none when it would change the profile between two samples by less than this share of their difference. */
const LEVEL_SLOPE = 0.02;
/** Differences of heights below this share of the rise need no second look. */
const SMALL_RISE = 0.1;
/** A look aside from a sample goes this share of the way to the next one. */
const ASIDE = 0.02;
/** Relative width of a bracket around a jump. */
const JUMP_WIDTH = 1e-9;

/** Samples the profile of parameter `index` over its range, from the best minimum that is known. */
export function scanProfile(
  problem: Problem,
  minimum: Minimum,
  index: number,
  options: ScanOptions,
): ProfileScan {
  const best = minimum.x[index]!;
  const [low, high] = rangeOf(problem, best, index, options);
  const { up, seeds = [] } = options;
  const profile: Profile = { problem, minimum, index, low, high, up, seeds, samples: [], evaluations: 0 };
  const interior = best > low && best < high;
  insert(profile, best, 0, minimum, interior ? 0 : undefined);
  for (const { at, x, up: rise, status } of options.crossings) {
    if (status === "found") insert(profile, at, rise, { x, metric: minimum.metric });
  }
  for (const at of outward(profile)) sampleAt(profile, at);
  for (const { [index]: at = best } of seeds) if (at > low && at < high) sampleAt(profile, at);
  refine(profile);
  if (lowerByNeighbours(profile)) refine(profile);
  // The search for the ends of what lies below the level may meet a rise or a valley between samples that seemed near enough.
  regionsBelow({ profile }, up);
  refine(profile);
  const lowest = profile.samples.reduce((a, b) => (b.height < a.height ? b : a));
  return {
    profile,
    minima: minimaOf(profile),
    ...(lowest.height < -NEW_MINIMUM * (problem.up ?? 1) && { newMinimum: lowest.x }),
  };
}

/** The range; a side without an end is cut far out. */
function rangeOf(
  problem: Problem,
  best: number,
  index: number,
  { crossings }: ScanOptions,
): [number, number] {
  const reach = Math.max(
    ...crossings.filter(({ status }) => status === "found").map(({ at }) => Math.abs(at - best)),
    0,
  );
  const far = FURTHEST * (reach || problem.step?.[index] || 1);
  const [low, high] = [problem.lower?.[index], problem.upper?.[index]];
  return [
    low !== undefined && Number.isFinite(low) ? low : best - far,
    high !== undefined && Number.isFinite(high) ? high : best + far,
  ];
}

/** First samples: both ends, and in between in growing steps away from the best value. */
function outward({ samples, minimum, index, low, high }: Profile): number[] {
  const best = minimum.x[index]!;
  const reach = Math.max(...samples.map(({ at }) => Math.abs(at - best)));
  return [low, high].flatMap((end) => {
    const room = Math.abs(end - best);
    const side = Math.sign(end - best);
    const known = Math.max(...samples.map(({ at }) => side * (at - best)), 0);
    const first = known || reach || room / LEAST_PARTS;
    const places: number[] = [];
    let distance = known;
    for (let step = 1; distance < room; step++) {
      const next = step > NEAR_STEPS ? distance * GROWTH * GROWTH : distance * GROWTH;
      distance = Math.min(distance === 0 ? first : next, distance + room / LEAST_PARTS);
      if (distance > 0.8 * room) distance = room;
      places.push(distance === room ? end : best + side * distance);
    }
    return places;
  });
}

/**
 * Where to look beside sample `i` towards its neighbour `other`: a sample that happens to lie on a maximum has no slope that would
 * tell of a minimum behind it. Nothing where the slope tells, and at a minimum.
 */
function asideOf({ samples, up }: Profile, i: number, other = i + 1): number | undefined {
  const [here, next, opposite] = [samples[i]!, samples[other]!, samples[2 * i - other]];
  const rise = Math.abs(next.height - here.height);
  const isMinimum = here.height <= next.height && !(opposite && opposite.height < here.height);
  const isLevel = Math.abs(here.slope * (next.at - here.at)) < LEVEL_SLOPE * rise;
  return isLevel && !isMinimum && rise > SMALL_RISE * up ? here.at + ASIDE * (next.at - here.at) : undefined;
}

/** Adds samples until every part between two of them is simple: monotone, or with its extremum a sample. */
function refine(profile: Profile): void {
  const { samples } = profile;
  const before = samples.length;
  const trusted = new Set<string>();
  for (let changed = true; changed && samples.length < before + MOST_SAMPLES; ) {
    changed = false;
    for (let i = 0; i + 1 < samples.length && samples.length < before + MOST_SAMPLES; i++) {
      const [a, b] = [samples[i]!, samples[i + 1]!];
      const name = `${a.at} ${b.at}`;
      if (trusted.has(name) || isNarrow(profile, a, b)) continue;
      trusted.add(name);
      if (!Number.isFinite(a.height + b.height) || isFarAbove(profile, a, b)) continue;
      const aside = asideOf(profile, i) ?? asideOf(profile, i + 1, i);
      if (a.slope * b.slope < 0) changed = extremum(profile, a, b) || changed;
      else if (aside !== undefined) {
        sampleAt(profile, aside);
        changed = true;
      } else if (
        !isMonotone(a, b) ||
        misses(samples, i) ||
        misses(samples, i + 1) ||
        areApart(profile, a, b)
      ) {
        sampleAt(profile, (a.at + b.at) / 2);
        changed = true;
      }
    }
  }
}

/** Whether the profile between two samples stays above all that is of interest, as far as its slopes can take it down. */
function isFarAbove({ up, problem }: Profile, a: Sample, b: Sample): boolean {
  const width = b.at - a.at;
  const lowest = Math.min(a.height + Math.min(0, a.slope) * width, b.height - Math.max(0, b.slope) * width);
  return lowest > Math.max(MINIMA_UP_TO * (problem.up ?? 1), FAR * up);
}

/** Where there are several minima: whether two samples lie in different ones, between which the profile may rise. */
function areApart({ problem, minimum, seeds, up }: Profile, a: Sample, b: Sample): boolean {
  if (seeds.length === 0 || Math.min(a.height, b.height) > up) return false;
  const placeOf = ({ x, height }: Sample) => ({ x, value: minimum.value + height });
  return areParted(problem, placeOf(a), placeOf(b));
}

function isNarrow({ low, high, minimum, index }: Profile, a: Sample, b: Sample): boolean {
  const distance = Math.max(Math.abs(a.at - minimum.x[index]!), Math.abs(b.at - minimum.x[index]!));
  return b.at - a.at < 0.02 * Math.min(distance, high - low);
}

/** Whether a sample lies far from the cubic through its neighbours. */
function misses(samples: readonly Sample[], i: number): boolean {
  const [before, here, after] = [samples[i - 1], samples[i]!, samples[i + 1]];
  if (!before || !after || !Number.isFinite(before.height + here.height + after.height)) return false;
  // An extremum between the neighbours is found by itself.
  if (before.slope * after.slope < 0 || here.slope * after.slope < 0 || before.slope * here.slope < 0)
    return false;
  const error = Math.abs(cubicAt(before, after, here.at) - here.height);
  return error > TRUSTED * Math.max(Math.abs(here.height), Math.abs(before.height));
}

/**
 * Finds the extremum between samples of opposite slopes: a minimum always, a maximum when both lie below a level,
 * which it may exceed.
 */
function extremum(profile: Profile, first: Sample, second: Sample): boolean {
  const isMinimum = first.slope < 0;
  if (!isMinimum && Math.max(first.height, second.height) > profile.up) return false;
  let [a, b] = [first, second];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const width = b.at - a.at;
    const wanted = step % 4 === 3 ? (a.at + b.at) / 2 : cubicExtremum(a, b);
    const margin = 0.02 * width;
    const at = Math.min(b.at - margin, Math.max(a.at + margin, wanted));
    const one = sampleAt(profile, at, true);
    if (!Number.isFinite(one.height)) return true;
    // What the profile may still change by, to the nearer end of the bracket.
    const rest = (Math.abs(one.slope) * Math.min(one.at - a.at, b.at - one.at)) / 2;
    if (rest < ACCURACY * profile.up || width < JUMP_WIDTH * (profile.high - profile.low)) return true;
    if (one.slope < 0 === isMinimum) a = one;
    else b = one;
  }
  return true;
}

/**
 * Samples lower than both neighbours, where the profile is level or presses against the end of the range; of those that no rise parts,
 * the lowest.
 */
function minimaOf(profile: Profile): ProfileMinimum[] {
  const { up } = profile;
  // A copy: ends of valleys that are sought add samples.
  const samples = [...profile.samples];
  const found = samples.filter((one, i) => {
    const [before, after] = [samples[i - 1], samples[i + 1]];
    if (!Number.isFinite(one.height)) return false;
    if ((before && before.height <= one.height) || (after && after.height < one.height)) return false;
    if (!before || !after) return before ? one.slope <= 0 : one.slope >= 0;
    const rest = (Math.abs(one.slope) * Math.min(one.at - before.at, after.at - one.at)) / 2;
    return rest < 2 * ACCURACY * up;
  });
  return found
    .toSorted((a, b) => a.height - b.height)
    .map((one) => ({ one, floor: around(samples, one, one.height + ACCURACY * up) }))
    .filter(({ one: { at } }, i, all) => !all.slice(0, i).some(({ floor }) => isInside(floor, at)))
    .map(({ one, floor }) => {
      const { at, height, x } = one;
      const [low, high] = around(samples, one, height + up).map((end) => end.at);
      const isValley = floor[1].at - floor[0].at > LEAST_VALLEY * (high! - low!);
      const ends = isValley ? { valley: endsOf(profile, samples, floor, height + ACCURACY * up) } : {};
      return { at, above: Math.max(0, height), x, ...ends };
    });
}

/** Where a valley rises above a height. */
function endsOf(
  profile: Profile,
  samples: readonly Sample[],
  [first, last]: readonly [Sample, Sample],
  height: number,
): readonly [low: number, high: number] {
  const [before, after] = [samples[samples.indexOf(first) - 1], samples[samples.indexOf(last) + 1]];
  const end = (inside: Sample, outside: Sample | undefined): number => {
    const { at = Number.NaN } = outside ? crossingBetween(profile, inside, outside, height) : {};
    return Number.isFinite(at) ? at : inside.at;
  };
  return [end(first, before), end(last, after)];
}

/** The ends of the stretch of samples around one that are not above a height. */
function around(samples: readonly Sample[], one: Sample, height: number): readonly [Sample, Sample] {
  const here = samples.indexOf(one);
  const isAbove = (other: Sample): boolean => !(other.height <= height);
  const low = samples[samples.slice(0, here).findLastIndex(isAbove) + 1]!;
  const beyond = samples.slice(here).findIndex(isAbove);
  return [low, samples[beyond < 0 ? samples.length - 1 : here + beyond - 1]!];
}

function isInside([low, high]: readonly [Sample, Sample], at: number): boolean {
  return low.at <= at && at <= high.at;
}

/** The parts of the range in which the profile is at most `up` above its lowest minimum. */
export function regionsBelow({ profile }: Pick<ProfileScan, "profile">, up: number): Region[] {
  const { samples, problem, index } = profile;
  const regions: Region[] = [];
  let open: { readonly low: number; readonly status: CrossingStatus } | undefined;
  const inside = (one: Sample): boolean => one.height <= up * (1 + ACCURACY);
  const end = (bound: number | undefined, at: number): CrossingStatus => (bound === at ? "at-bound" : "open");
  // A copy: crossings that are sought add samples.
  const line = [...samples];
  line.forEach((one, i) => {
    const before = line[i - 1];
    if (inside(one) && open === undefined) {
      if (before) {
        const { at, status } = crossingBetween(profile, one, before, up);
        open = { low: at, status };
      } else {
        const status = end(problem.lower?.[index], one.at);
        open = { low: status === "open" ? Number.NEGATIVE_INFINITY : one.at, status };
      }
    } else if (!inside(one) && open && before) {
      const { at, status } = crossingBetween(profile, before, one, up);
      regions.push({ low: open.low, high: at, status: [open.status, status] });
      open = undefined;
    }
  });
  const last = line.at(-1);
  if (open && last) {
    const status = end(problem.upper?.[index], last.at);
    const high = status === "open" ? Number.POSITIVE_INFINITY : last.at;
    regions.push({ low: open.low, high, status: [open.status, status] });
  }
  return regions;
}

/** Where the profile rises through a level between a sample below and one above it. */
function crossingBetween(
  profile: Profile,
  below: Sample,
  above: Sample,
  up: number,
): { readonly at: number; readonly status: CrossingStatus } {
  let [a, b] = [below, above];
  // An edge beyond which there is no value may have been closed in on for another level.
  const scale = Math.max(
    Math.abs(above.at - below.at),
    Math.abs(below.at - profile.minimum.x[profile.index]!),
  );
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (Math.min(Math.abs(a.height - up), Math.abs(b.height - up)) < ACCURACY * up) {
      return { at: secant(a, b, up), status: "found" };
    }
    if (Math.abs(b.at - a.at) < JUMP_WIDTH * scale) {
      return { at: a.at, status: Number.isFinite(b.height) ? "found" : "not-finite" };
    }
    const share = Number.isFinite(b.height) && step % 4 < 3 ? rootShare(a, b, up) : 0.5;
    const one = sampleAt(profile, a.at + Math.min(0.98, Math.max(0.02, share)) * (b.at - a.at), true);
    if (one.height <= up) a = one;
    else b = one;
  }
  return { at: Number.NaN, status: "failed" };
}

/** The share of the way at which the cubic through two samples crosses the level. */
function rootShare(a: Sample, b: Sample, up: number): number {
  const [left, right] = a.at < b.at ? [a, b] : [b, a];
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (cubicAt(left, right, a.at + middle * (b.at - a.at)) <= up) low = middle;
    else high = middle;
  }
  return low;
}

/** Where the slope of the nearer of two samples meets the level, between them at most. */
function secant(a: Sample, b: Sample, up: number): number {
  const near = Math.abs(a.height - up) < Math.abs(b.height - up) ? a : b;
  const shift = (up - near.height) / near.slope;
  return Number.isFinite(shift) && Math.abs(shift) <= Math.abs(b.at - a.at) ? near.at + shift : near.at;
}
