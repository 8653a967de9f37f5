/** Solar neutrinos that change their flavour in the Sun: survival against limits and measured values. */
import { describe, expect, test } from "vitest";
import { compiled, countsOf, difference, modelOfText, sum } from "./compile.ts";

/** Counts of a line of solar neutrinos, seen by flavours in proportion to weights. */
function counts(
  energy: number,
  weights: readonly [number, number, number],
  model = "Probe + SolarOscillations",
): number {
  const [e, mu, tau] = weights.map((weight) => Math.sqrt(weight));
  const { analysis } = compiled(
    modelOfText(`use nuclei { Ge72 }
use interactions { SolarOscillations }
interaction Probe {
  charge[e] += ${e}
  charge[mu] += ${mu}
  charge[tau] += ${tau}
}
source Lamp {
  fluence = 1e20 /cm^2
  spectrum[nu_e](E) = delta(E - ${energy} MeV)
}
detector Box { target Ge72 = 1 kg }
experiment Run {
  source Lamp
  detector Box
}
analysis A {
  model = ${model}
  experiments = Run
  data = asimov
}`),
    { derivatives: "none" },
  );
  return sum(countsOf(analysis).total);
}

const survival = (energy: number): number => counts(energy, [1, 0, 0]) / counts(energy, [1, 1, 1], "Probe");

describe("solar neutrinos at the Earth", () => {
  test("as in vacuum at low energies: cos^4 (1 - sin^2(2 theta_12)/2), 0.55 measured for pp", () => {
    const [s12, s13] = [0.307, 0.022];
    const vacuum = (1 - s13) ** 2 * (1 - 2 * s12 * (1 - s12)) + s13 ** 2;
    expect(difference(survival(0.005), vacuum)).toBeLessThan(1e-3);
    // Borexino: 0.57 +- 0.09 for pp, 0.53 +- 0.05 for beryllium-7 (arXiv:1707.09279).
    expect(Math.abs(survival(0.267) - 0.57)).toBeLessThan(0.09);
    expect(Math.abs(survival(0.862) - 0.53)).toBeLessThan(0.05);
  });

  test("by matter at high energies: towards sin^2 theta_12; SNO finds 0.317 +- 0.018 at 10 MeV", () => {
    const limit = (1 - 0.022) ** 2 * 0.307 + 0.022 ** 2;
    expect(survival(18)).toBeGreaterThan(limit);
    expect(survival(1000)).toBeCloseTo(limit, 3);
    // arXiv:1109.0763
    expect(Math.abs(survival(10) - 0.317)).toBeLessThan(0.018);
  });

  test("what is lost is found as muon and tau neutrinos", () => {
    const all = counts(10, [1, 1, 1], "Probe");
    expect(difference(counts(10, [1, 1, 1]), all)).toBeLessThan(1e-12);
    const [mu, tau] = [counts(10, [0, 1, 0]), counts(10, [0, 0, 1])];
    expect(difference(mu / tau, (1 - 0.546) / 0.546)).toBeLessThan(1e-9);
  });
});
