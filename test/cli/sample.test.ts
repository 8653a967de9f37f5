import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SampleOutput } from "../../compiler/cli/schemas/sample.ts";
import { inFolder, neutronRadius, projection, sevens, textIn, violations } from "./harness.ts";

async function sampled(file: string, args: readonly string[], stdin = "") {
  const { code, stdout, stderr } = await sevens(["sample", file, "--format", "json", ...args], { stdin });
  expect(violations("sample", stdout)).toBeUndefined();
  const output: SampleOutput = JSON.parse(stdout);
  return { code, stderr, output };
}

describe("sample", () => {
  it("of the neutron radius agrees with its profile", async () => {
    const { code, stderr, output } = await sampled(neutronRadius, ["--draws", "1000"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const radius = output.parameters.find(({ name }) => name === "Rn")!;
    const [interval] = radius.intervals;
    // The profile: 4.986 .. 5.809 fm.
    expect(interval!.level).toBe(0.6827);
    const sigma = (5.809 - 4.986) / 2;
    expect(Math.abs(interval!.highest[0]![0]! - 4.986) / sigma).toBeLessThan(0.15);
    expect(Math.abs(interval!.highest[0]![1]! - 5.809) / sigma).toBeLessThan(0.15);
    for (const { rhat } of output.parameters) expect(rhat).toBeLessThan(1.01);
  });

  it("is the same by one thread and by two, to the byte, with all draws in a table", async () => {
    await inFolder({}, async (cwd) => {
      const args = [
        "sample",
        neutronRadius,
        "--draws",
        "50",
        "--warmup",
        "100",
        "--chains",
        "2",
        "--seed",
        "5",
      ];
      for (const workers of ["1", "2"]) {
        const { stdout } = await sevens([...args, "--workers", workers, "--data", `${workers}.csv`], { cwd });
        expect(stdout).toContain("NeutronRadius   2 chains of 50 draws after 100, seed 5");
      }
      const [one, two] = ["1.csv", "2.csv"].map((name) => textIn(cwd, name));
      expect(one).toBe(two);
      const lines = one!.trimEnd().split("\n");
      const rows = lines.filter((line) => !line.startsWith("#"));
      expect(lines).toContain("# range of Rn [fm]: 3 .. 8");
      expect(rows).toHaveLength(101);
      expect(rows[0]).toBe(
        "chain,draw,chi2,steps,acceptance,CsI2021.norm,CsI2021.SSB,CsI2021.BRN,CsI2021.NIN,Rn [fm],divergent",
      );
      const corner = ["plot", "1.csv", "--corner", "--parameter", "Rn", "--parameter", "CsI2021.norm"];
      const drawn = await sevens([...corner, "-o", "c.svg", "--data", "c.csv"], { cwd });
      expect(drawn).toMatchObject({ code: 0 });
      expect(textIn(cwd, "c.svg")).toContain("Rn (fm)");
      expect(textIn(cwd, "c.csv")).toMatch(/^kind,x,y,level,line,at_x,at_y\ndensity,Rn,/);
      expect(await sevens(["plot", "c.csv", "--corner"], { cwd })).toMatchObject({ code: 2 });
    });
  });

  it("with several peaks says that the chains differ, and shows the peaks", async () => {
    const spec = `sevens 1
use interactions { StandardModel, NSI }
use experiments { CsI2021 }
analysis MuonUp {
  model = StandardModel + NSI
  experiments = CsI2021
  free NSI.eps_u[mu, mu] in -0.5 .. 1
}
`;
    const { code, stderr, output } = await sampled("-", ["--draws", "200", "--warmup", "200"], spec);
    expect(code).toBe(3);
    expect(stderr).toContain("SV1808");
    const coupling = output.parameters.find(({ name }) => name.startsWith("NSI"))!;
    expect(coupling.intervals[0]!.highest.length).toBeGreaterThan(1);
  });

  it("few draws are a warning behind the result", async () => {
    const { code, stderr } = await sampled(
      "-",
      ["--draws", "20", "--warmup", "60", "--seed", "3"],
      projection,
    );
    expect(stderr).toMatch(/SV180[89]/);
    expect([0, 3]).toContain(code);
  });

  it("wants a range of each free parameter", async () => {
    const open = projection.replace(
      "free s2w in 0 .. 0.5",
      "parameter shift = 0\n  tie s2w = 0.2386 + shift",
    );
    const { code, stderr } = await sevens(["sample", "-"], { stdin: open });
    expect(code).toBe(3);
    expect(stderr).toContain("`shift` has no range");
  });

  it("leaves nothing beside its result", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      const args = ["--draws", "20", "--warmup", "60", "--chains", "2", "-o", "p.txt"];
      await sevens(["sample", "a.sevens", ...args], { cwd });
      expect(existsSync(`${cwd}/p.txt.part`)).toBe(false);
      expect(readFileSync(`${cwd}/p.txt`, "utf8")).toContain("R-hat");
    });
  });
});
