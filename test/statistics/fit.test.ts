import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
// Under its own name Biome takes it for a focused test.
import { fit as fitTo } from "../../runtime/fit.ts";
import { poissonChiSquare } from "../../runtime/likelihood.ts";
import { TOY_BINS, TOY_DATA, toyAnalysis, toyCounts, withTotals } from "./toy.ts";

describe("fit of the toy spectrum", () => {
  const result = fitTo(toyAnalysis({ data: TOY_DATA }));
  const strength = result.parameters[0]!;

  it("converges with a sensible goodness of fit", () => {
    expect(result).toMatchObject({ name: "Toy", converged: true, reason: "converged", degreesOfFreedom: 10 });
    expect(result.minimum).toBeGreaterThan(0);
    expect(result.pValue).toBeGreaterThan(0.05);
    expect(result.pValue).toBeLessThan(1);
  });

  it("reports free parameters with both errors, as magnitudes", () => {
    expect(result.parameters.map(({ name }) => name)).toEqual(["strength", "slope"]);
    for (const { errors, parabolic, status } of result.parameters) {
      expect(status).toEqual(["found", "found"]);
      expect(errors![0]).toBeGreaterThan(0.8 * parabolic);
      expect(errors![1]).toBeGreaterThan(0.8 * parabolic);
    }
    // The norm divides: the upper error is the larger one.
    expect(strength.errors![1]).toBeGreaterThan(strength.errors![0]);
  });

  it("reports nuisances with their pulls", () => {
    const [norm, background] = result.nuisances;
    // The norm cannot be told from the strength: no pull, its whole prior error.
    expect(norm!.pull).toBeCloseTo(0, 4);
    expect(norm!.error).toBeCloseTo(0.12, 5);
    expect(background!.pull).toBeCloseTo(background!.value / 0.05, 12);
    expect(background!.error).toBeLessThan(0.05);
  });

  it("has an interval that is wider than the errors and contains the best value", () => {
    const { regions, level } = result.intervals[0]!;
    expect(regions).toHaveLength(1);
    const { low, high } = regions[0]!;
    expect(level).toBe(0.9);
    expect(low).toBeLessThan(strength.value - strength.errors![0]);
    expect(high).toBeGreaterThan(strength.value + strength.errors![1]);
  });

  it("has a correlation matrix", () => {
    expect(result.fitted).toEqual(["strength", "slope", "norm", "background"]);
    result.correlation.forEach((row, i) => {
      row.forEach((rho, j) => {
        expect(rho).toBeCloseTo(result.correlation[j]![i]!, 12);
        expect(Math.abs(rho)).toBeLessThanOrEqual(1);
      });
    });
    expect(result.correlation[0]![2]).toBeLessThan(-0.7);
  });
});

describe("fit", () => {
  it("gives back the values of a projection, without a p-value", () => {
    const result = fitTo(toyAnalysis());
    expect(result.converged).toBe(true);
    expect(result.minimum).toBeCloseTo(0, 6);
    expect(result.parameters[0]!.value).toBeCloseTo(1, 4);
    expect(result).not.toHaveProperty("pValue");
  });

  it("finds the minimum from starts far away", () => {
    const reference = fitTo(toyAnalysis({ data: TOY_DATA }), { errors: false });
    for (const values of [{ strength: 4, slope: 1.9 }, { strength: 0.001 }, { slope: 0.011, norm: 0.3 }]) {
      const result = fitTo(toyAnalysis({ data: TOY_DATA }), { errors: false, values });
      expect(result.minimum).toBeCloseTo(reference.minimum, 6);
      expect(result.parameters[0]!.value).toBeCloseTo(reference.parameters[0]!.value, 3);
    }
  });

  it("ends errors at the physical bound for data without a signal", () => {
    const result = fitTo(toyAnalysis({ data: new Array(TOY_BINS).fill(18) }));
    const [strength] = result.parameters;
    expect(result.converged).toBe(true);
    expect(strength).toMatchObject({ value: 0, atBound: true, parabolic: 0 });
    expect(strength!.status![0]).toBe("at-bound");
    expect(strength!.errors![0]).toBe(0);
    expect(strength!.errors![1]).toBeGreaterThan(0);
    // Without a signal nothing says how it would fall.
    expect(result.undetermined).toEqual(["slope"]);
  });

  it("needs few evaluations, with twelve fitted parameters too", () => {
    for (const [extra, most] of [
      [0, 200],
      [8, 750],
    ] as const) {
      let calls = 0;
      const analysis = toyAnalysis({ data: TOY_DATA, extra, onCall: () => calls++ });
      const result = fitTo(analysis, { fix: ["slope"], levels: [] });
      expect(result.converged).toBe(true);
      expect(calls).toBe(result.evaluations);
      expect(calls).toBeLessThan(most);
    }
  });

  it("reports progress", () => {
    const stages: string[] = [];
    fitTo(toyAnalysis({ data: TOY_DATA }), {
      progress: ({ stage, parameter }) => stages.push(parameter ? `${stage} ${parameter}` : stage),
    });
    expect(stages).toEqual([
      "minimum",
      "errors strength",
      "interval strength",
      "errors slope",
      "interval slope",
    ]);
  });

  it("says why it has not converged, with the values at fault", () => {
    const toy = toyAnalysis({ data: TOY_DATA });
    const broken = withTotals(toy, () => new Float64Array(TOY_BINS).fill(Number.NaN));
    const result = fitTo(broken);
    expect(result.converged).toBe(false);
    expect(result.reason).toBe(
      "the likelihood is NaN at strength = 1, slope = 0.3, norm = 0, background = 0",
    );
    expect(result.parameters[0]).not.toHaveProperty("errors");
    const short = fitTo(toy, { maxEvaluations: 5, extraStarts: 0, values: { slope: 1.5 } });
    expect(short.converged).toBe(false);
    expect(short.reason).toMatch(/^no minimum after \d+ evaluations/);
  });

  it("finds the better of two basins and reports the other", () => {
    // Counts quadratic in a coupling around a shifted zero, as for a vector mediator that interferes.
    const toy = toyAnalysis({ data: TOY_DATA });
    const renamed: CompiledAnalysis = {
      ...toy,
      parameters: toy.parameters.map((p, i) =>
        i === 0 ? { ...p, name: "coupling", value: 0.1, range: [-3, 3] } : p,
      ),
    };
    const quadratic = withTotals(renamed, (x) => {
      const { signal, background } = toyCounts([(1 - 1.2 * x[0]!) ** 2, ...x.slice(1)]);
      return signal.map((s, i) => s + background[i]!);
    });
    const result = fitTo(quadratic, { errors: false });
    expect(result.converged).toBe(true);
    const values = [result.values[0]!, ...result.otherMinima.map((other) => other.values[0]!)];
    const [near, far] = values.sort((a, b) => a - b);
    // (1 − 1.2 g)² has the same value at both.
    expect(near! + far!).toBeCloseTo(2 / 1.2, 3);
    expect(result.otherMinima[0]!.above).toBeCloseTo(0, 6);
  });

  it("is at a minimum for random data: no small change of a parameter lowers χ²", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 150 }), { minLength: TOY_BINS, maxLength: TOY_BINS }),
        (data) => {
          const result = fitTo(toyAnalysis({ data }), { errors: false });
          expect(result.converged).toBe(true);
          const chi2 = (x: ArrayLike<number>): number => {
            const { signal, background } = toyCounts(x);
            const expected = signal.map((s, i) => s + background[i]!);
            return poissonChiSquare(expected, data) + (x[2]! / 0.12) ** 2 + (x[3]! / 0.05) ** 2;
          };
          expect(result.minimum).toBeCloseTo(chi2(result.values), 8);
          const ranges = [
            [0, 5],
            [0.01, 2],
            [-9, 9],
            [-9, 9],
          ] as const;
          ranges.forEach(([low, high], i) => {
            for (const step of [-0.01, 0.01]) {
              const near = Array.from(result.values);
              near[i] = Math.min(high, Math.max(low, near[i]! + step));
              expect(chi2(near)).toBeGreaterThan(result.minimum - 1e-6);
            }
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});
