/** Intervals and limits by pseudo-experiments on a grid of one parameter: Feldman–Cousins, one-sided limits and CLs. */
import type { LimitMethod } from "./asymptotics.ts";
import { type ExpectedLimit, SHIFTS } from "./limit.ts";
import { normalBelow } from "./normal.ts";
import type { Region } from "./profile-scan.ts";
import { criticalValue, quantileOf, SAME_STATISTIC } from "./toy-summary.ts";

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

/** How far a value is from being excluded, at each value of the grid: from zero on it is not. */
export type Excess = (findings: Findings) => readonly number[];

/**
 * The interval of G. J. Feldman and R. D. Cousins (arXiv:physics/9711021): values whose t is at most what it is in a share `level` of
 * pseudo-experiments of that value. Nuisances are at their best values, in the data and in each of these. Compared are square roots,
 * which are nearly straight between the values of a grid, where t is nearly a parabola.
 */
export function feldmanCousins({ tested, level }: GridTests): Excess {
  const critical = tested.map(
    ({ statistics }) => criticalValue(statistics.filter(Number.isFinite), level).value,
  );
  return ({ statistics }) => statistics.map((t, k) => root(critical[k]! + SAME_STATISTIC) - root(t));
}

function root(t: number): number {
  return Math.sqrt(Math.max(0, t));
}

/**
 * Upper limits from q̃, which is t below the tested value and 0 above it: the share of pseudo-experiments of a value that have the q̃ of
 * the data or more; for CLs (A. L. Read, J. Phys. G 28 (2002) 2693) divided by that of those without a signal.
 */
export function oneSidedShares({ at, tested, null: nothing }: GridTests, method: LimitMethod): Excess {
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
      return method === "cls" ? above / shareAbove(background![k]!, q) : above;
    });
}

/** The same as how far it is above 1 − level. */
export function oneSidedLimit(tests: GridTests, method: LimitMethod): Excess {
  const shares = oneSidedShares(tests, method);
  return (findings) => shares(findings).map((share) => Math.log(share / (1 - tests.level)));
}

/** q̃: what a value above the tested one finds is no evidence against it. */
function oneSided(t: number, estimate: number, tested: number): number {
  return estimate > tested ? 0 : t;
}

/** The share of rising numbers that are at least q; instead of none, half a one. */
function shareAbove(sorted: readonly number[], q: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < q - SAME_STATISTIC) low = middle + 1;
    else high = middle;
  }
  return Math.max(sorted.length - low, 0.5) / sorted.length;
}

/** The values that are not excluded, their ends interpolated between those of the grid. A value without a test is left out. */
export function regionsOn({ at, range }: GridTests, excess: readonly number[]): readonly Region[] {
  const known = at.flatMap((value, k) => (Number.isNaN(excess[k]) ? [] : [{ value, excess: excess[k]! }]));
  const regions: Region[] = [];
  let open: Pick<Region, "low" | "status"> | undefined;
  known.forEach((here, i) => {
    const before = known[i - 1];
    const inside = here.excess >= 0;
    if (inside && open === undefined) {
      if (before) open = { low: crossing(before, here), status: ["found", "found"] };
      else if (here.value <= range[0]) open = { low: here.value, status: ["at-bound", "found"] };
      else open = { low: Number.NEGATIVE_INFINITY, status: ["open", "found"] };
    } else if (!inside && open !== undefined && before) {
      regions.push({ low: open.low, high: crossing(before, here), status: [open.status[0], "found"] });
      open = undefined;
    }
  });
  const last = known.at(-1);
  if (open !== undefined && last) {
    const bounded = last.value >= range[1];
    const high = bounded ? last.value : Number.POSITIVE_INFINITY;
    regions.push({ low: open.low, high, status: [open.status[0], bounded ? "at-bound" : "open"] });
  }
  return regions;
}

interface Place {
  readonly value: number;
  readonly excess: number;
}

function crossing(a: Place, b: Place): number {
  const part = a.excess / (a.excess - b.excess);
  // A value that has no q̃ like it is as far as one can tell.
  return Number.isFinite(part) ? a.value + part * (b.value - a.value) : (a.value + b.value) / 2;
}

/** The upper ends that pseudo-experiments without a signal find: the median, and the ends of the bands. */
export function expectedOn(tests: GridTests, excess: Excess): readonly ExpectedLimit[] {
  const { null: sets } = tests;
  const ends = (sets[0]?.statistics ?? []).flatMap((_, i) => {
    const statistics = sets.map((set) => set.statistics[i]!);
    if (!statistics.every(Number.isFinite)) return [];
    const regions = regionsOn(tests, excess({ statistics, estimate: sets[0]!.estimates[i]! }));
    return [regions.at(-1)?.high ?? tests.at[0]!];
  });
  return SHIFTS.map((shift) => ({ shift, value: quantileOf(ends, normalBelow(shift)) }));
}
