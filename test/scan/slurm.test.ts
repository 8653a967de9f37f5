/** The same table from a real one-node Slurm, when it can be started here. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ranges } from "../../compiler/scan/slurm.ts";
import { inFolder, projection, sevens, textIn } from "../cli/harness.ts";
import { obstacle, type SlurmNode, startSlurm } from "./slurm-node.ts";
import { runScan, tableOf } from "./support.ts";

const grid = ["ge.sevens", "--grid", "k 3 points", "--grid", "s2w in 0.1 .. 0.4 12 points"];

const reason = obstacle();
if (reason !== undefined) console.warn(`no test of --engine slurm: ${reason}`);

describe.skipIf(reason !== undefined)("on Slurm", () => {
  let node: SlurmNode | string = "not started";

  beforeAll(async () => {
    node = await startSlurm();
    if (typeof node === "string") console.warn(`no test of --engine slurm: ${node}`);
  }, 120_000);

  afterAll(async () => {
    if (typeof node !== "string") await node.stop();
  }, 30_000);

  it("the table is that of a local scan, also when a task fails", { timeout: 180_000 }, async (context) => {
    if (typeof node === "string") return context.skip();
    const { env } = node;
    await inFolder({ "ge.sevens": projection }, async (work) => {
      const args = [...grid, "-o", "t.csv", "--engine", "slurm"];
      const submitted = runScan([...args, "--tasks", "3", "--detach"], work, env);
      expect(submitted).toMatchObject({ status: 0, stderr: expect.stringMatching(/^job \d+: 3 tasks\n/) });
      const id = textIn(work, "t.csv.jobs/submitted").trim();
      execFileSync("scancel", [`${id}_2`], { env: { ...process.env, ...env } });
      const { status, stderr } = runScan(args, work, env);
      expect(stderr).toMatch(/job \d+: 1 task\n/);
      expect(status).toBe(0);
      expect(textIn(work, "t.csv")).toBe(await tableOf(grid, work));
      expect(existsSync(join(work, "t.csv.jobs"))).toBe(false);
    });
  });

  it("so are the toys of its points", { timeout: 180_000 }, async (context) => {
    if (typeof node === "string") return context.skip();
    const { env } = node;
    const files = { "ge.sevens": projection.replace("  profile Ge1.k\n", "") };
    await inFolder(files, async (work) => {
      const args = ["ge.sevens", "--grid", "s2w in 0.2 .. 0.3 5 points", "--toys", "60", "--level", "90%"];
      const { status, stderr } = runScan(
        [...args, "-o", "t.csv", "--engine", "slurm", "--tasks", "2"],
        work,
        env,
      );
      expect(stderr).toMatch(/^job \d+: 2 tasks\njob \d+: 2 tasks\n/);
      expect(status).toBe(0);
      expect(textIn(work, "t.csv")).toBe(await tableOf(args, work));
      expect(existsSync(join(work, "t.csv.toys.jobs"))).toBe(false);
    });
  });
});

describe("tasks", () => {
  it("are named in runs", () => {
    expect(ranges([0, 1, 2, 5, 7, 8])).toBe("0-2,5,7-8");
  });

  it("are written for other systems, and merged by the same command", async () => {
    await inFolder({ "ge.sevens": projection }, async (work) => {
      for (const [engine, file] of [
        ["condor", "scan.sub"],
        ["snakemake", "Snakefile"],
        ["slurm", "job.sh"],
      ] as const) {
        const args = [...grid, "-o", `${engine}.csv`];
        const { code } = await sevens(["scan", ...args, "--engine", engine, "--tasks", "2", "--dry-run"], {
          cwd: work,
        });
        expect(code).toBe(0);
        const jobs = join(work, `${engine}.csv.jobs`);
        expect(readFileSync(join(jobs, file), "utf8")).toContain("run.sh");
        await tableOf([join(jobs, "plan.json"), "--shard", "1/2"], work);
        const { stderr } = await sevens(["scan", ...args], { cwd: work });
        expect(stderr).toBe("20 of 36 points were there already\n");
        expect(textIn(work, `${engine}.csv`)).toBe(await tableOf(grid, work));
      }
    });
  });

  it("say when there is no Slurm", async () => {
    await inFolder({ "ge.sevens": projection }, async (cwd) => {
      const args = ["scan", ...grid, "-o", "t.csv", "--engine", "slurm"];
      const { code, stderr } = await sevens(args, { cwd, env: { PATH: cwd } });
      expect(code).toBe(2);
      expect(stderr).toContain("there is no `sbatch` here");
    });
  });
});
