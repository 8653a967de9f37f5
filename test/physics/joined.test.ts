/** Experiments with Poisson and with Gaussian likelihoods in one fit. */
import { describe, expect, test } from "vitest";
import { compiled, modelOfExample, mustFit } from "./compile.ts";

const analysisOf = (name: string) => compiled(modelOfExample(`${name}.sevens`), { precision: 1e-4 }).analysis;

describe("CsI, argon and germanium together", () => {
  const joined = analysisOf("joined/weak-mixing-angle");

  test("have a likelihood each", () => {
    const found = joined.experiments.map(({ name, likelihood }) => [name, likelihood]);
    expect(found).toEqual([
      ["CsI2021", "poisson"],
      ["LAr2020", "poisson"],
      ["DresdenII", "gaussian"],
    ]);
  });

  test("add up: no nuisance is shared where the mixing angle is held", () => {
    const held = { fix: ["s2w"], errors: false };
    const csi = mustFit(analysisOf("coherent-csi/weak-mixing-angle"), held).minimum;
    const argon = mustFit(analysisOf("coherent-lar/neutron-radius"), {
      fix: ["Ar40.Rn"],
      values: { "Ar40.Rn": 3.55 },
      errors: false,
    }).minimum;
    const germanium = mustFit(analysisOf("dresden-ii/iron-filtered"), {
      constrain: ["DresdenII.norm"],
      errors: false,
    }).minimum;
    expect(mustFit(joined, held).minimum).toBeCloseTo(csi + argon + germanium, 3);
  });

  test("give sin2 theta_W = 0.242 +0.023 -0.022", () => {
    const [s2w] = mustFit(joined).parameters;
    expect(s2w?.value).toBeCloseTo(0.242, 3);
    expect(s2w?.errors?.[0]).toBeCloseTo(0.0219, 3);
    expect(s2w?.errors?.[1]).toBeCloseTo(0.0232, 3);
  });
});
