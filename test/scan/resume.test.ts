/** Scans that are interrupted end with the table of one that was not. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder, projection, sevens, textIn } from "../cli/harness.ts";
import { linesOf, plane, planePoints, startScan, stopAt, tableOf } from "./support.ts";

const spec = { "ge.sevens": projection };
const small = ["ge.sevens", "--grid", "s2w in 0.1 .. 0.4 9 points", "-o", "t.csv"];

/** The rows of a journal that came to an end. */
function wholeRows(journal: string): readonly string[] {
  const lines = readFileSync(journal, "utf8").split("\n");
  return lines.slice(2, -1).filter((line) => /^\d+,.*,[0-9a-f]{8}$/.test(line));
}

describe("a scan", () => {
  it("gives the same table on one thread, on two, and on none", async () => {
    await inFolder(spec, async (folder) => {
      const grid = ["ge.sevens", "--grid", "k 3 points", "--grid", "s2w in 0.1 .. 0.4 24 points"];
      const [one, two, none] = [
        await tableOf([...grid, "--workers", "1"], folder),
        await tableOf([...grid, "--workers", "2"], folder),
        await tableOf(grid, folder),
      ];
      expect(linesOfText(one)).toBe(73);
      expect(two).toBe(one);
      expect(none).toBe(one);
    });
  });

  it("ends with the same table after kills at any instant", { timeout: 180_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const args = ["ge.sevens", ...plane, "--workers", "2", "-o", "t.csv"];
      const journal = join(folder, "t.csv.part");
      for (const share of [0, 0.2 + 0.2 * Math.random(), 0.5 + 0.3 * Math.random()]) {
        const { signal } = await stopAt(startScan(args, folder), "SIGKILL", journal, share * planePoints);
        expect(signal).toBe("SIGKILL");
        expect(existsSync(join(folder, "t.csv"))).toBe(false);
      }
      const kept = wholeRows(journal);
      expect(new Set(kept.map((row) => row.split(",")[0])).size).toBe(kept.length);
      const { code, stderr } = await sevens(["scan", ...args], { cwd: folder });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: `${kept.length} of ${planePoints} points were there already\n`,
      });
      expect(textIn(folder, "t.csv")).toBe(await tableOf(["ge.sevens", ...plane], folder));
      expect(existsSync(journal)).toBe(false);
    });
  });

  it("keeps what it has when Ctrl-C ends it", { timeout: 60_000 }, async () => {
    await inFolder(spec, async (folder) => {
      const args = ["ge.sevens", ...plane, "--workers", "2", "-o", "t.csv"];
      const journal = join(folder, "t.csv.part");
      const { code, stderr } = await stopAt(startScan(args, folder), "SIGINT", journal, 200);
      expect(code).toBe(130);
      const rows = wholeRows(journal);
      expect(rows.length).toBe(linesOf(journal) - 2);
      expect(stderr).toContain(`interrupted: ${rows.length} of ${planePoints} points are in \`t.csv.part\``);
      const head = textIn(folder, "t.csv.part").split("\n")[1];
      expect(head).toBe("point,Ge1.k,s2w,chi2,Ge1Run.flux,Ge1Run.Flat,converged,check");
    });
  });
});

describe("what an earlier scan left", () => {
  /** A journal with some of the rows of the small scan. */
  async function begun(folder: string): Promise<string> {
    await tableOf([...small, "--engine", "condor", "--tasks", "2"], folder);
    const plan = join(folder, "t.csv.jobs", "plan.json");
    await tableOf([plan, "--shard", "0/2"], folder);
    const text = textIn(folder, "t.csv.jobs/shards/0.csv");
    await tableOf([...small, "--restart"], folder);
    writeFileSync(join(folder, "t.csv.part"), text);
    return text;
  }

  it("is used, but for a row that was cut off or damaged", async () => {
    await inFolder(spec, async (folder) => {
      const text = await begun(folder);
      const whole = textIn(folder, "t.csv");
      for (const damage of [text.slice(0, -20), text.replace(/,true/, ",tru"), `${text}12,0.3,`]) {
        writeFileSync(join(folder, "t.csv.part"), damage);
        const { code, stderr } = await sevens(["scan", ...small], { cwd: folder });
        expect(code).toBe(0);
        expect(stderr).toMatch(/^[34] of 9 points were there already\n$/);
        expect(textIn(folder, "t.csv")).toBe(whole);
      }
    });
  });

  it("is nothing when it ends within its first line", async () => {
    await inFolder(spec, async (folder) => {
      const text = await begun(folder);
      const whole = textIn(folder, "t.csv");
      for (const left of ["", text.slice(0, 5), text.slice(0, 40)]) {
        writeFileSync(join(folder, "t.csv.part"), left);
        const { code, stderr } = await sevens(["scan", ...small], { cwd: folder });
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(textIn(folder, "t.csv")).toBe(whole);
      }
    });
  });

  it("is refused when it belongs to another scan", async () => {
    await inFolder(spec, async (folder) => {
      const text = await begun(folder);
      const refusal = async (...more: readonly string[]): Promise<string> => {
        const { code, stderr } = await sevens(["scan", ...small, ...more], { cwd: folder });
        expect(code).toBe(2);
        return stderr.split("\n")[0] ?? "";
      };
      expect(await refusal("--grid", "k 3 points")).toMatch(/`t.csv.part` belongs to another grid/);
      expect(await refusal("--set", "k=0.17")).toMatch(/other options/);
      appendFileSync(join(folder, "ge.sevens"), "constant unused = 3\n");
      expect(await refusal()).toMatch(/another spec/);
      writeFileSync(join(folder, "ge.sevens"), projection);
      writeFileSync(join(folder, "t.csv.part"), "point,s2w\n");
      expect(await refusal()).toMatch(/something else/);
      writeFileSync(join(folder, "t.csv.part"), text);
      expect((await sevens(["scan", ...small, "--restart"], { cwd: folder })).stderr).toBe("");
    });
  });
});

function linesOfText(text: string): number {
  return text.split("\n").length - 1;
}
