import { describe, expect, it } from "vitest";
import * as exported from "../../runtime/constants.ts";
import { constants, fTn_d, fTn_u, fTp_d, fTp_u, m_d, m_n, m_p, m_u } from "../../runtime/constants.ts";
import { expectClose } from "./close.ts";
import { needsReference, reference } from "./reference.ts";

const number = (name: string): unknown => Object.entries(exported).find(([key]) => key === name)?.[1];

describe("constants", () => {
  it("names each constant once, with unit, source and doc", () => {
    expect(new Set(constants.map(({ name }) => name)).size).toBe(constants.length);
    for (const { unit, cite, doc } of constants) {
      expect(unit).not.toBe("");
      expect(cite).toMatch(/^(CODATA2018|PDG2022|definition|arXiv:\d{4}\.\d{5})$/);
      expect(doc).not.toBe("");
    }
  });

  it("exports the number of every entry under its name", () => {
    for (const { name, value } of constants) expect(number(name)).toBe(value);
  });

  it("has errors much smaller than the values", () => {
    for (const entry of constants) {
      if ("uncertainty" in entry) expect(entry.uncertainty).toBeLessThan(0.25 * entry.value);
    }
  });

  it("gives 17.3 per nucleon to a scalar that couples to u and d alike", () => {
    expectClose(m_p * (fTp_u / m_u + fTp_d / m_d), 17.3, 1e-3);
    expectClose(m_n * (fTn_u / m_u + fTn_d / m_d), 17.3, 1e-3);
  });

  it.skipIf(reference === undefined)(`equals the reference code's constants ${needsReference}`, () => {
    const table: readonly [string, number, number][] = [
      ["HBARC", exported.hbarc, 1],
      ["GF", exported.G_F, 1e-6],
      ["ALPHA", exported.alpha, 1],
      ["ME", exported.m_e, 1],
      ["MMU", exported.m_mu, 1],
      ["MTAU", exported.m_tau, 1],
      ["MPI", exported.m_pi, 1],
      ["MW", exported.M_W, 1],
      ["MZ", exported.M_Z, 1],
      ["NA", exported.N_A, 1],
      ["TAU_MU", exported.tau_mu, 1],
      ["TAU_PI", exported.tau_pi, 1e-3],
    ];
    for (const [name, value, factor] of table) {
      expectClose(value * factor, reference?.constants[name] ?? Number.NaN, 1e-15);
    }
  });
});
