import { describe, expect, it } from "vitest";
import { projection, sevens, violations } from "../cli/harness.ts";

async function scan(...args: readonly string[]) {
  return sevens(["scan", "-", ...args], { stdin: projection });
}

async function refused(grid: string): Promise<string> {
  const { code, stdout, stderr } = await scan("--grid", grid);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr.split("\n")[0] ?? "";
}

async function firstColumn(grid: string): Promise<readonly number[]> {
  const { code, stdout, stderr } = await scan("--grid", grid);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",")[0]));
}

describe("a grid", () => {
  it("is a range with points, a step, or a list", async () => {
    expect(await firstColumn("s2w in 0.1 .. 0.3 3 points")).toEqual([0.1, 0.2, 0.3]);
    expect(await firstColumn("StandardModel.s2w in 10% .. 30% log 3 points")).toEqual([
      0.1, 0.17320508075689, 0.3,
    ]);
    expect(await firstColumn("s2w in 0.1 .. 0.2 step 0.04")).toEqual([0.1, 0.14, 0.18]);
    expect(await firstColumn("s2w = 0.1, 0.25 .. 0.3 step 0.025")).toEqual([0.1, 0.25, 0.275, 0.3]);
    expect(await firstColumn("s2w = 0.2")).toEqual([0.2]);
  });

  it("takes the range of the spec", async () => {
    const { stdout } = await scan("--grid", "k 3 points", "--format", "json");
    expect(violations("scan", stdout)).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({
      analysis: "Ge1Sensitivity",
      grid: [{ name: "Ge1.k", unit: "", values: [0.05, 0.175, 0.3] }],
      profiled: [{ name: "s2w" }, { name: "Ge1Run.flux" }, { name: "Ge1Run.Flat" }],
    });
  });

  it("is refused when it says nothing that can be done", async () => {
    expect(await refused("s2v 5 points")).toMatch(/no parameter `s2v`/);
    expect(await refused("s2w in 0.1 .. 0.2 1 points")).toMatch(/at least two points/);
    expect(await refused("s2w in 0.1 .. 0.2 0 points")).toMatch(/at least two points/);
    expect(await refused("s2w in 0.1 .. 0.2 -3 points")).toMatch(/`-3` is not a number of points/);
    expect(await refused("s2w in 0.1 .. 0.2 2000000 points")).toMatch(/1000000 at most/);
    expect(await refused("s2w in 0.1 .. 0.2")).toMatch(/how many points/);
    expect(await refused("s2w in 0.2 .. 0.1 5 points")).toMatch(/ends before it begins/);
    expect(await refused("s2w = 0.2, 0.1")).toMatch(/do not increase/);
    expect(await refused("s2w = 0.2, 0.2")).toMatch(/do not increase/);
    expect(await refused("s2w in 1 .. 2 5 points")).toMatch(/beyond the range of `s2w`, 0 .. 0.5/);
    expect(await refused("s2w in 0 .. 0.2 log 5 points")).toMatch(/begins above 0/);
    expect(await refused("s2w in 0.1 fm .. 0.2 fm 5 points")).toMatch(/SV1214/);
    expect(await refused("s2w 0.1 0.2 5 points")).toMatch(/this is no grid/);
    expect(await refused("")).toMatch(/this is no grid/);
  });

  it("has one to three different parameters", async () => {
    expect((await scan()).stderr).toMatch(/a scan needs a grid/);
    const twice = await scan("--grid", "s2w 3 points", "--grid", "s2w 3 points");
    expect(twice.stderr).toMatch(/`s2w` is in the grid twice/);
    const four = Array.from({ length: 4 }, () => ["--grid", "k 3 points"]).flat();
    expect((await scan(...four)).stderr).toMatch(/3 parameters at most/);
  });
});
