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

describe("the flux of the SNS as one number for two experiments", () => {
  const model = modelOfExample("joined/shared-flux.sevens");
  const fits = ["SharedFlux", "SeparateFluxes"].map((name) =>
    mustFit(compiled(model, { analyses: [name] }).analysis, { levels: [] }),
  );

  test("with the correlation ignored, the error of the mixing angle is 3 to 8 % too small, and its value another", () => {
    const [shared, separate] = fits.map(({ parameters }) => parameters.find(({ name }) => name === "s2w")!);
    const width = ({ errors: [minus, plus] = [0, 0] }: NonNullable<typeof shared>): number => minus + plus;
    expect(width(separate!) / width(shared!)).toBeGreaterThan(0.92);
    expect(width(separate!) / width(shared!)).toBeLessThan(0.97);
    expect(shared!.value).toBeCloseTo(0.2398, 3);
    expect(separate!.value).toBeCloseTo(0.2419, 3);
  });

  test("two fluxes are pulled apart, one stays where it is", () => {
    const pulls = fits.map(({ nuisances }) =>
      nuisances.filter(({ name }) => name.endsWith(".yield")).map(({ pull }) => pull),
    );
    expect(pulls).toEqual([[expect.closeTo(-0.05, 1)], [expect.closeTo(-0.24, 1), expect.closeTo(0.19, 1)]]);
  });
});
