/** Flavours that change on the way: counts of a line source against closed forms. */
import { describe, expect, test } from "vitest";
import { hbarc } from "../../runtime/constants.ts";
import { compiled, countsOf, difference, modelOfText, sum } from "./compile.ts";

const distance = 25;
const energy = 29.79;

/** Counts of a line of one species in a box whose only interaction tells the flavours apart. */
function counts(species: string, way: string, changes: Readonly<Record<string, number>> = {}): number {
  const names = way === "" ? "" : ` + ${/interaction (\w+)/.exec(way)?.[1] ?? "Sterile"}`;
  const free = Object.keys(changes).map((name) => `  free ${name}`);
  const { analysis } = compiled(
    modelOfText(`use nuclei { Ge72 }
use interactions { Sterile }
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
});
