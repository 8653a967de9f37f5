/** A one-node Slurm for a test, on ports of its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./support.ts";

const scripts = join(root, "../shared/slurm");

export interface SlurmNode {
  readonly env: { readonly SLURM_CONF: string };
  readonly stop: () => Promise<void>;
}

/** Why there can be no Slurm here; undefined when one can be tried. */
export function obstacle(): string | undefined {
  if (!existsSync(join(scripts, "up.sh"))) return "../shared/slurm is not there";
  if (process.getuid?.() !== 0) return "only root can start it";
  const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
  return has("slurmctld") || has("apt-get") ? undefined : "it is not installed";
}

/** Starts it; the reason as text when that does not work. */
export async function startSlurm(): Promise<SlurmNode | string> {
  const folder = mkdtempSync(join(tmpdir(), "sevens-slurm-"));
  const env = { SLURM_CONF: join(folder, "slurm.conf") };
  const stop = () => stopSlurm(folder);
  const [first, second] = await freePorts();
  const script = readFileSync(join(scripts, "up.sh"), "utf8")
    .replaceAll("26817", `${first}`)
    .replaceAll("26818", `${second}`);
  const own = join(folder, "up.sh");
  writeFileSync(own, script);
  const { status, stderr } = spawnSync("bash", [own, folder], { encoding: "utf8", timeout: 100_000 });
  if (status === 0 && isIdle(env)) return { env, stop };
  await stop();
  return stderr.trim().split("\n").at(-1) || "its node is not ready";
}

function isIdle(env: SlurmNode["env"]): boolean {
  try {
    const options = { env: { ...process.env, ...env }, timeout: 10_000, encoding: "utf8" } as const;
    return execFileSync("sinfo", ["--noheader", "--format=%T"], options).includes("idle");
  } catch {
    return false;
  }
}

/** Two ports that nobody listens on. */
async function freePorts(): Promise<readonly number[]> {
  const servers = [createServer(), createServer()];
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => {
          const address = server.address();
          resolve(typeof address === "object" && address !== null ? address.port : 0);
        });
      }),
  );
  const found = await Promise.all(ports);
  for (const server of servers) server.close();
  return found;
}

/** Asks the daemons of a folder to end, and ends those that do not. */
async function stopSlurm(folder: string): Promise<void> {
  const daemons = pidsIn(join(folder, "run"));
  spawnSync("bash", [join(scripts, "down.sh"), folder], { timeout: 10_000 });
  for (let i = 0; i < 50 && daemons.some(isAlive); i++) await sleep(100);
  for (const pid of daemons.filter(isAlive)) process.kill(pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}

function pidsIn(folder: string): readonly number[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".pid")) : [];
  return files.map((name) => Number(readFileSync(join(folder, name), "utf8"))).filter((pid) => pid > 1);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
