/** Work that may take long: its options, and how it is carried through, on this machine or on a cluster. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { isFile, isFolder, realPath } from "../disk/paths.ts";
import { type Pool, startThreads } from "../scan/threads.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import { collect } from "./options.ts";
import { type ClusterOptions, engines, onCluster } from "./scan-cluster.ts";
import { computeHere, forget, recover, type TableFile, type Working } from "./scan-run.ts";

export interface WorkOptions extends ClusterOptions {
  readonly workers?: number;
  readonly restart?: boolean;
}

/** `--workers`, `--restart`, `--engine` and the options of clusters. */
export function addWork(command: Command): Command {
  return command
    .option("--workers <number>", "threads; as many as there are cores unless given", whole)
    .option("--restart", "forget what an earlier run into the same file has found")
    .addOption(
      new Option("--engine <engine>", "what computes the points").choices([...engines]).default("local"),
    )
    .option(
      "--tasks <number>",
      "on a cluster: tasks that the work is cut into; at most 100 unless given",
      whole,
    )
    .option(
      "--sbatch <option>",
      "an option of `sbatch`, `--sbatch=--partition=long`; may be repeated",
      collect,
    )
    .option("--retries <number>", "on Slurm: how often to submit failed tasks again, 2 unless given", count)
    .option("--detach", "on Slurm: submit and do not wait; the same command later waits and merges")
    .option("--dry-run", "on a cluster: write the files and submit nothing");
}

export function whole(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new InvalidArgumentError("It is not a positive whole number.");
  return Number(value);
}

function count(value: string): number {
  return value === "0" ? 0 : whole(value);
}

/** Threads that are asked for load their part while the spec is compiled; they end with the work. */
export async function withThreads(
  { workers = 1, engine = "local" }: WorkOptions,
  work: (threads: Promise<Pool> | undefined) => Promise<void>,
): Promise<void> {
  // More than there are cores are of no use.
  const count = Math.min(workers, availableParallelism()) - 1;
  const threads = engine === "local" && count > 0 ? startThreads(count) : undefined;
  try {
    await work(threads);
  } finally {
    await (await threads)?.destroy();
  }
}

/** The file of `-o`, refused before the work rather than after it; a pipe or a device has nothing beside it. */
export function tableFile({ io, line, inputs }: Context, output: string | undefined): TableFile | undefined {
  if (output === undefined || output === "-") return undefined;
  const wanted = resolve(io.cwd, output);
  const path = realPath(wanted) ?? wanted;
  const reason = isFolder(path) ? "a folder" : inputs.has(path) ? "the file that was read" : undefined;
  if (reason !== undefined) throw wrongUsage(line, output, `cannot write \`${output}\`: it is ${reason}`);
  return realPath(path) === undefined || isFile(path) ? { name: output, path } : undefined;
}

/** Does what an earlier run has not done. False when the user asked not to wait for the rest. */
export async function carryThrough(
  context: Context,
  working: Working,
  options: WorkOptions,
  threads: Promise<Pool> | undefined,
): Promise<boolean> {
  const { results, table } = working;
  if (table !== undefined && options.restart === true) forget(table);
  recover(context, working);
  if (options.engine !== "local" && !(await onCluster(context, working, options))) return false;
  if (!results.complete) await computeHere(context, working, options.workers, threads);
  return true;
}
