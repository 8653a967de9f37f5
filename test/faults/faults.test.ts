/** What happens when the machine does not do its part: nothing is corrupted, nothing is lost, and a message says why. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RandomStream } from "../../runtime/random.ts";
import { inFolder, projection, sevens, textIn } from "../cli/harness.ts";
import { program } from "../infrastructure/program.ts";
import { linesOf, plane, planePoints, startScan, stopAt, tableOf } from "../scan/support.ts";

/** `KILLS=50 npx vitest run test/faults` kills so often; five times without it. */
const kills = Number(process.env.KILLS ?? 5);

const spec = { "ge.sevens": projection };
const cli = `${process.execPath} ${program}`;

/** A line of a shell, and how it ended. */
function shell(line: string, cwd: string) {
  const { status, stderr } = spawnSync("sh", ["-c", line], { cwd, encoding: "utf8" });
  return { status, stderr };
}

test.skipIf(kills === 0)(
  "a scan killed at random instants ends with the table of an undisturbed one",
  {
    timeout: 60_000 + kills * 20_000,
  },
  async () => {
    await inFolder(spec, async (folder) => {
      const whole = await tableOf(["ge.sevens", ...plane], folder);
      const random = new RandomStream(11, [0, 0]);
      const args = ["ge.sevens", ...plane, "--workers", "2", "-o", "t.csv"];
      for (let left = kills; left > 0; left--) {
        const journal = join(folder, "t.csv.part");
        // A fraction of what is missing still, so that there is something to do after the last one.
        const known = linesOf(journal);
        const lines = known + random.uniform() * 0.15 * (planePoints - known);
        await stopAt(startScan(args, folder), "SIGKILL", journal, Math.floor(lines));
        expect(existsSync(join(folder, "t.csv"))).toBe(false);
      }
      expect((await sevens(["scan", ...args], { cwd: folder })).code).toBe(0);
      expect(textIn(folder, "t.csv")).toBe(whole);
    });
  },
);

describe.skipIf(process.platform === "win32")("results that cannot be written", () => {
  test("standard output on a full disk", async () => {
    await inFolder(spec, async (folder) => {
      const { status, stderr } = shell(`${cli} rates ge.sevens > /dev/full`, folder);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^cannot write the result: .*ENOSPC/);
    });
  });

  test("a reader that goes away", async () => {
    await inFolder(spec, async (folder) => {
      const { stderr } = shell(`${cli} rates ge.sevens | true`, folder);
      expect(stderr).toBe("");
    });
  });

  test("a file that is a full device", async () => {
    await inFolder(spec, async (folder) => {
      const { code, stderr } = await sevens(["rates", "ge.sevens", "-o", "/dev/full"], { cwd: folder });
      expect(code).toBe(2);
      expect(stderr).toContain("the disk is full");
    });
  });

  test("a folder that is no folder, or not there", async () => {
    await inFolder({ ...spec, file: "" }, async (folder) => {
      for (const path of ["file/x.csv", "missing/x.csv"]) {
        const { code, stderr } = await sevens(["rates", "ge.sevens", "-o", path], { cwd: folder });
        expect(code).toBe(2);
        expect(stderr).toContain(`cannot write \`${path}\``);
      }
      expect(readdirSync(folder).sort()).toEqual(["file", "ge.sevens"]);
    });
  });

  test.skipIf(process.getuid?.() === 0)("a folder that is read-only", async () => {
    await inFolder(spec, async (folder) => {
      mkdirSync(join(folder, "out"));
      writeFileSync(join(folder, "out/x.csv"), "before");
      chmodSync(join(folder, "out"), 0o555);
      const { code, stderr } = await sevens(["rates", "ge.sevens", "-o", "out/x.csv"], { cwd: folder });
      chmodSync(join(folder, "out"), 0o755);
      expect(code).toBe(2);
      expect(stderr).toContain("permission denied");
      expect(textIn(folder, "out/x.csv")).toBe("before");
    });
  });
});

test("two scans that write the same table end with the right one", { timeout: 120_000 }, async () => {
  await inFolder(spec, async (folder) => {
    const args = ["ge.sevens", "--grid", "s2w in 0.1 .. 0.4 40 points", "--workers", "1", "-o", "t.csv"];
    const ended = (child: ReturnType<typeof startScan>) =>
      new Promise<number | null>((resolve) => child.on("close", resolve));
    const codes = await Promise.all([startScan(args, folder), startScan(args, folder)].map(ended));
    expect(codes).toEqual([0, 0]);
    expect(textIn(folder, "t.csv")).toBe(await tableOf(args.slice(0, -2), folder));
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
