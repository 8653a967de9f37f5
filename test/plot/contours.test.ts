import { describe, expect, it } from "vitest";
import { contoursOf, limitsOf, type Scale, type ValueGrid } from "../../compiler/plot/index.ts";

function gridOf(
  value: (x: number, y: number) => number,
  x: readonly number[],
  y: readonly number[],
  [xScale, yScale]: readonly [Scale, Scale] = ["linear", "linear"],
): ValueGrid {
  return { x, y, xScale, yScale, values: x.flatMap((a) => y.map((b) => value(a, b))) };
}

const steps = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

const closed = (line: readonly (readonly [number, number])[]): boolean =>
  line[0]![0] === line.at(-1)![0] && line[0]![1] === line.at(-1)![1];

describe("contoursOf", () => {
  const axis = steps(-2, 2, 81);

  it("finds a circle as one closed line", () => {
    const lines = contoursOf(
      gridOf((x, y) => x * x + y * y, axis, axis),
      1,
    );
    expect(lines).toHaveLength(1);
    expect(closed(lines[0]!)).toBe(true);
    for (const [x, y] of lines[0]!) expect(Math.hypot(x, y)).toBeCloseTo(1, 3);
  });

  it("leaves a line open that leaves the grid", () => {
    const [line, ...others] = contoursOf(
      gridOf((x, y) => y - x / 2, axis, axis),
      0.21,
    );
    expect(others).toEqual([]);
    expect(closed(line!)).toBe(false);
    expect(line!.map(([x]) => x).sort((a, b) => a - b)[0]).toBe(-2);
    for (const [x, y] of line!) expect(y - x / 2).toBeCloseTo(0.21, 12);
  });

  it("finds both sides of a strip, and islands", () => {
    const strip = contoursOf(
      gridOf((x, y) => (x + y) ** 2, axis, axis),
      0.1,
    );
    expect(strip.map(closed)).toEqual([false, false]);
    const islands = contoursOf(
      gridOf((x, y) => (x * x - 1) ** 2 + y * y, axis, axis),
      0.1,
    );
    expect(islands.map(closed)).toEqual([true, true]);
  });

  it("interpolates in logarithms where the scale is one", () => {
    const x = [1, 10, 100];
    const [line] = contoursOf(
      gridOf((a) => Math.log10(a), x, [1, 2], ["log", "linear"]),
      0.5,
    );
    for (const [a] of line!) expect(a).toBeCloseTo(Math.sqrt(10), 12);
  });

  it("keeps the two lines of a saddle apart", () => {
    const values = [0, 1, 1, 0];
    const saddle: ValueGrid = { x: [0, 1], y: [0, 1], xScale: "linear", yScale: "linear", values };
    expect(contoursOf(saddle, 0.4).map((line) => line.length)).toEqual([2, 2]);
    for (const level of [0.4, 0.6])
      for (const [[x0, y0], [x1, y1]] of contoursOf(saddle, level).map(
        (line) => [line[0]!, line[1]!] as const,
      ))
        expect(Math.hypot(x0 - x1, y0 - y1)).toBeCloseTo(0.4 * Math.SQRT2, 12);
  });

  it("draws nothing next to a point without a value", () => {
    const holed = gridOf((x, y) => (x > 0 ? Number.NaN : x * x + y * y), axis, axis);
    const [line, ...others] = contoursOf(holed, 1);
    expect(others).toEqual([]);
    expect(Math.max(...line!.map(([x]) => x))).toBeLessThanOrEqual(1e-9);
    expect(contoursOf(holed, 50)).toEqual([]);
  });
});

describe("limitsOf", () => {
  const x = steps(-2, 2, 9);
  const y = steps(-2, 2, 401);

  it("is smooth where a contour of the same grid goes in steps", () => {
    const bands = gridOf((a, b) => (b + 0.9 * a) ** 2, x, y);
    const lines = limitsOf(bands, 0.01);
    expect(lines).toHaveLength(2);
    for (const [a, b] of lines.flat()) expect(Math.abs(b + 0.9 * a)).toBeCloseTo(0.1, 2);
    expect(contoursOf(bands, 0.01)).not.toHaveLength(2);
  });

  it("finds the ends of a parabola between the points of a coarse grid", () => {
    const lines = limitsOf(
      gridOf((a, b) => ((b - 0.1 * a) / 0.3) ** 2, x, steps(-2, 2, 21)),
      4,
    );
    expect(lines).toHaveLength(2);
    for (const [a, b] of lines.flat()) expect(Math.abs(b - 0.1 * a)).toBeCloseTo(0.6, 12);
  });

  it("joins an end to the nearest one of its kind, when lines end or leave the grid", () => {
    // A band around y = x, which leaves the grid, and one around y = 1.5 for x < 0.
    const value = (a: number, b: number): number =>
      Math.min((b - 2.1 * a) ** 2, a < -0.1 ? (b - 1.5) ** 2 : 9);
    const lines = limitsOf(gridOf(value, x, y), 0.01);
    for (const line of lines) {
      for (const [k, [, b]] of line.entries()) {
        if (k > 0) expect(Math.abs(b - line[k - 1]![1])).toBeLessThan(1.1);
      }
    }
  });
});
