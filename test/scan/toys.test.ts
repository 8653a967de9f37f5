/** Toys on many cores, interrupted and taken up again. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder, projection, sevens, textIn, violations } from "../cli/harness.ts";
import { linesOf, startVerb, stopAt } from "./support.ts";

/** With a quenching that is known, a toy takes a millisecond. */
const spec = { "ge.sevens": projection.replace("  profile Ge1.k\n", "") };
const at = ["toys", "ge.sevens", "--at", "s2w = 0.2, 0.24"];

async function outputOf(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await sevens(args, { cwd });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe("toys", () => {
  it("are the same on one thread and on two, to the byte", { timeout: 120_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const tables = [];
      for (const workers of [["--workers", "1"], ["--workers", "2"], []]) {
        await outputOf([...at, "--count", "200", "--data", "all.csv", ...workers], folder);
        tables.push(textIn(folder, "all.csv"));
      }
      expect(tables[0]!.split("\n")).toHaveLength(402);
      expect(tables[0]).toMatch(/^toy,truth,true_s2w,t,chi2,best_s2w,converged\n0,0,0\.2,/);
      expect(tables[1]).toBe(tables[0]);
      expect(tables[2]).toBe(tables[0]);
    });
  });

  it("depend on the seed", async () => {
    await inFolder(spec, async (folder) => {
      const of = (...more: readonly string[]) =>
        outputOf([...at, "--count", "20", "--format", "csv", ...more], folder);
      expect(await of("--seed", "1")).toBe(await of());
      expect(await of("--seed", "2")).not.toBe(await of());
    });
  });

  it("go on after kills, also with another number of them", { timeout: 180_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const args = (count: number) => [...at, "--count", `${count}`, "-o", "t.csv", "--format", "csv"];
      const journal = join(folder, "t.csv.part");
      for (const lines of [100, 1500]) {
        const { signal } = await stopAt(
          startVerb([...args(20_000), "--workers", "2"], folder),
          "SIGKILL",
          journal,
          lines,
        );
        expect(signal).toBe("SIGKILL");
      }
      const kept = linesOf(journal) - 2;
      expect(kept).toBeGreaterThan(1400);
      const { code, stderr } = await sevens(args(1000), { cwd: folder });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^\d+ of 2000 toys were there already\n$/),
      });
      const table = textIn(folder, "t.csv");
      expect(existsSync(journal)).toBe(false);
      expect(table).toBe(await outputOf([...at, "--count", "1000", "--format", "csv"], folder));
    });
  });

  it("are kept when Ctrl-C ends them", { timeout: 60_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const args = [...at, "--count", "20000", "-o", "t.txt", "--workers", "2"];
      const { code, stderr } = await stopAt(
        startVerb(args, folder),
        "SIGINT",
        join(folder, "t.txt.part"),
        300,
      );
      expect(code).toBe(130);
      expect(stderr).toMatch(/interrupted: \d+ of 40000 toys are in `t.txt.part`; the same command goes on/);
    });
  });

  it("of another kind are refused", async () => {
    await inFolder(spec, async (folder) => {
      const args = [...at, "--count", "50", "-o", "t.txt"];
      await outputOf([...args, "--engine", "condor", "--tasks", "2"], folder);
      const refusal = async (...more: readonly string[]) => {
        const { code, stderr } = await sevens([...args, ...more], { cwd: folder });
        return `${code} ${stderr.split("\n")[0]}`;
      };
      expect(await refusal("--seed", "2")).toMatch(/^2 .*belongs to other toys/);
      expect(await refusal("--nuisances", "nominal")).toMatch(/^2 .*belongs to other toys/);
      await outputOf(["scan", join("t.txt.jobs", "plan.json"), "--shard", "1/2"], folder);
      const { stderr } = await sevens(args, { cwd: folder });
      expect(stderr).toBe("36 of 100 toys were there already\n");
      expect(textIn(folder, "t.txt")).toBe(await outputOf([...at, "--count", "50"], folder));
    });
  });
});

describe("a scan with toys", () => {
  const scan = [
    "scan",
    "ge.sevens",
    "--grid",
    "s2w in 0.2 .. 0.28 3 points",
    "--toys",
    "100",
    "--level",
    "1sigma,90%",
  ];

  it("has p-values and critical values at each point", async () => {
    await inFolder(spec, async (folder) => {
      const table = await outputOf(scan, folder);
      const [head = "", ...rows] = table
        .trimEnd()
        .split("\n")
        .map((line) => line.split(","));
      expect(head.slice(0, 12)).toEqual([
        ...["s2w", "chi2", "delta_chi2", "p_value", "p_value_error", "critical_1σ", "critical_1σ_low"],
        ...["critical_1σ_high", "critical_90%", "critical_90%_low", "critical_90%_high", "failed_toys"],
      ]);
      for (const row of rows) {
        const [one, ninety] = [Number(row[5]), Number(row[8])];
        expect(one).toBeGreaterThan(0.5);
        expect(ninety).toBeGreaterThan(one);
        expect(row[11]).toBe("0");
      }
      const json = await outputOf([...scan, "--format", "json"], folder);
      expect(violations("scan", json)).toBeUndefined();
      expect(JSON.parse(json).points[1].toys).toMatchObject({ failed: 0, critical: [{}, { level: 0.9 }] });
    });
  });

  it("comes out the same after a kill among the toys", { timeout: 120_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const many = scan.map((word) => (word === "100" ? "4000" : word));
      const journal = join(folder, "t.csv.toys.part");
      await stopAt(startVerb([...many, "-o", "t.csv", "--workers", "2"], folder), "SIGKILL", journal, 200);
      const { code, stderr } = await sevens([...scan, "-o", "t.csv"], { cwd: folder });
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringContaining("3 of 3 points were there already"),
      });
      expect(stderr).toMatch(/\d+ of 300 toys were there already/);
      expect(textIn(folder, "t.csv")).toBe(await outputOf(scan, folder));
      expect(["t.csv.part", "t.csv.toys.part"].map((name) => existsSync(join(folder, name)))).toEqual([
        false,
        false,
      ]);
    });
  });
});

it("fits of toys in a long valley go on until they arrive", async () => {
  const spec = `sevens 1
use interactions { StandardModel, UniversalVector }
use experiments { CsI2021 }
analysis Boson {
  model = StandardModel + UniversalVector
  experiments = CsI2021
  free g_Zp
  free M_Zp
}`;
  const grids = ["--grid", "M_Zp = 10 MeV", "--grid", "g_Zp in 1e-6 .. 2e-5 linear 3 points"];
  const args = ["scan", "-", ...grids, "--toys", "200", "--seed", "2", "--workers", "1"];
  const { code, stderr } = await sevens(args, { stdin: spec });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
