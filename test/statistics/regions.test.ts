/** Profiles with several minima: what part of the range lies below a level. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RuntimeError } from "../../runtime/errors.ts";
import { minimise, type Problem } from "../../runtime/minimise.ts";
import { minos } from "../../runtime/minos.ts";
import { type Region, regionsBelow, scanProfile } from "../../runtime/profile-scan.ts";
import { findRoots } from "../../runtime/roots.ts";

/** The regions of parameter 0 at each rise, as a fit finds them: with the minima that it knows, again from a lower one if it meets one. */
function regions(problem: Problem, ups: readonly number[], seeds: readonly Float64Array[] = []) {
  let minimum = minimise(problem);
  for (;;) {
    const { low, high, newMinimum } = minos(problem, minimum, 0);
    const crossings = [low, high].map((end) => ({ ...end, up: 1 }));
    const scan = newMinimum
      ? undefined
      : scanProfile(problem, minimum, 0, { up: Math.max(...ups), crossings, seeds });
    const found = ups.map((up) => (scan ? regionsBelow(scan, up) : []));
    const next = newMinimum?.x ?? scan?.newMinimum;
    if (!next) return { minimum, scan: scan!, found };
    minimum = minimise({ ...problem, start: next });
  }
}

const ends = (found: readonly Region[]): number[] => found.flatMap(({ low, high }) => [low, high]);

/** Ends of the parts of [low, high] where f ≤ up, by brute force. */
function bruteForce(f: (x: number) => number, low: number, high: number, up: number): number[] {
  const roots = findRoots((x) => f(x) - up, low, high, 20_000);
  return [...(f(low) <= up ? [low] : []), ...roots, ...(f(high) <= up ? [high] : [])];
}

describe("regions", () => {
  it("are two for a signal that a coupling can cancel and restore", () => {
    // A rate (1 − g)² with a normalisation of 10 %: exact from the profile of the normalisation.
    const problem: Problem = {
      value: ([g, n]) => (((1 + n!) * (1 - g!) ** 2 - 1) / 0.05) ** 2 + (n! / 0.1) ** 2,
      start: [0.1, 0],
      lower: [-100, -1],
      upper: [100, 1],
      step: [0.1, 0.1],
    };
    const { found, scan } = regions(problem, [2.705543]);
    const profileOf = (g: number): number => {
      const r = (1 - g) ** 2;
      return (r - 1) ** 2 / (0.05 ** 2 + (0.1 * r) ** 2);
    };
    const expected = bruteForce(profileOf, -100, 100, 2.705543);
    expect(expected).toHaveLength(4);
    ends(found[0]!).forEach((end, i) => {
      expect(end).toBeCloseTo(expected[i]!, 4);
    });
    expect(
      scan.minima
        .slice(0, 2)
        .map(({ at }) => at)
        .sort(),
    ).toEqual([expect.closeTo(0, 3), expect.closeTo(2, 3)]);
  });

  it("count from the lowest minimum when the start leads to the higher one", () => {
    const f = (x: number): number => 4 * (x * x - 4) ** 2 + x + 2.1;
    const problem: Problem = { value: ([x]) => f(x!), start: [1.8], lower: [-10], upper: [10], step: [0.1] };
    const { minimum, found } = regions(problem, [1, 9]);
    expect(minimum.x[0]).toBeLessThan(-1.9);
    const lowest = minimum.value;
    for (const [k, up] of [1, 9].entries()) {
      const expected = bruteForce((x) => f(x) - lowest, -10, 10, up);
      expect(ends(found[k]!)).toEqual(expected.map((end) => expect.closeTo(end, 3)));
    }
  });

  it("meet brute force for two and three minima at random places", () => {
    // Not fc.double, whose values crowd at zero.
    const between = (low: number, high: number) =>
      fc.integer({ min: 0, max: 1e6 }).map((share) => low + (high - low) * (share / 1e6));
    const well = fc.record({ gap: between(3, 8), depth: between(0, 5), width: between(0.5, 1) });
    const placed = fc
      .tuple(between(-8, 2), fc.array(well, { minLength: 2, maxLength: 3 }))
      .map(([first, wells]) => {
        let at = first;
        return wells.map(({ gap, ...rest }, i) => {
          if (i > 0) at += gap;
          return { at, ...rest };
        });
      });
    fc.assert(
      fc.property(placed, fc.nat(2), fc.constant(true), (wells, first, isKnown) => {
        fc.pre(wells.at(-1)!.at < 8);
        // A soft minimum of parabolas.
        const f = (x: number): number =>
          -2 *
          Math.log(
            wells.reduce(
              (s, { at, depth, width }) => s + Math.exp(-(((x - at) / width) ** 2 + depth) / 2),
              1e-40,
            ),
          );
        const problem: Problem = {
          value: ([x, y]) => f(x!) + (y! - Math.sin(x!)) ** 2,
          start: [wells[first % wells.length]!.at, 0],
          lower: [-10],
          upper: [10],
          step: [0.2, 1],
        };
        const seeds = wells.map(({ at }) => minimise({ ...problem, start: [at, Math.sin(at)] }).x);
        const { minimum, found } = regions(problem, [4], isKnown ? seeds : []);
        const level = (x: number): number => f(x) - minimum.value;
        const expected = bruteForce(level, -10, 10, 4);
        const unsafe = wells.some(
          ({ depth }) => Math.abs(depth - Math.min(...wells.map((w) => w.depth)) - 4) < 0.01,
        );
        fc.pre(!unsafe);
        expect(ends(found[0]!)).toEqual(expected.map((end) => expect.closeTo(end, 2)));
      }),
      {
        numRuns: 100,
        examples: [
          // A sample lies on the rise between two minima, which is as high as the level.
          [
            [
              { at: -3.4365894366529344, depth: 0, width: 0.5 },
              { at: 7.340566772284045, depth: 0, width: 0.6816720490818143 },
              { at: 0, depth: 0, width: 0.9999999999942233 },
            ],
            1,
            false,
          ],
          // A well between two samples whose slopes alone tell of it.
          [
            [
              { at: -7.55878, depth: 1.92943, width: 0.666184 },
              { at: 0.425145, depth: 4.222765, width: 0.572047 },
              { at: 3.438865, depth: 3.790045, width: 0.8974770000000001 },
            ],
            1,
            false,
          ],
        ],
      },
    );
  });

  it("begin at the bound for a parameter that cannot be negative", () => {
    const problem: Problem = {
      value: ([mu]) => (mu! ** 2 + 0.3) ** 2,
      start: [0.1],
      lower: [0],
      upper: [50],
    };
    const { found, scan } = regions(problem, [2]);
    const limit = Math.sqrt(Math.sqrt(2.09) - 0.3);
    expect(found[0]).toEqual([{ low: 0, high: expect.closeTo(limit, 4), status: ["at-bound", "found"] }]);
    expect(scan.minima).toEqual([expect.objectContaining({ at: 0, above: 0 })]);
  });

  it("have one minimum in a valley, with its ends", () => {
    // Of a sum that is known to be 0.3: equal wherever the other one can make up for this one.
    const bounds = { lower: [-1, -1], upper: [1, 1], step: [0.1, 0.1] };
    const strip: Problem = { ...bounds, value: ([a, b]) => ((a! + b! - 0.3) / 0.1) ** 2, start: [0.2, 0.1] };
    const ring: Problem = {
      ...bounds,
      value: ([a, b]) => ((a! ** 2 + b! ** 2 - 0.36) / 0.1) ** 2,
      start: [0.2, 0.5],
    };
    for (const [problem, low, high] of [
      [strip, -0.7, 1],
      [ring, -0.6, 0.6],
    ] as const) {
      const { minima } = regions(problem, [2.7]).scan;
      expect(minima).toHaveLength(1);
      // To where a change is seen: a hundredth of the error of 0.16 of the level.
      expect(Math.abs(minima[0]!.valley![0] - low)).toBeLessThan(0.005);
      expect(Math.abs(minima[0]!.valley![1] - high)).toBeLessThan(0.005);
    }
    const parabola: Problem = { ...bounds, value: ([a, b]) => a! ** 2 / 0.01 + b! ** 2, start: [0.2, 0.1] };
    const { minima } = regions(parabola, [2.7]).scan;
    expect(minima).toHaveLength(1);
    expect(minima[0]).not.toHaveProperty("valley");
  });

  it("end at bounds, are open without them and count a minimum at the far end", () => {
    const flat = (x: number): number => 3 * Math.exp(-x * x) * -1 + 3;
    const open: Problem = { value: ([x]) => flat(x!), start: [0.1], step: [0.5] };
    expect(regions(open, [4]).found[0]).toEqual([
      { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, status: ["open", "open"] },
    ]);
    expect(regions({ ...open, lower: [-3], upper: [2] }, [4]).found[0]).toEqual([
      { low: -3, high: 2, status: ["at-bound", "at-bound"] },
    ]);
    const tilted: Problem = {
      value: ([x]) => 30 * Math.sin(x! / 2) ** 2,
      start: [0.2],
      lower: [-1],
      upper: [6],
    };
    const { found } = regions(tilted, [1]);
    const half = 2 * Math.asin(Math.sqrt(1 / 30));
    expect(found[0]).toEqual([
      { low: expect.closeTo(-half, 4), high: expect.closeTo(half, 4), status: ["found", "found"] },
      { low: expect.closeTo(2 * Math.PI - half, 4), high: 6, status: ["found", "at-bound"] },
    ]);
  });

  it("find a narrow second minimum far away from the first on a wide range", () => {
    // As a charge: widths of 1e-3 of the distance, range 1e3 times as wide.
    const f = (x: number): number => ((x * (x - 1)) / 1e-3) ** 2;
    const problem: Problem = { value: ([x]) => f(x!), start: [0], lower: [-1e3], upper: [1e3], step: [1e-3] };
    const { found } = regions(problem, [2.7]);
    expect(found[0]).toHaveLength(2);
    expect(found[0]![1]!.low).toBeCloseTo(1 - 1.643e-3, 5);
  });

  it("stop where the function has no value", () => {
    const problem: Problem = {
      value: ([x]) => {
        if (x! > 3) throw new RuntimeError("outside-table", "beyond 3");
        return x! > -2 ? (x! - 2.5) ** 2 / 4 : Number.POSITIVE_INFINITY;
      },
      start: [2],
      lower: [-10],
      upper: [10],
      step: [0.1],
    };
    const minimum = minimise(problem);
    const scan = scanProfile(problem, minimum, 0, { up: 9, crossings: [] });
    expect(regionsBelow(scan, 1)).toEqual([
      { low: expect.closeTo(0.5, 4), high: expect.closeTo(3, 4), status: ["found", "not-finite"] },
    ]);
  });
});
