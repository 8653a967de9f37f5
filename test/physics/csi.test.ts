/**
 * COHERENT CsI[Na] from the text of the library to the fit, against an independent brute-force code that is
 * converged to 1e-10 (section 4 of the physics notes).
 *
 * "Pull" there is the shift eta of a component itself, as in its chi-square Sum (eta/sigma)^2: the `value` of a
 * nuisance. The `pull` of a fit result is eta/sigma.
 */
import { describe, expect, test } from "vitest";
import { crossSectionTable } from "../../compiler/index.ts";
import type { FitResult } from "../../runtime/index.ts";
import {
  compiled,
  countsOf,
  difference,
  fitText,
  modelOfExample,
  modelOfText,
  mustFit,
  rowSums,
  sum,
} from "./compile.ts";

const library = `use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }
use formfactors { none, SymmetrizedFermi, KleinNystrand }
`;
const standardModel = `${library}analysis Sm { model = StandardModel
  experiments = CsI2021 }`;

/** R_n of both nuclei with a form factor of the analysis. */
const radiusWith = (formfactor: string): string => `${library}analysis Radius {
  model = StandardModel
  experiments = CsI2021
  formfactor = ${formfactor}
  parameter Rn = 5.06 fm in 3 fm .. 8 fm
  tie Cs133.Rn = Rn
  tie I127.Rn = Rn
}`;

/** Best value and errors of the only free parameter. */
function only({ parameters }: FitResult): { value: number; minus: number; plus: number } {
  const [found] = parameters;
  if (found === undefined || parameters.length !== 1) throw new Error("not one free parameter");
  return {
    value: found.value,
    minus: found.errors?.[0] ?? Number.NaN,
    plus: found.errors?.[1] ?? Number.NaN,
  };
}

function nuisance({ nuisances }: FitResult, name: string): { value: number; pull: number } {
  const found = nuisances.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no nuisance ${name}`);
  return found;
}

describe("predicted counts", () => {
  const { analysis } = compiled(modelOfText(standardModel));
  const counts = countsOf(analysis);

  test("before the time profile: the total and each species", () => {
    const light = countsOf(compiled(modelOfText(standardModel), { observables: ["pe"] }).analysis);
    expect(difference(sum(light.total), 369.743)).toBeLessThan(2e-4);
    const expected = { nu_mu: 50.892, nubar_mu: 197.335, nu_e: 121.516 };
    for (const [species, events] of Object.entries(expected)) {
      expect(difference(sum(light.channels[`CEvNS/${species}`]), events), species).toBeLessThan(2e-4);
    }
  });

  test("in the region, and per bin of photoelectrons", () => {
    expect(difference(sum(counts.components.CEvNS), 320.805)).toBeLessThan(2e-4);
    const perBin = [2.371, 50.129, 74.458, 62.851, 44.295, 50.531, 22.866, 10.629, 2.673];
    const found = rowSums(counts.components.CEvNS, 11);
    expect(found).toHaveLength(perBin.length);
    for (const [i, events] of perBin.entries()) {
      expect(difference(found[i], events), `bin ${i}`).toBeLessThan(2e-4);
    }
  });

  test("the species add up to the signal, and the components to the total, in every bin", () => {
    counts.components.CEvNS?.forEach((signal, bin) => {
      expect(
        difference(sum(Object.values(counts.channels).map((one) => one[bin] ?? 0)), signal),
      ).toBeLessThan(1e-14);
      const parts = Object.values(counts.components).map((one) => one[bin] ?? 0);
      expect(difference(sum(parts), counts.total[bin])).toBeLessThan(1e-14);
    });
  });

  test("fractions of the species in the bins of time: nu_e and nubar_mu are not swapped", () => {
    const before = countsOf(compiled(modelOfText(standardModel), { observables: ["pe"] }).analysis);
    const published = {
      nu_mu: [
        0.001402, 0.039684, 0.165745, 0.299402, 0.293792, 0.151861, 0.040034, 0.004039, 0.000774, 0.000542,
        0.000182,
      ],
      nubar_mu: [
        0.000021, 0.000974, 0.006668, 0.019896, 0.035826, 0.045731, 0.047571, 0.045562, 0.277934, 0.268964,
        0.097936,
      ],
      nu_e: [
        0.000012, 0.000792, 0.00603, 0.018898, 0.035007, 0.045468, 0.047659, 0.045748, 0.279005, 0.269832,
        0.098209,
      ],
    };
    for (const [species, fractions] of Object.entries(published)) {
      const channel = counts.channels[`CEvNS/${species}`];
      const row = 3;
      const light = before.channels[`CEvNS/${species}`]?.[row] ?? Number.NaN;
      fractions.forEach((fraction, bin) => {
        const found = (channel?.[row * 11 + bin] ?? Number.NaN) / light;
        expect(Math.abs(found - fraction), `${species} ${bin}`).toBeLessThan(1.5e-6);
      });
    }
  });

  test("backgrounds hold what the experiment states, and the data are 1578 events", () => {
    expect(sum(counts.components.SSB)).toBeCloseTo(1286, 9);
    expect(sum(counts.components.BRN)).toBeCloseTo(18.4, 11);
    expect(sum(counts.components.NIN)).toBeCloseTo(5.6, 11);
    expect(sum([...(analysis.experiments[0]?.data ?? [])])).toBe(1578);
  });
});

describe("chi-square of the Standard Model", () => {
  const result = fitText(standardModel);

  test("the minimum over the nuisances", () => {
    expect(Math.abs(result.minimum - 84.4425)).toBeLessThan(0.005);
  });

  test.each([
    ["CsI2021.norm", -0.0222, 0.12],
    ["CsI2021.BRN", -0.0792, 0.25],
    ["CsI2021.NIN", -0.0196, 0.35],
    ["CsI2021.SSB", -0.0117, 0.021],
  ])("%s is shifted by eta = %d, a pull of eta/%d", (name, eta, sigma) => {
    const found = nuisance(result, name);
    expect(Math.abs(found.value - eta)).toBeLessThan(0.0005);
    expect(found.pull).toBeCloseTo(found.value / sigma, 12);
  });
});

describe("fits", () => {
  const radius = mustFit(compiled(modelOfExample("coherent-csi/neutron-radius.sevens")).analysis);

  test("free normalisation: 308.8 [277.6, 340.9] events, no signal at 131.4", () => {
    const { analysis } = compiled(modelOfExample("coherent-csi/free-normalisation.sevens"));
    const predicted = sum(countsOf(analysis).components.CEvNS);
    const result = mustFit(analysis);
    const { value, minus, plus } = only(result);
    expect(Math.abs(predicted * (1 + value) - 308.8)).toBeLessThan(0.3);
    expect(Math.abs(predicted * (1 + value - minus) - 277.6)).toBeLessThan(0.3);
    expect(Math.abs(predicted * (1 + value + plus) - 340.9)).toBeLessThan(0.3);
    const without = mustFit(analysis, { fix: ["CsI2021.norm"], values: { "CsI2021.norm": -1 } });
    expect(Math.abs(without.minimum - result.minimum - 131.4)).toBeLessThan(0.05);
  });

  test("R_n(CsI) = 5.411 +0.397 -0.426 fm at chi-square 83.744", () => {
    const { value, minus, plus } = only(radius);
    expect(Math.abs(value - 5.411)).toBeLessThan(0.003);
    expect(Math.abs(plus - 0.397)).toBeLessThan(0.003);
    expect(Math.abs(minus - 0.426)).toBeLessThan(0.003);
    expect(Math.abs(radius.minimum - 83.744)).toBeLessThan(0.002);
  });

  test("sin^2 theta_W = 0.2317 +0.0271 -0.0242", () => {
    const result = mustFit(compiled(modelOfExample("coherent-csi/weak-mixing-angle.sevens")).analysis);
    const { value, minus, plus } = only(result);
    expect(Math.abs(value - 0.2317)).toBeLessThan(0.0002);
    expect(Math.abs(plus - 0.0271)).toBeLessThan(0.0002);
    expect(Math.abs(minus - 0.0242)).toBeLessThan(0.0002);
  });

  test("full coherence, F = 1 for protons and neutrons, is 34.97 above the best radius", () => {
    const point = fitText(`${library}analysis Coherent { model = StandardModel
      experiments = CsI2021
      formfactor = none }`);
    expect(Math.abs(point.minimum - 118.714)).toBeLessThan(0.005);
    expect(Math.abs(point.minimum - radius.minimum - 34.97)).toBeLessThan(0.02);
  });

  test.each([
    ["SymmetrizedFermi", 5.419],
    ["KleinNystrand", 5.424],
  ])("with the form factor %s R_n is %d fm", (formfactor, expected) => {
    expect(Math.abs(only(fitText(radiusWith(formfactor))).value - expected)).toBeLessThan(0.001);
  });
});

describe("response uncertainties as parameters of their own", () => {
  const { analysis } = compiled(modelOfExample("coherent-csi/response-systematics.sevens"));
  const response = ["SNS.onset", "CsINa.qf0", "CsINa.qf1", "CsINa.eff"];

  test.each([
    ["SNS.yield", 0.1, 1e-12],
    ["SNS.onset", -0.00144, 1e-5],
    ["CsINa.qf0", 0.0094, 1e-5],
    ["CsINa.qf1", -0.03123, 1e-5],
    ["CsINa.eff", 0.11447, 1e-5],
  ])("one standard deviation of %s moves the signal by %d", (name, expected, tolerance) => {
    const one = analysis.parameters.find((parameter) => parameter.name === name);
    const moved = (one?.value ?? Number.NaN) + (one?.constraint?.sigma ?? Number.NaN);
    const before = sum(countsOf(analysis).components.CEvNS);
    const after = sum(countsOf(analysis, { [name]: moved }).components.CEvNS);
    expect(Math.abs(after / before - 1 - expected)).toBeLessThan(tolerance);
  });

  test("each is fitted once: the 12 % is out, chi-square falls a little, R_n and its errors hardly move", () => {
    const result = mustFit(analysis);
    expect(result.nuisances.map(({ name }) => name)).not.toContain("CsI2021.norm");
    for (const name of ["SNS.yield", ...response]) {
      expect(Math.abs(nuisance(result, name).pull), name).toBeLessThan(1);
    }
    const { value, minus, plus } = only(result);
    expect(value).toBeCloseTo(5.405, 2);
    expect(minus).toBeCloseTo(0.417, 2);
    expect(plus).toBeCloseTo(0.399, 2);
    const held = mustFit(analysis, { fix: response });
    expect(held.minimum).toBeGreaterThan(result.minimum);
    expect(held.minimum - result.minimum).toBeLessThan(1);
    expect(only(held).value).toBeCloseTo(5.382, 2);
    expect(only(held).minus).toBeLessThan(minus);
    expect(only(held).plus).toBeLessThan(plus);
  });

  test("the data narrow the efficiency, and prefer an onset 14 ns later", () => {
    const result = mustFit(analysis, { errors: false });
    const error = (name: string): number =>
      result.nuisances.find((one) => one.name === name)?.error ?? Number.NaN;
    expect(error("CsINa.eff")).toBeCloseTo(0.42, 2);
    expect(nuisance(result, "SNS.onset").value).toBeCloseTo(13.6, 1);
    expect(nuisance(result, "CsINa.qf1").pull).toBeCloseTo(0.07, 2);
  });
});

describe("flux-averaged cross sections at the SNS, 1e-40 cm^2", () => {
  const model = modelOfText(`use nuclei { Cs133, I127, Ar40 }
use sources { SNS }
use formfactors { none }
use interactions { StandardModel }
`);
  const expected: Readonly<Record<string, readonly [helm: number, point: number]>> = {
    Cs133: [192.6, 285.1],
    I127: [174.5, 256.3],
    Ar40: [18.25, 22.34],
  };
  const averages = (formfactor?: string): ReadonlyMap<string, number> => {
    const table = crossSectionTable(model, formfactor === undefined ? {} : { formfactor });
    return new Map(table.averages.map(({ nucleus, sigma }) => [nucleus, sigma / 1e-40]));
  };

  test.each([
    ["Helm", 0],
    ["F = 1", 1],
  ])("%s", (_, column) => {
    const found = averages(column === 0 ? undefined : "none");
    for (const [nucleus, values] of Object.entries(expected)) {
      expect(difference(found.get(nucleus), values[column]), nucleus).toBeLessThan(2e-3);
    }
  });
});
