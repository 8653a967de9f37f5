import { describe, expect, it } from "vitest";
import type { RatesOutput } from "../../compiler/cli/schemas/rates.ts";
import { inFolder, neutronRadius, projection, sevens, textIn, violations } from "./harness.ts";

async function ratesOf(...args: string[]): Promise<RatesOutput> {
  const { code, stdout, stderr } = await sevens(["rates", ...args, "--format", "json"], {
    stdin: projection,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(violations("rates", stdout)).toBeUndefined();
  return JSON.parse(stdout);
}

describe("rates", () => {
  it("prints counts of every component, bin and channel as JSON", async () => {
    const { experiments } = await ratesOf(neutronRadius);
    const [csi] = experiments;
    expect(experiments).toHaveLength(1);
    expect(csi).toMatchObject({ name: "CsI2021", analysis: "NeutronRadius" });
    expect(csi!.axes.map(({ name, unit, edges }) => [name, unit, edges.length])).toEqual([
      ["pe", "PE", 10],
      ["time", "us", 12],
    ]);
    expect(Object.keys(csi!.components)).toEqual(["CEvNS", "SSB", "BRN", "NIN"]);
    expect(csi!.data).toHaveLength(99);
    expect(csi!.data?.reduce((sum, n) => sum + n, 0)).toBe(1578);
    const { CEvNS, SSB } = csi!.components;
    expect(SSB!.total).toBeCloseTo(1286, 6);
    expect(SSB!.channels).toBeUndefined();
    expect(Object.keys(CEvNS!.channels!)).toEqual(["nu_e", "nu_mu", "nubar_mu"]);
    const bin = (i: number) => Object.values(CEvNS!.channels!).reduce((sum, one) => sum + one.counts[i]!, 0);
    expect(bin(30)).toBeCloseTo(CEvNS!.counts[30]!, 9);
    expect(csi!.parameters.find(({ name }) => name === "Rn")).toEqual({
      name: "Rn",
      value: 5.06,
      unit: "fm",
    });
  });

  it("has the last axis fastest: prompt neutrinos come within the first microsecond", async () => {
    const [csi] = (await ratesOf(neutronRadius)).experiments;
    const { counts } = csi!.components.CEvNS!.channels!.nu_mu!;
    const at = (pe: number, time: number) => counts[pe * 11 + time]!;
    expect(at(3, 4)).toBeGreaterThan(100 * at(3, 10));
    expect(at(3, 4)).toBeGreaterThan(at(8, 4));
  });

  it("prints a table whose last line sums the bins", async () => {
    const { stdout } = await sevens(["rates", "-"], { stdin: projection });
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("Ge1Run (analysis Ge1Sensitivity)");
    expect(lines[2]).toMatch(/^energy \[keVee\] +CEvNS +Flat +total$/);
    expect(lines[4]).toMatch(/^0\.5 \.\. 0\.75 /);
    expect(lines.at(-1)).toMatch(/^all .* 60\.0000? /);
  });

  it("prints CSV with the edges and full precision", async () => {
    const { stdout } = await sevens(["rates", "-", "--format", "csv", "--split", "flavor"], {
      stdin: projection,
    });
    const [head, first, ...rest] = stdout.trimEnd().split("\n");
    expect(head).toBe(
      "experiment,analysis,energy_lo_keVee,energy_hi_keVee,CEvNS/nu_e,CEvNS/nu_mu,CEvNS/nubar_mu,CEvNS,Flat,total",
    );
    expect(first).toMatch(/^Ge1Run,Ge1Sensitivity,0\.5,0\.75,/);
    expect(rest).toHaveLength(11);
  });

  it("takes other values of parameters, with units", async () => {
    const total = ({ experiments }: RatesOutput) => experiments[0]!.components.CEvNS!.total;
    const nominal = total(await ratesOf("-"));
    const moved = total(await ratesOf("-", "--set", "s2w=0.3"));
    expect(moved / nominal).toBeGreaterThan(1.1);
    const far = total(await ratesOf(neutronRadius, "--set", "Rn=6 fm", "--set", "s2w=0.24"));
    expect(far).toBeLessThan(total(await ratesOf(neutronRadius)));
  });

  it("drops axes that are not asked for", async () => {
    const [csi] = (await ratesOf(neutronRadius, "--observables", "pe")).experiments;
    expect(csi!.axes.map(({ name }) => name)).toEqual(["pe"]);
    expect(csi!.total.counts).toHaveLength(9);
  });

  it.each([
    [["--set", "s2w:0.3"], 2, "SV1904"],
    [["--set", "s2w="], 2, "SV1904"],
    [["--set", "s2w=0.3+"], 2, "SV1005"],
    [["--set", "s2w=3 MeV"], 2, "SV12"],
    [["--experiment", "Ge1Ran"], 2, "did you mean `Ge1Run`?"],
    [["--analysis", "Nothing"], 2, "SV1903"],
    [["--observables", "enrgy"], 2, "did you mean `energy`?"],
  ])("%j exits %i with %s", async (args, code, says) => {
    const outcome = await sevens(["rates", "-", ...args], { stdin: projection });
    expect(outcome).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(says) });
  });

  it("points into the command line", async () => {
    const { stderr } = await sevens(["rates", "-", "--set", "s2w=3 MeV"], { stdin: projection });
    expect(stderr).toContain("1 | sevens rates - --set 's2w=3 MeV'\n  |                           ^^^^^");
  });

  it("counts that are no numbers are a numerical failure, not a result", async () => {
    const stdin = projection.replace("k = 0.16 ", "k = -0.1 ").replace("in 0.05 .. 0.3", "in -1 .. 0.3");
    const broken = stdin.replace("k * T * keVee/keVnr", "sqrt(k) * T * keVee/keVnr");
    const { code, stdout, stderr } = await sevens(["rates", "-"], { stdin: broken });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/SV18\d\d/);
  });

  it("says that without an interaction there is no signal", async () => {
    const stdin = projection.slice(0, projection.indexOf("/// How well")).replace(/use interactions.*\n/, "");
    const { code, stderr } = await sevens(["rates", "-"], { stdin });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "<stdin> has no interaction, so there is no signal\n",
    });
  });

  it("writes to a file, and says why it cannot", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      const good = await sevens(["rates", "a.sevens", "-o", "out.csv", "--format", "csv"], { cwd });
      expect(good).toMatchObject({ code: 0, stdout: "" });
      expect(textIn(cwd, "out.csv")).toMatch(/^experiment,/);
      const bad = await sevens(["rates", "a.sevens", "-o", "none/out.csv"], { cwd });
      expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no such folder") });
      const slip = await sevens(["rates", "a.sevens", "-o", "./a.sevens"], { cwd });
      expect(slip).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("it is the file that was read"),
      });
      expect(textIn(cwd, "a.sevens")).toBe(projection);
      const folder = await sevens(["rates", "a.sevens", "-o", "."], { cwd });
      expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining("it is a folder") });
    });
  });
});

describe("a document", () => {
  it("gives the numbers of the text that it comes from", async () => {
    const document = await sevens(["export", neutronRadius, "--to", "json"]);
    expect(document.code).toBe(0);
    const fromText = await sevens(["rates", neutronRadius, "--format", "json"]);
    const fromJson = await sevens(["rates", "-", "--format", "json"], { stdin: document.stdout });
    expect(fromJson.code).toBe(0);
    expect(fromJson.stdout).toBe(fromText.stdout);
  });

  it("is valid by its schema, and comes back as text", async () => {
    const document = await sevens(["export", "-", "--to", "json"], { stdin: projection });
    expect(violations("document", document.stdout)).toBeUndefined();
    const text = await sevens(["export", "-", "--to", "text"], { stdin: document.stdout });
    expect(text.stdout).toMatch(/^sevens 1\n/);
    const again = await sevens(["export", "-", "--to", "json"], { stdin: text.stdout });
    expect(JSON.parse(again.stdout).hash).toBe(JSON.parse(document.stdout).hash);
  });
});

describe("rates of a shape", () => {
  it("that parameters move out of the bins are told of as what they are", async () => {
    const moved = projection.replace(
      /background Flat \{\s+shape\(x\) = [^\n]+/,
      "parameter edge = 0 keVee in 0 keVee .. 100 keVee\n  background Flat {\n    shape(x) = 1/keVee for x in edge .. 100 keVee",
    );
    const { code, stderr } = await sevens(["rates", "-", "--set", "edge=90keVee"], { stdin: moved });
    expect(code).toBe(3);
    expect(stderr).toContain("SV1801");
    expect(stderr).toContain("a `shape` that is zero in all bins has no share of the events there");
  });
});
