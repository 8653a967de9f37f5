import { describe, expect, it } from "vitest";
import type { XsecOutput } from "../../compiler/cli/schemas/xsec.ts";
import { neutronRadius, sevens, violations } from "./harness.ts";

async function xsecOf(...args: string[]): Promise<XsecOutput> {
  const { code, stdout, stderr } = await sevens(["xsec", neutronRadius, ...args, "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(violations("xsec", stdout)).toBeUndefined();
  return JSON.parse(stdout);
}

describe("xsec", () => {
  it("averages over the fluxes of the sources unless energies are given", async () => {
    const { points, averages } = await xsecOf();
    expect(points).toEqual([]);
    expect(averages.map(({ nucleus, source }) => [nucleus, source])).toEqual([
      ["Cs133", "SNS"],
      ["I127", "SNS"],
    ]);
    for (const { sigma } of averages) expect(sigma / 1.8e-38).toBeCloseTo(1, 0);
  });

  it("gives dsigma/dT at points; a flavour is its neutrino", async () => {
    const { points, averages, units } = await xsecOf(
      ...["--nucleus", "Cs133", "--flavor", "mu", "--E", "30MeV", "--T", "10keV"],
    );
    expect(averages).toEqual([]);
    expect(points).toMatchObject([{ nucleus: "Cs133", flavor: "nu_mu", E: 30, T: 0.01 }]);
    expect(points[0]!.dsigma_dT).toBeGreaterThan(1e-37);
    expect(units).toEqual({ E: "MeV", T: "MeV", dsigma_dT: "cm^2/MeV", sigma: "cm^2" });
  });

  it("--electrons takes the electrons of the atoms, for which caesium has more than iodine", async () => {
    const { recoil, points } = await xsecOf(
      ...["--electrons", "--flavor", "nubar_mu", "--E", "30MeV", "--T", "10 MeV"],
    );
    expect(recoil).toBe("electron");
    const [cesium, iodine] = points.map(({ dsigma_dT }) => dsigma_dT);
    expect(cesium! / iodine!).toBeCloseTo(55 / 53, 12);
    expect(cesium!).toBeGreaterThan(1e-45);
  });

  it("takes lists, ranges and both", async () => {
    const grid = (E: string) => xsecOf("--nucleus", "I127", "--flavor", "nu_e", "--T", "1 keVnr", "--E", E);
    const energies = async (E: string) => (await grid(E)).points.map((point) => point.E);
    expect(await energies("10MeV,20 MeV")).toEqual([10, 20]);
    expect(await energies("[10, 20, 0.1 .. 0.4 step 0.1] MeV")).toEqual([10, 20, 0.1, 0.2, 0.3, 0.4]);
    expect(await energies("10 MeV .. 50 MeV step 10 MeV")).toEqual([10, 20, 30, 40, 50]);
    expect(await energies("10 .. 20 MeV")).toHaveLength(21);
  });

  it("without a form factor the cross section only falls linearly", async () => {
    const at = (...args: string[]) =>
      xsecOf("--nucleus", "Cs133", "--flavor", "mu", "--E", "30MeV", "--T", "5keV", ...args);
    const [helm, point] = await Promise.all([at(), at("--formfactor", "none")]);
    expect(point.points[0]!.dsigma_dT / helm.points[0]!.dsigma_dT).toBeGreaterThan(1.2);
  });

  it.each([
    [["--E", "30MeV"], "`--E` needs `--T`"],
    [["--E", "30", "--T", "1keV"], "expected an energy"],
    [["--E", "3 s", "--T", "1keV"], "this is time"],
    [["--E", "3 MeVV", "--T", "1keV"], "there is no unit `MeVV`"],
    [["--E", "x", "--T", "1keV"], "expected an energy"],
    [["--E", "0 MeV", "--T", "1keV"], "an energy is positive"],
    [["--E", "5 MeV .. 1 MeV", "--T", "1keV"], "ends before it begins"],
    [["--E", "1 .. 5 MeV step 1 eV", "--T", "1keV"], "more than"],
    [["--E", "1 MeV;", "--T", "1keV"], "SV100"],
    [["--flavor", "nu_x", "--E", "1MeV", "--T", "1keV"], "did you mean `nu_e`?"],
    [["--nucleus", "Cs132"], "did you mean `Cs133`?"],
    [["--formfactor", "Hlm"], "did you mean `Helm`?"],
  ])("%j exits 2", async (args, says) => {
    const outcome = await sevens(["xsec", neutronRadius, ...args]);
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
  });
});
