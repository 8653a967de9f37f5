/** Toys and Asimov data of events one by one, against closed forms that are written out here. */
import { describe, expect, test } from "vitest";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { fit as minimum } from "../../runtime/fit.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { upperLimit } from "../../runtime/limit.ts";
import { expectedAt, fluctuated, withMeasured } from "../../runtime/pseudo-experiment.ts";
import { RandomStream } from "../../runtime/random.ts";
import { type ToyRequest, toyComputer } from "../../runtime/toys.ts";
import { compiled, modelOfText, vector } from "./compile.ts";
import { darkCounter, smearingCrystal } from "./spec-parts.ts";

/** A peak that falls off from zero, on as many events everywhere. */
const peak = (bins: string, likelihood: string, range = "-50 .. 300"): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = ${bins} PE
  parameter s = 40 in ${range}
  parameter b = 100 in 1 .. 300
  background Peak { events(n) = s * exp(-n/(2 PE)) / (2 PE) }
  background Flat { events(n) = b / (10 PE) }
  events = [[1], [2], [5], [7], [9]]
}
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = ${likelihood}
  free Run.s
  free Run.b
}`;
const wide = "[0, 3, 10]";

const peaked = (range?: string): CompiledAnalysis =>
  compiled(modelOfText(peak(wide, "unbinned", range)), { places: { Run: 400 } }).analysis;

/** The density of the peak alone, and the share of it below a place. */
const falling = (n: number): number => Math.exp(-n / 2) / 2;
const below = (n: number): number => 1 - Math.exp(-n / 2);

/** Simpson's rule over 0 to 10. */
function integral(f: (n: number) => number): number {
  const steps = 2000;
  const h = 10 / steps;
  let sum = f(0) + f(10);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * f(i * h);
  return (sum * h) / 3;
}

/** The errors of s and b by the Fisher information of the extended likelihood. */
function errorsByInformation(s: number, b: number): readonly [s: number, b: number] {
  const density = (n: number): number => s * falling(n) + b / 10;
  const ss = integral((n) => falling(n) ** 2 / density(n));
  const sb = integral((n) => falling(n) / 10 / density(n));
  const bb = integral((n) => 1 / 100 / density(n));
  const determinant = ss * bb - sb * sb;
  return [Math.sqrt(bb / determinant), Math.sqrt(ss / determinant)];
}

/** chi^2 of events at s, up to a constant, with b at its best value: of its slope the zero, by halving. */
function profiled(events: Float64Array, s: number): number {
  const slope = (b: number): number =>
    [...events].reduce((sum, n) => sum - 0.1 / (s * falling(n) + b / 10), 1);
  let [low, high] = [Math.max(1, -5 * s + 1e-9), 300];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const b = (low + high) / 2;
  const logarithms = [...events].reduce((sum, n) => sum + Math.log(s * falling(n) + b / 10), 0);
  return 2 * (s * below(10) + b - logarithms);
}

/** The lowest value of a function with one minimum, by golden section. */
function lowest(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (f(left) < f(right)) high = right;
    else low = left;
  }
  return f((low + high) / 2);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

test("with places for other events the likelihood is the same, compiled and not, with its gradient", () => {
  const model = modelOfText(peak(wide, "unbinned"));
  const built = chiSquare(compiled(model).analysis);
  const { likelihood, ...plain } = peaked();
  const placed = chiSquare({ ...plain, ...(likelihood && { likelihood }) });
  for (const values of [{}, { "Run.s": 3, "Run.b": 7 }, { "Run.s": -2, "Run.b": 50 }]) {
    const x = vector(plain, values);
    expect(placed.value(x)).toBeCloseTo(built.value(x), 9);
    expect(chiSquare(plain).value(x)).toBeCloseTo(built.value(x), 9);
    const [a, b] = [new Float64Array(x.length), new Float64Array(x.length)];
    built.gradient!(x, a);
    placed.gradient!(x, b);
    expect([...b]).toEqual([...a].map((one) => expect.closeTo(one, 8)));
  }
});

describe("toys of a peak on a flat background", () => {
  const analysis = peaked();
  const expected = expectedAt(analysis, vector(analysis));
  const drawn = (k: number) => fluctuated(analysis, expected, new RandomStream(11, [k, 0]));

  test("have Poisson numbers of events, which lie as the density says (Kolmogorov)", () => {
    const toys = Array.from({ length: 300 }, (_, k) => drawn(k).events!.Run!);
    const numbers = toys.map(({ weights }) => weights.length);
    const total = 40 * below(10) + 100;
    expect(expected.densities.Run!.total).toBeCloseTo(total, 6);
    expect(Math.abs(mean(numbers) - total)).toBeLessThan(3 * Math.sqrt(total / 300));
    expect(Math.abs(deviation(numbers) / Math.sqrt(total) - 1)).toBeLessThan(3 / Math.sqrt(600));
    const places = toys.flatMap(({ values }) => [...values[0]!]).sort((a, b) => a - b);
    const share = (n: number): number => (40 * below(n) + 10 * n) / total;
    const distance = Math.max(
      ...places.map((n, i) => Math.max(share(n) - i / places.length, (i + 1) / places.length - share(n))),
    );
    // 1.63 is exceeded by one sample in a hundred.
    expect(distance * Math.sqrt(places.length)).toBeLessThan(1.63);
  });

  test("scatter as the Fisher information says, and cover the truth as a likelihood written here", () => {
    const [sigma] = errorsByInformation(40, 100);
    const request: ToyRequest = {
      parameters: ["Run.s"],
      truths: [[...vector(analysis)]],
      hypotheses: [{ truth: 0, tested: [40] }],
      seed: 11,
      count: 992,
    };
    const compute = toyComputer(analysis, request);
    const toys = Array.from({ length: 62 }, (_, chunk) => compute(chunk)).flat();
    expect(toys.every(({ converged }) => converged)).toBe(true);
    const estimates = toys.map(({ values }) => values[0]!);
    expect(Math.abs(mean(estimates) - 40)).toBeLessThan(3 * (sigma / Math.sqrt(992)) + 0.02 * sigma);
    expect(Math.abs(deviation(estimates) / sigma - 1)).toBeLessThan(3 / Math.sqrt(2 * 992));
    const covered = toys.filter(({ statistic }) => statistic <= 1).length / 992;
    expect(Math.abs(covered - 0.6827)).toBeLessThan(3 * Math.sqrt((0.6827 * 0.3173) / 992));
    for (const { statistic, point } of toys.slice(0, 40)) {
      const events = drawn(point).events!.Run!.values[0]!;
      const best = lowest((s) => profiled(events, s), -5, 150);
      expect(statistic).toBeCloseTo(Math.max(0, profiled(events, 40) - best), 4);
    }
  });

  test("are the same whoever makes them, in whatever order", () => {
    const request: ToyRequest = {
      parameters: ["Run.s"],
      truths: [[...vector(analysis)], [...vector(analysis, { "Run.s": 5 })]],
      hypotheses: [
        { truth: 0, tested: [40] },
        { truth: 1, tested: [5] },
      ],
      seed: 5,
      count: 20,
    };
    const one = toyComputer(analysis, request);
    const other = toyComputer(peaked(), request);
    const inOrder = [0, 1, 2, 3].map(one);
    const backwards = [3, 2, 1, 0].map(other).reverse();
    expect(backwards).toEqual(inOrder);
    expect(new Set(inOrder.flat().map(({ statistic }) => statistic)).size).toBe(40);
  });
});

test("the fit of Asimov data gives the truth, with the errors of the Fisher information", () => {
  const analysis = peaked();
  for (const [s, b] of [
    [40, 100],
    [10, 20],
    [0, 50],
  ] as const) {
    const truth = vector(analysis, { "Run.s": s, "Run.b": b });
    const { parameters } = minimum(withMeasured(analysis, expectedAt(analysis, truth)));
    const errors = errorsByInformation(s, b);
    const found = ["Run.s", "Run.b"].map((name) => parameters.find((one) => one.name === name)!);
    found.forEach(({ value, parabolic }, i) => {
      expect(Math.abs(value - [s, b][i]!) / errors[i]!).toBeLessThan(1e-4);
      expect(parabolic / errors[i]!).toBeCloseTo(1, 3);
    });
  }
});

describe("limits", () => {
  const request = {
    parameter: "Run.s",
    level: 0.9,
    method: "cls",
    null: 0,
    nuisances: "nominal",
  } as const;

  test("of events are those of many narrow bins, expected ones too", () => {
    const events = [0.3, 0.4, 1.1, 2.2, 3.1, 4.9, 6.2, 8.3, 9.7].map((n) => [n + 0.013]);
    const of = (bins: string, likelihood: string): string =>
      peak(bins, likelihood, "0 .. 300")
        .replace("[[1], [2], [5], [7], [9]]", JSON.stringify(events))
        .replace("parameter b = 100", "parameter b = 10");
    const unbinned = compiled(modelOfText(of(wide, "unbinned")), { places: { Run: 200 } }).analysis;
    const narrow = compiled(modelOfText(of("[0 .. 10 step 0.02]", "poisson"))).analysis;
    const [a, b] = [unbinned, narrow].map((analysis) => upperLimit(analysis, request));
    expect(Math.abs(a!.best - b!.best)).toBeLessThan(0.02);
    expect(Math.abs(a!.regions[0]!.high / b!.regions[0]!.high - 1)).toBeLessThan(2e-3);
    a!.expected.forEach(({ value }, i) => {
      expect(value / b!.expected[i]!.value).toBeCloseTo(1, 3);
    });
  });

  test("that Asimov data expect are the median of those of toys, and their bands the quantiles", () => {
    const analysis = peaked("0 .. 300");
    const truth = vector(analysis, { "Run.s": 0 });
    const expected = expectedAt(analysis, truth);
    const limits = Array.from({ length: 250 }, (_, k) => {
      const toy = withMeasured(analysis, fluctuated(analysis, expected, new RandomStream(2, [k, 0])));
      return upperLimit(toy, request).regions.at(-1)!.high;
    });
    const asimov = upperLimit(withMeasured(analysis, expected), request);
    const values = new Map(asimov.expected.map(({ shift, value }) => [shift, value]));
    const width = values.get(1)! - values.get(0)!;
    expect(Math.abs(median(limits) - values.get(0)!)).toBeLessThan(0.2 * width);
    const inside = limits.filter((one) => one > values.get(-1)! && one < values.get(1)!).length / 250;
    expect(Math.abs(inside - 0.6827)).toBeLessThan(3 * Math.sqrt((0.6827 * 0.3173) / 250));
  });
});

/** Two observables, one of them smeared; backgrounds by a formula and by numbers per bin, one with a shape that varies. */
const crystal = (events: readonly (readonly number[])[], more = ""): string => `
${smearingCrystal}experiment Run {
  source Beam
  detector Crystal
  bins pe = [8, 12, 16, 24, 40] PE
  bins time = [0, 1, 2, 6] us
  systematic norm = 10% on signal
  background Steady {
    shape(n, t) = exp(-n/(15 PE)) / PE / us
    total = 30 +- 20%
  }
  background Measured {
    shape = [4, 6, 2, 3, 5, 1, 2, 2, 1, 1, 0, 1]
    total = 40 +- 30%
  }
  systematic drift on Measured {
    plus = [5, 6, 2, 2, 5, 1, 2, 3, 1, 1, 0, 1]
  }
  events = ${JSON.stringify(events)}
${more}
}
analysis Fit {
  model = StandardModel
  experiments = Run
  likelihood = unbinned
  free s2w in 0 .. 0.5
  profile Crystal.light
}`;

describe("two observables with smearing, templates and nuisances", () => {
  const model = modelOfText(crystal([[9.1, 0.4]]));
  const { analysis } = compiled(model, { places: { Run: 1500 } });
  const truth = vector(analysis, { s2w: 0.25, "Crystal.light": 1.3, "Run.drift": 0.7 });
  const expected = expectedAt(analysis, truth);

  test("toys have the chi^2 of the same events in the spec", () => {
    const toy = fluctuated(analysis, expected, new RandomStream(4, [0, 0]));
    const [pe, time] = toy.events!.Run!.values;
    const events = [...pe!].map((n, k) => [n, time![k]!]);
    const listed = compiled(modelOfText(crystal(events))).analysis;
    const [own, spec] = [
      chiSquare(withMeasured(analysis, { ...toy, means: meansOf(listed) })),
      chiSquare(listed),
    ];
    for (const changes of [{}, { s2w: 0.2, "Run.drift": -1.5, "Run.Steady": 0.2 }]) {
      const x = vector(listed, changes);
      expect(own.value(x) - spec.value(x)).toBeCloseTo(0, 4);
    }
  });

  test("toys have in each bin what is expected there", () => {
    const { counts } = expected;
    const sums = new Float64Array(12);
    const toys = 200;
    for (let k = 0; k < toys; k++) {
      const [pe, time] = fluctuated(analysis, expected, new RandomStream(8, [k, 0])).events!.Run!.values;
      pe!.forEach((n, i) => {
        const row = [12, 16, 24, 40].findIndex((high) => n < high);
        sums[3 * row + [1, 2, 6].findIndex((high) => time![i]! < high)]! += 1;
      });
    }
    const chi2 = sums.reduce(
      (sum, found, bin) => sum + (found - toys * counts.Run![bin]!) ** 2 / (toys * counts.Run![bin]!),
      0,
    );
    // Of 12 bins; 26.2 is exceeded once in a hundred times.
    expect(chi2).toBeLessThan(26.2);
  });

  test("the fit of Asimov data gives the truth", () => {
    const { parameters, converged } = minimum(withMeasured(analysis, expected));
    expect(converged).toBe(true);
    for (const { name, value, parabolic } of parameters) {
      const index = analysis.parameters.findIndex((one) => one.name === name);
      expect(Math.abs(value - truth[index]!) / parabolic).toBeLessThan(0.01);
    }
  });
});

function meansOf({ parameters }: CompiledAnalysis): Float64Array {
  return Float64Array.from(parameters, ({ constraint }) => constraint?.mean ?? Number.NaN);
}

test("a spike of the density that no point meets is missed in the counts", () => {
  const spiked = peak(wide, "unbinned").replace(
    "events(n) = b / (10 PE)",
    "events(n) = b / (0.0001 PE) for n in 6.123 PE .. 6.1231 PE",
  );
  const { analysis } = compiled(modelOfText(spiked), { places: { Run: 400 } });
  expect(() => expectedAt(analysis, vector(analysis))).toThrow(/too sharp steps or peaks/);
});

test("a narrow peak that no point of a rule meets is drawn with its share", () => {
  // Too little to be missed in the counts, and too narrow to be seen but by chance.
  const spiked = peak(wide, "unbinned")
    .replace(
      "events(n) = b / (10 PE)",
      "events(n) = b / (10 PE)\n  }\n  background Spike {\n    events(n) = 0.1 / (0.01 PE) for n in 6.123 PE .. 6.133 PE",
    )
    .replace("parameter s = 40", "parameter s = 0")
    .replace("parameter b = 100", "parameter b = 200");
  const { analysis } = compiled(modelOfText(spiked), { places: { Run: 600 } });
  const expected = expectedAt(analysis, vector(analysis));
  const toys = 400;
  let inside = 0;
  for (let k = 0; k < toys; k++) {
    const { values } = fluctuated(analysis, expected, new RandomStream(3, [k, 0])).events!.Run!;
    inside += values[0]!.filter((n) => n >= 6.123 && n <= 6.133).length;
  }
  // Of 200 events a share of 0.001 by the flat background, and 0.1 by the spike, which is 0.3 a toy.
  expect(Math.abs(inside - 0.3 * toys)).toBeLessThan(3 * Math.sqrt(0.3 * toys));
});
