/** What the tests of scans share: a quick spec, and the program in a process of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sevens } from "../cli/harness.ts";
import { program } from "../infrastructure/program.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A plane of the projection in `harness.ts`: enough points that a process can be stopped on the way. */
export const plane = ["--grid", "k in 0.1 .. 0.2 20 points", "--grid", "s2w in 0.1 .. 0.4 60 points"];
export const planePoints = 1200;

/** The table of a scan in this process; fails unless it ends well. */
export async function tableOf(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await sevens(["scan", ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

export function startScan(args: readonly string[], cwd: string): ChildProcess {
  return startVerb(["scan", ...args], cwd);
}

export function startVerb(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
}

export function runScan(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [program, "scan", ...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: 80_000,
  });
}

/** Lines of a file, 0 while it is not there. */
export function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
}

/** Sends a signal when a file has more than so many lines; resolves with what the process ended by. */
export async function stopAt(
  child: ChildProcess,
  signal: "SIGINT" | "SIGKILL",
  path: string,
  lines: number,
): Promise<{
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}> {
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  const timer = setInterval(() => {
    if (linesOf(path) <= lines) return;
    clearInterval(timer);
    child.kill(signal);
  }, 5);
  return new Promise((resolve) => {
    child.on("close", (code, ended) => {
      clearInterval(timer);
      resolve({ code, signal: ended, stderr });
    });
  });
}
