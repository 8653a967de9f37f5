import { describe, expect, it } from "vitest";
import type { CompiledAnalysis, ParameterInfo } from "../../runtime/compiled.ts";
import { unidentifiedAt } from "../../runtime/identified.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { minimise } from "../../runtime/minimise.ts";
import { expectedAt, fluctuated, withMeasured } from "../../runtime/pseudo-experiment.ts";
import { RandomStream } from "../../runtime/random.ts";

/** A peak of some events at some place over a background whose slope may go with the place. */
function bump(coupling: number): CompiledAnalysis {
  const free = (name: string, value: number, range: readonly [number, number]): ParameterInfo => ({
    ...{ unit: "", log: false, doc: "", role: "free" },
    ...{ name, value, range },
  });
  const bins = 40;
  const totals = (x: Float64Array) => ({
    Peak: Float64Array.from({ length: bins }, (_, i) => {
      const distance = i + 0.5 - x[1]!;
      const peak = Math.exp(-(distance * distance) / 2) / Math.sqrt(2 * Math.PI);
      return 100 + x[0]! * peak + coupling * x[1]! + x[2]!;
    }),
  });
  return {
    name: "Bump",
    parameters: [free("size", 0, [0, 300]), free("place", 20, [2, 38]), free("level", 0, [-20, 20])],
    experiments: [
      {
        ...{ name: "Peak", axes: [], components: [], bins },
        ...{ data: undefined, likelihood: "poisson", errors: undefined },
      },
    ],
    constraints: [],
    intervals: [],
    precision: 1e-6,
    counts: (x) => ({ Peak: { total: totals(x).Peak, components: {}, channels: {} } }),
    totals,
    constrained: () => new Float64Array(0),
  };
}

const x = Float64Array.of(30, 20, 0);

describe("a parameter that means nothing without a signal", () => {
  it("is found, and no other", () => {
    expect(unidentifiedAt(bump(0), "size", 0, x)).toEqual(["place"]);
    expect(unidentifiedAt(bump(0), "size", 5, x)).toEqual([]);
    expect(unidentifiedAt(bump(0), "level", 0, x)).toEqual([]);
    expect(unidentifiedAt(bump(1e-6), "size", 0, x)).toEqual([]);
  });

  it("is none when nothing depends on it anywhere: that is another fault", () => {
    const analysis = bump(0);
    const flat = { ...analysis, totals: (at: Float64Array) => analysis.totals(at.with(1, 20)) };
    expect(unidentifiedAt(flat, "size", 0, x)).toEqual([]);
  });

  it("makes chi2 fall further than the distribution of many events says", () => {
    const analysis = bump(0);
    const expected = expectedAt(analysis, [0, 20, 0]);
    const falls = Array.from({ length: 150 }, (_, k) => {
      const toy = withMeasured(analysis, fluctuated(analysis, expected, new RandomStream(7, [k, 0])));
      const objective = chiSquare(toy, { fix: ["place"] });
      const nothing = minimise({ ...chiSquare(toy, { fix: ["size", "place"] }) }).value;
      const at = (place: number): number =>
        minimise({ ...objective, start: Float64Array.of(5, place, 0) }).value;
      return {
        anywhere: Math.max(...Array.from({ length: 37 }, (_, i) => nothing - at(2 + i))),
        here: nothing - at(20),
      };
    });
    // At the end of a range half of the toys have no fall; 1.64 is exceeded by a tenth of them, if Wilks is right.
    const beyond = (key: "anywhere" | "here"): number => falls.filter((one) => one[key] > 1.64).length / 150;
    expect(beyond("here")).toBeLessThan(0.2);
    expect(beyond("anywhere")).toBeGreaterThan(0.7);
  });
});
