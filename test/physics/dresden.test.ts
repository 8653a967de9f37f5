/**
 * Dresden-II from the text of the library to the fit: counts against a sum on a grid that is written out here, and the
 * preference for coherent scattering, which is as strong as publications find for each quenching factor.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normal_cdf, sphere } from "../../runtime/index.ts";
import { compiled, countsOf, difference, modelOfExample, mustFit, root, sum } from "./compile.ts";

const examples = [
  ["iron-filtered", "DresdenII"],
  ["photoneutrons", "DresdenIIYBe"],
  ["lindhard", "DresdenIILindhard"],
] as const;
const analysisOf = (name: string) =>
  compiled(modelOfExample(`dresden-ii/${name}.sevens`), { precision: 1e-4 }).analysis;
const analyses = new Map(examples.map(([name]) => [name, analysisOf(name)]));

/** A table of the library as straight lines, or those of its logarithm; the value at the end beyond. */
function table(name: string, scale: "linear" | "log" = "linear"): (x: number) => number {
  const rows = readFileSync(`${root}/models/data/dresden-ii-2022-${name}.csv`, "utf8")
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(",").map(Number))
    .map(([x, y]) => [x ?? 0, scale === "log" ? Math.log(y ?? 0) : (y ?? 0)] as const);
  const line = (x: number): number => {
    const at = rows.findIndex(([upper]) => upper > x);
    const [[x0 = 0, y0 = 0] = [], [x1 = 1, y1 = 0] = []] = [rows.at(Math.max(at, 1) - 1), rows.at(at)];
    return at <= 0 ? y1 : y0 + ((Math.max(x, x0) - x0) / (x1 - x0)) * (y1 - y0);
  };
  return scale === "log" ? (x) => Math.exp(line(x)) : line;
}

const fef = table("fef");
const ybe = table("ybe");
const lindhard = (T: number): number => {
  const x = 11.5 * 32 ** (-7 / 3) * T;
  const g = 0.157 * (3 * x ** 0.15 + 0.7 * x ** 0.6 + x);
  return g / (1 + g);
};
const quenching = {
  "iron-filtered": (T: number) => (T < 1.344 ? 0.4361 - 0.19207 * T : fef(T)),
  photoneutrons: ybe,
  lindhard,
};

/** Germanium: nucleons, number fraction, atomic mass in u, rms radius in fm. */
const isotopes = [
  [70, 0.2052, 69.924248542, 4.0584],
  [72, 0.2745, 71.922075824, 4.0754],
  [73, 0.0776, 72.923458954, 4.0815],
  [74, 0.3652, 73.92117776, 4.0929],
  [76, 0.0775, 75.921402725, 4.1006],
] as const;
const u = 931.49410242;
const hbarc = 197.3269804;

function helm(q: number, R: number): number {
  const s = 0.9;
  return (
    sphere((q / hbarc) * Math.sqrt((5 / 3) * (R * R - 3 * s * s))) * Math.exp(-(((q / hbarc) * s) ** 2 / 2))
  );
}

/** ∫ spectrum(E) (1 − M T/2E²) dE, on steps of 10 keV. */
function flux(spectrum: readonly (readonly [number, number])[], M: number, T: number): number {
  return 0.01 * sum(spectrum.map(([E, density]) => density * Math.max(0, 1 - (M * T) / (2 * E * E))));
}

/** Events in bins of 10 eV from 0.2 keVee, in 3 kg and a day. */
function events(factor: (T: number) => number, bins: readonly number[]): readonly number[] {
  const density = table("antineutrinos", "log");
  const spectrum = Array.from(
    { length: 800 },
    (_, i) => [(i + 0.5) / 100, density((i + 0.5) / 100)] as const,
  );
  const meanMass = sum(isotopes.map(([, share, mass]) => share * mass));
  const atoms = (3e3 / meanMass) * 6.02214076e23;
  const counts = bins.map(() => 0);
  const step = 0.002;
  for (let T = step / 2; T < 2.2; T += step) {
    const I = factor(T) * T;
    if (I < 2.96e-3) continue;
    const width = Math.sqrt(0.0685 ** 2 + 2.96e-3 * 0.105 * I);
    const rate = sum(
      isotopes.map(([A, share, mass, R]) => {
        const M = mass * u - 32 * 0.51099895;
        const F = helm(Math.sqrt(2 * M * T * 1e-3), R);
        const Q = (0.03824 * 32 - 0.5117 * (A - 32)) * F;
        const perRecoil = ((1.1663788e-11 ** 2 * M) / Math.PI) * Q * Q * flux(spectrum, M, T * 1e-3);
        return share * perRecoil * (hbarc * 1e-13) ** 2;
      }),
    );
    const exposure = atoms * 4.8e13 * 86400 * step * 1e-3;
    for (const [i, bin] of bins.entries()) {
      const [low, high] = [0.2 + bin / 100, 0.21 + bin / 100];
      const inside = normal_cdf(high, I, width) - normal_cdf(low, I, width);
      counts[i] = (counts[i] ?? 0) + (exposure * rate * inside) / (1 - normal_cdf(0, I, width));
    }
  }
  return counts;
}

describe("CEvNS of the Standard Model", () => {
  test.each(examples)("with %s quenching is a sum over recoils and energies", (name) => {
    const analysis = analyses.get(name) ?? analysisOf(name);
    const found = countsOf(analysis).components.CEvNS ?? [];
    expect(found).toHaveLength(130);
    const bins = [0, 5, 15, 30];
    for (const [i, expected] of events(quenching[name], bins).entries()) {
      expect(difference(found[bins[i] ?? 0], expected), `bin ${bins[i]}`).toBeLessThan(3e-3);
    }
  });

  test.each([
    ["iron-filtered", 102.56],
    ["photoneutrons", 54.95],
    ["lindhard", 22.53],
  ] as const)("with %s quenching has %d events in 3 kg and a day", (name, expected) => {
    expect(sum(countsOf(analyses.get(name) ?? analysisOf(name)).components.CEvNS)).toBeCloseTo(expected, 1);
  });
});

describe("the background", () => {
  const analysis = analyses.get("iron-filtered") ?? analysisOf("iron-filtered");

  test("is flat and exponential, with three lines", () => {
    const changes = { level: 3, epithermal: 0, captures: 1000, "DresdenII.ratioM": 0.16 };
    const { neutrons, lines } = countsOf(analysis, changes).components;
    for (const events of neutrons ?? []) expect(events).toBeCloseTo(3, 9);
    // L1, and what of L2 and M lies between 0.2 and 1.5 keVee.
    const M = 1 - normal_cdf(0.2, 0.158, Math.sqrt(0.0685 ** 2 + 2.96e-3 * 0.105 * 0.158));
    expect(sum(lines)).toBeCloseTo(1000 * (normal_cdf(1.5, 1.297, 0.0714) + 0.008 + 0.16 * M), 1);
  });
});

describe("fits", () => {
  test.each([
    ["iron-filtered", "DresdenII", 0.07, 0.41, 103.76, 6.86],
    ["photoneutrons", "DresdenIIYBe", 0.61, 0.69, 105.3, 4.58],
    ["lindhard", "DresdenIILindhard", 2.69, 1.67, 105.77, 2.28],
  ] as const)("%s: %s.norm = %d +- %d at %d, the Standard Model preferred by %d", (...row) => {
    const [name, experiment, norm, error, minimum, preference] = row;
    const analysis = analyses.get(name) ?? analysisOf(name);
    const parameter = `${experiment}.norm`;
    const best = mustFit(analysis);
    const found = best.parameters.find((one) => one.name === parameter);
    expect(found?.value).toBeCloseTo(norm, 1);
    expect(found?.errors?.[1]).toBeCloseTo(error, 1);
    expect(best.minimum).toBeCloseTo(minimum, 1);
    const at = (value: number): number =>
      mustFit(analysis, { fix: [parameter], values: { [parameter]: value }, errors: false }).minimum;
    expect(at(-1) - at(0)).toBeCloseTo(preference, 1);
  });

  test("a background with less freedom makes the preference as strong as the published p < 1.2e-3", () => {
    const analysis = analyses.get("iron-filtered") ?? analysisOf("iron-filtered");
    const best = mustFit(analysis, { errors: false });
    const value = (name: string): number =>
      best.parameters.find((one) => one.name === name)?.value ?? Number.NaN;
    const without = (held: readonly string[]): number => {
      const values = Object.fromEntries(held.map((name) => [name, value(name)]));
      const fix = ["DresdenII.norm", ...held];
      const { minimum } = mustFit(analysis, {
        fix,
        values: { ...values, "DresdenII.norm": -1 },
        errors: false,
      });
      return minimum - best.minimum;
    };
    const chance = (rise: number): number => 2 * normal_cdf(-Math.sqrt(rise), 0, 1);
    expect(without([])).toBeCloseTo(6.9, 1);
    expect(without(["scale"])).toBeCloseTo(9.9, 1);
    expect(without(["scale", "level"])).toBeCloseTo(10.5, 1);
    expect(chance(without([]))).toBeCloseTo(0.009, 3);
    expect(chance(without(["scale", "level"]))).toBeCloseTo(1.2e-3, 4);
  });
});
