/** Peaks of backgrounds that are narrow against the bins, and nothing at the defaults: their points are chosen all the same. */
import { expect, test } from "vitest";
import { compiled, modelOfText, vector } from "./compile.ts";
import { darkCounter } from "./spec-parts.ts";

const spec = (value: number, sigma: number): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 2, 4, 6, 8, 10] PE
  data = [2, 2, 2, 2, 2]
  parameter s = ${value} in 0 .. 500
  background Signal {
    events(n) = s * normal_pdf(n, 5.3 PE, ${sigma} PE)
  }
}
analysis Fit {
  model = StandardModel
  experiments = Run
  free Run.s
}
`;

/** The normal distribution, by its series around the middle; none of the code under test. */
function normalShare(low: number, high: number): number {
  const points = 20_000;
  const step = (high - low) / points;
  let sum = 0;
  for (let i = 0; i < points; i++) sum += Math.exp(-((low + (i + 0.5) * step) ** 2) / 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

test.each([
  [0, 0.05],
  [0, 0.5],
  [0, 1.5],
  [1, 0.002],
  [0, 0.0005],
])("default %d, width %d: every bin holds its share", (value, sigma) => {
  const { analysis } = compiled(modelOfText(spec(value, sigma)));
  const x = vector(analysis, { "Run.s": 100 });
  const counts = analysis.totals(x).Run!;
  for (const [bin, count] of counts.entries()) {
    const [low, high] = [2 * bin, 2 * bin + 2].map((edge) => Math.max(-9, Math.min(9, (edge - 5.3) / sigma)));
    expect(count / 100, `bin ${bin}`).toBeCloseTo(normalShare(low!, high!), 5);
  }
});

test.each([
  [0.5, 5, 0.02],
  [0.5, 7.3, 0.1],
  [0.02, 5, 1.7],
  [2, 3.9, 0.0007],
  [0.5, 21, 0.3],
])("width %d by default: at mean %d and width %d every bin holds its share", (byDefault, mean, sigma) => {
  const moving = spec(10, 0.5)
    .replace(
      "  background",
      `  parameter m = 5 in 0 .. 30\n  parameter w = ${byDefault} in 0 .. 5\n  background`,
    )
    .replace("5.3 PE, 0.5 PE", "m * 1 PE, w * 1 PE")
    .replace("  free Run.s\n", "  free Run.s\n  free Run.m\n  free Run.w\n");
  const { analysis } = compiled(modelOfText(moving));
  const counts = analysis.totals(vector(analysis, { "Run.s": 100, "Run.m": mean, "Run.w": sigma })).Run!;
  for (const [bin, count] of counts.entries()) {
    const [low, high] = [2 * bin, 2 * bin + 2].map((edge) =>
      Math.max(-9, Math.min(9, (edge - mean) / sigma)),
    );
    expect(count / 100, `bin ${bin}`).toBeCloseTo(normalShare(low!, high!), 5);
  }
});

test("a shape much narrower than the bins is no empty one", () => {
  const narrow = spec(1, 0.0005).replace("events(n) = s *", "total = 10\n    shape(n) =");
  const { analysis } = compiled(
    modelOfText(narrow.replace("  free Run.s\n", "  free s2w\n").replace(/ {2}parameter s.*\n/, "")),
  );
  expect(analysis.totals(vector(analysis)).Run![2]).toBeCloseTo(10, 5);
});
