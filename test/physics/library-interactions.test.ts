/** Interactions and functions of the library against closed forms, limits and squared amplitudes. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as constants from "../../runtime/index.ts";
import { compiled, difference, modelOfText, root, vector } from "./compile.ts";
import {
  add,
  amplitude,
  type Complex,
  charge,
  contactCrossSection,
  dirac,
  type Field,
  gamma,
  gamma5,
  hermitian,
  left,
  metric,
  multiply,
  right,
  scale,
  sigma,
  unit,
  type Vertex,
} from "./dirac.ts";
import { area, pointOf, specOf, valuesAt } from "./points.ts";

/** Fermi constant, 1/MeV². */
const fermi = constants.G_F * 1e-6;

const argon = { name: "Ar40", Z: 18, A: 40, atomic_mass_u: 39.962383122, Rp_fm: 3.448, Rn_fm: 3.55 };
const cesium = { name: "Cs133", Z: 55, A: 133, atomic_mass_u: 132.905451961, Rp_fm: 4.821, Rn_fm: 5.09 };
const massOf = ({ Z, atomic_mass_u }: typeof argon): number =>
  atomic_mass_u * 931.49410242 - Z * constants.m_e;

/** An integral over 0..1 with the midpoint rule in a variable that flattens both ends. */
function integral(f: (x: number) => number, steps = 4000): number {
  let total = 0;
  for (let k = 0; k < steps; k++) {
    const u = (k + 0.5) / steps;
    total += (f(u ** 2 * (3 - 2 * u)) * 6 * u * (1 - u)) / steps;
  }
  return total;
}

describe("functions", () => {
  test("the loop of L_a - L_b: its limit at rest, its integral, its sign under exchange", () => {
    const { m_mu, m_tau } = constants;
    const momenta = [0.001, 30, 2000];
    const found = valuesAt("use functions { kineticMixing }", "kineticMixing(q, mu, tau)", momenta);
    const swapped = valuesAt("use functions { kineticMixing }", "kineticMixing(q, tau, mu)", momenta);
    expect(difference(found[0], Math.log(m_tau ** 2 / m_mu ** 2) / 6)).toBeLessThan(1e-9);
    momenta.forEach((q, k) => {
      const log = (w: number): number => Math.log((m_tau ** 2 + w * q ** 2) / (m_mu ** 2 + w * q ** 2));
      expect(
        difference(
          found[k],
          integral((x) => x * (1 - x) * log(x * (1 - x))),
        ),
      ).toBeLessThan(1e-7);
      expect(difference(swapped[k], -(found[k] ?? 0))).toBeLessThan(1e-9);
    });
  });

  test("the anomalous magnetic moment of the muon: light boson g^2/8pi^2, heavy one g^2 m^2/12pi^2 M^2", () => {
    const use = "use functions { muonAnomaly }";
    const g = 5e-4;
    const at = (M: string): number | undefined => valuesAt(use, `muonAnomaly(${g}, ${M})`, [1])[0];
    expect(difference(at("1 eV"), g ** 2 / (8 * Math.PI ** 2))).toBeLessThan(1e-4);
    const heavy = (g * constants.m_mu) ** 2 / (12 * Math.PI ** 2 * 1e12);
    expect(difference(at("1 TeV"), heavy)).toBeLessThan(1e-4);
    // The known explanation of the measured 251e-11: a coupling of 5e-4 at 10 MeV gives 2.6e-9 (arXiv:2104.03281).
    expect(at("10 MeV")).toBeCloseTo(2.6e-9, 9);
  });
});

describe("L_a - L_b", () => {
  const events = (model: string, species: "nu_e" | "nu_mu" | "nu_tau"): number =>
    pointOf(specOf(argon, { uses: ["LmuMinusLtau", "LeMinusLmu", "LeMinusLtau"], model }), species, 30, 0.01);

  test.each([
    ["LmuMinusLtau", "nu_mu", "nu_tau", "nu_e"],
    ["LeMinusLmu", "nu_e", "nu_mu", "nu_tau"],
    ["LeMinusLtau", "nu_e", "nu_tau", "nu_mu"],
  ] as const)("%s lowers the rate of %s, raises that of %s and leaves %s alone", (name, down, up, alone) => {
    const change = (species: "nu_e" | "nu_mu" | "nu_tau"): number =>
      events(`StandardModel + ${name}`, species) - events("StandardModel", species);
    expect(change(down)).toBeLessThan(0);
    expect(change(up)).toBeGreaterThan(0);
    expect(change(alone)).toBe(0);
  });
});

describe("scalars", () => {
  const term = (name: string, analysis = ""): number =>
    pointOf(specOf(argon, { uses: [name], model: name, analysis }), "nu_mu", 30, 0.01);
  const M = massOf(argon);
  const [E, T] = [30, 0.01];
  const same = "  formfactor = none";
  /** M²T/(4πE²) (G Q)²/(q² + m²)² in cm²/MeV. */
  const expected = (strength: number, m: number): number =>
    (((M ** 2 * T) / (4 * Math.PI * E ** 2)) * strength ** 2 * area) / (2 * M * T + m ** 2) ** 2;

  test("universal: 17.3 per nucleon", () => {
    expect(difference(term("UniversalScalar", same), expected(1e-10 * 17.3 * 40, 10))).toBeLessThan(1e-9);
  });

  test("that with quarks gives 17.29, and leptons do not matter on nuclei", () => {
    const found = term("LightScalar");
    expect(Math.sqrt(found / term("UniversalScalar"))).toBeCloseTo(17.29 / 17.3, 3);
    expect(term("LeptonicScalar")).toBe(found);
  });

  test("like the Higgs: (2/9 + 7/9 f) m_N/v per nucleon, close to 0.3 m_N/v", () => {
    const { m_p, m_n, fTp_u, fTp_d, fTp_s, fTn_u, fTn_d, fTn_s } = constants;
    const v = 246_219.65;
    const share = (light: number): number => 1 - (1 - light) * (7 / 9);
    const nucleons = 18 * m_p * share(fTp_u + fTp_d + fTp_s) + 22 * m_n * share(fTn_u + fTn_d + fTn_s);
    expect(nucleons / (40 * m_p)).toBeCloseTo(0.305, 2);
    expect(difference(term("HiggsLikeScalar", same), expected((1e-6 * nucleons) / v, 10))).toBeLessThan(1e-6);
  });
});

describe("generalised interactions are squared amplitudes", () => {
  const [E, T] = [0.5, 1e-7];
  // Light enough for the corrections of order E/M to be seen, heavy enough for them to be small.
  const nucleus = { name: "Light", Z: 2, A: 400, atomic_mass_u: 4, Rp_fm: 1, Rn_fm: 1 };
  const M = massOf(nucleus);
  const N = nucleus.A - nucleus.Z;

  function vertices(xi: Readonly<Record<"S" | "P" | "V" | "A" | "T", number>>): readonly Vertex[] {
    const i: Complex = { re: 0, im: 1 };
    const scalar = {
      neutrino: add(scale(xi.S, unit), scale({ re: 0, im: xi.P * i.im }, gamma5)),
      nucleus: unit,
    };
    const vectors = gamma.map((one, mu) => ({
      neutrino: scale(0.5, multiply(one, add(scale(xi.V, unit), scale(-xi.A, gamma5)))),
      nucleus: scale(metric[mu] ?? 0, one),
    }));
    const tensors = gamma.flatMap((_, mu) =>
      gamma.map((_, nu) => ({
        neutrino: scale(xi.T / Math.sqrt(8), sigma(mu, nu)),
        nucleus: scale((metric[mu] ?? 0) * (metric[nu] ?? 0), sigma(mu, nu)),
      })),
    );
    return [scalar, ...vectors, ...tensors];
  }

  test.each([
    { S: 1, P: 0, V: 0, A: 0, T: 0 },
    { S: 0.7, P: 0.9, V: 0, A: 0, T: 0 },
    { S: 0, P: 0, V: 1, A: 1, T: 0 },
    { S: 0, P: 0, V: 0.3, A: -0.9, T: 0 },
    { S: 0, P: 0, V: 0, A: 0, T: 1.2 },
    { S: 0.8, P: 0.2, V: 0.4, A: 0.5, T: 1.2 },
    { S: 0.8, P: 0.2, V: 0.4, A: 0.5, T: -1.2 },
  ])("S $S, P $P, V $V, A $A, T $T", (xi) => {
    const settings = [
      ...Object.entries(xi).map(([name, value]) => `  fix GeneralisedInteractions.xi_${name} = ${value}`),
      `  fix GeneralisedInteractions.R_ST = ${(xi.S * xi.T) / Math.SQRT2}`,
      "  formfactor = none",
    ];
    const uses = ["GeneralisedInteractions"];
    const model = specOf(nucleus, { uses, model: "GeneralisedInteractions", analysis: settings.join("\n") });
    const strength = (fermi ** 2 / 2) * N ** 2 * area;
    for (const anti of [false, true]) {
      const expected = contactCrossSection(vertices(xi), E, T, M, anti) * strength;
      const found = pointOf(model, anti ? "nubar_e" : "nu_e", E, T);
      expect(difference(found, expected)).toBeLessThan((2 * E) / M);
    }
  });
});

describe("the axial-vector current", () => {
  const axial = (nucleus: typeof argon & { spin: number }, E: number, T: number): number =>
    pointOf(
      specOf(nucleus, { uses: ["AxialVector"], model: "AxialVector", analysis: "  formfactor = none" }),
      "nu_e",
      E,
      T,
    );
  const fluorine = {
    name: "F19",
    Z: 9,
    A: 19,
    atomic_mass_u: 18.998403163,
    Rp_fm: 2.9,
    Rn_fm: 2.9,
    spin: 1 / 2,
  };
  const germanium = { name: "Ge73", Z: 32, A: 73, atomic_mass_u: 72.923459, Rp_fm: 4, Rn_fm: 4, spin: 9 / 2 };

  test("on a nucleus of spin 1/2 is the squared amplitude of g_A (S_p - S_n)", () => {
    const [E, T] = [5, 1e-3];
    const strength = 1.2754 * (0.478 + 0.002);
    const vertices = gamma.map((one, mu) => ({
      neutrino: multiply(one, left),
      nucleus: scale((metric[mu] ?? 0) * strength, multiply(one, gamma5)),
    }));
    // L = -(G_F/√2) ν̄γ(1 - γ5)ν · (...) has the factor (G_F/√2 · 2)².
    const expected = contactCrossSection(vertices, E, T, massOf(fluorine)) * 2 * fermi ** 2 * area;
    expect(difference(axial(fluorine, E, T), expected)).toBeLessThan(1e-3);
  });

  test("counts (J + 1)/J, and does nothing without spin", () => {
    const [E, T] = [5, 1e-10];
    const ratio = axial(germanium, E, T) / axial(fluorine, E, T);
    const expected =
      ((11 / 9) * (0.031 - 0.439) ** 2 * massOf(germanium)) / (3 * 0.48 ** 2 * massOf(fluorine));
    expect(difference(ratio, expected)).toBeLessThan(1e-6);
    expect(axial({ ...argon, spin: 0 }, E, T)).toBe(0);
  });

  test("knows the spins of the nuclei of the library, Ca-43 alone left out", () => {
    const files = readdirSync(`${root}/models/nuclei`).map((file) =>
      readFileSync(`${root}/models/nuclei/${file}`, "utf8"),
    );
    const spins = new Map<string, number>();
    for (const text of files) {
      const read = (field: string): number =>
        Number(new RegExp(`^  ${field} = ([\\d./]+)`, "m").exec(text)?.[1]?.split("/")[0]);
      const [Z, A] = [read("Z"), read("A")];
      if (!(read("spin") > 0)) continue;
      const use = "use interactions/AxialVector { protonSpin, neutronSpin }";
      spins.set(
        `${Z}-${A}`,
        valuesAt(use, `abs(protonSpin(${Z}, ${A}) - neutronSpin(${Z}, ${A}))`, [1])[0] ?? Number.NaN,
      );
    }
    expect(spins.size).toBeGreaterThan(13);
    const silent = [...spins].filter(([, value]) => value === 0).map(([name]) => name);
    expect(silent).toEqual(["20-43"]);
    expect(Math.max(...spins.values())).toBeLessThan(0.6);
  });

  test("is a small part of what natural germanium sees of a reactor", () => {
    const share =
      axial(germanium, 5, 1e-4) / pointOf(specOf(germanium, { model: "StandardModel" }), "nu_e", 5, 1e-4);
    expect(share).toBeLessThan(2e-3);
    expect(share).toBeGreaterThan(1e-5);
  });
});

describe("leptoquarks", () => {
  /** Four states, ν and q before (bits 0, 1) and after (bits 2, 3), with spinors that are nothing in particular. */
  const spinor = (seed: number): readonly Complex[] =>
    [0, 1, 2, 3].map((k) => ({ re: Math.sin(seed + 2 * k), im: Math.cos(3 * seed + k) }));
  const field = (before: number, after: number): Field => ({
    modes: [before, after].map((bit) => ({ bit, spinor: spinor(bit + 0.3) })),
  });
  const nu = field(0, 2);
  const quark = field(1, 3);
  const [initial, final] = [0b0011, 0b1100];

  /** The amplitude of J†J, which exchange leaves behind, over that of (ν̄ γ P_L ν)(q̄ γ P_X q). */
  function exchange(current: ReturnType<typeof dirac>, projector: typeof left): Complex {
    const scalars = amplitude(final, [hermitian(current), current], initial);
    const vectors = gamma
      .map((one, mu) => {
        const neutrinos = dirac(nu, multiply(one, left), nu);
        const quarks = dirac(quark, scale(metric[mu] ?? 0, multiply(one, projector)), quark);
        return amplitude(final, [neutrinos, quarks], initial);
      })
      .reduce((a, b) => ({ re: a.re + b.re, im: a.im + b.im }));
    const norm = vectors.re ** 2 + vectors.im ** 2;
    return {
      re: (scalars.re * vectors.re + scalars.im * vectors.im) / norm,
      im: (scalars.im * vectors.re - scalars.re * vectors.im) / norm,
    };
  }

  test("L = |lambda|²/M² J†J is ∓(1/2) of the product of vector currents: the signs of R_2 and S_1", () => {
    const direct = exchange(dirac(quark, left, nu), right);
    expect(direct.re).toBeCloseTo(-1 / 2, 12);
    expect(direct.im).toBeCloseTo(0, 12);
    const conjugated = { x: quark, xDagger: false, matrix: multiply(charge, left), y: nu, yDagger: false };
    const crossed = exchange(conjugated, left);
    expect(crossed.re).toBeCloseTo(1 / 2, 12);
    expect(crossed.im).toBeCloseTo(0, 12);
  });

  const point = (model: string, uses: readonly string[], fixed: readonly string[]): number =>
    pointOf(
      specOf(cesium, { uses, model, analysis: fixed.map((one) => `  fix ${one}`).join("\n") }),
      "nu_mu",
      30,
      0.005,
    );
  const heavy = 1e6;
  /** What -2√2 G_F eps (ν̄ γ P_L ν)(q̄ γ P_X q) has to be for half of |lambda|²/M². */
  const eps = (first: number, second: number): number =>
    (first * second) / (4 * Math.SQRT2 * fermi * heavy ** 2);
  const [electron, muon] = [0.3, 0.5];

  test.each([
    ["LeptoquarkS1", "S1", { d: -1 }],
    ["LeptoquarkS3", "S3", { d: -1, u: -2 }],
    ["LeptoquarkR2", "R2", { u: 1 }],
    ["LeptoquarkR2tilde", "R2t", { d: 1 }],
  ] as const)("%s of a TeV is a non-standard interaction of its quarks", (name, ending, quarks) => {
    const found = point(
      `StandardModel + ${name}`,
      [name],
      [`${name}.lambda_${ending}[e] = ${electron}`, `${name}.lambda_${ending}[mu] = ${muon}`],
    );
    const matrix = Object.entries(quarks).flatMap(([one, sign]) => [
      `NSI.eps_${one}[mu, mu] = ${sign * eps(muon, muon)}`,
      `NSI.eps_${one}[e, mu] = ${sign * eps(electron, muon)}`,
    ]);
    expect(difference(found, point("StandardModel + NSI", ["NSI"], matrix))).toBeLessThan(1e-9);
  });
});

test("the muon anomaly is a constraint on L_mu - L_tau that an analysis can add", () => {
  const { analysis } = compiled(
    modelOfText(`use interactions { StandardModel, LmuMinusLtau }
use functions { muonAnomaly }
use experiments { CsI2021 }
analysis Band {
  model = StandardModel + LmuMinusLtau
  experiments = CsI2021
  free g_mt
  constraint anomaly {
    value = muonAnomaly(LmuMinusLtau.g_mt, LmuMinusLtau.M_mt)
    measured = 2.51e-9 +- 0.59e-9   @cite arXiv:2104.03281
  }
}`),
    { derivatives: "none", observables: ["pe"] },
  );
  const at = (g: number): number => analysis.constrained(vector(analysis, { g_mt: g }))[0] ?? Number.NaN;
  expect(difference(at(2e-3), 4 * at(1e-3))).toBeLessThan(1e-12);
  expect(at(5e-4)).toBeCloseTo(2.6e-9, 9);
});
