/** The tasks of a scan as Slurm job arrays: submitted, waited for, and submitted again where they failed. */
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { replaceFile } from "../disk/replace.ts";
import { type JobFolder, openTasks } from "./jobs.ts";
import type { Results } from "./results.ts";

export interface SlurmOptions {
  /** How often tasks that did not finish are submitted again. */
  readonly retries: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Adds to the results what the tasks have found by now. */
  readonly collect: () => void;
  /** Called after each look at the queue. */
  readonly seen: () => void;
  /** Says something to the user. */
  readonly note: (text: string) => void;
}

/** Slurm said no, or is not there. */
export class SlurmError extends Error {
  override readonly name = "SlurmError";
}

/** Seconds between two looks at the queue: at first, and at most. */
const firstWait = 0.5;
const longestWait = 15;

/** Writes what `sbatch` is given, with further options of it such as `--partition=long`. */
export function writeSlurmScript({ path }: JobFolder, sbatch: readonly string[]): void {
  const options = [
    "--job-name=sevens-scan",
    "--output=logs/%a.log",
    "--open-mode=append",
    "--ntasks=1",
    "--cpus-per-task=1",
    ...sbatch,
  ];
  const lines = options.map((option) => `#SBATCH ${option}`);
  replaceFile(
    join(path, "job.sh"),
    ["#!/bin/sh", ...lines, 'exec ./run.sh "$SLURM_ARRAY_TASK_ID"', ""].join("\n"),
  );
}

/** Sees to it that a job is in the queue unless nothing is missing; returns the jobs that are there. */
export async function submitOpen(
  folder: JobFolder,
  results: Results,
  { env, note }: SlurmOptions,
): Promise<readonly string[]> {
  const live: string[] = [];
  for (const id of submitted(folder)) if (await isLive(id, env)) live.push(id);
  const open = openTasks(results, folder.tasks);
  if (live.length > 0 || open.length === 0) return live;
  const array = `--array=${ranges(open)}`;
  const answer = await ask("sbatch", ["--parsable", array, "job.sh"], env, folder.path);
  const id = answer.trim().split(";")[0] ?? "";
  appendFileSync(join(folder.path, "submitted"), `${id}\n`);
  note(`job ${id}: ${open.length} ${open.length === 1 ? "task" : "tasks"}`);
  return [id];
}

/** Waits for the jobs; what is missing when they have ended is submitted again. True when nothing is missing. */
export async function finishOnSlurm(
  folder: JobFolder,
  results: Results,
  options: SlurmOptions,
): Promise<boolean> {
  for (let attempt = 0; attempt <= options.retries; attempt++) {
    options.collect();
    const jobs = await submitOpen(folder, results, options);
    if (jobs.length === 0) break;
    await jobsEnd(jobs, options);
    if (options.signal.aborted) return false;
    await settled(results, options);
    if (results.complete) break;
  }
  return results.complete;
}

async function jobsEnd(jobs: readonly string[], options: SlurmOptions): Promise<void> {
  const { env, signal, collect, seen } = options;
  let live = jobs;
  for (let wait = firstWait; live.length > 0; wait = Math.min(longestWait, 1.5 * wait)) {
    await pause(wait, signal);
    if (signal.aborted) return;
    const still: string[] = [];
    for (const id of live) if (await isLive(id, env)) still.push(id);
    live = still;
    collect();
    seen();
  }
}

/** On a shared disk the last rows of a task may show a moment after it has ended. */
async function settled(results: Results, { collect, signal }: SlurmOptions): Promise<void> {
  for (const wait of [0, 0.5, 2]) {
    await pause(wait, signal);
    collect();
    if (results.complete || signal.aborted) return;
  }
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(1000 * seconds, undefined, { signal }).catch(() => {});
}

function submitted({ path }: JobFolder): readonly string[] {
  const file = join(path, "submitted");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => /^\d+$/.test(line));
}

async function isLive(id: string, env: SlurmOptions["env"]): Promise<boolean> {
  try {
    return (await ask("squeue", ["--noheader", `--jobs=${id}`, "--format=%T"], env)).trim() !== "";
  } catch (error) {
    // A job that ended some time ago is forgotten; a controller that does not answer says nothing about it.
    if (error instanceof SlurmError) return !/invalid job id/i.test(error.message);
    throw error;
  }
}

/** `0-3,7`. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

async function ask(
  program: string,
  args: readonly string[],
  env: SlurmOptions["env"],
  cwd?: string,
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], {
      env: { ...env },
      ...(cwd && { cwd }),
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT") throw new SlurmError(`there is no \`${program}\` here`);
    const said = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
    throw new SlurmError(said === "" ? error.message : (said.split("\n").at(-1) ?? said));
  }
}
