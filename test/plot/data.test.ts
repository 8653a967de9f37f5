import { describe, expect, it } from "vitest";
import { type SpectrumInput, spectrumCsv } from "../../compiler/plot/index.ts";

const input: SpectrumInput = {
  experiment: "Toy",
  axes: [
    { name: "E", unit: "keVee", edges: [0, 1, 3] },
    { name: "t", unit: "us", edges: [0, 0.5, 1] },
  ],
  components: [
    { name: "S", kind: "signal", counts: [1, 2, 3, 4] },
    { name: "B", kind: "background", counts: [10, 10, 20, 20] },
  ],
  data: [10, 15, 20, 29],
  likelihood: "poisson",
};

describe("spectrumCsv", () => {
  it("has a line per axis and bin, in counts of the bin", () => {
    expect(spectrumCsv(input)).toBe(
      [
        "axis,unit,low,high,S,B,backgrounds,total,data,data_low,data_high,residual,divisor",
        "E,keVee,0,1,3,20,20,23,25,20,30,5,1",
        "E,keVee,1,3,7,40,40,47,49,42,56,9,2",
        `t,us,0,0.5,4,30,30,34,30,${30 - Math.sqrt(30)},${30 + Math.sqrt(30)},0,1`,
        `t,us,0.5,1,6,30,30,36,44,${44 - Math.sqrt(44)},${44 + Math.sqrt(44)},14,1`,
        "",
      ].join("\n"),
    );
  });

  it("has no columns of data for a projection", () => {
    const [header, first] = spectrumCsv({ ...input, data: undefined }, { density: false }).split("\n");
    expect(header).toBe("axis,unit,low,high,S,B,backgrounds,total,divisor");
    expect(first).toBe("E,keVee,0,1,3,20,20,23,1");
  });

  it("quotes what a comma or a quotation mark would break", () => {
    const components = [{ name: 'a "b", c', kind: "signal", counts: [1, 2, 3, 4] }] as const;
    expect(spectrumCsv({ ...input, components }).split("\n")[0]).toContain(',"a ""b"", c",');
  });
});
