/** Work as tasks for a cluster: Slurm job arrays, or files for HTCondor and Snakemake. */
import { resolve } from "node:path";
import { writeCondor, writeSnakefile } from "../scan/exports.ts";
import {
  type JobFolder,
  jobFolderOf,
  shardGatherer,
  type TaskCommand,
  writeJobFolder,
} from "../scan/jobs.ts";
import { finishOnSlurm, SlurmError, type SlurmOptions, submitOpen, writeSlurmScript } from "../scan/slurm.ts";
import type { Context } from "./context.ts";
import { exitCodes, Stop, wrongUsage } from "./exit.ts";
import { attempt, interruptible, type TableFile, teller, type Working } from "./scan-run.ts";

export const engines = ["local", "slurm", "condor", "snakemake"] as const;

export type Engine = (typeof engines)[number];

export interface ClusterOptions {
  readonly engine: Engine;
  readonly tasks?: number;
  readonly sbatch?: readonly string[];
  readonly retries?: number;
  readonly detach?: boolean;
  readonly dryRun?: boolean;
}

/** Tasks of a job array: fewer than most clusters allow, each with enough points to be worth a start. */
const mostTasks = 100;
const pointsOfTask = 200;
const usualRetries = 2;

/** True when all points are known; false when the user asked not to wait for them. */
export async function onCluster(
  context: Context,
  working: Working,
  options: ClusterOptions,
): Promise<boolean> {
  const { engine, dryRun, sbatch = [] } = options;
  const { results, plan, table } = working;
  if (results.complete) return true;
  if (table === undefined) {
    const problem = `\`--engine ${engine}\` needs a file to write to`;
    throw wrongUsage(context.line, engine, problem, "add `-o FILE`");
  }
  const usual = Math.min(mostTasks, Math.ceil(results.total / pointsOfTask));
  const tasks = Math.min(results.work.chunks, options.tasks ?? usual);
  const folder = attempt(context, table, () =>
    writeJobFolder(jobFolderOf(table.path), plan, tasks, taskCommand(context)),
  );
  const shown = jobFolderOf(table.name);
  if (engine === "condor" || engine === "snakemake") {
    if (engine === "condor") writeCondor(folder);
    else writeSnakefile(folder);
    const run = engine === "condor" ? "condor_submit scan.sub" : "snakemake --cores all";
    context.note(`wrote \`${shown}\`: run \`${run}\` there, then this command without \`--engine\` to merge`);
    return false;
  }
  writeSlurmScript(folder, sbatch);
  if (dryRun === true) {
    const run = `sbatch --array=0-${folder.tasks - 1} job.sh`;
    context.note(`wrote \`${shown}\`: run \`${run}\` there, then this command to merge`);
    return false;
  }
  return onSlurm(context, working, folder, table, options);
}

async function onSlurm(
  context: Context,
  { plan, results }: Working,
  folder: JobFolder,
  table: TableFile,
  options: ClusterOptions,
): Promise<boolean> {
  const told = teller(context, plan, results);
  const slurm: Omit<SlurmOptions, "signal"> = {
    retries: options.retries ?? usualRetries,
    env: context.io.env,
    collect: shardGatherer(folder.path, results, plan),
    seen: () => told.progress(),
    note: (text) => {
      told.end();
      context.note(text);
    },
  };
  try {
    const signal = await interruptible(async (signal) => {
      if (options.detach === true) await submitOpen(folder, results, { ...slurm, signal });
      else await finishOnSlurm(folder, results, { ...slurm, signal });
    });
    told.end();
    if (results.complete) return true;
    if (options.detach === true) {
      context.note("the same command without `--detach` waits for them and merges");
      return false;
    }
    throw signal.aborted ? left(context, howFar(results)) : unfinished(context, results, folder, table);
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw wrongUsage(context.line, options.engine, `Slurm does not take the job: ${error.message}`);
  } finally {
    told.end();
  }
}

function howFar({ count, total, work }: Working["results"]): string {
  return `${count} of ${total} ${work.noun}`;
}

/** After Ctrl-C: what was submitted goes on by itself. */
function left(context: Context, done: string): Stop {
  context.note(`interrupted: ${done}; the tasks go on, the same command waits for them and merges`);
  return new Stop([], context.line.sources, exitCodes.interrupted);
}

function unfinished(
  context: Context,
  results: Working["results"],
  folder: JobFolder,
  table: TableFile,
): Stop {
  const logs = `${jobFolderOf(table.name)}/logs`;
  const problem = `the tasks ended with ${howFar(results)} of ${folder.tasks} tasks`;
  const { diagnostics, sources } = wrongUsage(
    context.line,
    table.name,
    problem,
    `\`${logs}\` says why; the same command submits again what is missing`,
  );
  return new Stop(diagnostics, sources, exitCodes.numerical);
}

/** This program, as it was started, without the arguments of this command. */
function taskCommand({ io }: Context): TaskCommand {
  const [, script = ""] = process.argv;
  return { program: [process.execPath, ...process.execArgv, resolve(script)], cwd: io.cwd };
}
