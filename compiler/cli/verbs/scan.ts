/** `sevens scan`: profiles of the likelihood on grids, on all cores or on a cluster, resumable. */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Diagnostic, diagnostic } from "../../diagnostics/index.ts";
import { runTask } from "../../scan/jobs.ts";
import type { ScanPlan } from "../../scan/plan.ts";
import { ScanResults } from "../../scan/results.ts";
import { csvTable, smallestChi2, type TableRow, tableRows } from "../../scan/table.ts";
import { type Pool, startThreads } from "../../scan/threads.ts";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { addChoices, addOutput, collect, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import { isFile, isFolder, realPath } from "../paths.ts";
import { readInput } from "../read.ts";
import { type ClusterOptions, engines, scanOnCluster } from "../scan-cluster.ts";
import { type PlanOptions, planOf } from "../scan-plan.ts";
import { forget, recover, type Scanning, scanHere, type TableFile } from "../scan-run.ts";
import type { ScanOutput } from "../schemas/scan.ts";
import { placeOf, readSound, type Spec, settle } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options extends PlanOptions, OutputOptions<"csv" | "json">, ClusterOptions {
  readonly workers?: number;
  readonly restart?: boolean;
  readonly shard?: Shard;
}

interface Shard {
  readonly task: number;
  readonly tasks: number;
}

export function configureScan(command: Command, context: Context): void {
  addChoices(addOutput(command, ["csv", "json"]))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option(
      "--grid <grid>",
      "a parameter and its values; up to three times, best with the one that is cheap to change last",
      collect,
    )
    .option("--workers <number>", "threads; as many as there are cores unless given", whole)
    .option("--restart", "forget what an earlier scan into the same file has found")
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
    .option("--dry-run", "on a cluster: write the files and submit nothing")
    .addOption(new Option("--shard <k/n>", "a task of a cluster").argParser(shardOf).hideHelp())
    .action((file: string, options: Options) => scan(context, file, options));
  addExamples(command, [
    [
      'sevens scan radius.sevens --grid "Rn in 4 fm .. 7 fm 41 points" -o rn.csv',
      "profile of chi2 with all nuisances; run again after an interruption, it goes on where it was",
    ],
    [
      'sevens scan bl.sevens --grid "M_BL in 1 keV .. 1 TeV log 100 points" --grid "g_BL 100 points" -o bl.csv',
      "a plane; without `in`, the range of the spec; without `log` or `linear`, the scale of the spec",
    ],
    [
      'sevens scan bl.sevens --grid "M_BL = 1 MeV, 10 MeV" --grid "g_BL in 0 .. 1e-4 step 1e-5" -o bl.csv',
      "lists and steps",
    ],
    [
      'sevens scan bl.sevens --grid "g_BL 100 points" -o bl.csv --engine slurm --sbatch=--time=1:00:00',
      "as a Slurm job array; the table is the same",
    ],
  ]);
}

function whole(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError("It is not a positive whole number.");
  return Number(value);
}

function count(value: string): number {
  return value === "0" ? 0 : whole(value);
}

function shardOf(value: string): Shard {
  const [, task, tasks] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
  if (!(Number(task) < Number(tasks))) throw new InvalidArgumentError("It is not a part such as `3/20`.");
  return { task: Number(task), tasks: Number(tasks) };
}

async function scan(context: Context, file: string, options: Options): Promise<void> {
  if (options.shard !== undefined) return scanShard(context, file, options.shard);
  // Threads that are asked for load their part while this one compiles.
  const { workers = 1, engine = "local" } = options;
  const threads = engine === "local" && workers > 1 ? startThreads(workers - 1) : undefined;
  try {
    await scanSpec(context, file, options, threads);
  } finally {
    await (await threads)?.destroy();
  }
}

async function scanSpec(
  context: Context,
  file: string,
  options: Options,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const spec = await readSound(context, file);
  const table = tableFile(context, options.output);
  const planned = planOf(context, spec, options);
  const { plan } = planned;
  const results = new ScanResults(plan.identity.grid, plan.profiled.length);
  const scanning: Scanning = { ...planned, results, table };
  if (table !== undefined && options.restart === true) forget(table);
  recover(context, scanning);
  if (options.engine !== "local" && !(await scanOnCluster(context, scanning, options))) return;
  if (!results.complete) await scanHere(context, scanning, options.workers, threads);
  const rows = tableRows(plan, results);
  writeResult(context, options.output, printed(plan, rows, options));
  if (table !== undefined) forget(table);
  settle(context, spec, failuresOf(spec, plan, rows));
}

/** The file of `-o`, refused before the work rather than after it; a pipe or a device has nothing beside it. */
function tableFile({ io, line, inputs }: Context, output: string | undefined): TableFile | undefined {
  if (output === undefined || output === "-") return undefined;
  const wanted = resolve(io.cwd, output);
  const path = realPath(wanted) ?? wanted;
  const reason = isFolder(path) ? "a folder" : inputs.has(path) ? "the file that was read" : undefined;
  if (reason !== undefined) throw wrongUsage(line, output, `cannot write \`${output}\`: it is ${reason}`);
  return realPath(path) === undefined || isFile(path) ? { name: output, path } : undefined;
}

/** What a task on a cluster does; its file is the plan. */
async function scanShard(context: Context, file: string, { task, tasks }: Shard): Promise<void> {
  const { text, folder } = await readInput(context, file);
  if (!runTask(folder, text, task, tasks)) throw wrongUsage(context.line, file, "this is no plan of a scan");
}

function printed(plan: ScanPlan, rows: readonly TableRow[], { format }: Options): string {
  return format === "json" ? printJson(jsonOf(plan, rows)) : csvTable(plan, rows);
}

/** One diagnostic for all the points without a fit. */
function failuresOf(
  spec: Spec,
  { identity, units }: ScanPlan,
  rows: readonly TableRow[],
): readonly Diagnostic[] {
  const { analysis, grid } = identity;
  const failed = rows.filter(({ converged }) => !converged);
  const [first] = failed;
  if (first === undefined) return [];
  const place = grid.map(({ parameter }, i) => `${parameter} = ${first.at[i]} ${units[i]}`.trim());
  const reason = `at ${failed.length} of ${rows.length} points, the first at ${place.join(", ")}`;
  return [diagnostic("SV1803", placeOf(spec, analysis), { analysis, reason })];
}

function jsonOf(plan: ScanPlan, rows: readonly TableRow[]): ScanOutput {
  const { identity, units, profiled } = plan;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    analysis: identity.analysis,
    minimum: finite(smallestChi2(plan, rows)),
    grid: identity.grid.map(({ parameter, values }, i) => ({
      name: parameter,
      unit: units[i] ?? "",
      values,
    })),
    profiled,
    points: rows.map((row) => ({
      at: row.at,
      chi2: finite(row.chi2),
      deltaChi2: finite(row.deltaChi2),
      profiled: row.profiled.map(finite),
      converged: row.converged,
    })),
  };
}
