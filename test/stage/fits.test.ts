/**
 * Random fits with everything that staging takes apart: counts against adaptive double quadrature of the symbolic
 * rates, exact derivatives of counts and of chi2 against differences.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { explainPasses } from "../../compiler/explain/passes.ts";
import { type CompiledAnalysis, chiSquare } from "../../runtime/index.ts";
import { adaptiveBin, binsOf } from "../physics/adaptive.ts";
import { type Compiled, compiled, countsOf, modelOfText, vector } from "../physics/compile.ts";
import { randomFits } from "./fit-specs.ts";

type Changes = Readonly<Record<string, number>>;

/** The signal in one bin, against integrals over both energies and the observable by adaptive quadrature. */
function expectSignal(spec: Compiled, changes: Changes, which: number, tolerance: number): void {
  const bins = binsOf(spec.unit.outputs.get("One/total")?.axes ?? []);
  const at = which % bins.length;
  const counts = countsOf(spec.analysis, changes).total;
  const expected = adaptiveBin(spec, "One/total", bins[at]!, tolerance / 20, changes);
  const scale = Math.max(Math.abs(expected), Math.max(...counts) * 1e-6);
  expect(Math.abs((counts[at] ?? Number.NaN) - expected) / scale, `bin ${at}`).toBeLessThan(tolerance);
}

/** (8 [f(x + h) − f(x − h)] − [f(x + 2h) − f(x − 2h)])/(12 h), for each component. */
function slope(f: (x: Float64Array) => Float64Array, x: Float64Array, index: number): Float64Array {
  const step = (Math.abs(x[index]!) || 1) * 3e-4;
  const at = (shift: number): Float64Array => {
    const moved = Float64Array.from(x);
    moved[index]! += shift;
    return Float64Array.from(f(moved));
  };
  const [a, b, c, d] = [at(step), at(-step), at(2 * step), at(-2 * step)];
  return a.map((value, i) => (8 * (value - b[i]!) - (c[i]! - d[i]!)) / (12 * step));
}

function expectClose(found: ArrayLike<number>, expected: Float64Array, floor: number, what: string): void {
  const scale = Math.max(...expected.map(Math.abs), floor);
  expected.forEach((value, i) => {
    expect(Math.abs(value - found[i]!) / scale, what).toBeLessThan(1e-6);
  });
}

function expectDerivatives(analysis: CompiledAnalysis, x: Float64Array): void {
  const jacobian = analysis.jacobian?.(x);
  expect(jacobian).toBeDefined();
  const rows = (jacobian?.experiments.One ?? []).map((row) => row && Float64Array.from(row));
  const indices = jacobian?.parameters ?? [];
  const fitted = analysis.parameters.flatMap(({ role }, i) => (role === "fixed" ? [] : [i]));
  expect([...indices].sort((a, b) => a - b)).toEqual(fitted);
  const { value, gradient } = chiSquare(analysis);
  const exact = new Float64Array(x.length);
  gradient?.(x, exact);
  indices.forEach((index, k) => {
    const { name } = analysis.parameters[index]!;
    const counts = slope((at) => analysis.totals(at).One ?? new Float64Array(0), x, index);
    expectClose(rows[k] ?? new Float64Array(counts.length), counts, 1e-9, `counts by ${name}`);
    const chi2 = slope((at) => Float64Array.of(value(at)), x, index);
    expectClose([exact[index]!], chi2, 1e-4 * value(x), `chi2 by ${name}`);
  });
}

/** The passes that `explain` runs again are those of the kernel, and each obstacle has its line. */
function expectExplained({ unit, analysis }: Compiled): void {
  const { separation, quadrature, differentiation } = explainPasses(unit, (name) => name);
  expect(quadrature.rules.reduce((sum, { integrals }) => sum + integrals, 0)).toBe(unit.integrals.length);
  expect(differentiation.parameters).toHaveLength(
    analysis.parameters.filter(({ role }) => role !== "fixed").length,
  );
  for (const { again } of separation) {
    for (const { prevented } of again) {
      expect(prevented.length).toBeGreaterThan(0);
      for (const { place } of prevented) expect(place).toMatch(/^[\w-]+\.sevens:\d+$/);
    }
  }
}

test("random fits: counts, their derivatives and those of chi2", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(randomFits, fc.nat({ max: 11 }), ({ text, points }, which) => {
      const spec = compiled(modelOfText(text));
      expect(spec.unit.reached).toBeLessThan(1e-6);
      const moved = points[1]!;
      expectSignal(spec, {}, which, 1e-6);
      // The number of nodes is chosen at the values of the spec; elsewhere it may be a little short.
      expectSignal(spec, moved, which, 5e-5);
      expectExplained(spec);
      expectDerivatives(spec.analysis, vector(spec.analysis, moved));
    }),
    { numRuns: 14, seed: 11, endOnFailure: true },
  );
});
