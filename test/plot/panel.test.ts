import { describe, expect, it } from "vitest";
import { axisTitle, binningOf } from "../../compiler/plot/binning.ts";
import { residualPanel, spectrumPanel } from "../../compiler/plot/panel.ts";
import { spectra } from "../../compiler/plot/project.ts";
import { stackOrder } from "../../compiler/plot/stack.ts";
import { ticks, tickText } from "../../compiler/plot/ticks.ts";
import { csi } from "./csi.ts";

describe("binningOf", () => {
  const variable = { name: "pe", unit: "PE", edges: [0, 8, 12] };
  const uniform = { name: "E", unit: "keVee", edges: [0.1, 0.2, 0.1 * 3] };

  it("divides by the widths of bins that differ", () => {
    expect(binningOf(variable, undefined)).toEqual({ divisors: [8, 4], per: "PE" });
    expect(binningOf(variable, false)).toEqual({ divisors: [1, 1], per: "bin" });
  });

  it("counts per bin where they agree, and says how wide it is", () => {
    expect(binningOf(uniform, undefined)).toEqual({ divisors: [1, 1], per: "0.1 keVee" });
    expect(binningOf({ ...uniform, edges: [0, 1, 2] }, undefined).per).toBe("keVee");
    expect(binningOf({ name: "F90", unit: "", edges: [0.5, 0.55, 0.6] }, undefined).per).toBe("0.05");
    expect(binningOf(uniform, true).per).toBe("keVee");
  });
});

describe("axisTitle", () => {
  it("names the quantity and its unit", () => {
    expect(axisTitle({ name: "pe", unit: "PE", edges: [] })).toBe("Photoelectrons (PE)");
    expect(axisTitle({ name: "t", unit: "us", edges: [] })).toBe("Arrival time t (µs)");
    expect(axisTitle({ name: "t", label: "Delay", unit: "us", edges: [] })).toBe("Delay (µs)");
    expect(axisTitle({ name: "F90", unit: "", edges: [] })).toBe("F90");
  });
});

describe("stackOrder", () => {
  it("puts the largest background at the bottom and the signal on top", () => {
    expect(stackOrder(csi).map(({ label }) => label)).toEqual([
      "Steady-state background",
      "BRN",
      "NIN",
      "CEνNS",
    ]);
  });

  it("tells equal labels apart, and a component called as the data", () => {
    const [signal, brn, nin] = csi.components;
    const components = [
      { ...signal!, label: "Data" },
      { ...brn!, label: "n" },
      { ...nin!, label: "n" },
    ];
    const labels = stackOrder({ ...csi, components }).map(({ label }) => label);
    expect(labels).toEqual(["n (BRN)", "n (NIN)", "Data (CEvNS)"]);
  });

  it("gives every component a colour of its own", () => {
    expect(new Set(stackOrder(csi).map(({ colour }) => colour.fill)).size).toBe(4);
  });
});

describe("panels", () => {
  const [pe] = spectra(csi);
  const stack = stackOrder(csi);

  it("stack the components per unit of the axis", () => {
    const { steps, points, yRange } = spectrumPanel(pe!, stack, {});
    const total = (pe!.background[1]! + pe!.signal[1]!) / 4;
    expect(steps.at(-1)?.tops[1]).toBeCloseTo(total, 10);
    expect(points[1]).toMatchObject({ x: 10, left: 8, right: 12, y: pe!.data!.counts[1]! / 4 });
    expect(yRange[0]).toBe(0);
    expect(yRange[1]).toBeGreaterThan(Math.max(...points.map(({ high }) => high)));
  });

  it("subtract the backgrounds from the data, and keep its error", () => {
    const { steps, points } = residualPanel(pe!, stack, { density: false });
    const { counts, low, high } = pe!.data!;
    expect(steps.map(({ entry }) => entry.label)).toEqual(["CEνNS"]);
    expect(points[2]!.y).toBeCloseTo(counts[2]! - pe!.background[2]!, 10);
    expect(points[2]!.high - points[2]!.low).toBeCloseTo(high[2]! - low[2]!, 10);
  });
});

describe("ticks", () => {
  it("are round, and no more than asked for", () => {
    expect(ticks(0, 60, 7)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(ticks(0, 60, 6)).toEqual([0, 20, 40, 60]);
    expect(ticks(0.5, 0.9, 5)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(ticks(-30, 120, 5)).toEqual([0, 50, 100]);
  });

  it("are written with a minus sign", () => {
    expect(tickText(-0.5)).toBe("−0.5");
    expect(tickText(1e-7)).toBe("1e−7");
  });
});
