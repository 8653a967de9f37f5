import { describe, expect, test } from "vitest";
import type { CompiledAnalysis, ParameterInfo } from "../../runtime/compiled.ts";
import { contours } from "../../runtime/contour.ts";
import { type ContourAxis, ContourLattice, type ContourLine } from "../../runtime/contour-lines.ts";
import { spacedValues } from "../../runtime/scan-grid.ts";
import { compiled, modelOfExample, modelOfText } from "../physics/compile.ts";

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

type Place = readonly [x: number, y: number];

/** An analysis of Gaussian measurements of functions of `a` and `b`, which are free between -1 and 1, and of nothing else. */
function measured(
  constraints: CompiledAnalysis["constraints"],
  values: (a: number, b: number) => readonly number[],
  start: Place,
): CompiledAnalysis {
  const free = (name: string, value: number): ParameterInfo => ({
    name,
    unit: "",
    value,
    range: [-1, 1],
    role: "free",
    log: false,
    doc: "",
  });
  return {
    name: "Measured",
    parameters: [free("a", start[0]), free("b", start[1])],
    experiments: [],
    constraints,
    intervals: [0.9],
    precision: 1e-6,
    counts: () => ({}),
    totals: () => ({}),
    constrained: (x) => Float64Array.from(values(x[0]!, x[1]!)),
  };
}

const planeOf = (count: number) =>
  [
    { parameter: "a", ...even(-1, 1, count) },
    { parameter: "b", ...even(-1, 1, count) },
  ] as const;

/** Whether a place is inside a closed line, by the crossings of a ray. */
function isInside([x, y]: Place, line: readonly Place[]): boolean {
  const crossings = line.slice(1).filter(([x1, y1], k) => {
    const [x0, y0] = line[k]!;
    return y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
  });
  return crossings.length % 2 === 1;
}

describe("no island is lost and no strip is broken", () => {
  const rise = 4.6052;

  test("two strips around the branches of a hyperbola, narrower at their ends than the cells that were asked for", () => {
    const product = [{ name: "product", mean: 0.05, sigma: 0.003 }];
    for (const count of [9, 13, 18]) {
      const found = contours(
        measured(product, (a, b) => [a * b], [0.3, 0.3]),
        planeOf(count),
        {
          rises: [rise],
        },
      )!;
      expect(found.unsettled).toEqual([]);
      expect(found.lines.map(({ closed }) => closed)).toEqual([false, false, false, false]);
      for (const { points } of found.lines) {
        for (const end of [points[0]!, points.at(-1)!])
          expect(Math.max(...end.map(Math.abs))).toBeCloseTo(1, 9);
        const side = Math.sign(points[0]![0] * points[0]![1] - 0.05);
        for (const [a, b] of points) expect((a * b - 0.05) / 0.003).toBeCloseTo(side * Math.sqrt(rise), 1);
      }
    }
  });

  test("five islands along a line, between the nodes of the grid", () => {
    const both = [
      { name: "wave", mean: 0.1, sigma: 0.03 },
      { name: "line", mean: 0, sigma: 0.01 },
    ];
    const centres = [-1, 0, 1].flatMap((turn) =>
      [Math.asin(0.1), Math.PI - Math.asin(0.1)].map((angle) => (angle + 2 * Math.PI * turn) / 8),
    );
    const inPlane = centres.filter((a) => Math.abs(a) <= 1);
    expect(inPlane).toHaveLength(5);
    for (const start of [0.3, -0.9, 0.95]) {
      for (const count of [9, 10]) {
        const analysis = measured(both, (a, b) => [Math.sin(8 * a), b - 0.3 * a], [start, 0.3]);
        const { lines, unsettled } = contours(analysis, planeOf(count), { rises: [rise] })!;
        expect(unsettled).toEqual([]);
        expect(lines).toHaveLength(5);
        for (const a of inPlane)
          expect(lines.filter(({ points }) => isInside([a, 0.3 * a], points))).toHaveLength(1);
      }
    }
  });

  test.each([7, 9, 20])("islands of two waves, inside and at the edges of a grid of %i points", (count) => {
    const waves = [
      { name: "first", mean: 0.5, sigma: 0.05 },
      { name: "second", mean: 0.5, sigma: 0.05 },
    ];
    const analysis = measured(waves, (a, b) => [Math.sin(9 * a), Math.sin(9 * b)], [0.3, 0.3]);
    const { lines, unsettled } = contours(analysis, planeOf(count), { rises: [rise] })!;
    // Six solutions along each axis; the island of the last one leaves the plane, that of both last ones leaves its corner outside.
    expect(unsettled).toEqual([]);
    expect(lines.filter(({ closed }) => closed)).toHaveLength(25);
    expect(lines.filter(({ closed }) => !closed)).toHaveLength(12);
  });

  test.each([7, 13, 20])("strips that stay in pieces on a grid of %i points are told", (count) => {
    const narrow = [{ name: "product", mean: 0.002, sigma: 0.0002 }];
    const { lines, unsettled } = contours(
      measured(narrow, (a, b) => [a * b], [0.3, 0.3]),
      planeOf(count),
      { rises: [rise] },
    )!;
    const isWhole = lines.length === 4 && lines.every(({ closed }) => !closed);
    expect(isWhole || unsettled.length > 0).toBe(true);
  });

  test("a minimum that the finest cells do not show is told", () => {
    const spot = [
      { name: "a", mean: 0.123, sigma: 1e-6 },
      { name: "b", mean: 0.456, sigma: 1e-6 },
    ];
    const found = contours(
      measured(spot, (a, b) => [a, b], [0, 0]),
      planeOf(5),
      { rises: [rise] },
    )!;
    expect(found.lines).toEqual([]);
    expect(found.lowest).toBeLessThan(rise);
    const [{ hidden } = {}] = found.unsettled;
    expect(hidden?.[0]).toBeCloseTo(0.123, 5);
    expect(hidden?.[1]).toBeCloseTo(0.456, 5);
  });

  test.each([9, 11, 12])("the four minima of two couplings of CsI, on a grid of %i points", (count) => {
    const { analysis } = compiled(
      modelOfText(`
        use interactions { StandardModel, NSI }
        use experiments { CsI2021 }
        analysis Four {
          model = StandardModel + NSI
          experiments = CsI2021
          free NSI.eps_u[e, e] in -2 .. 2
          free NSI.eps_u[mu, mu] in -2 .. 2
        }`),
    );
    const { lines, unsettled } = contours(
      analysis,
      [
        { parameter: "NSI.eps_u[e,e]", ...even(-1, 1, count) },
        { parameter: "NSI.eps_u[mu,mu]", ...even(-1, 1, count) },
      ],
      { rises: [rise] },
    )!;
    expect(unsettled).toEqual([]);
    // Either coupling may turn the sign of the weak charge, which adds about 0.4 to it.
    for (const place of [
      [0, 0],
      [0.4, 0],
      [0, 0.39],
      [0.4, 0.39],
    ] as const) {
      expect(lines.filter(({ closed, points }) => closed && isInside(place, points))).toHaveLength(1);
    }
    expect(lines).toHaveLength(4);
  });
});
