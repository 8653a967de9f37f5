import { describe, expect, it } from "vitest";
import type { SpectrumInput } from "../../compiler/plot/index.ts";
import { project, spectra } from "../../compiler/plot/project.ts";
import { csi, signalPerPe } from "./csi.ts";

describe("project", () => {
  const counts = [1, 2, 3, 4, 5, 6];

  it("sums over the other axes, the last one fastest", () => {
    expect(project(counts, [2, 3], 0)).toEqual([6, 15]);
    expect(project(counts, [2, 3], 1)).toEqual([5, 7, 9]);
  });

  it("keeps the middle axis of three", () => {
    const grid = Array.from({ length: 12 }, (_, cell) => cell);
    expect(project(grid, [2, 3, 2], 1)).toEqual([0 + 1 + 6 + 7, 2 + 3 + 8 + 9, 4 + 5 + 10 + 11]);
  });

  it("leaves a single axis as it is", () => {
    expect(project(counts, [6], 0)).toEqual(counts);
  });

  it("reads views of generated code", () => {
    expect(project(Float64Array.from(counts), [2, 3], 0)).toEqual([6, 15]);
  });
});

describe("spectra", () => {
  it("gives one spectrum per axis, each with every event", () => {
    const [pe, time] = spectra(csi);
    expect(pe?.components[0]?.counts.map((count) => Number(count.toFixed(3)))).toEqual(signalPerPe);
    const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    for (const spectrum of [pe!, time!]) {
      expect(total(spectrum.background)).toBeCloseTo(1286 + 18.4 + 5.6, 8);
      expect(total(spectrum.signal)).toBeCloseTo(320.803, 8);
    }
  });

  it("adds Gaussian errors in quadrature", () => {
    const input: SpectrumInput = { ...grid, likelihood: "gaussian", errors: [3, 4, 5, 12] };
    const [first] = spectra(input);
    expect(first?.data).toEqual({ counts: [30, 70], low: [25, 57], high: [35, 83] });
  });

  it("takes Poisson errors of the summed count", () => {
    const [first] = spectra({ ...grid, data: [20, 5, 30, 6] });
    expect(first?.data).toEqual({ counts: [25, 36], low: [20, 30], high: [30, 42] });
  });

  it.each<[string, Partial<SpectrumInput>]>([
    ["a wrong number of counts", { data: [1, 2, 3] }],
    ["a count that is not finite", { data: [1, 2, 3, Number.NaN] }],
    ["a negative count", { data: [1, 2, 3, -4] }],
    ["no errors of Gaussian data", { likelihood: "gaussian" }],
    ["edges that fall", { axes: [{ name: "E", unit: "keVee", edges: [0, 2, 1, 3, 4] }] }],
    ["no axis", { axes: [] }],
  ])("refuses %s", (_, change) => {
    expect(() => spectra({ ...grid, ...change })).toThrow(RangeError);
  });
});

const grid: SpectrumInput = {
  experiment: "Grid",
  axes: [
    { name: "E", unit: "keVee", edges: [0, 1, 2] },
    { name: "t", unit: "us", edges: [0, 1, 3] },
  ],
  components: [{ name: "S", kind: "signal", counts: [1, 2, 3, 4] }],
  data: [10, 20, 30, 40],
  likelihood: "poisson",
};
