/** The weak charge of caesium against its definition by integrals, and against published values. */
import { describe, expect, test } from "vitest";
import { alpha } from "../../runtime/index.ts";
import { difference } from "./compile.ts";
import { valuesAt } from "./points.ts";

const use = "use functions/cesiumWeakCharge { cesiumWeakCharge, cesiumMeasured, electronOverlap }";
const value = (formula: string): number => valuesAt(use, formula, [1])[0] ?? Number.NaN;

/** Electrons inside an even sphere of charge with radius 1: what the Dirac equation gives to order (Zα)². */
const electrons = (r: number): number => 1 - ((55 * alpha) ** 2 / 2) * (r ** 2 - r ** 4 / 5 + r ** 6 / 75);

/** Mean over an even sphere of radius t. */
function overlap(t: number): number {
  const steps = 2000;
  let total = 0;
  for (let k = 0; k < steps; k++) {
    const r = (t * (k + 0.5)) / steps;
    total += ((3 * r ** 2) / t ** 3) * electrons(r) * (t / steps);
  }
  return total;
}

describe("parity violation in caesium", () => {
  test("overlap of nucleons and electrons is the mean over a sphere; 817/3150 for the protons", () => {
    for (const t of [0.9, 1, 1.06, 1.2]) {
      expect(difference(value(`electronOverlap(${t}, 55)`), overlap(t))).toBeLessThan(1e-7);
    }
    const protons = 1 - (817 / 3150) * (55 * alpha) ** 2;
    expect(difference(value("electronOverlap(1, 55)"), protons)).toBeLessThan(1e-12);
  });

  test("the Standard Model without skin: -73.23(1)", () => {
    expect(Math.abs(value("cesiumWeakCharge(0.23857, 4.821 fm)") + 73.23)).toBeLessThan(0.02);
  });

  test("the skin of the shell model takes 0.4 % off, and a skin of 0.13 fm the published 0.2 %", () => {
    const bare = value("cesiumWeakCharge(0.23857, 4.821 fm)");
    const shift = (Rn: number): number => value(`cesiumWeakCharge(0.23857, ${Rn} fm)`) / bare - 1;
    expect(shift(5.09)).toBeCloseTo(-0.0044, 3);
    // 0.8995 without the skin, 0.8977 with it.
    expect(shift(4.821 + 0.13)).toBeCloseTo(0.8977 / 0.8995 - 1, 3);
  });

  test("the measured charge is -72.82(42) with the published amplitude 0.8977", () => {
    expect(value("cesiumMeasured(0.8977)")).toBeCloseTo(-72.82, 2);
    const error = Math.hypot(0.0055 / 1.5924, 0.033 / 27.064, 0.004 / 0.8995);
    expect(72.67 * error).toBeCloseTo(0.42, 2);
  });

  test("alone it gives sin^2 theta_W, for the two amplitudes of atomic theory", () => {
    const slope = value("cesiumWeakCharge(0.24857, 5.09 fm) - cesiumWeakCharge(0.23857, 5.09 fm)") / 0.01;
    const angle = (amplitude: number): number =>
      0.23857 + value(`cesiumMeasured(${amplitude}) - cesiumWeakCharge(0.23857, 5.09 fm)`) / slope;
    // arXiv:2303.09360 with COHERENT, which adds little: 0.2398 +0.0016 -0.0015.
    expect(Math.abs(angle(0.8931) - 0.2398)).toBeLessThan(0.0004);
    expect(angle(0.8995)).toBeLessThan(angle(0.8931) - 0.002);
  });
});
