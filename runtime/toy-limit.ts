/** Intervals and limits by pseudo-experiments on a grid of one parameter: Feldman–Cousins, one-sided limits and CLs. */
import type { LimitMethod } from "./asymptotics.ts";
import { normal_pdf } from "./distributions.ts";
import { type ExpectedLimit, SHIFTS } from "./limit.ts";
import type { CrossingStatus } from "./minos.ts";
import { normalBelow, normalQuantile } from "./normal.ts";
import type { Region } from "./profile-scan.ts";
import { quantileOf, SAME_STATISTIC, type Share, shareOf } from "./toy-summary.ts";

/** Pseudo-experiments of one truth, tested at one value; NaN where a fit failed. */
export interface ToySet {
  /** t of each. */
  readonly statistics: readonly number[];
  /** Best value of the tested parameter of each. */
  readonly estimates: readonly number[];
}

/** Tests at the values of a grid. */
export interface GridTests {
  /** Rising values of the parameter. */
  readonly at: readonly number[];
  /** Pseudo-experiments made at each value and tested there. */
  readonly tested: readonly ToySet[];
  /** Pseudo-experiments without a signal, tested at each value: the same ones at all. Empty when they are not needed. */
  readonly null: readonly ToySet[];
  readonly level: number;
  /** Allowed range of the parameter. */
  readonly range: readonly [low: number, high: number];
}

/** What one experiment, real or not, finds at the values of the grid. */
export interface Findings {
  readonly statistics: readonly number[];
  /** Best value of the parameter. */
  readonly estimate: number;
}

/** How far a value of the parameter is from being excluded: from an excess of zero on it is not. */
export interface Place {
  readonly value: number;
  readonly excess: number;
  /** Standard deviation of the excess, from the number of pseudo-experiments. */
  readonly error: number;
}

/** The values of the grid, for one experiment; where its excess is NaN there is no test. */
export type Test = (findings: Findings) => readonly Place[];

/** A part of the parameter's range that is not excluded. */
export interface ToyRegion extends Region {
  /** Standard deviations of the ends, from the number of pseudo-experiments; 0 where an end was not found. */
  readonly errors: readonly [low: number, high: number];
}

/**
 * The interval of G. J. Feldman and R. D. Cousins (arXiv:physics/9711021): values whose t is at most what it is in a share `level` of
 * pseudo-experiments of that value. Nuisances are at their best values, in the data and in each of these. Compared are significances,
 * which are nearly straight between the values of a grid, where t is nearly a parabola; at its lowest point, the best value, is a place of
 * its own, of significance zero.
 */
export function feldmanCousins({ at, tested, level }: GridTests): Test {
  const wanted = normalQuantile((1 + level) / 2);
  const sorted = tested.map(({ statistics }) => statistics.filter(Number.isFinite).sort((a, b) => a - b));
  return ({ statistics, estimate }) => {
    const places = statistics.map((t, k): Place => {
      const { value, error } = significance(t, sorted[k]!);
      return { value: at[k]!, excess: wanted - value, error };
    });
    const best = { value: estimate, excess: wanted, error: 0 };
    const above = at.findIndex((value) => value > estimate);
    return above < 1 || at[above - 1] === estimate
      ? places
      : [...places.slice(0, above), best, ...places.slice(above)];
  };
}

/**
 * The standard deviations of a Gaussian with the share of pseudo-experiments whose t is at least the one given; beyond all of them
 * it grows as the root of t.
 */
function significance(t: number, sorted: readonly number[]): Share {
  if (Number.isNaN(t)) return { value: Number.NaN, error: Number.NaN };
  const largest = sorted.at(-1) ?? Number.NaN;
  const isBeyond = t > largest + SAME_STATISTIC && largest > 0;
  const share = isBeyond ? shareOf(1, sorted.length) : shareAbove(sorted, t);
  const value = normalQuantile(1 - share.value / 2);
  return {
    value: isBeyond ? value * Math.sqrt(t / largest) : value,
    error: share.error / (2 * normal_pdf(value, 0, 1)),
  };
}

/**
 * Upper limits from q̃, which is t below the tested value and 0 above it: the share of pseudo-experiments of a value that have the q̃ of
 * the data or more; for CLs (A. L. Read, J. Phys. G 28 (2002) 2693) divided by that of those without a signal.
 */
export function oneSidedShares(
  { at, tested, null: nothing }: GridTests,
  method: LimitMethod,
): (findings: Findings) => readonly Share[] {
  const [signal, background] = [tested, nothing].map((sets) =>
    sets.map(({ statistics, estimates }, k) =>
      statistics
        .flatMap((t, i) => (Number.isFinite(t) ? [oneSided(t, estimates[i]!, at[k]!)] : []))
        .sort((a, b) => a - b),
    ),
  );
  return ({ statistics, estimate }) =>
    statistics.map((t, k) => {
      const q = oneSided(t, estimate, at[k]!);
      const above = shareAbove(signal![k]!, q);
      return method === "cls" ? ratioOf(above, shareAbove(background![k]!, q)) : above;
    });
}

function ratioOf(a: Share, b: Share): Share {
  const value = a.value / b.value;
  return { value, error: value * Math.hypot(a.error / a.value, b.error / b.value) };
}

/** The same as how far its logarithm is above that of 1 − level. */
export function oneSidedLimit(tests: GridTests, method: LimitMethod): Test {
  const shares = oneSidedShares(tests, method);
  return (findings) =>
    shares(findings).map((share, k) => ({
      value: tests.at[k]!,
      excess: Math.log(share.value / (1 - tests.level)),
      error: share.error / share.value,
    }));
}

/** q̃: what a value above the tested one finds is no evidence against it. */
function oneSided(t: number, estimate: number, tested: number): number {
  return estimate > tested ? 0 : t;
}

/** The share of rising numbers that are at least q; instead of none, half a one. */
function shareAbove(sorted: readonly number[], q: number): Share {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < q - SAME_STATISTIC) low = middle + 1;
    else high = middle;
  }
  return shareOf(Math.max(sorted.length - low, 0.5), sorted.length);
}

/** The values that are not excluded, their ends interpolated between those of the grid. A value without a test is left out. */
export function regionsOn(
  { range }: Pick<GridTests, "range">,
  places: readonly Place[],
): readonly ToyRegion[] {
  const known = places.filter(({ excess }) => !Number.isNaN(excess));
  const regions: ToyRegion[] = [];
  let open: End | undefined;
  const close = ({ at, status, error }: End): void => {
    if (open === undefined) return;
    const { at: low, status: first, error: below } = open;
    regions.push({ low, high: at, status: [first, status], errors: [below, error] });
    open = undefined;
  };
  known.forEach((here, i) => {
    const before = known[i - 1];
    const inside = here.excess >= 0;
    if (inside && open === undefined) {
      if (before) open = crossing(before, here);
      else if (here.value <= range[0]) open = { at: here.value, status: "at-bound", error: 0 };
      else open = { at: Number.NEGATIVE_INFINITY, status: "open", error: 0 };
    } else if (!inside && before) {
      close(crossing(before, here));
    }
  });
  const last = known.at(-1);
  if (last && last.value >= range[1]) close({ at: last.value, status: "at-bound", error: 0 });
  else close({ at: Number.POSITIVE_INFINITY, status: "open", error: 0 });
  return regions;
}

interface End {
  readonly at: number;
  readonly status: CrossingStatus;
  readonly error: number;
}

function crossing(a: Place, b: Place): End {
  const part = a.excess / (a.excess - b.excess);
  // A value that has no q̃ like it is as far as one can tell.
  if (!Number.isFinite(part)) return { at: (a.value + b.value) / 2, status: "found", error: 0 };
  const error = Math.hypot((1 - part) * a.error, part * b.error);
  const slope = (b.excess - a.excess) / (b.value - a.value);
  return { at: a.value + part * (b.value - a.value), status: "found", error: Math.abs(error / slope) };
}

/** The upper ends that pseudo-experiments without a signal find: the median, and the ends of the bands. */
export function expectedOn(tests: GridTests, test: Test): readonly ExpectedLimit[] {
  const { null: sets } = tests;
  const ends = (sets[0]?.statistics ?? []).flatMap((_, i) => {
    const statistics = sets.map((set) => set.statistics[i]!);
    if (!statistics.every(Number.isFinite)) return [];
    const regions = regionsOn(tests, test({ statistics, estimate: sets[0]!.estimates[i]! }));
    return [regions.at(-1)?.high ?? tests.at[0]!];
  });
  return SHIFTS.map((shift) => ({ shift, value: quantileOf(ends, normalBelow(shift)) }));
}
