import { describe, expect, test } from "vitest";
import { contours } from "../../runtime/contour.ts";
import { type ContourAxis, ContourLattice, type ContourLine } from "../../runtime/contour-lines.ts";
import { spacedValues } from "../../runtime/scan-grid.ts";
import { compiled, modelOfExample } from "../physics/compile.ts";

const even = (low: number, high: number, count: number, log = false): ContourAxis => ({
  values: spacedValues(low, high, count, log),
  log,
});

function linesOf(
  x: ContourAxis,
  y: ContourAxis,
  f: (x: number, y: number) => number,
  levels: readonly number[],
  seeds: readonly (readonly [number, number])[] = [],
): { readonly lines: readonly ContourLine[]; readonly size: number } {
  const lattice = new ContourLattice({ x, y, value: ({ place: [a, b] }) => f(a, b) });
  const lines = lattice.lines(levels, seeds, 0, 3);
  return { lines, size: lattice.size };
}

describe("contours followed as curves", () => {
  test("an ellipse is met to 1e-4 of its axes, with few evaluations", () => {
    const f = (x: number, y: number): number =>
      ((x - 0.3) / 2) ** 2 + ((y + 0.1) / 0.5) ** 2 + 0.5 * (x - 0.3) * (y + 0.1);
    const { lines, size } = linesOf(even(-6, 6, 25), even(-2, 2, 25), f, [1, 2.3]);
    expect(lines.map(({ level, closed }) => [level, closed])).toEqual([
      [1, true],
      [2.3, true],
    ]);
    for (const { level, points } of lines) {
      expect(points.length).toBeGreaterThan(60);
      for (const [x, y] of points) expect(Math.abs(f(x, y) / level - 1)).toBeLessThan(2e-3);
    }
    expect(size).toBeLessThan(0.1 * 193 ** 2);
  });

  test("an island between the nodes of the coarse grid is found by its seed, and by the parabola of its valley", () => {
    const f = (x: number, y: number): number => ((x - 0.512) / 0.012) ** 2 + ((y - 0.487) / 0.01) ** 2;
    const seeded = linesOf(even(0, 1, 11), even(0, 1, 11), f, [1], [[0.512, 0.487]]);
    expect(seeded.lines.map(({ closed }) => closed)).toEqual([true]);
    const unseeded = linesOf(even(0, 1, 11), even(0, 1, 11), f, [1]);
    expect(unseeded.lines.map(({ closed }) => closed)).toEqual([true]);
  });

  test("two islands, and a hole in a region", () => {
    const two = (x: number, y: number): number =>
      20 * Math.min((x - 0.25) ** 2 + (y - 0.5) ** 2, (x - 0.75) ** 2 + (y - 0.5) ** 2) * 10;
    expect(linesOf(even(0, 1, 9), even(0, 1, 9), two, [1]).lines.map(({ closed }) => closed)).toEqual([
      true,
      true,
    ]);
    const ring = (x: number, y: number): number => 200 * (Math.hypot(x - 0.5, y - 0.5) - 0.3) ** 2;
    const { lines } = linesOf(even(0, 1, 9), even(0, 1, 9), ring, [1]);
    expect(lines.map(({ closed }) => closed)).toEqual([true, true]);
  });

  test("a strip that is far narrower than a coarse cell, over logarithmic axes, leaves the plane at both ends", () => {
    const f = (x: number, y: number): number => ((Math.log10(y) - 0.5 * Math.log10(x) + 4.013) / 0.02) ** 2;
    const { lines } = linesOf(even(1, 1e4, 21, true), even(1e-5, 1e-1, 21, true), f, [2.71]);
    expect(lines.map(({ closed }) => closed)).toEqual([false, false]);
    for (const { points } of lines) {
      for (const [x, y] of points) expect(Math.abs(f(x, y) / 2.71 - 1)).toBeLessThan(0.01);
      expect([points[0]![0], points.at(-1)![0]].sort((a, b) => a - b)).toEqual([1, 1e4]);
    }
  });

  test("a line ends where there is no value, and a plane without a crossing has none", () => {
    const f = (x: number, y: number): number => (x > 0.8 ? Number.NaN : 4 * y);
    const { lines } = linesOf(even(0, 1, 6), even(0, 1, 6), f, [1]);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.points.every(([, y]) => Math.abs(y - 0.25) < 1e-3)).toBe(true);
    expect(Math.max(...lines[0]!.points.map(([x]) => x))).toBeCloseTo(0.8, 1);
    expect(linesOf(even(0, 1, 6), even(0, 1, 6), (x, y) => x + y, [9]).lines).toEqual([]);
  });
});

test("the contour of two parameters of CsI is where the profile has risen so much", () => {
  const { analysis } = compiled(modelOfExample("coherent-csi/neutron-radius.sevens"));
  const found = contours(
    analysis,
    [
      { parameter: "Rn", ...even(3, 8, 13) },
      { parameter: "CsI2021.norm", ...even(-0.4, 0.6, 13) },
    ],
    { rises: [2.2957, 4.6052], halvings: 2 },
  );
  expect(found?.chi2).toBeCloseTo(83.744, 3);
  expect(found?.failed).toBe(0);
  const [first] = found!.lines;
  expect(first!.closed).toBe(true);
  const radii = first!.points.map(([x]) => x);
  // The widest part of the contour is the profile of Rn at the same rise.
  expect(Math.min(...radii)).toBeCloseTo(4.741, 1);
});
