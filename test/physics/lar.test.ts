/**
 * COHERENT CENNS-10 on liquid argon from the text of the library to the fit, against an independent brute-force code
 * on the same release (section 4 of the physics notes).
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FitResult } from "../../runtime/index.ts";
import { normal_cdf } from "../../runtime/index.ts";
import { compiled, countsOf, modelOfExample, mustFit, root, sum } from "./compile.ts";

const analysisOf = (name: string) => compiled(modelOfExample(`coherent-lar/${name}.sevens`)).analysis;
const free = analysisOf("free-normalisation");
const radius = analysisOf("neutron-radius");

/** Expected events of a component at the minimum. */
function events({ nuisances }: FitResult, component: string, nominal: number): number {
  const shift = nuisances.find(({ name }) => name === `LAr2020.${component}`)?.value;
  return nominal * (1 + (shift ?? Number.NaN));
}

function within(found: number | undefined, expected: number, allowed: number): void {
  expect(Math.abs((found ?? Number.NaN) - expected), `${found}, expected ${expected}`).toBeLessThan(allowed);
}

/** Sums over F90 and time. */
const perEnergy = (values: readonly number[] = []): readonly number[] =>
  Array.from({ length: 12 }, (_, bin) => sum(values.slice(bin * 80, (bin + 1) * 80)));

describe("CEvNS of the Standard Model", () => {
  test("from first principles: 135.26 events, and by bin of energy", () => {
    const found = perEnergy(countsOf(radius, { "CENNS10.calibration": 0 }).components.CEvNS);
    within(sum(found), 135.26, 0.005);
    for (const [bin, expected] of [85.13, 37.65, 9.64, 2.4, 0.41].entries())
      within(found[bin], expected, 0.006);
  });

  test("calibrated: the 128 events of the release, and by bin of energy", () => {
    const found = perEnergy(countsOf(radius).components.CEvNS);
    within(sum(found), 128, 1e-4);
    const release = [78.699547, 36.968854, 9.888503, 2.3646905, 0.078383101, 2.7038931e-5];
    for (const [bin, expected] of release.entries()) within(found[bin], expected, 1e-5 * expected);
  });

  test("the quenching does not explain the 8 % that the release has less in the first bin; F90 below 0.5 would be an eighth of it", () => {
    const rows = readFileSync(`${root}/models/data/coherent-lar-2020-cevns.csv`, "utf8")
      .split("\n")
      .filter((line) => /^[-\d]/.test(line))
      .map((line) => Number(line.split(",").at(-1)));
    /** The share below F90 = 0.5 of a Gaussian through the bins at 0.525, 0.625 and 0.725 of a bin of energy. */
    const below = (energy: number): number => {
      const at = (bin: number): number =>
        Math.log(sum(rows.slice(energy * 80 + bin * 10, energy * 80 + bin * 10 + 10)));
      const variance = -0.01 / (at(0) + at(4) - 2 * at(2));
      const mean = 0.625 + (variance * (at(4) - at(0))) / 0.2;
      return normal_cdf(0.5, mean, Math.sqrt(variance));
    };
    within(below(0), 0.125, 0.02);
    within(below(1), 0.005, 0.005);
    within(below(2), 0, 1e-3);
    const first = (qf0: number): number =>
      perEnergy(countsOf(radius, { "CENNS10.calibration": 0, "CENNS10.qf0": qf0 }).components.CEvNS)[0] ?? 0;
    within(first(0.252) / first(0.24), 1, 0.006);
  });

  test("the data are 3752 events, the backgrounds what the experiment states", () => {
    const { components } = countsOf(radius);
    within(sum([...(radius.experiments[0]?.data ?? [])]), 3752, 1e-9);
    for (const [name, total] of [
      ["BRN", 497],
      ["delayedBRN", 33],
      ["SSB", 3152],
    ] as const) {
      within(sum(components[name]), total, 1e-9 * total);
    }
  });
});

describe("shapes", () => {
  /** The last column of a table of the library. */
  const table = (name: string): readonly number[] =>
    readFileSync(`${root}/models/data/coherent-lar-2020-${name}.csv`, "utf8")
      .split("\n")
      .filter((line) => /^[-\d]/.test(line))
      .map((line) => Number(line.split(",").at(-1)));
  const varied = analysisOf("shape-systematics");

  test.each([
    ["brn_energy", 1, "brn-energy-plus"],
    ["brn_energy", -1, "brn-energy-minus"],
    ["brn_time", 1, "brn-time-plus"],
    ["brn_time", -1, "brn-time-minus"],
    ["brn_width", 1, "brn-width-plus"],
    ["brn_width", 0, "brn"],
  ])("prompt neutrons at %s = %d are the table %s", (name, at, file) => {
    const found = countsOf(varied, { [`LAr2020.${name}`]: at }).components.BRN;
    for (const [bin, share] of table(file).entries()) within(found?.[bin], 497 * share, 1e-5);
  });

  test.each([
    ["cevns_f90", 1, "cevns-f90-plus"],
    ["cevns_f90", -1, "cevns-f90-minus"],
    ["cevns_time", 1, "cevns-time-plus"],
    ["cevns_time", 0, "cevns"],
  ])("the signal at %s = %d is the table %s in every bin of energy", (name, at, file) => {
    const found = countsOf(varied, { [`LAr2020.${name}`]: at }).components.CEvNS;
    const energies = perEnergy(found);
    for (const [bin, share] of table(file).entries()) {
      within(found?.[bin], (energies[Math.floor(bin / 80)] ?? Number.NaN) * share, 1e-5);
    }
  });
});

describe("fits", () => {
  test("free normalisation: 160.2 [118.0, 203.1] events, no signal at 15.05", () => {
    const best = mustFit(free);
    const [norm] = best.parameters;
    const { value = Number.NaN, errors: [minus, plus] = [Number.NaN, Number.NaN] } = norm ?? {};
    within(128 * (1 + value), 160.2, 0.1);
    within(128 * (1 + value - minus), 118, 0.1);
    within(128 * (1 + value + plus), 203.1, 0.1);
    within(events(best, "BRN", 497), 552.1, 0.1);
    within(events(best, "delayedBRN", 33), 10.5, 0.1);
    within(events(best, "SSB", 3152), 3131.4, 0.1);
    const without = mustFit(free, { fix: ["LAr2020.norm"], values: { "LAr2020.norm": -1 } });
    within(without.minimum - best.minimum, 15.05, 0.02);
  });

  test("with the shapes fitted as well: a pulse of neutrons that is wider by 0.95 sigma, and as much signal", () => {
    const best = mustFit(analysisOf("shape-systematics"), { errors: false });
    const nominal = mustFit(free, { errors: false });
    within(nominal.minimum - best.minimum, 39.7, 0.1);
    const value = (name: string) => best.nuisances.find((one) => one.name === `LAr2020.${name}`)?.value;
    within(value("brn_width"), 0.95, 0.01);
    for (const name of ["cevns_f90", "cevns_time", "brn_energy", "brn_time"]) within(value(name), 0, 1);
    within(128 * (1 + (best.parameters[0]?.value ?? Number.NaN)), 159, 43 / 2);
  });

  test("R_n < 4.13 fm where chi-square is 1 above that of R_n = R_p", () => {
    within(mustFit(radius, { fix: ["Ar40.Rn"], values: { "Ar40.Rn": 3.55 } }).minimum, 1067.66, 0.005);
    const [found] = mustFit(radius).parameters;
    expect(found?.value).toBe(3.448);
    within(3.448 + (found?.errors?.[1] ?? Number.NaN), 4.13, 0.01);
  });
});
