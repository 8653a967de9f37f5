/** Sums over whole numbers and zeros of formulas. */
import { describe, expect, it } from "vitest";
import { compiled, difference, modelOfText, vector } from "../physics/compile.ts";

/** Counts of one neutrino in a box with a charge, and their slope by its parameter y. */
function chargeAt(formula: string, y: number): { charge: number; slope: number } {
  const { analysis } = compiled(
    modelOfText(`use nuclei { Ge72 }
interaction Probe {
  parameter y = 2 in 0.1 .. 9
  dsigma/dT += (${formula})/MeV^3
}
source Lamp {
  fluence = 1e20 /cm^2
  spectrum[nu_e](E) = delta(E - 30 MeV)
}
detector Box { target Ge72 = 1 kg }
experiment Run {
  source Lamp
  detector Box
}
analysis A {
  model = Probe
  experiments = Run
  free Probe.y
  data = asimov
}`),
  );
  const at = (value: number): number =>
    analysis.counts(vector(analysis, { "Probe.y": value })).Run?.total[0] ?? Number.NaN;
  const h = 1e-4;
  return { charge: at(y), slope: (at(y + h) - at(y - h)) / (2 * h) };
}

const one = chargeAt("y", 2).charge / 2;

describe("root", () => {
  it("is the zero between the ends, and moves with the parameters of the formula", () => {
    const { charge, slope } = chargeAt("root(x^2 - y, x = 0 .. 4)", 3);
    expect(difference(charge, one * Math.sqrt(3))).toBeLessThan(1e-12);
    expect(difference(slope, one / (2 * Math.sqrt(3)))).toBeLessThan(1e-6);
  });

  it("is not a number where nothing changes its sign", () => {
    expect(chargeAt("root(x^2 + y, x = 0 .. 4)", 3).charge).toBeNaN();
  });
});

describe("sum over whole numbers", () => {
  it("has both ends in it", () => {
    const { charge } = chargeAt("sum(y^n, n = 0 .. 6)", 1.5);
    expect(difference(charge, (one * (1.5 ** 7 - 1)) / 0.5)).toBeLessThan(1e-12);
  });
});
