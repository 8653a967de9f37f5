/** Fits from random points: all basins are found, and points without a likelihood are named. */
import { describe, expect, it } from "vitest";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
// Under its own name Biome takes it for a focused test.
import { fit as fitTo } from "../../runtime/fit.ts";
import { TOY_DATA, toyAnalysis, toyCounts, withTotals } from "./toy.ts";

const toy = toyAnalysis({ data: TOY_DATA });

/** The toy with counts that are a function of its first parameter, which has another range. */
function withStrength(range: readonly [number, number], strength: (x: number) => number): CompiledAnalysis {
  const renamed: CompiledAnalysis = {
    ...toy,
    parameters: toy.parameters.map((p, i) => (i === 0 ? { ...p, value: 0.1, range } : p)),
  };
  return withTotals(renamed, (x) => {
    const { signal, background } = toyCounts([strength(x[0]!), ...x.slice(1)]);
    return signal.map((s, i) => s + background[i]!);
  });
}

const fifty = { randomStarts: { count: 50, seed: 1 }, errors: false } as const;

describe("fits from random starts", () => {
  it("all end in the one minimum there is", () => {
    const { randomStarts, otherMinima } = fitTo(toy, fifty);
    expect(otherMinima).toEqual([]);
    expect(randomStarts).toEqual({
      count: 50,
      seed: 1,
      endedIn: [50],
      higher: 0,
      failed: 0,
    });
  });

  it("are shared out among two minima, which the fit reports", () => {
    const two = withStrength([-3, 3], (g) => (1 - 1.2 * g) ** 2);
    const { randomStarts, otherMinima } = fitTo(two, fifty);
    expect(otherMinima.length).toBe(1);
    const [best = 0, other = 0] = randomStarts?.endedIn ?? [];
    expect(best + other + randomStarts!.failed).toBe(50);
    expect(Math.min(best, other)).toBeGreaterThan(5);
  });

  it("find a minimum that a coarse scan steps over", () => {
    // A valley at 2.05, narrower than the points of the scan are apart, is deeper than the one around 0.3.
    const hidden = withStrength([-3, 3], (g) => 1 + 0.25 * Math.min(Math.abs(g - 2.05) / 0.05, 1));
    const plain = fitTo(hidden, { errors: false, extraStarts: 0 });
    const tried = fitTo(hidden, { ...fifty, extraStarts: 0, randomStarts: { count: 200, seed: 1 } });
    expect(tried.minimum).toBeLessThan(plain.minimum + 1e-6);
    expect(tried.randomStarts?.endedIn[0]).toBeGreaterThan(0);
  });

  it("say at which values the likelihood is no number", () => {
    const broken = withStrength([-3, 3], (g) => (g > 2 ? Number.NaN : (1 - 1.2 * g) ** 2));
    for (const options of [{}, fifty]) {
      const { notFinite, converged } = fitTo(broken, options);
      expect(converged).toBe(true);
      expect(notFinite.count).toBeGreaterThan(2);
      expect(Object.values(notFinite.values!)[0]).toBeGreaterThan(2);
    }
  });

  it("end intervals where the likelihood stops being finite, which is not a bound", () => {
    const cut = withStrength([-3, 3], (g) => (g > 0.2 ? Number.NaN : 1 + 0.1 * g));
    const { parameters, intervals } = fitTo(cut, { levels: [0.9] });
    expect(parameters[0]!.status).toContain("not-finite");
    const [region] = intervals[0]!.regions;
    expect(region!.status).toContain("not-finite");
    expect(region!.high).toBeCloseTo(0.2, 3);
  });

  it("are the same for the same seed alone", () => {
    const two = withStrength([-3, 3], (g) => (1 - 1.2 * g) ** 2);
    const of = (seed: number) =>
      fitTo(two, { errors: false, randomStarts: { count: 20, seed } }).randomStarts;
    expect(of(1)).toEqual(of(1));
    expect(of(1)?.endedIn).not.toEqual(of(3)?.endedIn);
  });
});
