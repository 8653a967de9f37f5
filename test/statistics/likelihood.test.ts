import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareQuantile, chiSquareSurvival } from "../../runtime/chi-square.ts";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import {
  chiSquare,
  gaussianChiSquare,
  poissonChiSquare,
  saturatedDegreesOfFreedom,
} from "../../runtime/likelihood.ts";
import { TOY_BINS, TOY_DATA, toyAnalysis, toyCounts } from "./toy.ts";

describe("poissonChiSquare", () => {
  it("is the direct formula", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        (nu, n) => {
          const direct = 2 * (nu - n + n * Math.log(n / nu));
          expect(Math.abs(poissonChiSquare([nu], [n]) - direct)).toBeLessThan(1e-12 * (1 + n + nu));
        },
      ),
    );
  });

  it("is never negative, keeps its digits next to its zero, and is smooth where its series takes over", () => {
    expect(poissonChiSquare([7], [7])).toBe(0);
    // (n − ν)²/ν (1 − u/3 + …) with u = 2⁻³⁰
    expect(poissonChiSquare([1], [1 + 2 ** -30]) * 2 ** 60).toBeCloseTo(1, 8);
    const [below, above] = [poissonChiSquare([1], [1.01 - 1e-9]), poissonChiSquare([1], [1.01 + 1e-9])];
    expect((above - below) / 2e-9).toBeCloseTo(2 * Math.log(1.01), 5);
  });

  it("is 2ν for an empty bin, and infinite for an impossible expectation", () => {
    expect(poissonChiSquare([3], [0])).toBe(6);
    expect(poissonChiSquare([0], [0])).toBe(0);
    expect(poissonChiSquare([0], [1])).toBe(Number.POSITIVE_INFINITY);
    expect(poissonChiSquare([-1], [0])).toBe(Number.POSITIVE_INFINITY);
    expect(poissonChiSquare([-1], [4])).toBe(Number.POSITIVE_INFINITY);
  });

  it("hides no NaN", () => {
    expect(poissonChiSquare([Number.NaN], [0])).toBeNaN();
    expect(poissonChiSquare([Number.NaN], [2])).toBeNaN();
  });
});

describe("χ² distribution", () => {
  it("agrees with the cephes library", async () => {
    // The package's types are not seen by Node's resolution, and its code loads asynchronously.
    const name: string = "cephes";
    const cephes: { compiled: Promise<void>; igamc: (a: number, x: number) => number } = await import(name);
    await cephes.compiled;
    for (const k of [1, 2, 3, 7, 50, 101, 600]) {
      for (const ratio of [0.01, 0.3, 0.9, 1, 1.1, 2, 5]) {
        // Outside, cephes throws because it underflows.
        if (k * ratio > 1200 || (ratio < 0.1 && k > 100)) continue;
        const expected = cephes.igamc(k / 2, (k * ratio) / 2);
        expect(chiSquareSurvival(k * ratio, k) / expected).toBeCloseTo(1, 10);
      }
    }
  });

  it("has the textbook quantiles", () => {
    expect(chiSquareQuantile(0.6826894921370859)).toBeCloseTo(1, 12);
    expect(chiSquareQuantile(0.9)).toBeCloseTo(2.705543454095404, 12);
    expect(chiSquareQuantile(0.9973002039367398)).toBeCloseTo(9, 10);
    expect(chiSquareQuantile(1)).toBeNaN();
    expect(chiSquareSurvival(0, 5)).toBe(1);
    expect(chiSquareSurvival(3, 0)).toBeNaN();
  });

  it("counts the degrees of freedom of a saturated test", () => {
    expect(saturatedDegreesOfFreedom(12, 2, 4)).toBe(10);
  });
});

describe("chiSquare", () => {
  const x = Float64Array.of(1.1, 0.25, 0.06, -0.02);
  const { signal, background } = toyCounts(x);
  const expected = signal.map((s, i) => s + background[i]!);

  it("sums the experiments and the pulls of the nuisances", () => {
    const objective = chiSquare(toyAnalysis({ data: TOY_DATA }));
    const pulls = (0.06 / 0.12) ** 2 + (0.02 / 0.05) ** 2;
    expect(objective.value(x)).toBeCloseTo(poissonChiSquare(expected, TOY_DATA) + pulls, 12);
    expect(objective.terms(x).pulls).toEqual({ norm: 0.25, background: (0.02 / 0.05) ** 2 });
    expect(objective.fitted).toEqual([0, 1, 2, 3]);
    expect(objective.degreesOfFreedom).toBe(TOY_BINS + 2 - 4);
    expect([...objective.step]).toEqual([0.25, 1.99 / 20, 0.12, 0.05]);
  });

  it("takes Gaussian errors", () => {
    const objective = chiSquare(toyAnalysis({ data: TOY_DATA, likelihood: "gaussian" }));
    const direct = gaussianChiSquare(expected, TOY_DATA, TOY_DATA.map(Math.sqrt));
    expect(objective.terms(x).experiments).toEqual({ Spectrum: direct });
  });

  it("adds the constraints of the analysis", () => {
    const toy = toyAnalysis({ data: TOY_DATA });
    const analysis: CompiledAnalysis = {
      ...toy,
      constraints: [{ name: "product", mean: 0.3, sigma: 0.02 }],
      constrained: (p) => Float64Array.of(p[0]! * p[1]!),
    };
    const objective = chiSquare(analysis);
    expect(objective.terms(x).constraints).toEqual({ product: ((1.1 * 0.25 - 0.3) / 0.02) ** 2 });
    expect(objective.degreesOfFreedom).toBe(TOY_BINS + 3 - 4);
  });

  it("compares a projection with its own expectation at the spec's values, whatever the start", () => {
    const objective = chiSquare(toyAnalysis(), { values: { strength: 2 } });
    expect(objective.projection).toBe(true);
    expect(objective.start[0]).toBe(2);
    expect(objective.value(objective.start)).toBeGreaterThan(10);
    expect(objective.value(Float64Array.of(1, 0.3, 0, 0))).toBe(0);
  });

  it("holds, frees and constrains parameters by name", () => {
    const toy = toyAnalysis({ data: TOY_DATA });
    const held = chiSquare(toy, { fix: ["norm", "slope"], values: { norm: 0.12 } });
    expect(held.fitted).toEqual([0, 3]);
    expect(held.terms(held.start).pulls).toEqual({ norm: 1, background: 0 });
    expect(held.degreesOfFreedom).toBe(TOY_BINS + 1 - 2);
    const loose = chiSquare(toy, { free: ["norm"] });
    expect(loose.terms(x).pulls).toEqual({ background: (0.02 / 0.05) ** 2 });
    expect(() => chiSquare(toy, { fix: ["stength"] })).toThrow(RangeError);
    expect(() => chiSquare(toy, { values: { nom: 1 } })).toThrow("no parameter nom");
    expect(() => chiSquare(toy, { constrain: ["slope"] })).toThrow("no constraint");
  });
});
