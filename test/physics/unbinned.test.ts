/** Likelihoods of events one by one, and of templates with limited statistics, against their definitions. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fit as minimum } from "../../runtime/fit.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { compiled, modelOfText, root, vector } from "./compile.ts";
import { smearingCrystal } from "./spec-parts.ts";

const release = `${root}/../shared/data/coherent-csi-2021/dataBeamOnC.txt`;

/** A crystal that smears, with a background that falls; the times are those of the source. */
const experiment = (fields: string, pe = "[8, 12, 16, 24, 40]", time = "[0, 1, 2, 6]"): string => `
${smearingCrystal}experiment Run {
  source Beam
  detector Crystal
  bins pe = ${pe} PE
  bins time = ${time} us
  systematic norm = 10% on signal
  background Steady {
    shape(n, t) = exp(-n/(15 PE)) / PE / us
    total = 6 +- 20%
  }
${fields}
}
`;
const events = [
  [9.1, 0.4],
  [14.2, 3.1],
  [11.7, 0.9],
  [20.5, 1.2],
  [33, 5.2],
  [8, 0],
];
const listed = `events = ${JSON.stringify(events)}`;
const fitOf = (likelihood: string): string => `
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = ${likelihood}
  free s2w in 0 .. 0.5
  profile Crystal.light
}
`;

test("the density at an event is that of a bin around it, however small", () => {
  const { analysis: unbinned } = compiled(modelOfText(experiment(listed) + fitOf("unbinned")));
  const x = vector(unbinned, { s2w: 0.21, "Crystal.light": 1.3 });
  const { density = [] } = unbinned.likelihoodInputs?.(x).Run ?? {};
  const volume = (40 - 8) * 6;
  for (const [i, [pe = 0, time = 0]] of events.entries()) {
    const width = 1e-3;
    const bins = [`[8, ${pe + width}, 40]`, `[0, ${time + width}, 6]`];
    const cell =
      pe > 8 ? [`[8, ${pe - width}, ${pe + width}, 40]`, `[0, ${time - width}, ${time + width}, 6]`] : bins;
    const text =
      experiment("", cell[0], cell[1]) + fitOf("poisson").replace("free s2w", "data = asimov\n  free s2w");
    const { analysis: fine } = compiled(modelOfText(text), { precision: 1e-8 });
    const counts = fine.totals(vector(fine, { s2w: 0.21, "Crystal.light": 1.3 })).Run!;
    // Backgrounds are normalised over the same region.
    const at = pe > 8 ? counts[4]! / (2 * width) ** 2 : counts[0]! / width ** 2;
    expect((density[i]! * events.length) / volume / at).toBeCloseTo(1, pe > 8 ? 5 : 2);
  }
});

test("the extended likelihood is 2 (N - n - sum ln r), compiled and not, with its gradient", () => {
  const { analysis: unbinned } = compiled(modelOfText(experiment(listed) + fitOf("unbinned")));
  const { likelihood, ...plain } = unbinned;
  const objective = chiSquare(unbinned);
  const x = vector(unbinned, { s2w: 0.21, "Run.norm": 0.05, "Run.Steady": -0.1, "Crystal.light": 1.25 });
  const total = unbinned.totals(x).Run!.reduce((sum, one) => sum + one, 0);
  const { density = [] } = unbinned.likelihoodInputs?.(x).Run ?? {};
  const logarithms = [...density].reduce((sum, one) => sum + Math.log(one), 0);
  const expected = 2 * (total - events.length - logarithms);
  const { experiments } = objective.terms(x);
  expect(experiments.Run).toBeCloseTo(expected, 10);
  expect(objective.value(x)).toBeCloseTo(chiSquare(plain).value(x), 10);
  const slopes = new Float64Array(x.length);
  objective.gradient?.(x, slopes);
  for (const i of objective.fitted) {
    const step = 1e-5;
    const at = (shift: number) => objective.value(x.map((one, k) => (k === i ? one + shift : one)));
    expect(slopes[i]! / ((at(step) - at(-step)) / (2 * step))).toBeCloseTo(1, 5);
  }
});

test("counts follow from the events, and an upper edge belongs to the next bin", () => {
  const { analysis: binned } = compiled(modelOfText(experiment(listed) + fitOf("poisson")));
  expect([...(binned.experiments[0]?.data ?? [])]).toEqual([3, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]);
});

test("the number of events alone is measured when all densities are alike", () => {
  const flat = `
use interactions { StandardModel }
use materials { CsI }
source Beam { fluence = 0 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.8 MeV) }
detector Nothing {
  target CsI = 1 kg
  observable pe: PE { density(n | T) = normal_pdf(n, T*PE/keVnr, 1 PE) }
}
experiment Run {
  source Beam
  detector Nothing
  bins pe = [0, 10] PE
  parameter rate = 3 in 0.1 .. 50
  background Flat { events(n) = rate / (10 PE) }
  events = [[1], [2], [5], [7], [9]]
}
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = unbinned
  free Run.rate
}`;
  const result = minimum(compiled(modelOfText(flat)).analysis);
  expect(result.parameters[0]?.value).toBeCloseTo(5, 3);
  expect(result.minimum).toBeCloseTo(0, 8);
  expect(result.pValue).toBeUndefined();
});

const templates = (errors: string, total: string): string =>
  experiment(
    `  background Measured {
    shape = [4, 6, 2, 3, 5, 1, 2, 2, 1, 1, 0, 1]
    errors = ${errors}
    total = ${total}
  }
  data = [9, 7, 3, 5, 9, 2, 3, 1, 2, 0, 0, 2]`,
  ) + fitOf("poisson");
const errors = "[2, 2.4, 1.4, 1.7, 2.2, 1, 1.4, 1.4, 1, 1, 0, 1]";

test("templates with limited statistics: every bin at its best shift (Barlow and Beeston)", () => {
  const { analysis: spec } = compiled(modelOfText(templates(errors, "14 +- 30%")));
  const x = vector(spec, { s2w: 0.22, "Run.Measured": 0.1, "Run.norm": -0.05 });
  const nu = Array.from(spec.totals(x).Run!);
  const sigma = (JSON.parse(errors) as number[]).map((one) => (one / 28) * 14 * 1.1);
  const data = spec.experiments[0]!.data!;
  const { variance = [] } = spec.likelihoodInputs?.(x).Run ?? {};
  expect([...variance].map(Math.sqrt)).toEqual(sigma.map((one) => expect.closeTo(one, 10)));
  const expected = nu.reduce((sum, value, i) => sum + bestShift(value, sigma[i]!, data[i]!), 0);
  const objective = chiSquare(spec);
  expect(objective.terms(x).experiments.Run).toBeCloseTo(expected, 6);
  const { likelihood, ...plain } = spec;
  expect(objective.value(x)).toBeCloseTo(chiSquare(plain).value(x), 10);
  const slopes = new Float64Array(x.length);
  objective.gradient?.(x, slopes);
  for (const i of objective.fitted) {
    const at = (shift: number) => objective.value(x.map((one, k) => (k === i ? one + shift : one)));
    expect(slopes[i]! / ((at(1e-5) - at(-1e-5)) / 2e-5)).toBeCloseTo(1, 5);
  }
});

/** The least of 2 (m - n + n ln(n/m)) + (m - nu)^2/sigma^2 over m, by golden section. */
function bestShift(nu: number, sigma: number, n: number): number {
  const value = (m: number): number => {
    const deviance = 2 * (m - n + (n > 0 ? n * Math.log(n / m) : 0));
    return sigma === 0 ? deviance : deviance + ((m - nu) / sigma) ** 2;
  };
  if (sigma === 0) return value(nu);
  let [low, high] = [0, nu + n + 10 * sigma];
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 200; i++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (value(left) < value(right)) high = right;
    else low = left;
  }
  return value((low + high) / 2);
}

test("templates without errors fit as those with errors that vanish; large errors weaken a fit", () => {
  const none = minimum(compiled(modelOfText(templates("[0,0,0,0,0,0,0,0,0,0,0,0]", "14 +- 30%"))).analysis);
  const few = minimum(compiled(modelOfText(templates(errors, "14 +- 30%"))).analysis);
  const without = templates(errors, "14 +- 30%").replace(/ {4}errors = .*\n/, "");
  const plain = minimum(compiled(modelOfText(without)).analysis);
  expect(none.minimum).toBeCloseTo(plain.minimum, 8);
  expect(few.parameters[0]!.parabolic).toBeGreaterThan(1.05 * plain.parameters[0]!.parabolic);
  expect(few.minimum).toBeLessThan(plain.minimum);
});

const csi = (fields: string, likelihood: string): string => `
use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }
experiment Single from CsI2021 {
${fields}
}
analysis Radius {
  model = StandardModel
  experiments = Single
  likelihood = ${likelihood}
  parameter Rn = 5.06 fm in 3 fm .. 8 fm
  tie Cs133.Rn = Rn
  tie I127.Rn = Rn
}`;

test.skipIf(!existsSync(release))(
  "COHERENT CsI[Na]: events one by one, in fine bins and in those of the analysis agree on R_n within 0.1 sigma",
  () => {
    const rows = readFileSync(release, "utf8")
      .split("\n")
      .filter((line) => /^\s*\d/.test(line))
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([pe = -1, time = -1]) => pe >= 0 && pe < 60 && time >= 0 && time < 6);
    expect(rows.length).toBe(1578);
    const events = `  events = ${JSON.stringify(rows)}`;
    const fineBins = `${events}
  bins pe = [0 .. 60 step 1] PE
  bins time = [0, 0.05 .. 2 step 0.05, 2.25 .. 6 step 0.25] us
  data = ${JSON.stringify(countsIn(rows))}`;
    const fits = [csi(events, "unbinned"), csi(fineBins, "poisson"), csi(events, "poisson")].map((text) =>
      minimum(compiled(modelOfText(text)).analysis),
    );
    const [unbinned, fine, coarse] = fits.map(({ parameters: [radius] }) => radius!);
    const sigma = coarse!.parabolic;
    expect(Math.abs(unbinned!.value - fine!.value) / sigma).toBeLessThan(0.05);
    expect(Math.abs(unbinned!.value - coarse!.value) / sigma).toBeLessThan(0.1);
    expect(Math.abs(unbinned!.parabolic - fine!.parabolic) / sigma).toBeLessThan(0.05);
  },
);

/** Counts in the fine bins, the edges as the spec writes them. */
function countsIn(rows: readonly (readonly number[])[]): readonly number[] {
  const late = Array.from({ length: 16 }, (_, i) => 2.25 + 0.25 * i);
  const times = [...Array.from({ length: 41 }, (_, i) => Number((0.05 * i).toPrecision(14))), ...late];
  const counts = new Array<number>(60 * (times.length - 1)).fill(0);
  for (const [pe = 0, time = 0] of rows) {
    const at = times.findIndex((low, k) => low <= time && time < (times[k + 1] ?? 0));
    counts[Math.floor(pe) * (times.length - 1) + at]! += 1;
  }
  return counts;
}

test("backgrounds in bins of an observable whose efficiency has a moving kink keep points of their own", () => {
  // The panels of both integrals are the same bins; the points of one of them are clamped at run time.
  const text = experiment("  data = [1, 1, 1]", "[8, 16, 24, 40]", "[0, 6]")
    .replace("1 - exp(-n/(10 PE))", "max(0, 1 - exp(-(n - edge)/(10 PE)))")
    .replace("parameter light", "parameter edge = 9 PE +- 10%\n  parameter light");
  const { analysis } = compiled(modelOfText(`${text}${fitOf("poisson")}`));
  const x = vector(analysis);
  const expected = [8, 16, 24, 40].map((n) => Math.exp(-n / 15));
  const share = (i: number): number => (expected[i]! - expected[i + 1]!) / (expected[0]! - expected[3]!);
  const steady = analysis.counts(x).Run!.components.Steady!;
  expect([...steady]).toEqual([0, 1, 2].map((i) => expect.closeTo(6 * share(i), 6)));
});

test("an experiment with events and one with counts are fitted together, each in its way", () => {
  const counts = "  data = [3, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]";
  const both = fitOf("unbinned").replace("experiments = Run", "experiments = Events, Run");
  const text = `${experiment(counts)}experiment Events from Run {\n  ${listed}\n}\n${both}`;
  const { analysis } = compiled(modelOfText(text));
  expect(analysis.experiments.map(({ likelihood }) => likelihood)).toEqual(["unbinned", "poisson"]);
  const x = vector(analysis, { s2w: 0.21 });
  const { experiments } = chiSquare(analysis).terms(x);
  const alone = compiled(modelOfText(`${experiment(counts)}${fitOf("poisson")}`)).analysis;
  expect(experiments.Run).toBeCloseTo(
    chiSquare(alone).terms(vector(alone, { s2w: 0.21 })).experiments.Run!,
    8,
  );
  expect(minimum(analysis).converged).toBe(true);
});
