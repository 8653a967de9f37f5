/** Counts whose likelihood has minima that no line along a parameter meets; against all places of a fine grid. */
import { describe, expect, test } from "vitest";
import { fit as fitOf } from "../../runtime/fit.ts";
import { upperLimit } from "../../runtime/limit.ts";
import { chunkCount, scanner, scanStart } from "../../runtime/scan.ts";
import { compiled, modelOfText } from "./compile.ts";
import { darkCounter } from "./spec-parts.ts";

const spec = (last: number): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0 .. 4 step 1] PE
  data = [100, 150, 120, ${last}]
  parameter a = 1 in -3 .. 3
  parameter b = 1 in -3 .. 3
  parameter c = 1 in -3 .. 3
  background First { shape = [1, 0, 0, 0]; total = 100*(a + b)^2 }
  background Second { shape = [0, 1, 0, 0]; total = 100*(b - 0.5*c)^2 }
  background Third { shape = [0, 0, 1, 0]; total = 100*(c + 0.3*a)^2 }
  background Fourth { shape = [0, 0, 0, 1]; total = 80*(1 + 0.1*a + 0.1*c) }
}
analysis Fit {
  model = StandardModel
  experiments = Run
  free Run.a
  free Run.b
  free Run.c
  interval = 68.27%, 95%
}`;

const term = (nu: number, n: number): number => 2 * (nu - n + n * Math.log(n / Math.max(nu, 1e-300)));
const grid = Array.from({ length: 401 }, (_, i) => (i - 200) * 0.015);

/** The least chi^2 among all b and c of the grid: never below the profile. */
function leastAt(a: number, last: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const c of grid) {
    const known = term(100 * (c + 0.3 * a) ** 2, 120) + term(80 * (1 + 0.1 * a + 0.1 * c), last);
    if (known > least) continue;
    for (const b of grid) {
      const chi2 = known + term(100 * (a + b) ** 2, 100) + term(100 * (b - 0.5 * c) ** 2, 150);
      if (chi2 < least) least = chi2;
    }
  }
  return least;
}

const axis = {
  parameter: "Run.a",
  values: Array.from({ length: 25 }, (_, i) => -3 + i / 4),
};

describe.each([45, 60, 73, 95])("with %d counts in the last bin", (last) => {
  const { analysis } = compiled(modelOfText(spec(last)));
  const result = fitOf(analysis);
  const [a] = result.parameters;
  const least = grid.map((value) => ({ a: value, chi2: leastAt(value, last) }));
  const lowest = Math.min(...least.map(({ chi2 }) => chi2));

  test("the best fit is the lowest minimum", () => {
    expect(result.minimum).toBeLessThan(lowest + 1e-6);
  });

  test("the profile is nowhere above the lowest place", () => {
    const start = scanStart(analysis, [axis]);
    const scan = scanner(analysis, [axis], start);
    const points = Array.from({ length: chunkCount(axis.values.length) }, (_, i) => scan(i)).flat();
    for (const { point, chi2 } of points) {
      expect(chi2, `a = ${axis.values[point]}`).toBeLessThan(leastAt(axis.values[point]!, last) + 1e-4);
    }
  });

  test("a chunk is the same after the one before it and by itself, to the last digit", () => {
    const start = scanStart(analysis, [axis]);
    const [inOrder, scan] = [scanner(analysis, [axis], start), scanner(analysis, [axis], start)];
    const chunks = Array.from({ length: chunkCount(axis.values.length) }, (_, i) => i);
    const known = chunks.map(inOrder);
    for (const chunk of chunks.toReversed()) expect(scan(chunk)).toEqual(known[chunk]);
  });

  test("every region of the interval is found", () => {
    const rise = 3.8415;
    const inside = least.map(({ chi2 }) => chi2 - lowest < rise);
    const ends = least.flatMap(({ a: at }, i) => (inside[i] !== inside[i - 1] && i > 0 ? [at] : []));
    const interval = result.intervals.find(
      ({ level, parameter }) => parameter === a!.name && level === 0.95,
    )!;
    const found = interval.regions.flatMap(({ low, high }) => [low, high]).filter((end) => Math.abs(end) < 3);
    expect(found.map(Number), JSON.stringify(ends)).toHaveLength(ends.length);
    for (const [i, end] of found.entries()) expect(Math.abs(end - ends[i]!)).toBeLessThan(0.025);
  });

  test("limits begin at the same minimum", () => {
    const request = {
      parameter: "Run.a",
      level: 0.9,
      method: "profile",
      null: 0,
      nuisances: "fitted",
    } as const;
    expect(upperLimit(analysis, request).best).toBeCloseTo(a!.value, 3);
  });
});
