/** Electromagnetic properties of neutrinos against formulas written out here: signs, antineutrinos, equivalent photons. */
import { describe, expect, test } from "vitest";
import { crossSectionTable } from "../../compiler/index.ts";
import { alpha, G_F, hbarc, m_e } from "../../runtime/constants.ts";
import { compiled, difference, modelOfExample, modelOfText } from "./compile.ts";

type Recoil = "nucleus" | "electron";
const species = ["nu_e", "nu_mu", "nubar_e", "nubar_mu"] as const;

/** dσ/dT in 1/MeV^3 at one energy and recoil, for each species. */
function crossSections(
  model: string,
  fixed: string,
  E: number,
  T: number,
  recoil: Recoil,
): readonly number[] {
  const spec = `use nuclei { Ge72 }
use interactions { StandardModel, TreeLevel, ChargeRadius, Millicharge, MillichargeEPA }
source Lamp {
  fluence = 1 /cm^2
  spectrum[nu_mu](E) = delta(E - 30 MeV)
}
detector Box { target Ge72 = 1 kg }
experiment Run {
  source Lamp
  detector Box
}
analysis A {
  model = ${model}
  experiments = Run
  ${fixed}
}`;
  const table = crossSectionTable(modelOfText(spec), {
    species: [...species],
    E: [E],
    T: [T],
    recoil,
    sources: [],
  });
  return table.points.map(({ dsigma_dT }) => dsigma_dT);
}

const fermi = G_F * 1e-6;
/** MeV^-2 in cm^2. */
const squareCentimetres = hbarc ** 2 * 1e-26;
/** What a mean square radius in cm^2 adds to a vector coupling: sqrt(2) pi alpha/(3 G_F). */
const coupling = (r2: number): number =>
  ((Math.SQRT2 * Math.PI * alpha) / (3 * fermi) / squareCentimetres) * r2;

describe("charge radius", () => {
  test("on electrons, diagonal and transition, for neutrinos and antineutrinos", () => {
    const [E, T, s2w] = [3, 0.4, 0.23857];
    const fixed = `fix ChargeRadius.r2[e, e] = 2e-31 cm^2
  fix ChargeRadius.r2[e, mu] = -1e-31 cm^2`;
    const found = crossSections("TreeLevel + ChargeRadius", fixed, E, T, "electron");
    const sum = (gV: number, gA: number): number =>
      (gV + gA) ** 2 + (gV - gA) ** 2 * (1 - T / E) ** 2 - ((gV * gV - gA * gA) * m_e * T) / E ** 2;
    const transition = sum(coupling(-1e-31), 0);
    const gV = { e: 2 * s2w + 1 / 2 + coupling(2e-31), mu: 2 * s2w - 1 / 2 };
    const couplings = [
      [gV.e, 1 / 2],
      [gV.mu, -1 / 2],
      [gV.e, -1 / 2],
      [gV.mu, 1 / 2],
    ] as const;
    couplings.forEach(([vector, axial], i) => {
      const expected = ((32 * fermi ** 2 * m_e) / (2 * Math.PI)) * (sum(vector, axial) + transition);
      expect(difference(found[i], expected * squareCentimetres)).toBeLessThan(1e-9);
    });
  });

  test("has the sign of that of the Standard Model: -0.83 and -0.48 of 1e-32 cm^2 make nu_e and nu_mu differ", () => {
    const [plain] = [crossSections("StandardModel", "", 30, 0.01, "nucleus")];
    expect(difference(plain[0], plain[1])).toBeGreaterThan(0.01);
    const fixed = "fix ChargeRadius.r2[e, e] = 0.35e-32 cm^2";
    const shifted = crossSections("StandardModel + ChargeRadius", fixed, 30, 0.01, "nucleus");
    expect(difference(shifted[0], plain[1])).toBeLessThan(3e-4);
    expect(shifted[2]).toBe(shifted[0]);
  });
});

describe("millicharge", () => {
  test("a positive one works against the weak interaction of nuclei, for antineutrinos as well", () => {
    const plain = crossSections("StandardModel", "", 3, 1e-4, "nucleus");
    const fixed = "fix Millicharge.q_nu[e, e] = 1e-9 e";
    const found = crossSections("StandardModel + Millicharge", fixed, 3, 1e-4, "nucleus");
    for (const i of [0, 2]) expect(found[i]).toBeLessThan(plain[i] ?? 0);
    expect(found[2]).toBe(found[0]);
    expect(found[1]).toBe(plain[1]);
  });

  test("equivalent photons: 2 alpha/pi sigma(T)/T ln(E/eV) q^2, with the absorption in germanium at 1 keV", () => {
    const [E, T] = [2, 1e-3];
    const fixed = `fix MillichargeEPA.q_nu[e, e] = 3e-12 e
  fix MillichargeEPA.q_nu[e, tau] = 4e-12 e`;
    const plain = crossSections("StandardModel", "", E, T, "electron");
    const found = crossSections("StandardModel + MillichargeEPA", fixed, E, T, "electron");
    // Mass attenuation of germanium at 1 keV, 1893 cm^2/g (NIST, doi:10.18434/T4D01F), times 72.63 g/mol.
    const absorption = (1893 * 72.63) / 6.02214076e23;
    const expected = ((2 * alpha) / Math.PI) * (absorption / T) * Math.log(E / 1e-6) * 25e-24;
    for (const i of [0, 2]) {
      expect(difference((found[i] ?? 0) - (plain[i] ?? 0), expected)).toBeLessThan(0.05);
    }
    expect(found[1]).toBe(plain[1]);
  });
});

test("points chosen without a charge serve any charge, through the edges of the absorption", () => {
  const model = modelOfExample("electromagnetic/csi.sevens");
  const [counts, exact] = [1e-6, 1e-8].map((precision) => {
    const { analysis } = compiled(model, { precision, analyses: ["ChargeEPhotons"] });
    const at = analysis.parameters.map(({ name, value }) => (name.includes("q_nu[e,e]") ? 1e-9 : value));
    return Object.values(analysis.totals(Float64Array.from(at)))[0]!.slice();
  });
  counts!.forEach((value, bin) => {
    expect(difference(value, exact![bin])).toBeLessThan(1e-6);
  });
});
