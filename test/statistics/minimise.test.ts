import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiply } from "../../runtime/linear-algebra.ts";
import { hesse, minimise, type Problem } from "../../runtime/minimise.ts";
import { boxStep } from "../../runtime/minimise-box.ts";
import { positive } from "./matrices.ts";

const rosenbrock: Problem = {
  value: (x) => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2,
  start: [-1.2, 1],
  step: [0.1, 0.1],
};

const rosenbrockGradient = (x: Float64Array, out: Float64Array): void => {
  out[0] = -400 * x[0]! * (x[1]! - x[0]! ** 2) - 2 * (1 - x[0]!);
  out[1] = 200 * (x[1]! - x[0]! ** 2);
};

/** ½ (x − c)ᵀ A (x − c). */
const quadratic = (a: Float64Array, c: readonly number[]): Problem["value"] => {
  const n = c.length;
  return (x) => {
    const shift = x.map((xi, i) => xi - c[i]!);
    return 0.5 * multiply(a, n, shift).reduce((sum, value, i) => sum + value * shift[i]!, 0);
  };
};

describe("minimise", () => {
  it("walks the curved valley of Rosenbrock's function", () => {
    const result = minimise(rosenbrock);
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBeCloseTo(1, 4);
    expect(result.x[1]).toBeCloseTo(1, 4);
    expect(result.evaluations).toBeLessThan(300);
  });

  it("does so with an exact gradient, to higher accuracy and with few values", () => {
    const result = minimise({ ...rosenbrock, gradient: rosenbrockGradient }, { tolerance: 1e-12 });
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBeCloseTo(1, 6);
    expect(result.evaluations + result.gradients).toBeLessThan(120);
  });

  it.each([[[0]], [[1]], [[0, 1]]])(
    "takes differences along those that the gradient lacks: %j",
    (differenced) => {
      const gradient: Problem["gradient"] = (x, out) => {
        rosenbrockGradient(x, out);
        for (const index of differenced) out[index] = 0;
      };
      const result = minimise({ ...rosenbrock, gradient, differenced }, { tolerance: 1e-12 });
      expect(result.converged).toBe(true);
      expect(result.x[0]).toBeCloseTo(1, 5);
      [1, 2, 2, 4.01].forEach((expected, k) => {
        expect(result.covariance!.matrix[k]! / expected).toBeCloseTo(1, 3);
      });
    },
  );

  it("gives the analytic covariance at Rosenbrock's minimum", () => {
    // Second derivatives [[802, −400], [−400, 200]]; covariance for χ² is twice the inverse.
    const { matrix } = hesse(rosenbrock, [1, 1])!;
    [1, 2, 2, 4.01].forEach((expected, k) => {
      expect(matrix[k]! / expected).toBeCloseTo(1, 3);
    });
  });

  it("handles scales that differ by 16 orders of magnitude", () => {
    const result = minimise({
      value: (x) => ((x[0]! - 1e6) / 1e6) ** 2 + ((x[1]! - 1e-6) / 1e-8) ** 2,
      start: [0, 0],
    });
    expect(result.converged).toBe(true);
    expect(result.x[0]! / 1e6).toBeCloseTo(1, 3);
    expect(Math.abs(result.x[1]! - 1e-6)).toBeLessThan(1e-11);
    expect(result.covariance!.matrix[0]! / 1e12).toBeCloseTo(1, 4);
    expect(result.covariance!.matrix[3]! / 1e-16).toBeCloseTo(1, 4);
  });

  it("follows a straight valley with a correlation of 0.9999", () => {
    const rho = 0.9999;
    const a = Float64Array.of(1, -rho, -rho, 1).map((value) => (2 * value) / (1 - rho * rho));
    const result = minimise({ value: quadratic(a, [3, -2]), start: [0, 0], step: [1, 1] });
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBeCloseTo(3, 3);
    const { matrix } = result.covariance!;
    expect(matrix[0]).toBeCloseTo(1, 3);
    expect(matrix[1]).toBeCloseTo(rho, 3);
    expect(result.evaluations).toBeLessThan(60);
  });

  it.each([
    [100, 1e-5],
    [1000, 1e-4],
    [1000, 1e-5],
    [20_000, 1e-5],
  ])("goes down a flat valley, of a coupling and a heavy mass from %d on, %d wide", (mass, width) => {
    // Only the ratio is seen, and at small masses a little of the mass.
    const result = minimise({
      value: ([g, m]) => 100 + ((g! / m! / 1e-3 - 1) / width) ** 2 + 4e-4 * (1000 / m!) ** 2,
      start: [0.9e-3 * mass, mass],
      lower: [0, 0.001],
      upper: [1e3, 1e6],
      step: [1e-4 * mass, 0.1 * mass],
    });
    expect(result.converged).toBe(true);
    expect(result.value - 100).toBeLessThan(2e-5);
  });

  it("puts a bounded minimum exactly on the bound", () => {
    const result = minimise({ ...rosenbrock, upper: [0.5, 10] });
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBe(0.5);
    expect(result.x[1]).toBeCloseTo(0.25, 6);
    expect(result.atBound).toEqual([0]);
    expect(result.covariance!.matrix[0]).toBe(0);
    expect(result.covariance!.matrix[3]).toBeCloseTo(0.01, 5);
  });

  it("leaves a bound that it starts on", () => {
    const result = minimise({ value: (x) => (x[0]! - 2) ** 2, start: [0], lower: [0], upper: [5] });
    expect(result.x[0]).toBeCloseTo(2, 5);
    expect(result.atBound).toEqual([]);
  });

  it("never evaluates outside the bounds", () => {
    const seen: number[] = [];
    minimise({
      value: (x) => {
        seen.push(x[0]!);
        return Math.sqrt(x[0]!) + (x[1]! - 1) ** 2;
      },
      start: [0.5, 0],
      lower: [0, -1],
      upper: [1, 3],
    });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });

  it("is not content with a saddle or a maximum", () => {
    const result = minimise({ value: (x) => (x[0]! ** 2 - 1) ** 2, start: [0] });
    expect(result.converged).toBe(true);
    expect(Math.abs(result.x[0]!)).toBeCloseTo(1, 4);
  });

  it("keeps fixed parameters", () => {
    const result = minimise({ ...rosenbrock, start: [0.3, 0], fixed: new Set([0]) });
    expect(result.x[0]).toBe(0.3);
    expect(result.x[1]).toBeCloseTo(0.09, 6);
  });

  it("reports parameters that the function does not fix", () => {
    const alone = minimise({ value: (x) => (x[0]! - 3) ** 2, start: [1, 2] });
    expect(alone.converged).toBe(true);
    expect(alone.covariance).toMatchObject({ flat: [1] });
    const together = minimise({ value: (x) => (x[0]! + x[1]! - 3) ** 2, start: [1, 1] });
    expect(together.covariance).toMatchObject({ flat: [0, 1] });
  });
});

describe("a function with noise", () => {
  it("is minimised to the precision that the noise leaves, and says so", () => {
    const result = minimise({
      value: (x) => 50 + x[0]! ** 2 + (x[1]! - 1) ** 2 + 3e-7 * Math.sin(1e9 * (x[0]! + x[1]!)),
      start: [1, 0],
      step: [1, 1],
    });
    expect(result.converged).toBe(true);
    expect(["converged", "precision"]).toContain(result.reason);
    expect(result.x[0]).toBeCloseTo(0, 2);
    expect(result.x[1]).toBeCloseTo(1, 2);
  });
});

describe("a normalisation of many orders of magnitude", () => {
  // 300 events observed, S (1 + eta) expected beside a background of 50 (1 + b): eta = -1 + 250/S at the minimum.
  const problem = (S: number): Problem => ({
    value: ([eta, b]) => {
      const nu = S * (1 + eta!) + 50 * (1 + b!);
      return nu > 0
        ? 2 * (nu - 300 - 300 * Math.log(nu / 300)) + (eta! / 0.1) ** 2 + (b! / 0.2) ** 2
        : Number.POSITIVE_INFINITY;
    },
    gradient: ([eta, b], out) => {
      const slope = 2 * (1 - 300 / (S * (1 + eta!) + 50 * (1 + b!)));
      out[0] = slope * S + (2 * eta!) / 0.01;
      out[1] = slope * 50 + (2 * b!) / 0.04;
    },
    start: [0, 0],
    lower: [-1, -1],
    upper: [10, 10],
    step: [0.1, 0.2],
  });

  it.each([1e6, 1e9, 1e12, 1e14])("%d events", (S) => {
    const { converged, value, x } = minimise(problem(S), { verify: false });
    expect(converged).toBe(true);
    expect(value).toBeCloseTo(100 * x[0]! ** 2, 1);
    expect(S * (1 + x[0]!)).toBeLessThan(270);
  });

  it("is found as far as its digits go", () => {
    const { converged, reason, value } = minimise(problem(1e16), { verify: false });
    expect({ converged, reason }).toEqual({ converged: true, reason: "precision" });
    expect(value).toBeLessThan(105);
  });
});

describe("failures of a minimisation", () => {
  it("is a typed failure with the parameters when the start has no value", () => {
    const result = minimise({ value: (x) => Math.log(x[0]!), start: [-1, 7] });
    expect(result).toMatchObject({ converged: false, reason: "not-finite" });
    expect([...result.notFinite!.x]).toEqual([-1, 7]);
    expect(result.notFinite!.value).toBeNaN();
  });

  it("goes around values that are not finite, and says where they were", () => {
    const result = minimise({
      value: (x) => (x[0]! > 0 ? 1 / x[0]! + x[0]! : Number.NaN),
      start: [5],
      step: [100],
    });
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBeCloseTo(1, 3);
    expect(result.notFinite!.x[0]).toBeLessThanOrEqual(0);
  });

  it("does not converge on a function without a minimum", () => {
    const result = minimise({ value: (x) => x[0]!, start: [1] });
    expect(result).toMatchObject({ converged: false, reason: "call-limit" });
  });

  it("stops at the call limit", () => {
    const result = minimise(rosenbrock, { maxEvaluations: 20 });
    expect(result).toMatchObject({ converged: false, reason: "call-limit" });
    expect(result.evaluations).toBeLessThan(35);
  });
});

describe("a step in a box without room along a coordinate", () => {
  it("is that of the others, whatever the slopes", () => {
    fc.assert(
      fc.property(
        positive(3),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (a, g) => {
          const [whole, part] = [
            boxStep(Float64Array.from(g), a, Float64Array.of(-1, 0, -1), Float64Array.of(1, 0, 1)),
            boxStep(
              Float64Array.of(g[0]!, g[2]!),
              Float64Array.of(a[0]!, a[2]!, a[6]!, a[8]!),
              Float64Array.of(-1, -1),
              Float64Array.of(1, 1),
            ),
          ];
          expect(whole?.held).toContain(1);
          expect([whole?.step[0], whole?.step[1], whole?.step[2]]).toEqual([part?.step[0], 0, part?.step[1]]);
        },
      ),
    );
  });
});

describe("random quadratic forms in boxes", () => {
  const n = 4;
  const vector = (size: number): fc.Arbitrary<number[]> =>
    fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: n, maxLength: n });

  it("end at points that satisfy the KKT conditions", () => {
    fc.assert(
      fc.property(positive(n), vector(3), vector(1), (a, centre, start) => {
        const result = minimise({
          value: quadratic(a, centre),
          start,
          lower: new Array(n).fill(-1),
          upper: new Array(n).fill(1),
        });
        expect(result.converged).toBe(true);
        const slope = multiply(
          a,
          n,
          result.x.map((x, i) => x - centre[i]!),
        );
        result.x.forEach((x, i) => {
          expect(Math.abs(x)).toBeLessThanOrEqual(1);
          // A slope in units of up per standard deviation; an EDM of 1e-8 allows 2e-4.
          const pull = slope[i]! * Math.sqrt(2 / a[i * n + i]!);
          if (x > -1) expect(pull).toBeLessThan(5e-4);
          if (x < 1) expect(pull).toBeGreaterThan(-5e-4);
        });
      }),
      { numRuns: 300 },
    );
  });
});
