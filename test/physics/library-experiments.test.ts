/** Experiments of the library: sound specs, and counts against published ones. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, load } from "../../compiler/index.ts";
import { adaptiveBin } from "./adaptive.ts";
import { compiled, countsOf, difference, host, modelOfText, root, sum } from "./compile.ts";

/** Counts of scattering in an experiment of the library, to 1e-3. */
function events(module: string, experiment: string, fixed = ""): number {
  const spec = `use interactions { StandardModel }
use ${module} { ${experiment} }
analysis Rates {
  model = StandardModel
  experiments = ${experiment}
  data = asimov
${fixed}
}`;
  const { analysis } = compiled(modelOfText(spec), { derivatives: "none", precision: 1e-3 });
  return sum(countsOf(analysis).components.CEvNS);
}

const library = ["interactions", "functions", "sources", "detectors", "experiments"].flatMap((folder) =>
  readdirSync(`${root}/models/${folder}`).map((file) => `${folder}/${file}`),
);

test.each(library)("%s has no problems", (file) => {
  const { model, diagnostics } = load(`${root}/models/${file}`, host);
  const found = [...diagnostics, ...(model === undefined ? [] : check(model))];
  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
});

describe("a year of the ESS, by a table of arXiv:1911.00762", () => {
  test.each([
    ["ESSCsI", 8405],
    ["ESSSi", 80],
    ["ESSXe", 7770],
    ["ESSGe", 1610],
    ["ESSAr", 1380],
  ])("%s: %d recoils", (experiment, published) => {
    expect(difference(events("experiments/ESSProjections", experiment), published)).toBeLessThan(0.03);
  });

  test("ESSC3F8: 515 recoils, ours 9 % more; between fluorine alone and both elements", () => {
    const both = events("experiments/ESSProjections", "ESSC3F8");
    expect(both / 515).toBeCloseTo(1.09, 2);
    const spec = `use interactions { StandardModel }
use sources { ESS }
use materials { F }
detector Fluorine {
  target F = ${(10 * 8 * 18.9984) / 188.02} kg
  observable recoil: keVnr { value(T) = T }
}
experiment Year {
  source ESS { protons = 2.8e23 POT; distance = 20 m }
  detector Fluorine
  bins recoil = [2, 329.6] keVnr
}`;
    const { analysis } = compiled(modelOfText(spec), { derivatives: "none", precision: 1e-3 });
    const fluorine = sum(countsOf(analysis).total);
    expect(fluorine).toBeLessThan(515);
    expect(fluorine / both).toBeCloseTo(493 / 561.5, 2);
  });
});

test("COHERENT Ar-750: 3000 events a year (arXiv:2204.04575)", () => {
  expect(difference(events("experiments", "LAr750"), 3000)).toBeLessThan(0.1);
});

test("CONUS+: 347 +- 59 events expected, as published (arXiv:2501.05206)", () => {
  const found = events("experiments", "CONUSPlus");
  expect(Math.abs(found - 347)).toBeLessThan(59);
});

describe("published limits of reactors are the data", () => {
  /** The limit that the error of the count stands for, at one side of a Gaussian, over the Standard Model. */
  const limit = (file: string, experiment: string): number => {
    const text = readFileSync(`${root}/models/experiments/${file}.sevens`, "utf8");
    const [, error] = new RegExp(`experiment ${experiment} [^]*?errors = \\[([\\d.]+)\\]`).exec(text) ?? [];
    const module = file === experiment ? "experiments" : `experiments/${file}`;
    return (1.645 * Number(error)) / events(module, experiment);
  };

  // arXiv:2411.18812, arXiv:2401.07684, arXiv:2411.18641, arXiv:1906.02200 and, as an error, arXiv:2510.15999.
  test.each([
    ["TEXONO", "TEXONO", 4.7],
    ["CONUS", "CONUSFinal", 2],
    ["RED100", "RED100", 90],
    ["CONNIE", "CONNIE2019", 40],
    ["MINER", "MINERSapphire", 1.645 * 1534.74],
  ])("%s, %s: %d times the Standard Model", (file, experiment, published) => {
    expect(difference(limit(file, experiment), published)).toBeLessThan(5e-3);
  });

  test("CONUS: the limit of 85 events disfavours k above 0.27 (arXiv:2011.00210)", () => {
    const expected = (k: number): number => events("experiments", "CONUS", `  fix PointContactGe.k = ${k}`);
    expect(expected(0.18)).toBeLessThan(85);
    expect(expected(0.25)).toBeLessThan(85);
    expect(expected(0.27)).toBeGreaterThan(85);
    expect(51.7 * 1.645).toBeCloseTo(85, 0);
  });
});

describe("rates that were announced", () => {
  test("Ricochet: 12.8 per kg and day above 50 eV (arXiv:2111.06745)", () => {
    expect(difference(events("experiments", "Ricochet") / (0.684 * 50), 12.8)).toBeLessThan(0.12);
  });

  test("MINER: 5 to 20 per kg and day within 1 to 2 m of the core (arXiv:1609.02066)", () => {
    const perDay = events("experiments", "MINER") / 30;
    expect(perDay).toBeCloseTo(3.3, 1);
    expect(perDay * (2.3 / 1.8) ** 2).toBeGreaterThan(5);
    expect(perDay * 2.3 ** 2).toBeLessThan(20);
  });
});

describe("reactor projections without a published count, against adaptive quadrature", () => {
  test.each([
    ["NUCLEUS", 0],
    ["NEON", 0],
    ["CONNIE", 0],
  ])("%s, bin %d", { timeout: 120_000 }, (experiment, bin) => {
    const spec = `use interactions { StandardModel }
use experiments { ${experiment} }
analysis Rates {
  model = StandardModel
  experiments = ${experiment}
  data = asimov
}`;
    const one = compiled(modelOfText(spec), { derivatives: "none" });
    const expected = adaptiveBin(one, `${experiment}/CEvNS`, [bin], 1e-6);
    expect(expected).toBeGreaterThan(0);
    expect(difference(countsOf(one.analysis).components.CEvNS?.[bin], expected)).toBeLessThan(2e-6);
  });
});
