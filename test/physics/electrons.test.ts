/** Scattering on electrons: counts against closed forms, and couplings against other ways to say the same. */
import { describe, expect, test } from "vitest";
import { crossSectionTable } from "../../compiler/index.ts";
import { alpha, G_F, hbarc, m_e, N_A } from "../../runtime/constants.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { compiled, countsOf, difference, modelOfText } from "./compile.ts";

const line = 29.79;
const exposure = `source Lamp {
  fluence = 1e24 /cm^2
  spectrum[nu_mu](E) = delta(E - ${line} MeV)
}
experiment Run {
  source Lamp
  detector Crystal
  bins energy = [0.5, 1.3, 2, 12] keVee
}
`;
const sharp = `use nuclei { Ge72 }
use interactions { TreeLevel, MagneticMoment }
detector Crystal {
  target Ge72 = 1 kg
  observable energy: keVee {
    value(T) = 0.2 keVee/keVnr * T
    value_e(T) = T
  }
}
`;

/** Free electrons of germanium: the energy in keV at which each number begins. */
const germanium = [
  [0.18, 22],
  [1.2167, 26],
  [1.2478, 28],
  [1.4143, 30],
  [11.1031, 32],
  [Number.POSITIVE_INFINITY, 32],
] as const;

/** Σ over the steps of Zeff of the growth of an antiderivative between two energies in MeV. */
function overSteps(antiderivative: (T: number) => number, from: number, to: number): number {
  return germanium.slice(0, -1).reduce((sum, [start, electrons], i) => {
    const low = Math.max(from, start / 1e3);
    const high = Math.min(to, germanium[i + 1]![0] / 1e3);
    return high > low ? sum + electrons * (antiderivative(high) - antiderivative(low)) : sum;
  }, 0);
}

const square = (x: number): number => x * x;
/** 1/MeV^2 in cm^2, G_F in 1/MeV^2. */
const area = square(hbarc * 1e-13);
const fermi = G_F * 1e-6;
const s2w = 0.23857;

/** ∫ dσ/dT of one electron for nu_mu, in 1/MeV^2. */
function weak(T: number): number {
  const [gV, gA] = [2 * s2w - 1 / 2, -1 / 2];
  const terms =
    square(gV + gA) * T -
    (square(gV - gA) * line * (1 - T / line) ** 3) / 3 -
    ((square(gV) - square(gA)) * m_e * T * T) / (2 * line * line);
  return ((square(fermi) * m_e) / (2 * Math.PI)) * terms;
}

const magnetic = (T: number): number => ((Math.PI * square(alpha)) / square(m_e)) * (Math.log(T) - T / line);

describe("counts", () => {
  const atoms = (1000 * N_A) / 71.922075826;
  const bins = [0.5e-3, 1.3e-3, 2e-3, 12e-3];
  const expected = (antiderivative: (T: number) => number): number[] =>
    bins.slice(1).map((to, i) => 1e24 * atoms * area * overSteps(antiderivative, bins[i]!, to));

  test("a line on germanium has the steps of its shells and the closed forms between them", () => {
    const { analysis } = compiled(
      modelOfText(`${sharp}${exposure}analysis A {
  model = TreeLevel + MagneticMoment
  experiments = Run
  free MagneticMoment.mu_nu[mu]
  data = asimov
}`),
    );
    const moment = 3e-9;
    const without = countsOf(analysis);
    const found = countsOf(analysis, { "MagneticMoment.mu_nu[mu]": moment });
    expected(weak).forEach((count, i) => {
      expect(difference(without.components.EvES?.[i], count)).toBeLessThan(1e-6);
      expect(difference(without.channels["EvES/nu_mu"]?.[i], count)).toBeLessThan(1e-6);
    });
    expected(magnetic).forEach((count, i) => {
      const more = (found.components.EvES?.[i] ?? 0) - (without.components.EvES?.[i] ?? 0);
      expect(difference(more, square(moment) * count)).toBeLessThan(1e-6);
    });
    const sum = (found.components.EvES?.[1] ?? 0) + (found.components.CEvNS?.[1] ?? 0);
    expect(difference(found.total[1], sum)).toBeLessThan(1e-12);
  });

  test("a resolution spreads them as convolution by adaptive quadrature does", () => {
    const sigma = 0.08e-3;
    const { analysis } = compiled(
      modelOfText(`${sharp.replace("value_e(T) = T", "density_e(x | T) = normal_pdf(x, T, 0.08 keVee)")}${exposure}
analysis A { model = TreeLevel
  experiments = Run
  recoils = electrons
  data = asimov }`),
    );
    const gauss = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const slope = (T: number): number => (weak(T * (1 + 1e-5)) - weak(T * (1 - 1e-5))) / (2e-5 * T);
    const splits = germanium.map(([keV]) => keV / 1e3);
    const free = (T: number): number => overSteps((x) => x, T, T * (1 + 1e-9)) / (T * 1e-9);
    const [low, high] = [bins[1]!, bins[2]!];
    const inBin = (T: number): number =>
      integrate((x) => gauss((x - T) / sigma) / sigma, low, high, { relative: 1e-10 }).value;
    const smeared = integrate((T) => free(T) * slope(T) * inBin(T), 0.6e-3, 2.7e-3, {
      relative: 1e-8,
      splits,
    });
    const counts = countsOf(analysis);
    expect(Object.keys(counts.components)).toEqual(["EvES"]);
    expect(difference(counts.total[1], 1e24 * atoms * area * smeared.value)).toBeLessThan(1e-5);
  });

  test("`recoils` chooses what is counted; a systematic on the signal scales both kinds", () => {
    const of = (statement: string, systematic = "") =>
      countsOf(
        compiled(
          modelOfText(`${sharp}${exposure.replace("bins", `${systematic}bins`)}analysis A {
  model = TreeLevel
  experiments = Run
  ${statement}
  data = asimov
}`),
        ).analysis,
        systematic === "" ? {} : { "Run.norm": 0.1 },
      );
    const both = of("");
    expect(of("recoils = nuclei").total).toEqual(both.components.CEvNS);
    expect(of("recoils = electrons").total).toEqual(both.components.EvES);
    const scaled = of("", "systematic norm = 5% on signal\n  ");
    for (const name of ["CEvNS", "EvES"])
      expect(difference(scaled.components[name]?.[0], 1.1 * (both.components[name]?.[0] ?? 0))).toBeLessThan(
        1e-12,
      );
    const electrons = of("", "systematic norm = 5% on EvES\n  ");
    expect(electrons.components.CEvNS).toEqual(both.components.CEvNS);
  });
});

const lampOnXenon = `use nuclei { Xe132 }
use interactions { TreeLevel, Millicharge, ChargeRadius }
source Lamp {
  fluence = 1 /cm^2
  spectrum[nu_mu](E) = delta(E - 30 MeV)
}
detector Box { target Xe132 = 1 kg }
experiment Run {
  source Lamp
  detector Box
}
`;

type Recoil = "nucleus" | "electron";

/** dσ/dT of a model at a few points, for two neutrinos and two antineutrinos. */
function points(model: string, text = "", fixed = "", recoil: Recoil = "electron"): readonly number[] {
  const analysis = `analysis A {
  model = ${model}
  experiments = Run
  ${fixed}
}`;
  const table = crossSectionTable(modelOfText(`${lampOnXenon}${text}${analysis}`), {
    species: ["nu_e", "nu_mu", "nubar_e", "nubar_mu"],
    E: [0.4, 12],
    T: recoil === "electron" ? [1e-3, 0.1] : [1e-7, 1e-6],
    recoil,
    sources: [],
  });
  expect(table.diagnostics).toEqual([]);
  return table.points.map(({ dsigma_dT }) => dsigma_dT);
}

function near(found: readonly number[], expected: readonly number[]): void {
  found.forEach((value, i) => {
    expect(difference(value, expected[i])).toBeLessThan(1e-10);
  });
  expect(expected.every((value) => value > 0)).toBe(true);
}

describe("couplings", () => {
  test("an antineutrino is a neutrino with its axial coupling reversed", () => {
    const mirror = `interaction Mirror {
  gV_e[l] += 2*0.23857 - 1/2
  gV_e[e] += 1
  gA_e[l] -= nu_sign/2
  gA_e[e] += nu_sign
}
`;
    const standard = points("TreeLevel");
    near(points("Mirror", mirror), [...standard.slice(0, 8), ...standard.slice(0, 8)]);
    // A tenth of the energy and more goes to the electron here, which shows in which coupling is the left-handed one.
    expect(difference(standard[9], standard[1])).toBeGreaterThan(0.1);
  });

  test.each(["nucleus", "electron"] as const)(
    "a millicharge is that of a massless vector, on the %s",
    (recoil) => {
      const photon = `interaction Photon {
  parameter e_charge = ${Math.sqrt(4 * Math.PI * alpha)}
  mediator A: vector {
    mass = 1e-9 MeV
    coupling = e_charge
    charges = { nu: 3e-13, e: -1, p: 1, nu_e: 2e-13 }
  }
}
`;
      const fixed = `fix Millicharge.q_nu[e, e] = 2e-13 e
  fix Millicharge.q_nu[mu, mu] = 3e-13 e`;
      const expected = points("TreeLevel + Photon", photon, "", recoil);
      near(points("TreeLevel + Millicharge", "", fixed, recoil), expected);
      expect(difference(expected[0], points("TreeLevel", "", "", recoil)[0])).toBeGreaterThan(1e-3);
    },
  );

  test.each(["nucleus", "electron"] as const)(
    "a charge radius is a charge of -q^2 r^2/6, on the %s",
    (recoil) => {
      const screened = `interaction Screened {
  let charge_at(p: energy) = -p^2*2e-32 cm^2/6
  let strength(p: energy) = 2*sqrt(2)*pi*alpha/(G_F*p^2)
  charge[mu] += strength(q)*charge_at(q)*Z*Fp(q)
  charge[mu -> e] += strength(q)*charge_at(q)/2*Z*Fp(q)
  gV_e[mu] -= strength(q)*charge_at(q)
  gV_e[mu -> e] -= strength(q)*charge_at(q)/2
  charge[e -> mu] += strength(q)*charge_at(q)/2*Z*Fp(q)
  gV_e[e -> mu] -= strength(q)*charge_at(q)/2
}
`;
      const fixed = `fix ChargeRadius.r2[mu, mu] = 2e-32 cm^2
  fix ChargeRadius.r2[e, mu] = 1e-32 cm^2`;
      const expected = points("TreeLevel + Screened", screened, "", recoil);
      near(points("TreeLevel + ChargeRadius", "", fixed, recoil), expected);
    },
  );

  test("the couplings of the electron neutrino and of the others differ by the exchange of a W", () => {
    const swapped = points(
      "Swapped",
      `interaction Swapped from TreeLevel {
  gV_e[mu] += 1
  gA_e[mu] += 1
}
`,
    );
    const standard = points("TreeLevel");
    near(swapped.slice(4, 8), standard.slice(0, 4));
  });
});
