/** Shapes of the signal, variations of shapes and fitted backgrounds: against the sums that they stand for. */
import { describe, expect, test } from "vitest";
import type { CompiledAnalysis } from "../../runtime/index.ts";
import { compiled, countsOf, difference, modelOfText, mustFit, sum, vector } from "./compile.ts";

const facility = `use interactions { StandardModel }
use materials { PureAr40 }
source Beam {
  input distance: length
  fluence = 1e22 / (4*pi*distance^2)
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Argon {
  target PureAr40 = 10 kg
  observable energy: keVnr { value(T) = T }
  observable pulse: number
}
detector Plain from Argon {
  observable pulse: number { density(p) = if p < 0 then 0 else if p < 1 then 1 else 0 }
}`;
const setting = (detector: string): string => `source Beam { distance = 20 m }
  detector ${detector}
  bins energy = [20, 30, 40] keVnr
  bins pulse = [0, 0.5, 1]
  data = [24, 36, 9, 14]`;
const experiment = (fields: string): string => `${facility}
experiment Run { ${setting("Argon")}
  ${fields}
}`;

const energies = compiled(modelOfText(experiment("signal { shape = [1, 1, 1, 1] }")), {
  observables: ["energy"],
});
const [low = Number.NaN, high = Number.NaN] = countsOf(energies.analysis).total;

function expectCounts(found: readonly number[] | undefined, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((events, bin) => {
    expect(difference(found?.[bin], events), `bin ${bin}`).toBeLessThan(1e-12);
  });
}

/** Derivatives of the totals by some parameters, against differences. */
function expectSlopes(analysis: CompiledAnalysis, at: Readonly<Record<string, number>>): void {
  const x = vector(analysis, at);
  for (const name of Object.keys(at)) {
    const place = analysis.parameters.findIndex((one) => one.name === name);
    const jacobian = analysis.jacobian?.(x);
    const exact = [...(jacobian?.experiments.Run?.[jacobian.parameters.indexOf(place)] ?? [])];
    expect(exact).toHaveLength(4);
    const total = (shift: number): readonly number[] => {
      const moved = x.with(place, (x[place] ?? 0) + shift);
      return [...(analysis.totals(moved).Run ?? [])];
    };
    const [up, down] = [total(1e-4), total(-1e-4)];
    exact.forEach((slope, bin) => {
      expect(slope, name).toBeCloseTo(((up[bin] ?? 0) - (down[bin] ?? 0)) / 2e-4, 6);
    });
  }
}

describe("the shape of the signal", () => {
  test("is shared out in each bin of what the detector models", () => {
    const { analysis } = compiled(modelOfText(experiment("signal { shape = [1, 3, 4, 1] }")));
    expectCounts(countsOf(analysis).total, [low / 4, (low * 3) / 4, (high * 4) / 5, high / 5]);
  });

  test("as a formula is integrated over the bins", () => {
    const { analysis } = compiled(modelOfText(experiment("signal { shape(T, p) = p*T/keVnr^2 }")));
    expectCounts(countsOf(analysis).total, [low / 4, (low * 3) / 4, high / 4, (high * 3) / 4]);
  });

  test("summed over the modelled observable is the sum of the bins", () => {
    const model = modelOfText(experiment("signal { shape = [1, 3, 4, 1] }"));
    const { analysis } = compiled(model, { observables: ["pulse"] });
    expectCounts(countsOf(analysis).total, [low / 4 + (high * 4) / 5, (low * 3) / 4 + high / 5]);
  });

  test("of a flat density in the detector is the same as flat numbers", () => {
    const { analysis } = compiled(modelOfText(`${facility}\nexperiment Run { ${setting("Plain")} }`));
    expectCounts(countsOf(analysis).total, [low / 2, low / 2, high / 2, high / 2]);
  });
});

describe("variations of a shape", () => {
  const text = experiment(`signal { shape = [1, 3, 4, 1] }
  background Walls { shape = [1, 1, 1, 1]; total = 8 }
  systematic pulse on signal { minus = [1, 4, 3, 2]; plus = [2, 3, 4, 0] }
  systematic tilt on Walls { plus = [2, 2, 1, 1]; interpolation = linear }`);
  const { analysis } = compiled(modelOfText(text));
  const parts = (changes: Record<string, number>) => countsOf(analysis, changes).components;

  test("are the tables at one standard deviation, each normalised like the shape", () => {
    const plus = parts({ "Run.pulse": 1, "Run.tilt": 1 });
    expectCounts(plus.CEvNS, [(low * 2) / 5, (low * 3) / 5, high, 0]);
    expectCounts(plus.Walls, [8 / 3, 8 / 3, 4 / 3, 4 / 3]);
    const minus = parts({ "Run.pulse": -1, "Run.tilt": -1 });
    expectCounts(minus.CEvNS, [low / 5, (low * 4) / 5, (high * 3) / 5, (high * 2) / 5]);
    expectCounts(minus.Walls, [4 / 3, 4 / 3, 8 / 3, 8 / 3]);
  });

  test("follow a parabola, straight lines beyond it, or straight lines", () => {
    // Shares of the first bin: 1/5, 1/4 and 2/5; the parabola is 0.25 + 0.1 x + 0.05 x².
    for (const [x, share] of [
      [-0.5, 0.2125],
      [0.5, 0.3125],
      [2, 0.6],
    ] as const) {
      expect(difference(parts({ "Run.pulse": x }).CEvNS?.[0], low * share)).toBeLessThan(1e-12);
    }
    expectCounts(parts({ "Run.tilt": 2 }).Walls, [10 / 3, 10 / 3, 2 / 3, 2 / 3]);
  });

  test("keep the total, and make nothing negative", () => {
    const far = parts({ "Run.pulse": 2, "Run.tilt": -4 });
    expect(difference(sum(far.CEvNS), low + high)).toBeLessThan(1e-12);
    expectCounts(far.Walls, [0, 0, 4, 4]);
  });

  test("have exact derivatives", () => {
    expectSlopes(analysis, { "Run.pulse": 0.3, "Run.tilt": -0.7 });
  });
});

describe("backgrounds that are fitted", () => {
  const text = `${experiment(`signal { shape = [1, 3, 4, 1] }
  parameter level = 1 in 0 .. 100
  parameter leak = 4 +- 2 in 0 .. 50
  parameter ratio = 0.5 in 0 .. 10
  background Flat { events(T, p) = level /keVnr }
  background Lines { events(T, p) = level*(normal_pdf(T, 25 keVnr, 3 keVnr) + ratio*normal_pdf(T, 35 keVnr, 2 keVnr)) }
  background Walls { shape = [1, 2, 3, 4]; total = leak }`)}
analysis Fit { model = StandardModel
  experiments = Run
  free level
  free ratio
  profile leak
}`;
  const { analysis } = compiled(modelOfText(text));

  test("have the events of their parameters", () => {
    const { components } = countsOf(analysis, { level: 3, "Run.leak": 10 });
    expectCounts(components.Flat, [15, 15, 15, 15]);
    expectCounts(components.Walls, [1, 2, 3, 4]);
  });

  test("have exact derivatives", () => {
    expectSlopes(analysis, { level: 0.7, ratio: 0.4, "Run.leak": 5 });
  });

  test("are pulled by their errors alone", () => {
    const result = mustFit(analysis);
    expect(result.parameters.map(({ name }) => name)).toEqual(["level", "ratio"]);
    const leak = result.nuisances.find(({ name }) => name === "Run.leak");
    expect(leak?.pull).toBeCloseTo(((leak?.value ?? 0) - 4) / 2, 9);
  });
});
