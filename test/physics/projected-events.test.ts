/** What events one by one are expected to tell, by the narrow bins that the refusal of `data = asimov` proposes; against the integral of the density times its logarithm. */
import { expect, test } from "vitest";
import { fit as fitAnalysis } from "../../runtime/fit.ts";
import { compiled, modelOfText } from "./compile.ts";
import { darkCounter } from "./spec-parts.ts";

const projection = (step: number): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0 .. 10 step ${step}] PE
  parameter s = 30 in 0 .. 500
  background Bump { events(n) = s * normal_pdf(n, 5.3 PE, 0.5 PE) }
  background Flat { events(n) = 100 / (10 PE) }
}
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = poisson
  data = asimov
  free Run.s
}`;

/** −2 ln L of the expected density itself at a signal, above that at 30. */
function distance(s: number): number {
  const at = (signal: number, x: number): number =>
    10 + (signal * Math.exp(-(((x - 5.3) / 0.5) ** 2) / 2)) / (0.5 * Math.sqrt(2 * Math.PI));
  const count = 100_000;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const x = ((i + 0.5) * 10) / count;
    sum += ((at(s, x) - at(30, x) - at(30, x) * Math.log(at(s, x) / at(30, x))) * 10) / count;
  }
  return 2 * sum;
}

test("narrow bins of expected data are the integral over the density", () => {
  const { analysis } = compiled(modelOfText(projection(0.05)));
  const [s] = fitAnalysis(analysis).parameters;
  expect(s!.value).toBeCloseTo(30, 4);
  const [minus, plus] = s!.errors!;
  expect(distance(30 - minus!)).toBeCloseTo(1, 2);
  expect(distance(30 + plus!)).toBeCloseTo(1, 2);
});

test("wide ones are not", () => {
  const { analysis } = compiled(modelOfText(projection(5)));
  const [s] = fitAnalysis(analysis).parameters;
  expect(distance(30 + s!.errors![1]!)).toBeGreaterThan(1.2);
});
