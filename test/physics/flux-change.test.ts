/** Flavours that change on the way: counts of a line source against closed forms. */
import { describe, expect, test } from "vitest";
import { hbarc } from "../../runtime/constants.ts";
import { compiled, countsOf, difference, modelOfText, sum } from "./compile.ts";

const distance = 25;
const energy = 29.79;

/** Counts of a line of one species in a box whose only interaction tells the flavours apart. */
function counts(species: string, way: string, changes: Readonly<Record<string, number>> = {}): number {
  const names = way === "" ? "" : ` + ${/(?:interaction|use) (\w+)/.exec(way)?.[1]}`;
  const free = Object.keys(changes).map((name) => `  free ${name}`);
  const { analysis } = compiled(
    modelOfText(`use nuclei { Ge72 }
use interactions { Sterile, LargeExtraDimensions }
interaction Probe {
  parameter weight[l] = 0 in 0 .. 9
  charge[l] += weight[l]
  gV_e[l] += weight[l]
}
source Lamp {
  input distance: length
  fluence = 1e20 /cm^2
  spectrum[${species}](E) = delta(E - ${energy} MeV)
}
detector Box { target Ge72 = 1 kg }
experiment Run {
  source Lamp { distance = ${distance} m }
  detector Box
}
${way.startsWith("use") ? "" : way}
analysis A {
  model = Probe${names}
  experiments = Run
  fix Probe.weight[e] = 1
  fix Probe.weight[mu] = 2
  fix Probe.weight[tau] = 3
  data = asimov
${free.join("\n")}
}`),
  );
  return sum(countsOf(analysis, changes).total);
}

/** Rates per neutrino go with the square of the charge: 1, 4 and 9. */
const weights = { e: 1, mu: 4, tau: 9 };
const unit = counts("nu_e", "");

describe("flux[l -> k]", () => {
  test("shares of the flux arrive with other flavours, and neutrinos stay neutrinos", () => {
    const way = `interaction Way {
  flux[mu -> tau] *= 0.2
  flux[mu -> e] *= 0.1
  flux[mu] *= 0.5
}`;
    const mu = 0.5 * (weights.mu + 0.2 * weights.tau + 0.1 * weights.e);
    expect(difference(counts("nu_mu", way), mu * unit)).toBeLessThan(1e-10);
    expect(difference(counts("nubar_mu", way), mu * unit)).toBeLessThan(1e-10);
    expect(difference(counts("nu_e", way), weights.e * unit)).toBeLessThan(1e-10);
    const signs = `interaction Way { flux[l -> k] *= if nu_sign > 0 and l == k then 1 else 0 }`;
    expect(difference(counts("nu_tau", signs), weights.tau * unit)).toBeLessThan(1e-10);
    expect(counts("nubar_tau", signs)).toBe(0);
  });

  test("a sterile neutrino: the sum over mass states of the exact amplitudes", () => {
    const [ue, umu, dm2] = [0.3, 0.45, 2.5];
    // |sum_i U_li U_ki exp(-i m_i^2 L/2E)|^2 with the first three masses equal.
    const phase = (dm2 * 1e-12 * distance) / (2 * energy * hbarc * 1e-15);
    const probability = (same: boolean, product: number): number => {
      const light = (same ? 1 : 0) - product;
      return light * light + product * product + 2 * light * product * Math.cos(phase);
    };
    const expected = weights.mu * probability(true, umu * umu) + weights.e * probability(false, umu * ue);
    const found = counts("nu_mu", "use Sterile", {
      "Sterile.U4[e]": ue,
      "Sterile.U4[mu]": umu,
      "Sterile.dm2_41": dm2,
    });
    expect(difference(found, expected * unit)).toBeLessThan(1e-8);
    const none = counts("nubar_e", "use Sterile", { "Sterile.U4[mu]": 0.4 });
    expect(difference(none, weights.e * unit)).toBeLessThan(1e-10);
  });

  test("towers of a large extra dimension: masses and shares from the sums over modes that their cotangents stand for", () => {
    const [radius, lightest] = [0.5e-6, 0.05];
    const perEv = radius / (hbarc * 1e-9);
    const masses = [0, 7.53e-5, 2.529e-3].map((dm2) => Math.sqrt(lightest ** 2 + dm2));
    const [s12, s13, s23] = [Math.sqrt(0.307), Math.sqrt(0.022), Math.sqrt(0.546)];
    const [c12, c13, c23] = [s12, s13, s23].map((s) => Math.sqrt(1 - s * s)) as [number, number, number];
    const mixing = {
      e: [c12 * c13, s12 * c13, s13],
      mu: [-s12 * c23 - c12 * s23 * s13, c12 * c23 - s12 * s23 * s13, s23 * c13],
      tau: [s12 * s23 - c12 * c23 * s13, -c12 * s23 - s12 * c23 * s13, c23 * c13],
    };
    const towers = masses.map((mass) => towerOf(mass * perEv));
    const phase = distance / (2 * energy * 1e6 * hbarc * 1e-9 * perEv ** 2);
    const probability = (l: "e" | "mu" | "tau", k: "e" | "mu" | "tau"): number => {
      let [re, im] = [0, 0];
      towers.forEach((tower, i) => {
        for (const { mass, share } of tower) {
          const weight = (mixing[l][i] ?? 0) * (mixing[k][i] ?? 0) * share;
          re += weight * Math.cos(mass ** 2 * phase);
          im += weight * Math.sin(mass ** 2 * phase);
        }
      });
      return re * re + im * im;
    };
    const flavors = ["e", "mu", "tau"] as const;
    const expected = flavors.reduce((total, k) => total + weights[k] * probability("mu", k), 0);
    const found = counts("nu_mu", "use LargeExtraDimensions", {
      "LargeExtraDimensions.R_ED": 0.5,
      "LargeExtraDimensions.m_0": lightest,
    });
    expect(difference(found, expected * unit)).toBeLessThan(1e-4);
    expect(flavors.reduce((total, k) => total + probability("mu", k), 0)).toBeLessThan(0.98);
  });
});

/**
 * Eleven modes of the mass matrix of one active neutrino and many pairs of modes, Dirac mass a/R and modes n/R: the
 * eigenvalues solve a^2 - x^2 - 2 a^2 x^2 sum 1/(n^2 - x^2) = 0.
 */
function towerOf(a: number): readonly { mass: number; share: number }[] {
  const count = 4000;
  const sumOver = (term: (n: number) => number): number =>
    Array.from({ length: count }, (_, i) => term(i + 1)).reduce((total, one) => total + one, 0);
  // The modes beyond the last one, by the integral over n from count + 1/2.
  const secular = (x: number): number =>
    a * a - x * x - 2 * a * a * x * x * (sumOver((n) => 1 / (n * n - x * x)) + 1 / (count + 0.5));
  return Array.from({ length: 11 }, (_, mode) => {
    let [low, high] = [mode + 1e-12, mode + 0.5];
    const sign = Math.sign(secular(low));
    for (let step = 0; step < 45; step++) {
      const middle = (low + high) / 2;
      if (Math.sign(secular(middle)) === sign) low = middle;
      else high = middle;
    }
    const others =
      sumOver((n) => (2 * a * a * n * n) / (n * n - low * low) ** 2) + (2 * a * a) / (count + 0.5);
    return { mass: low, share: 1 / (1 + others) };
  });
}
