/** Limits that are expected of events one by one, for a signal much narrower than the bins; against integrals written out here. */
import { expect, test } from "vitest";
import type { LimitMethod } from "../../runtime/asymptotics.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { upperLimit } from "../../runtime/limit.ts";
import { compiled, modelOfText } from "./compile.ts";
import { darkCounter } from "./spec-parts.ts";

const expectedEvents = 100;
const mean = 5.3;

const bump = (width: number): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 2, 4, 6, 8, 10] PE
  parameter s = 0 in 0 .. 500
  background Bump { events(n) = s * normal_pdf(n, ${mean} PE, ${width} PE) }
  background Flat { events(n) = ${expectedEvents} / (10 PE) }
  events = [[0.5], [1.7], [2.9], [3.3], [4.4], [5.8], [6.1], [7.7], [8.2], [9.9]]
}
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = unbinned
  free Run.s
}`;

/** t of Asimov data without a signal at a tested one: a sum over steps much finer than the peak. */
function distance(s: number, width: number): number {
  const step = width / 200;
  const ratio = 10 / expectedEvents / (width * Math.sqrt(2 * Math.PI));
  let sum = 0;
  for (let n = -2000; n < 2000; n++) {
    const z = (n + 0.5) / 200;
    if (mean + z * width < 0 || mean + z * width > 10) continue;
    sum += Math.log1p(s * ratio * Math.exp((-z * z) / 2)) * step;
  }
  return 2 * (s - (expectedEvents / 10) * sum);
}

/** Quantiles of the normal distribution at 90 and 95 %, from a table. */
const quantiles = { profile: 1.2815515655, cls: 1.644853627 } as const;

test.each([
  [0.5, "cls"],
  [0.2, "profile"],
  [0.05, "cls"],
  [0.02, "cls"],
  [0.003, "profile"],
] as const)("width %d: the median by %s", (width, method: LimitMethod) => {
  const { analysis } = compiled(modelOfText(bump(width)), { places: { Run: 12_000 } });
  const { expected, regions } = upperLimit(analysis, {
    parameter: "Run.s",
    level: 0.9,
    method,
    null: 0,
    nuisances: "fitted",
  });
  const median = expected.find(({ shift }) => shift === 0)!.value;
  expect(Math.sqrt(distance(median, width))).toBeCloseTo(quantiles[method], 2);
  // One region, from the bound on: next to it t is lost in rounding.
  expect(regions.map(({ low }) => low)).toEqual([0]);
});

const dip = (low: number): string =>
  bump(0.5)
    .replace(
      "parameter s = 0 in 0 .. 500",
      `parameter s = 0 in ${low} .. 500\n  parameter b = 100 in 1 .. 5000`,
    )
    .replace(`${expectedEvents} / (10 PE)`, "b / (10 PE)")
    .replace("  free Run.s\n", "  free Run.s\n  free Run.b\n");

test("a range into values without an expectation takes no expected limit away", () => {
  const limits = [-50, -1].map((low) => {
    const { analysis } = compiled(modelOfText(dip(low)), { places: { Run: 12_000 } });
    const request = { parameter: "Run.s", level: 0.9, method: "cls", null: 0, nuisances: "fitted" } as const;
    return upperLimit(analysis, request).expected.map(({ value }) => value);
  });
  for (const [i, value] of limits[0]!.entries()) expect(value).toBeCloseTo(limits[1]![i]!, 2);
});

test("a bin that expects less than nothing is impossible, with no event in it as well", () => {
  const { analysis } = compiled(modelOfText(dip(-50).replace("[4.4], [5.8], ", "")));
  const { value, start, names } = chiSquare(analysis);
  const at = (s: number): number => value(start.with(names.indexOf("Run.s"), s));
  expect(at(-15)).toBeLessThan(at(0));
  expect(at(-30)).not.toBeLessThan(Number.POSITIVE_INFINITY);
});
