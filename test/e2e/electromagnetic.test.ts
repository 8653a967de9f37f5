/** Electromagnetic properties of neutrinos through the command line: limits at 90 % from CsI, Dresden-II and all together. */
import { describe, expect, test } from "vitest";
import type { AnalysisFit, FitOutput } from "../../compiler/cli/schemas/fit.ts";
import { sevens, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const example = (name: string): string => `${root}/examples/electromagnetic/${name}.sevens`;

/** The fits of some analyses of an example, by name. */
async function fits(name: string, analyses: readonly string[]): Promise<ReadonlyMap<string, AnalysisFit>> {
  const chosen = ["--analysis", analyses.join(","), "--precision", "1e-4", "--format", "json"];
  const { code, stdout, stderr } = await sevens(["fit", example(name), ...chosen]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(violations("fit", stdout)).toBeUndefined();
  const { analyses: found }: FitOutput = JSON.parse(stdout);
  return new Map(found.map((one) => [one.name, one]));
}

/** The ends of the interval of the property of an analysis, region after region. */
function ends(fit: AnalysisFit | undefined): readonly (number | null)[] {
  const interval = fit?.intervals.find(({ parameter }) => /\[/.test(parameter));
  return interval?.regions.flatMap(({ low, high }) => [low, high]) ?? [];
}

/** Within half a percent of each bound. */
function expectEnds(fit: AnalysisFit | undefined, expected: readonly number[]): void {
  const found = ends(fit);
  expect(found).toHaveLength(expected.length);
  expected.forEach((end, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - end)).toBeLessThanOrEqual(0.005 * Math.abs(end));
  });
}

describe("electromagnetic properties", { timeout: 120_000 }, () => {
  test.each(["csi", "dresden-ii", "joined"])("%s has no problems", async (name) => {
    expect(await sevens(["check", example(name)])).toMatchObject({ code: 0, stdout: "" });
  });

  test("CsI: two regions of each charge radius, limits of the magnetic moments", async () => {
    const found = await fits("csi", [
      "RadiusMu",
      "RadiusE",
      "MomentMuNuclei",
      "MomentENuclei",
      "MomentMu",
      "MomentE",
    ]);
    expectEnds(found.get("RadiusMu"), [-58.09e-32, -50.94e-32, -6.08e-32, 3.56e-32]);
    expectEnds(found.get("RadiusE"), [-65.29e-32, -47.57e-32, -8.51e-32, 11.79e-32]);
    expectEnds(found.get("MomentMuNuclei"), [0, 17.45e-10]);
    expectEnds(found.get("MomentENuclei"), [0, 44.3e-10]);
    // Electrons only make a limit stronger.
    expectEnds(found.get("MomentMu"), [0, 16.2e-10]);
    expectEnds(found.get("MomentE"), [0, 41.2e-10]);
    expect(found.get("RadiusMu")?.parameters[0]?.minima.map(({ above }) => above)).toEqual([
      0,
      expect.closeTo(1.21, 1),
    ]);
  });

  test("Dresden-II: a moment of a few 1e-10 Bohr magnetons, a charge of the order of 1e-11", async () => {
    const found = await fits("dresden-ii", ["Moment", "Charge", "ChargePhotons"]);
    const [zero, moment] = ends(found.get("Moment"));
    expect(zero).toBe(0);
    expect(moment).toBeGreaterThan(2e-10);
    expect(moment).toBeLessThan(4e-10);
    const [low, high] = ends(found.get("Charge"));
    expect(low).toBeCloseTo(-1.14e-11, 12);
    expect(high).toBeCloseTo(1.16e-11, 12);
    // Bound electrons absorb more than free ones.
    const [least, most] = ends(found.get("ChargePhotons"));
    expect(least).toBeCloseTo(-3.5e-12, 12);
    expect(most).toBeCloseTo(3.5e-12, 12);
  });

  test("together: each flavour by the experiment that sees it best", async () => {
    const found = await fits("joined", ["MomentE", "MomentMu", "RadiusMu"]);
    expectEnds(found.get("MomentE"), [0, 2.727e-10]);
    expectEnds(found.get("MomentMu"), [0, 16.4e-10]);
    expectEnds(found.get("RadiusMu"), [-58.23e-32, -50.45e-32, -4.9e-32, 4.21e-32]);
  });
});
