/** Generated code of random specs: against adaptive quadrature, an interpreter of the kernel, and itself. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantiate } from "../../compiler/index.ts";
import { adaptiveBin, binsOf, parametersOf } from "../physics/adaptive.ts";
import { type Compiled, compiled, countsOf, difference, modelOfText, vector } from "../physics/compile.ts";
import { KernelMachine } from "./interpret-kernel.ts";
import { randomSpecs } from "./specs.ts";

/** Random specs cost a compilation each; the seed makes a run repeatable. */
const runs = { numRuns: 25, seed: 7, endOnFailure: true };

function keyed(spec: Compiled): readonly string[] {
  return [...spec.unit.outputs.keys()];
}

describe("random specs", { timeout: 120_000 }, () => {
  test("generated code equals adaptive quadrature in every bin", () => {
    fc.assert(
      fc.property(randomSpecs, ({ text, points }) => {
        const spec = compiled(modelOfText(text), { derivatives: "none" });
        expect(spec.unit.reached).toBeLessThan(1e-6);
        // The number of nodes is chosen at the values of the spec; elsewhere it may be a little short.
        for (const [i, tolerance] of [1e-6, 5e-5].entries()) {
          const point = points[i];
          const counts = countsOf(spec.analysis, point).total;
          const largest = Math.max(...counts);
          binsOf(spec.unit.outputs.get("One/total")?.axes ?? []).forEach((bin, at) => {
            const expected = adaptiveBin(spec, "One/total", bin, 1e-8, point);
            const scale = Math.max(Math.abs(expected), largest * 1e-6, 1e-9);
            expect(Math.abs((counts[at] ?? Number.NaN) - expected) / scale).toBeLessThan(tolerance);
          });
        }
      }),
      runs,
    );
  });

  test("the printed JavaScript does what the kernel form says", () => {
    fc.assert(
      fc.property(randomSpecs, ({ text, points }) => {
        const spec = compiled(modelOfText(text));
        const machine = new KernelMachine(spec.unit.kernel);
        for (const point of points) {
          machine.run(parametersOf(spec, point));
          const counts = countsOf(spec.analysis, point);
          const total = machine.output("One/total");
          counts.total.forEach((value, bin) => {
            expect(difference(value, total[bin])).toBeLessThan(1e-13);
          });
          for (const [name, values] of Object.entries(counts.channels)) {
            const channel = machine.output(`One/${name}`);
            values.forEach((value, bin) => {
              expect(difference(value, channel[bin])).toBeLessThan(1e-13);
            });
          }
        }
        expect(keyed(spec).every((key) => machine.output(key).length > 0)).toBe(true);
      }),
      runs,
    );
  });

  test("whatever was computed before, the result is that of a fresh module", () => {
    const steps = fc.array(
      fc.record({
        which: fc.nat(),
        move: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
        ask: fc.constantFrom("counts" as const, "jacobian" as const, "none" as const),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(randomSpecs, steps, ({ text }, sequence) => {
        const spec = compiled(modelOfText(text));
        const x = vector(spec.analysis);
        for (const { which, move, ask } of sequence) {
          const at = which % x.length;
          x[at] = (x[at] === 0 ? 0.1 : (x[at] ?? 0)) * move;
          if (ask === "counts") spec.analysis.counts(x);
          if (ask === "jacobian") spec.analysis.jacobian?.(x);
        }
        const fresh = instantiate(spec.unit).counts(x);
        const used = spec.analysis.counts(x);
        fresh.One?.total.forEach((value, bin) => {
          expect(difference(used.One?.total[bin], value)).toBeLessThan(1e-12);
        });
        spec.analysis.forget?.();
        expect(spec.analysis.counts(x)).toEqual(fresh);
        expect(spec.analysis.jacobian?.(x)).toEqual(instantiate(spec.unit).jacobian?.(x));
      }),
      runs,
    );
  });

  test("the Jacobian is the slope of the counts", () => {
    fc.assert(
      fc.property(randomSpecs, ({ text, points }) => {
        const { analysis } = compiled(modelOfText(text));
        const x = vector(analysis, points[1]);
        const jacobian = analysis.jacobian?.(x);
        expect(jacobian).toBeDefined();
        const slopes = jacobian?.parameters.map((index, row) => {
          const slope = jacobian.experiments.One?.[row];
          return { index, slope: slope === undefined ? undefined : Float64Array.from(slope) };
        });
        for (const { index, slope } of slopes ?? []) {
          const step = (Math.abs(x[index] ?? 0) || 1) * 3e-4;
          const at = (shift: number): Float64Array => {
            const moved = Float64Array.from(x);
            moved[index] = (x[index] ?? 0) + shift;
            return Float64Array.from(analysis.counts(moved).One?.total ?? []);
          };
          const rise = (distance: number): Float64Array => {
            const [up, down] = [at(distance), at(-distance)];
            return up.map((value, bin) => value - (down[bin] ?? 0));
          };
          const [near, far] = [rise(step), rise(2 * step)];
          const numeric = near.map((value, bin) => (8 * value - (far[bin] ?? 0)) / (12 * step));
          const scale = Math.max(...numeric.map(Math.abs), 1e-9);
          numeric.forEach((value, bin) => {
            expect(Math.abs(value - (slope?.[bin] ?? 0)) / scale).toBeLessThan(1e-6);
          });
        }
      }),
      runs,
    );
  });
});
