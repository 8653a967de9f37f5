import { describe, expect, it } from "vitest";
import { expectedRoot, tailIfNull, tailIfTested } from "../../runtime/asymptotics.ts";
import { type LimitRequest, upperLimit } from "../../runtime/limit.ts";
import { normalBelow, normalQuantile } from "../../runtime/normal.ts";
import { findRoot } from "../../runtime/roots.ts";
import { oneBin } from "./counting.ts";
import { TOY_DATA, toyAnalysis } from "./toy.ts";

const request: LimitRequest = {
  parameter: "signal",
  level: 0.9,
  method: "cls",
  null: 0,
  nuisances: "fitted",
};

describe("the distributions of q̃", () => {
  it("are those of a Gaussian estimate beyond its boundary too", () => {
    // x normal around 0 or 2.3; q̃ of 2.3 by its definition; a larger x is less extreme.
    const tested = 2.3;
    for (const x of [-2, -0.4, 0.3, 1.9]) {
      const q = x < 0 ? tested ** 2 - 2 * tested * x : (tested - x) ** 2;
      const distances = { null: tested, bound: tested };
      expect(tailIfTested(q, distances)).toBeCloseTo(normalBelow(x - tested), 12);
      expect(tailIfNull(q, distances)).toBeCloseTo(normalBelow(x), 12);
    }
  });

  it("with a boundary below the null hypothesis likewise", () => {
    const [tested, bound] = [2.3, -1];
    for (const x of [-3, -1.5, -0.4, 1.9]) {
      const low = Math.max(x, bound);
      const q = (tested - x) ** 2 - (low - x) ** 2;
      const distances = { null: tested, bound: tested - bound };
      expect(tailIfTested(q, distances)).toBeCloseTo(normalBelow(x - tested), 12);
      expect(tailIfNull(q, distances)).toBeCloseTo(normalBelow(x), 12);
    }
  });

  it("give the expected limits of equations 88 and 89", () => {
    expect(expectedRoot("profile", 0.95, 0)).toBeCloseTo(1.6448536269514722, 10);
    expect(expectedRoot("cls", 0.95, 0)).toBeCloseTo(1.959963984540054, 10);
    expect(expectedRoot("cls", 0.95, 1)).toBeCloseTo(normalQuantile(1 - 0.05 * normalBelow(1)) + 1, 12);
  });
});

describe("an upper limit", () => {
  it.each([-1.5, -0.2, 0.7, 2.5])("of a Gaussian that found %d is exact", (x) => {
    const analysis = oneBin({ observed: x, gaussian: true });
    const one = upperLimit(analysis, request);
    const exact = findRoot((s) => normalBelow(x - s) / normalBelow(x) - 0.1, 0, 30)!;
    expect(one).toMatchObject({ converged: true, best: expect.closeTo(Math.max(0, x), 4) });
    expect(one.regions).toEqual([{ low: 0, high: expect.closeTo(exact, 3), status: ["at-bound", "found"] }]);
    const plain = upperLimit(analysis, { ...request, method: "profile" });
    const expected = x + normalQuantile(0.9);
    // All is excluded, but for the best value itself.
    expect(plain.regions.at(-1)!.high).toBeCloseTo(Math.max(0, expected), 3);
  });

  it("is expected where a Gaussian without a signal has its quantiles", () => {
    const { expected } = upperLimit(oneBin({ observed: 1, gaussian: true }), request);
    for (const { shift, value } of expected) {
      const exact = findRoot((s) => normalBelow(shift - s) / normalBelow(shift) - 0.1, 0, 30)!;
      expect(value).toBeCloseTo(exact, 3);
    }
    const { expected: plain } = upperLimit(oneBin({ observed: 1, gaussian: true }), {
      ...request,
      method: "profile",
    });
    for (const { shift, value } of plain)
      expect(value).toBeCloseTo(Math.max(0, shift + normalQuantile(0.9)), 3);
  });

  it("with a nuisance is that of both errors in quadrature", () => {
    // Gaussian counts of error 1 and a background of 10 +- 2: together an error of √5 on the signal.
    const analysis = oneBin({ observed: 12, background: 10, uncertainty: 0.2, gaussian: true });
    const { regions, expected } = upperLimit(analysis, request);
    const sigma = Math.sqrt(5);
    const exact = sigma * findRoot((s) => normalBelow(2 / sigma - s) / normalBelow(2 / sigma) - 0.1, 0, 30)!;
    expect(regions[0]!.high).toBeCloseTo(exact, 2);
    expect(expected[2]!.value).toBeCloseTo(sigma * normalQuantile(0.95), 2);
  });

  it("of many counts is near that of a Gaussian", () => {
    const analysis = oneBin({ observed: 10_000, background: 10_000, range: [0, 5000] });
    const { regions, expected } = upperLimit(analysis, request);
    expect(regions[0]!.high / 100).toBeCloseTo(normalQuantile(0.95), 1);
    expect(expected[2]!.value / 100).toBeCloseTo(normalQuantile(0.95), 1);
  });

  it("depends little on the nuisances of the Asimov data, and names its parameter", () => {
    const analysis = toyAnalysis({ data: TOY_DATA });
    const strength = { ...request, parameter: "strength" };
    const [fitted, nominal] = (["fitted", "nominal"] as const).map((nuisances) =>
      upperLimit(analysis, { ...strength, nuisances }),
    );
    expect(fitted!.converged && nominal!.converged).toBe(true);
    expect(fitted!.regions.at(-1)!.high / nominal!.regions.at(-1)!.high).toBeCloseTo(1, 1);
    expect(() => upperLimit(analysis, { ...request, parameter: "strengt" })).toThrow(RangeError);
  });
});
