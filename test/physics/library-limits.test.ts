/** Interactions of the library in limits where they are others, or closed forms; no tables from elsewhere. */
import { describe, expect, test } from "vitest";
import { alpha, G_F, m_e, m_mu, m_tau } from "../../runtime/index.ts";
import { difference } from "./compile.ts";
import { area, pointOf, specOf } from "./points.ts";

const fermi = G_F * 1e-6;
const cesium = { name: "Cs133", Z: 55, A: 133, atomic_mass_u: 132.905451961, Rp_fm: 4.821, Rn_fm: 5.09 };
const flavours = ["e", "mu", "tau"] as const;
type Flavour = (typeof flavours)[number];
type Recoil = "nucleus" | "electron";

/** dσ/dT of a model with fixed parameters. */
function point(
  model: string,
  uses: readonly string[],
  fixed: readonly string[],
  [flavour, E, T, recoil]: readonly [Flavour, number, number, Recoil],
): number {
  const analysis = fixed.map((one) => `  fix ${one}`).join("\n");
  return pointOf(specOf(cesium, { uses, model, analysis }), `nu_${flavour}`, E, T, recoil);
}

describe("a heavy boson of a U(1)' is a non-standard interaction with the product of its charges", () => {
  const [g, mass] = [0.3, 1e6];
  const eps = g ** 2 / (Math.SQRT2 * fermi * mass ** 2);

  // Charges of e, mu and tau; those of up and down quarks, 1/3 unless said.
  test.each([
    ["UniversalVector", "Zp", [1, 1, 1], 1],
    ["BMinusL", "BL", [-1, -1, -1], 1 / 3],
    ["BMinus3Le", "B3Le", [-3, 0, 0], 1 / 3],
    ["BMinus3Lmu", "B3Lmu", [0, -3, 0], 1 / 3],
    ["BMinus3Ltau", "B3Ltau", [0, 0, -3], 1 / 3],
    ["BMinus2LeLmu", "B2LeLmu", [-2, -1, 0], 1 / 3],
    ["BMinusLe2Lmu", "BLe2Lmu", [-1, -2, 0], 1 / 3],
    ["ByLmuLtau", "By", [0, 1, 1], 1 / 3],
  ] as const)("%s", (name, ending, leptons, quark) => {
    const boson = [`${name}.g_${ending} = ${g}`, `${name}.M_${ending} = ${mass} MeV`];
    for (const [k, flavour] of flavours.entries()) {
      const at = [flavour, 30, 0.005, "nucleus"] as const;
      const effective = ["u", "d"].map(
        (one) => `NSI.eps_${one}[${flavour}, ${flavour}] = ${eps * quark * (leptons[k] ?? 0)}`,
      );
      const found = point(`StandardModel + ${name}`, [name], boson, at);
      expect(difference(found, point("StandardModel + NSI", ["NSI"], effective, at))).toBeLessThan(1e-8);
      const standard = point("StandardModel", [], [], at);
      if (leptons[k] === 0) expect(found).toBe(standard);
      else expect(difference(found, standard)).toBeGreaterThan(1e-2);
    }
  });
});

describe("the dark Z", () => {
  const [epsilon, delta, mass] = [0.02, 0.5, 50_000];
  const s2 = 0.23857;
  const shift = -epsilon * delta * (91_187.6 / mass) * Math.sqrt(s2 * (1 - s2));
  const settings = (M: number): readonly string[] => [
    `DarkZ.epsilon = ${epsilon}`,
    `DarkZ.delta_m = ${delta}`,
    `DarkZ.M_Zd = ${M} MeV`,
  ];

  test.each([
    ["nucleus", 30, 0.005],
    ["electron", 3, 0.4],
  ] as const)("of a large mass is another weak mixing angle, on the %s", (recoil, E, T) => {
    for (const flavour of flavours) {
      const at = [flavour, E, T, recoil] as const;
      const found = point("StandardModel + DarkZ", ["DarkZ"], settings(mass), at);
      const shifted = point("StandardModel", [], [`StandardModel.s2w = ${s2 + shift}`], at);
      expect(difference(found, shifted)).toBeLessThan(1e-5);
      expect(difference(found, point("StandardModel", [], [], at))).toBeGreaterThan(1e-3);
    }
  });

  test("falls as the square of its mass, at a fixed mixing angle, below the momentum transfer", () => {
    const at = ["e", 30, 0.005, "nucleus"] as const;
    const standard = point("StandardModel", [], [], at);
    const change = (M: number): number =>
      point(
        "StandardModel + DarkZ",
        ["DarkZ"],
        [`DarkZ.epsilon = 1e-3`, `DarkZ.delta_m = ${1e-6 * M}`, `DarkZ.M_Zd = ${M} MeV`],
        at,
      ) - standard;
    expect(change(2) / change(1)).toBeCloseTo(4, 1);
  });
});

describe("on electrons", () => {
  const [E, T] = [3, 0.4];
  /** dσ/dT of one flavour by its couplings, on 55 free electrons. */
  const closed = (gV: number, gA: number): number =>
    ((55 * fermi ** 2 * m_e) / (2 * Math.PI)) *
    ((gV + gA) ** 2 + (gV - gA) ** 2 * (1 - T / E) ** 2 - ((gV * gV - gA * gA) * m_e * T) / E ** 2) *
    area;
  const tree = { e: [2 * 0.23857 + 0.5, 0.5], mu: [2 * 0.23857 - 0.5, -0.5], tau: [2 * 0.23857 - 0.5, -0.5] };
  const p2 = 2 * m_e * T;
  const strength = (g: number, mass: number): number => g ** 2 / (Math.SQRT2 * fermi * (p2 + mass ** 2));
  const masses = { e: m_e, mu: m_mu, tau: m_tau };
  /** ∫ x(1-x) ln(…) dx by the midpoint rule. */
  const loop = (a: Flavour, b: Flavour): number => {
    let total = 0;
    for (let k = 0; k < 4000; k++) {
      const w = ((k + 0.5) / 4000) * (1 - (k + 0.5) / 4000);
      total += (w * Math.log((masses[b] ** 2 + w * p2) / (masses[a] ** 2 + w * p2))) / 4000;
    }
    return total;
  };

  // The charges that the electron has: its own, and that of kinetic mixing, -(2 alpha/pi) eps.
  test.each([
    ["LmuMinusLtau", "mt", "mu", "tau", 0],
    ["LeMinusLmu", "em", "e", "mu", 1],
    ["LeMinusLtau", "et", "e", "tau", 1],
  ] as const)("%s: the charge of the electron and kinetic mixing", (name, ending, a, b, own) => {
    const [g, mass] = [2e-4, 5];
    const fixed = [`${name}.g_${ending} = ${g}`, `${name}.M_${ending} = ${mass} MeV`];
    const charge = strength(g, mass) * (own - ((2 * alpha) / Math.PI) * loop(a, b));
    for (const flavour of flavours) {
      const [gV = 0, gA = 0] = tree[flavour];
      const sign = flavour === a ? 1 : flavour === b ? -1 : 0;
      const found = point(`TreeLevel + ${name}`, [name], fixed, [flavour, E, T, "electron"]);
      const free = point("TreeLevel", [], [], [flavour, E, T, "electron"]) / closed(gV, gA);
      expect(difference(found, free * closed(gV + sign * charge, gA)), flavour).toBeLessThan(1e-6);
    }
  });

  test.each([
    ["BMinusL", "BL", [1, 1, 1]],
    ["BMinus3Le", "B3Le", [9, 0, 0]],
    ["BMinus2LeLmu", "B2LeLmu", [4, 2, 0]],
    ["ByLmuLtau", "By", [0, 0, 0]],
  ] as const)("%s: the charges of neutrino and electron", (name, ending, products) => {
    const [g, mass] = [2e-4, 5];
    const fixed = [`${name}.g_${ending} = ${g}`, `${name}.M_${ending} = ${mass} MeV`];
    for (const [k, flavour] of flavours.entries()) {
      const [gV = 0, gA = 0] = tree[flavour];
      const found = point(`TreeLevel + ${name}`, [name], fixed, [flavour, E, T, "electron"]);
      const free = point("TreeLevel", [], [], [flavour, E, T, "electron"]) / closed(gV, gA);
      const charge = strength(g, mass) * (products[k] ?? 0);
      expect(difference(found, free * closed(gV + charge, gA)), flavour).toBeLessThan(1e-6);
    }
  });
});

test("a magnetic moment on a point-like nucleus: pi alpha²/m_e² (1/T - 1/E) Z²", () => {
  const [E, T] = [30, 0.005];
  const moment = 3e-10;
  const model = specOf(cesium, {
    uses: ["MagneticMoment"],
    model: "MagneticMoment",
    analysis: `  fix MagneticMoment.mu_nu[mu] = ${moment} mu_B\n  formfactor = none`,
  });
  const expected = ((Math.PI * alpha ** 2) / m_e ** 2) * (1 / T - 1 / E) * 55 ** 2 * moment ** 2 * area;
  expect(difference(pointOf(model, "nu_mu", E, T), expected)).toBeLessThan(1e-9);
  expect(pointOf(model, "nu_e", E, T)).toBe(0);
});

test("non-standard couplings that change the flavour add their square, those that do not interfere", () => {
  const [E, T] = [30, 0.005];
  const at = (flavour: Flavour, ...fixed: readonly string[]): number =>
    point(
      "StandardModel + NSI",
      ["NSI"],
      fixed.map((one) => `NSI.${one}`),
      [flavour, E, T, "nucleus"],
    );
  const plain = at("e");
  const [plus, minus] = [0.2, -0.2].map((eps) => at("e", `eps_u[e, e] = ${eps}`));
  // (Q + a)² and (Q - a)² for the diagonal one, Q² + a² for the other.
  const square = (plus! + minus!) / 2 - plain;
  for (const eps of [0.2, -0.2]) {
    const changing = `eps_u[e, mu] = ${eps}`;
    expect(difference(at("e", changing) - plain, square)).toBeLessThan(1e-9);
    expect(difference(at("mu", changing) - at("mu"), square)).toBeLessThan(1e-9);
    expect(at("tau", changing)).toBe(at("tau"));
  }
  // Up and down quarks in the protons and neutrons: (2 eps_u + eps_d) Z + (eps_u + 2 eps_d) N.
  const ratio = (at("e", "eps_d[e, tau] = 0.2") - plain) / square;
  const { Z, A } = cesium;
  expect(ratio).toBeCloseTo(((Z + 2 * (A - Z)) / (2 * Z + (A - Z))) ** 2, 1);
});
