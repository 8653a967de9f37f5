/** dsigma/dT, couplings and form factors of specs of the reader's own against an independent brute-force code. */
import { describe, expect, test } from "vitest";
import { crossSectionTable } from "../../compiler/index.ts";
import { difference, modelOfText } from "./compile.ts";
import { electronSpec } from "./electron-spec.ts";
import { library, pointOf, specOf } from "./points.ts";
import { readReference } from "./reference-data.ts";
import { familySpecs } from "./reference-specs.ts";

const reference = readReference();

/** Agreement asked for; the file has 12 digits. */
const tolerance = 1e-9;

describe("a few values that travel with the test", () => {
  const cesium = { name: "Cs133", Z: 55, A: 133, atomic_mass_u: 132.905451961, Rp_fm: 4.821, Rn_fm: 5.09 };
  const sodium = {
    name: "Na23",
    Z: 11,
    A: 23,
    atomic_mass_u: 22.989769282,
    Rp_fm: 3.01468000051,
    Rn_fm: 3.01468000051,
  };

  test("the Standard Model on Cs-133", () => {
    const model = specOf(cesium, { model: "StandardModel" });
    expect(difference(pointOf(model, "nu_e", 2, 3.23163e-6), 2.83389570928e-36)).toBeLessThan(tolerance);
    expect(difference(pointOf(model, "nubar_e", 35, 0.00791327), 1.14314199042e-36)).toBeLessThan(tolerance);
  });

  test.each([
    ["sm_exact_q2", "mu", {}, 1.15784326395e-38],
    ["loop_Lmu-Ltau", "e", { loop_vector: { pair: "mu-tau", g: 0.001, M: 1 } }, 1.12194377163e-38],
    [
      "millicharge_transition",
      "e",
      { millicharge: { emu: 1e-7, etau: 5e-8, mutau: 2e-7 } },
      2.50565187699e-32,
    ],
    [
      "leptoquark",
      "mu",
      { leptoquark: { lambda2: 1e-6, M: 300, quark: "u", flavour: "e" } },
      1.15785464744e-38,
    ],
  ] as const)("%s on Na-23", (family, flavour, params, expected) => {
    const spec = familySpecs[family]?.(params);
    if (spec === undefined) throw new Error(`no family ${family}`);
    const found = pointOf(specOf(sodium, spec), `nu_${flavour}`, 2, 1.86801e-5);
    expect(difference(found, expected)).toBeLessThan(tolerance);
  });
});

describe.skipIf(reference === undefined)("every family of the reference values", () => {
  const families = Object.entries(reference?.dsigma_dT.families ?? {});

  test("each is said in the language", () => {
    expect(families.map(([name]) => name).filter((name) => familySpecs[name] === undefined)).toEqual([]);
  });

  test.each(families)("%s", (name, { points }) => {
    expect(points.length).toBeGreaterThan(3);
    for (const { nucleus, flavour, E, T, params, dsdT } of points) {
      const spec = familySpecs[name]?.(params);
      if (spec === undefined) continue;
      const found = pointOf(specOf(nucleus, spec), `nu_${flavour}`, E, T);
      const label = `${nucleus.name} nu_${flavour} E = ${E}, T = ${T}, ${JSON.stringify(params)}`;
      expect(difference(found, dsdT), label).toBeLessThan(tolerance);
    }
  });
});

describe.skipIf(reference === undefined)("scattering on electrons", () => {
  const families = Object.entries(reference?.electron_dsigma_dT.families ?? {});

  test.each(families)("%s", (_name, { points }) => {
    for (const point of points) {
      // The reference has the coupling of nu_mu for nu_tau, without the difference of their charge radii.
      if (point.params.scheme === "radiative" && point.flavour === "tau") continue;
      const model = modelOfText(`${library}${electronSpec(point)}`);
      const species = `${point.anti ? "nubar" : "nu"}_${point.flavour}` as const;
      const found = pointOf(model, species, point.E, point.T, "electron");
      expect(difference(found, point.dsdT), JSON.stringify(point)).toBeLessThan(tolerance);
    }
  });
});

describe.skipIf(reference === undefined)(
  "parts of the cross section, seen through interactions that are only them",
  () => {
    const unit = reference?.constants.MEV2_CM2 ?? 1;

    test("radiative couplings at eight values of sin^2 theta_W", () => {
      for (const { s2w, gVn, ...protons } of reference?.couplings.radiative ?? []) {
        const model = modelOfText(`${library}
nucleus Target { Z = 1
  A = 2
  nuclear_mass = 1000 MeV
  protons = none(R = 1 fm)
  neutrons = none(R = 1 fm) }
interaction Proton { dsigma/dT [l] += gVp(l, ${s2w})/MeV^3 }
interaction Neutron { dsigma/dT += gVn/MeV^3 }`);
        for (const flavour of ["e", "mu", "tau"] as const) {
          const species = [`nu_${flavour}`] as const;
          const at = { nuclei: ["Target"], sources: [], E: [30], T: [0.1], species };
          const of = (interaction: string): number =>
            (crossSectionTable(model, { ...at, interactions: [interaction] }).points[0]?.dsigma_dT ?? 0) /
            unit;
          expect(Math.abs(of("Proton") - protons[`gVp_${flavour}`]), `gVp ${s2w}`).toBeLessThan(1e-11);
          expect(Math.abs(of("Neutron") - gVn)).toBeLessThan(1e-11);
        }
      }
    });

    test("form factors of three kinds, down to a momentum transfer of 10 keV", () => {
      const names = new Map([
        ["helm", "Helm"],
        ["symmetrized-fermi", "SymmetrizedFermi"],
        ["klein-nystrand", "KleinNystrand"],
      ]);
      const mass = 100_000;
      const points = reference?.form_factors.points ?? [];
      expect(points.length).toBeGreaterThan(100);
      const groups = new Map<string, typeof points>();
      for (const point of points) {
        const key = `${names.get(point.kind)}(R = ${point.R_fm} fm)`;
        groups.set(key, [...(groups.get(key) ?? []), point]);
      }
      for (const [call, inside] of groups) {
        const model = modelOfText(`${library}
nucleus Target { Z = 50
  A = 107
  nuclear_mass = ${mass} MeV
  protons = ${call}
  neutrons = ${call} }
interaction Probe { dsigma/dT += Fp(q)/MeV^3 }`);
        const T = inside.map(({ q_MeV }) => q_MeV ** 2 / (2 * mass));
        const request = { interactions: ["Probe"], nuclei: ["Target"], sources: [], E: [5000], T };
        const found = crossSectionTable(model, { ...request, species: ["nu_e"] }).points;
        inside.forEach(({ F, q_MeV }, i) => {
          expect(Math.abs((found[i]?.dsigma_dT ?? 0) / unit - F), `${call} at ${q_MeV}`).toBeLessThan(2e-11);
        });
      }
    });
  },
);

test.skipIf(reference !== undefined)(
  "the folder of the reference values is absent: their points are not compared",
  () => {
    expect(reference).toBeUndefined();
  },
);
