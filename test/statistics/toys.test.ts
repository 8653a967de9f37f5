import { describe, expect, it } from "vitest";
import { chiSquareQuantile } from "../../runtime/chi-square.ts";
import { chiSquare, poissonChiSquare } from "../../runtime/likelihood.ts";
import { normalBelow, normalQuantile } from "../../runtime/normal.ts";
import { expectedAt, fluctuated, withMeasured } from "../../runtime/pseudo-experiment.ts";
import { RandomStream } from "../../runtime/random.ts";
import {
  expectedOn,
  feldmanCousins,
  type GridTests,
  oneSidedLimit,
  regionsOn,
} from "../../runtime/toy-limit.ts";
import { coverageOf, criticalValue, pValueOf, quantileOf, shareOf } from "../../runtime/toy-summary.ts";
import { type Toy, toyChunks, toyComputer } from "../../runtime/toys.ts";
import { exactInterval, logPoisson, oneBin, onGrid, toysOf } from "./counting.ts";
import { TOY_DATA, toyAnalysis } from "./toy.ts";

const columnsOf = (toys: readonly Toy[]) => ({
  statistics: toys.map(({ statistic }) => statistic),
  estimates: toys.map(({ values }) => values[0]!),
});

/** t and best value of an observation, by hand. */
function found(observed: number, background: number, at: readonly number[]) {
  const estimate = Math.max(0, observed - background);
  const best = poissonChiSquare([estimate + background], [observed]);
  const statistics = at.map((signal) => poissonChiSquare([signal + background], [observed]) - best);
  return { statistics, estimate };
}

/** Toys at the values of a grid, and without a signal when asked for. */
function tests(
  at: readonly number[],
  background: number,
  level: number,
  count: number,
  withNull = true,
): GridTests {
  const { hypotheses, ...request } = onGrid(at, count);
  const wanted = withNull ? hypotheses : hypotheses.slice(0, at.length);
  const sets = toysOf(oneBin({ background }), { ...request, hypotheses: wanted }).map(columnsOf);
  return { at, tested: sets.slice(0, at.length), null: sets.slice(at.length), level, range: [0, 50] };
}

/** t and best value of measurements that are normal around a truth, tested at it. */
function normalToys(truth: number, count: number, seed: number) {
  const stream = new RandomStream(seed, [truth, 0]);
  const estimates = Array.from({ length: count }, () => stream.normal(truth, 1));
  return { statistics: estimates.map((one) => (one - truth) ** 2), estimates };
}

const spaced = (high: number, step: number): readonly number[] =>
  Array.from({ length: Math.round(high / step) + 1 }, (_, i) => i * step);

describe("a pseudo-experiment", () => {
  const analysis = toyAnalysis({ data: TOY_DATA });
  const truth = [1.2, 0.25, 0.05, -0.02];
  const expected = expectedAt(analysis, truth);

  it("fluctuates data and the measurements behind constraints around the truth", () => {
    const all = Array.from({ length: 4000 }, (_, i) =>
      fluctuated(analysis, expected, new RandomStream(3, [i, 0])),
    );
    const spread = (numbers: readonly number[]) => {
      const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
      return [mean, numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length] as const;
    };
    expected.counts.Spectrum!.forEach((nu, bin) => {
      const [mean, variance] = spread(all.map(({ counts }) => counts.Spectrum![bin]!));
      expect(Math.abs(mean - nu)).toBeLessThan(4 * Math.sqrt(nu / 4000));
      expect(Math.abs(variance / nu - 1)).toBeLessThan(0.12);
    });
    const [mean, variance] = spread(all.map(({ means }) => means[2]!));
    expect(Math.abs(mean - 0.05)).toBeLessThan((4 * 0.12) / Math.sqrt(4000));
    expect(Math.abs(variance / 0.12 ** 2 - 1)).toBeLessThan(0.12);
  });

  it("has its own chi2", () => {
    const one = fluctuated(analysis, expected, new RandomStream(3, [0, 0]));
    const x = Float64Array.of(1.1, 0.3, 0.1, 0);
    const byHand =
      poissonChiSquare(analysis.totals(x).Spectrum!, one.counts.Spectrum!) +
      ((0.1 - one.means[2]!) / 0.12) ** 2 +
      (one.means[3]! / 0.05) ** 2;
    expect(chiSquare(withMeasured(analysis, one)).value(x)).toBeCloseTo(byHand, 10);
    // The analysis itself keeps its data.
    expect(analysis.experiments[0]!.data![0]).toBe(TOY_DATA[0]);
  });

  it("as expected, has its minimum at the truth", () => {
    const asimov = chiSquare(withMeasured(analysis, expected));
    expect(asimov.value(Float64Array.from(truth))).toBeCloseTo(0, 12);
  });
});

describe("toys", () => {
  const request = {
    ...onGrid([4], 50, [0]),
    hypotheses: [
      { truth: 0, tested: [4] },
      { truth: 1, tested: [4] },
    ],
  };
  const analysis = oneBin({ background: 3, uncertainty: 0.1 });
  const all = toysOf(analysis, request);

  it("come out the same in any order, and however many there are", () => {
    const compute = toyComputer(analysis, request);
    const backwards = Array.from(
      { length: toyChunks(request) },
      (_, k) => toyChunks(request) - 1 - k,
    ).flatMap(compute);
    expect(backwards.sort((a, b) => a.point - b.point)).toEqual(all.flat().sort((a, b) => a.point - b.point));
    const fewer = toysOf(analysis, { ...request, count: 20 });
    expect(fewer[0]).toEqual(all[0]!.slice(0, 20));
  });

  it("of one truth have the same data for every hypothesis", () => {
    const twice = toysOf(analysis, {
      ...request,
      hypotheses: [4, 5].map((value) => ({ truth: 0, tested: [value] })),
    });
    expect(twice[1]!.map(({ chi2 }) => chi2)).toEqual(twice[0]!.map(({ chi2 }) => expect.closeTo(chi2, 6)));
  });

  it("with a fit that fails are kept and say so", () => {
    const broken = oneBin({ background: 3 });
    // No finite likelihood for a signal below one.
    const wall = {
      ...broken,
      totals: (x: Float64Array) => ({ Count: Float64Array.of(x[0]! < 1 ? Number.NaN : x[0]! + 3) }),
    };
    const [toys] = toysOf(wall, { ...onGrid([4], 64), hypotheses: [{ truth: 0, tested: [0.5] }] });
    expect(toys).toHaveLength(64);
    expect(toys!.every(({ converged, statistic }) => !converged && Number.isNaN(statistic))).toBe(true);
  });
});

describe("what toys say", () => {
  it("is a share with its binomial error", () => {
    expect(shareOf(90, 100)).toEqual({ value: 0.9, error: expect.closeTo(0.03, 12) });
    expect(shareOf(0, 99).error).toBeCloseTo(Math.sqrt((0.01 * 0.99) / 99), 12);
    expect(pValueOf([1, 2, 3, 4], 3).value).toBe(0.5);
    expect(coverageOf([1, 2, 3, 4], 3).value).toBe(0.75);
    const even = Array.from({ length: 1000 }, (_, i) => i + 1);
    expect(criticalValue(even, 0.9)).toEqual({ value: 900, low: 891, high: 910 });
    expect(quantileOf([3, 1, 2, 5, 4], 0.5)).toBe(3);
  });
});

describe("Feldman-Cousins", () => {
  // G. J. Feldman and R. D. Cousins, arXiv:physics/9711021, table IV: 90 %, background 3.
  const published: readonly (readonly [number, number, number])[] = [
    [0, 0, 1.08],
    [1, 0, 1.88],
    [2, 0, 3.04],
    [3, 0, 4.42],
    [4, 0, 5.6],
    [5, 0, 6.99],
    [6, 0.15, 8.47],
    [7, 0.89, 9.53],
    [8, 1.51, 10.99],
    [9, 1.88, 12.3],
    [10, 2.63, 13.5],
  ];

  it.each(published)("by the exact construction is the published table: %d counts", (n, low, high) => {
    const [from, to] = exactInterval(n, 3, 0.9);
    expect(Math.abs(from - low)).toBeLessThan(0.011);
    // The publication lengthens intervals where a larger background would have a longer one (section IV B), here for no counts.
    const larger = n > 0 ? [] : spaced(0.5, 0.01).map((more) => exactInterval(n, 3 + more, 0.9, 1.5)[1]);
    expect(Math.abs(Math.max(to, ...larger) - high)).toBeLessThan(0.011);
  });

  it("by toys is the exact construction", () => {
    const grid = tests(spaced(15, 0.3), 3, 0.9, 1000, false);
    const excess = feldmanCousins(grid);
    for (const [n] of published) {
      const [low, high] = exactInterval(n, 3, 0.9);
      const regions = regionsOn(grid, excess(found(n, 3, grid.at)));
      // A step of the grid, and somewhat less for the number of toys.
      expect(Math.abs(regions[0]!.low - low)).toBeLessThan(0.5);
      expect(Math.abs(regions.at(-1)!.high - high)).toBeLessThan(0.5);
      expect(regions[0]!.status[0]).toBe(low === 0 ? "at-bound" : "found");
    }
  });

  it("ends where a parabola does on a grid of wide steps too", () => {
    const at = [0, 5, 10, 15];
    const tested = at.map((truth) => normalToys(truth, 4000, 1));
    const grid: GridTests = { at, tested, null: [], level: 0.9, range: [-50, 50] };
    const statistics = at.map((value) => (value - 6.5) ** 2);
    const [region] = regionsOn(grid, feldmanCousins(grid)({ statistics, estimate: 6.5 }));
    // Between two values of the grid, both of which are excluded or hardly not.
    expect(Math.abs(region!.low - 6.5 + 1.645)).toBeLessThan(0.15);
    expect(Math.abs(region!.high - 6.5 - 1.645)).toBeLessThan(0.15);
  });

  it("of few counts on fine and coarse grids ends within the error that it tells", () => {
    const [low, high] = exactInterval(6, 3, 0.9);
    for (const step of [0.25, 0.5]) {
      const grid = tests(spaced(15, step), 3, 0.9, 600, false);
      const regions = regionsOn(grid, feldmanCousins(grid)(found(6, 3, grid.at)));
      const [first, last] = [regions[0]!, regions.at(-1)!];
      // Shares jump from one value of t to the next, which an interpolation spreads over a step.
      expect(Math.abs(first.low - low)).toBeLessThan(step);
      expect(Math.abs(last.high - high)).toBeLessThan(step);
      expect(last.errors[1]).toBeGreaterThan(0.005);
    }
  });

  it("has ends with the error of so many toys", () => {
    const ends = Array.from({ length: 40 }, (_, seed) => {
      const at = [0, 1, 2, 3];
      const sets = at.map((truth) => normalToys(truth, 400, seed));
      const grid: GridTests = { at, tested: sets, null: [], level: 0.9, range: [-50, 50] };
      const statistics = at.map((value) => (value - 0.3) ** 2);
      return regionsOn(grid, feldmanCousins(grid)({ statistics, estimate: 0.3 })).at(-1)!;
    });
    const values = ends.map(({ high }) => high);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
    const claimed = ends.reduce((sum, { errors }) => sum + errors[1], 0) / ends.length;
    expect(mean).toBeCloseTo(0.3 + 1.645, 1);
    expect(claimed / deviation).toBeGreaterThan(0.6);
    expect(claimed / deviation).toBeLessThan(1.6);
  });

  it("of a Gaussian near its boundary has the critical values of the construction", () => {
    for (const truth of [0, 0.5, 1, 2, 4]) {
      const analysis = oneBin({ gaussian: true });
      const request = { ...onGrid([truth], 4000), hypotheses: [{ truth: 0, tested: [truth] }] };
      const { value, low, high } = criticalValue(
        toysOf(analysis, request)[0]!.map(({ statistic }) => statistic),
        0.9,
      );
      const exact = exactGaussian(truth, 0.9);
      expect(Math.abs(value - exact)).toBeLessThan(3 * (high - low) + 1e-6);
    }
  });
});

/** For x normal around a truth ≥ 0: t = (x − truth)² for x ≥ 0, truth² − 2 x truth below; the t with the wanted probability. */
function exactGaussian(truth: number, level: number): number {
  const inside = (t: number): number => {
    const lowest =
      Math.sqrt(t) <= truth ? truth - Math.sqrt(t) : truth === 0 ? -Infinity : (truth ** 2 - t) / (2 * truth);
    return normalBelow(Math.sqrt(t)) - normalBelow(lowest - truth);
  };
  let [low, high] = [0, 20];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (inside(middle) < level) low = middle;
    else high = middle;
  }
  return low;
}

describe("CLs by toys", () => {
  const grid = tests(spaced(12, 0.5), 3, 0.9, 2000);
  const excess = oneSidedLimit(grid, "cls");

  /** The signal at which P(≤ n | s + b)/P(≤ n | b) is 10 %. */
  const exact = (n: number): number => {
    const below = (mean: number): number =>
      Array.from({ length: n + 1 }, (_, k) => Math.exp(logPoisson(k, mean))).reduce((a, b) => a + b, 0);
    let [low, high] = [0, 30];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (below(middle + 3) / below(3) > 0.1) low = middle;
      else high = middle;
    }
    return low;
  };

  it("of a counting experiment is the ratio of Poisson sums", () => {
    expect(exact(0)).toBeCloseTo(Math.log(10), 10);
    for (const n of [1, 3, 5]) {
      const regions = regionsOn(grid, excess(found(n, 3, grid.at)));
      expect(regions).toHaveLength(1);
      expect(Math.abs(regions[0]!.high - exact(n))).toBeLessThan(0.35);
    }
  });

  it("has the limits expected without a signal", () => {
    const expected = expectedOn(grid, excess);
    // The median count is 3, and that of one standard deviation less, 1; of one more, 5.
    const counts = [undefined, 1, 3, 5, undefined];
    counts.forEach((n, i) => {
      if (n !== undefined) expect(Math.abs(expected[i]!.value - exact(n))).toBeLessThan(0.5);
    });
  });
});

describe("coverage", () => {
  it("of intervals far from the boundary is nominal", () => {
    const request = { ...onGrid([40], 2000), hypotheses: [{ truth: 0, tested: [40] }] };
    const analysis = oneBin({ gaussian: true, range: [0, 100] });
    const statistics = toysOf(analysis, request)[0]!.map(({ statistic }) => statistic);
    for (const level of [0.6827, 0.9]) {
      const { value, error } = coverageOf(statistics, chiSquareQuantile(level));
      expect(Math.abs(value - level)).toBeLessThan(3 * error);
    }
  });

  it("of two parameters together has two degrees of freedom", () => {
    const truth = [1.2, 0.25, 0, 0];
    const request = {
      parameters: ["strength", "slope"],
      truths: [truth],
      hypotheses: [{ truth: 0, tested: [1.2, 0.25] }],
      seed: 1,
      count: 600,
    };
    const statistics = toysOf(toyAnalysis(), request)[0]!.map(({ statistic }) => statistic);
    for (const level of [0.6827, 0.9]) {
      const { value, error } = coverageOf(statistics, chiSquareQuantile(level, 2));
      expect(Math.abs(value - level)).toBeLessThan(3 * error);
    }
  });

  it("at the boundary is that of half a Gaussian", () => {
    const request = { ...onGrid([0], 4000), hypotheses: [{ truth: 0, tested: [0] }] };
    const statistics = toysOf(oneBin({ gaussian: true }), request)[0]!.map(({ statistic }) => statistic);
    const { value, low, high } = criticalValue(statistics, 0.9);
    expect(Math.abs(value - normalQuantile(0.9) ** 2)).toBeLessThan(high - low);
    expect(coverageOf(statistics, chiSquareQuantile(0.9)).value).toBeCloseTo(0.95, 1);
  });
});
