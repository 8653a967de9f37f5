import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { E_min, type KinematicFactor, kinematicFactors, q, T_max } from "../../runtime/kinematics.ts";
import { expectClose } from "./close.ts";

const energy = fc.double({ min: 0.1, max: 100, noNaN: true });
const mass = fc.double({ min: 0.511, max: 2e5, noNaN: true });
const variants: readonly KinematicFactor[] = ["leading", "exact", "spin-half"];

describe("kinematics", () => {
  it("T_max and E_min are inverses", () => {
    fc.assert(fc.property(energy, mass, (E, M) => expectClose(E_min(T_max(E, M), M), E, 1e-13)));
  });

  it("T_max follows from energy and momentum conservation in back-scattering", () => {
    fc.assert(
      fc.property(energy, mass, (E, M) => {
        const T = T_max(E, M);
        // momenta: E = −(E − T) + √(T² + 2MT)
        expectClose(Math.sqrt(T * T + 2 * M * T), 2 * E - T, 1e-12);
      }),
    );
  });

  it("q is √(2MT)", () => {
    expectClose(q(0.01, 123772.539739), 49.75390230705527, 1e-15);
    expect(q(0, 1e5)).toBe(0);
  });

  it("factors are 1 at zero recoil, and zero beyond T_max", () => {
    fc.assert(
      fc.property(energy, mass, (E, M) => {
        for (const variant of variants) {
          const factor = kinematicFactors[variant];
          expect(factor(E, 0, M)).toBe(1);
          expect(factor(E, T_max(E, M) * 1.0001, M)).toBe(0);
          expect(factor(E, T_max(E, M), M)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("the exact factor vanishes at T_max, where spin forbids back-scattering", () => {
    fc.assert(
      fc.property(energy, mass, (E, M) => {
        expectClose(kinematicFactors.exact(E, T_max(E, M), M), 0, 0, 1e-14);
      }),
    );
  });

  it("the factors differ by T/E and T²/2E²", () => {
    const [E, T, M] = [30, 0.01, 123772];
    const leading = kinematicFactors.leading(E, T, M);
    expectClose(leading, 1 - (M * T) / (2 * E * E), 1e-15);
    expectClose(kinematicFactors.exact(E, T, M), leading - T / E, 1e-15);
    expectClose(kinematicFactors["spin-half"](E, T, M), leading - T / E + T ** 2 / (2 * E ** 2), 1e-15);
  });
});
