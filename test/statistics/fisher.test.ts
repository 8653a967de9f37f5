import { describe, expect, it } from "vitest";
import { templates } from "../../compiler/cli/templates.ts";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { fisherInformation } from "../../runtime/fisher.ts";
// Under its own name Biome takes it for a focused test.
import { fit as fitTo } from "../../runtime/fit.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { compiled, modelOfText } from "../physics/compile.ts";
import { TOY_BINS, type ToyOptions, toyAnalysis, toyCounts } from "./toy.ts";

/** The toy with its derivatives, by hand. */
function differentiable(options: ToyOptions = {}): CompiledAnalysis {
  return {
    ...toyAnalysis(options),
    jacobian: (x) => {
      const { signal } = toyCounts(x);
      const unit = toyCounts([1, x[1]!, x[2]!, 0]);
      const slopes = [
        unit.signal,
        signal.map((s, i) => -i * s),
        signal.map((s) => s / (1 + x[2]!)),
        unit.background,
      ];
      return { parameters: [0, 1, 2, 3], experiments: { Spectrum: slopes }, constraints: [] };
    },
  };
}

const startOf = ({ parameters }: CompiledAnalysis): Float64Array =>
  Float64Array.from(parameters, ({ value }) => value);

/** Half of the second derivatives of χ² by differences of its value, of fourth order in the step. */
function halfCurvature(analysis: CompiledAnalysis, steps: readonly number[]): number[][] {
  const { value, fitted, start } = chiSquare(analysis);
  const at = (...moves: readonly (readonly [number, number])[]): number => {
    const x = Float64Array.from(start);
    for (const [index, by] of moves) x[index]! += by;
    return value(x);
  };
  const mixed = (p: number, q: number, h: number, k: number): number =>
    (at([p, h], [q, k]) - at([p, h], [q, -k]) - at([p, -h], [q, k]) + at([p, -h], [q, -k])) / (8 * h * k);
  return fitted.map((p, i) =>
    fitted.map((q, j) => {
      const near = mixed(p, q, steps[i]!, steps[j]!);
      return (4 * near - mixed(p, q, 2 * steps[i]!, 2 * steps[j]!)) / 3;
    }),
  );
}

function expectEqual(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance: number,
): void {
  found.forEach((row, i) => {
    row.forEach((element, j) => {
      const scale = Math.sqrt(expected[i]![i]! * expected[j]![j]!);
      expect(Math.abs(element - expected[i]![j]!) / scale).toBeLessThan(tolerance);
    });
  });
}

describe("Fisher information", () => {
  it("is that of counting events, in closed form", () => {
    const analysis = differentiable();
    const x = Float64Array.of(1.5, 0.3, 0.1, -0.05);
    const { parameters, matrix } = fisherInformation(analysis, x, { fix: ["slope", "background"] })!;
    expect(parameters).toEqual(["strength", "norm"]);
    let perCount = 0;
    for (let i = 0; i < TOY_BINS; i++) {
      const shape = 100 * Math.exp(-0.3 * i);
      perCount += shape ** 2 / (1.5 * 1.1 * shape + 20 * 0.95);
    }
    const expected = [
      [1.1 ** 2 * perCount, 1.1 * 1.5 * perCount],
      [1.1 * 1.5 * perCount, 1.5 ** 2 * perCount + 1 / 0.12 ** 2],
    ];
    expectEqual(matrix, expected, 1e-13);
  });

  it("is half the curvature of chi2 at the truth of a projection", () => {
    const analysis = differentiable();
    const { matrix } = fisherInformation(analysis, startOf(analysis))!;
    expectEqual(matrix, halfCurvature(analysis, [2e-3, 1e-3, 2e-3, 2e-3]), 1e-6);
  });

  it("does not depend on the data", () => {
    const x = [1.2, 0.25, 0.05, 0.02];
    const data = Array.from({ length: TOY_BINS }, (_, i) => 7 * i);
    const withData = fisherInformation(differentiable({ data }), x);
    expect(withData).toEqual(fisherInformation(differentiable(), x));
  });

  it("takes the errors of a Gaussian likelihood", () => {
    const data = Array.from({ length: TOY_BINS }, (_, i) => (i + 1) ** 2);
    const analysis = differentiable({ data, likelihood: "gaussian" });
    const fix = ["slope", "norm", "background"];
    const { matrix, covariance } = fisherInformation(analysis, startOf(analysis), { fix })!;
    // Errors of i + 1: the weighted sum of squares of a line through the origin.
    let expected = 0;
    for (let i = 0; i < TOY_BINS; i++) expected += (100 * Math.exp(-0.3 * i)) ** 2 / (i + 1) ** 2;
    expectEqual(matrix, [[expected]], 1e-13);
    expectEqual(covariance!, [[1 / expected]], 1e-13);
  });

  it("has no covariance where a combination is not fixed", () => {
    const analysis = differentiable();
    const found = fisherInformation(analysis, startOf(analysis), { free: ["norm"] });
    expect(found?.covariance).toBeUndefined();
  });

  it("an empty bin tells nothing of what cannot fill it, and everything of what can", () => {
    const analysis = differentiable();
    const empty = Float64Array.of(0, 0.3, 0, -1);
    const { matrix, covariance } = fisherInformation(analysis, empty, { fix: ["slope", "background"] })!;
    expect(matrix[0]![0]).toBe(Number.POSITIVE_INFINITY);
    expect(matrix[1]![1]).toBeCloseTo(1 / 0.12 ** 2, 10);
    expect(covariance).toBeUndefined();
  });

  it("needs exact derivatives by all that is fitted", () => {
    expect(fisherInformation(toyAnalysis(), startOf(toyAnalysis()))).toBeUndefined();
    const some: CompiledAnalysis = {
      ...differentiable(),
      jacobian: () => ({ parameters: [0], experiments: {}, constraints: [] }),
    };
    expect(fisherInformation(some, startOf(some))).toBeUndefined();
  });
});

describe("of a compiled projection", () => {
  const text = templates.detector("Ge1").replace(/^sevens 1\n/m, "");
  const { analysis } = compiled(modelOfText(text));
  const found = fisherInformation(analysis, startOf(analysis))!;

  it("its inverse is the covariance of the fit", () => {
    const { fitted, covariance, covarianceFrom } = fitTo(analysis, { errors: false });
    expect(found.parameters).toEqual(fitted);
    expect(covarianceFrom).toBe("gradient-differences");
    expectEqual(found.covariance!, covariance, 1e-5);
  });

  it("is half the curvature of chi2", () => {
    const steps = found.matrix.map((row, i) => 0.02 / Math.sqrt(row[i]!));
    expectEqual(found.matrix, halfCurvature(analysis, steps), 1e-5);
  });
});

describe("second derivatives of a fit", () => {
  it("are differences of the exact gradient, or of values without one", () => {
    const data = Array.from({ length: TOY_BINS }, (_, i) => Math.round(100 * Math.exp(-0.3 * i)) + 20);
    const exact = fitTo(differentiable({ data }), { errors: false });
    const plain = fitTo(toyAnalysis({ data }), { errors: false });
    expect(exact.covarianceFrom).toBe("gradient-differences");
    expect(plain.covarianceFrom).toBe("value-differences");
    expectEqual(plain.covariance, exact.covariance, 1e-3);
  });
});
