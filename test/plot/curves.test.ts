import { describe, expect, it } from "vitest";
import { drawnAxes, unitText } from "../../compiler/plot/curve-axis.ts";
import { styled } from "../../compiler/plot/curve-style.ts";
import type { CurveInput } from "../../compiler/plot/index.ts";
import { logTicks, powerOfTen } from "../../compiler/plot/ticks.ts";
import { chiSquareQuantile } from "../../runtime/chi-square.ts";

const picture = (values: readonly number[], scale: "linear" | "log"): CurveInput => ({
  x: { name: "x", unit: "", scale: "linear" },
  y: { name: "σ", unit: "cm^2", scale },
  curves: [{ label: "a", lines: [values.map((y, i) => [i, y])] }],
  bands: [],
  points: [],
  rules: [],
});

describe("logTicks", () => {
  const written = (low: number, high: number, count: number): string[] =>
    logTicks(low, high, count).flatMap(({ text }) => (text === "" ? [] : [text]));

  it("writes powers, as many as there is room for", () => {
    expect(written(1e-6, 1e-2, 6)).toEqual(["10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²"]);
    expect(written(1e-2, 1e12, 6)).toHaveLength(5);
  });

  it("writes plain numbers near one, and multiples where there are few powers", () => {
    expect(written(6, 127, 6)).toEqual(["10", "20", "50", "100"]);
    expect(written(2e-40, 7e-40, 6)).toEqual(["2·10⁻⁴⁰", "3·10⁻⁴⁰", "5·10⁻⁴⁰"]);
  });

  it("writes two at least, however short the range, in their order and inside of it", () => {
    expect(written(19.2, 46.9, 6)).toEqual(["20", "30", "40"]);
    expect(written(21, 29, 6)).toEqual(["22", "24", "26", "28"]);
    expect(written(5e-45, 6e-45, 6).slice(0, 2)).toEqual(["5·10⁻⁴⁵", "5.2·10⁻⁴⁵"]);
    for (let k = 0; k < 2000; k++) {
      const low = 10 ** (-45 + k * 0.0337);
      const high = low * 10 ** (0.001 * 1.005 ** k);
      const all = logTicks(low, high, 6);
      expect(all.filter(({ text }) => text !== "").length).toBeGreaterThanOrEqual(2);
      expect(all.every(({ at }, i) => i === 0 || at > all[i - 1]!.at)).toBe(true);
      expect(all.every(({ at }) => at > low * (1 - 1e-6) && at < high * (1 + 1e-6))).toBe(true);
    }
  });
});

describe("axes of curves", () => {
  it("take a power of ten out of small and large numbers", () => {
    const [, y] = drawnAxes(picture([0, 4e-40], "linear"), [6, 6]);
    expect(y.title).toBe("σ (10⁻⁴⁰ cm²)");
    expect(y.ticks.map(({ text }) => text)).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("leave what cannot be drawn out of a logarithmic range", () => {
    const [, y] = drawnAxes(picture([0, 1, 100, Number.NaN], "log"), [6, 6]);
    expect(y.range[0]).toBeGreaterThan(0.5);
    expect(y.range[1]).toBeLessThan(200);
  });

  it("print units", () => {
    expect([unitText("cm^2"), unitText("us"), powerOfTen(-12)]).toEqual(["cm²", "µs", "10⁻¹²"]);
  });
});

describe("styled", () => {
  it("gives labels colours and levels dashes, with an entry for each", () => {
    const lines = [[[0, 0] as const, [1, 1] as const]];
    const curves = ["A", "B"].flatMap((label) => ["90%", "2σ"].map((level) => ({ label, level, lines })));
    const { curves: drawn, entries } = styled({ ...picture([], "linear"), curves });
    expect(new Set(drawn.map(({ colour }) => colour)).size).toBe(2);
    expect(new Set(drawn.map(({ dash }) => dash.join())).size).toBe(2);
    expect(entries.map(({ label }) => label)).toEqual(["A", "B", "90%", "2σ"]);
  });
});

describe("chiSquareQuantile", () => {
  it("knows two degrees of freedom: −2 ln(1 − level)", () => {
    for (const level of [0.6827, 0.9, 0.9545]) {
      expect(chiSquareQuantile(level, 2)).toBeCloseTo(-2 * Math.log(1 - level), 9);
    }
    expect(chiSquareQuantile(0.9)).toBeCloseTo(2.70554, 5);
  });
});
