/** Work on the cores of this machine; what it has found is kept beside its table until that is written. */
import { rmSync } from "node:fs";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { computerOf } from "../scan/compute.ts";
import { jobFolderOf, planIn, removeJobFolder, shardGatherer } from "../scan/jobs.ts";
import { gather, JournalWriter, readJournal } from "../scan/journal.ts";
import { scanLocally } from "../scan/local.ts";
import { differenceOf, type Plan, type ScanIdentity } from "../scan/plan.ts";
import { ScanClock } from "../scan/progress-text.ts";
import type { Results } from "../scan/results.ts";
import type { Pool } from "../scan/threads.ts";
import type { WorkPoint } from "../scan/work.ts";
import type { Context } from "./context.ts";
import { exitCodes, Stop, wrongUsage } from "./exit.ts";
import { progressOn } from "./progress.ts";
import { reasonOf } from "./read.ts";

/** Work that is being done. */
export interface Working {
  readonly plan: Plan;
  readonly compiled: CompiledAnalysis;
  readonly results: Results;
  /** The file of the table; undefined when there is none that things can be kept beside. */
  readonly table: TableFile | undefined;
}

export interface TableFile {
  /** As the user knows it. */
  readonly name: string;
  readonly path: string;
}

function journalOf(path: string): string {
  return `${path}.part`;
}

/** Takes up what an earlier run has found; stops when that was of other work. */
export function recover(context: Context, { plan, results, table }: Working): void {
  if (table === undefined) return;
  const folder = jobFolderOf(table.path);
  const journal = attempt(context, table, () => readJournal(journalOf(table.path)));
  if (journal !== undefined) {
    requireSame(context, table, journalOf(table.name), journal.identity, plan);
    gather(results, journal, plan);
  }
  const before = attempt(context, table, () => planIn(folder));
  if (before !== undefined) {
    requireSame(context, table, jobFolderOf(table.name), before.identity, plan);
    shardGatherer(folder, results, plan)();
  }
  if (results.count > 0)
    context.note(`${results.count} of ${results.total} ${results.work.noun} were there already`);
}

function requireSame(
  { line }: Context,
  table: TableFile,
  name: string,
  found: ScanIdentity | undefined,
  plan: Plan,
): void {
  const difference = found === undefined ? "something else" : differenceOf(found, plan.identity);
  if (difference === undefined) return;
  const help = "`--restart` begins anew; or write to another file";
  throw wrongUsage(line, table.name, `\`${name}\` belongs to ${difference}`, help);
}

/** Removes what was kept beside a table. */
export function forget({ path }: TableFile): void {
  rmSync(journalOf(path), { force: true });
  removeJobFolder(jobFolderOf(path));
}

/** Computes what is missing. */
export async function computeHere(
  context: Context,
  { plan, compiled, results, table }: Working,
  workers: number | undefined,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const journal = table && attempt(context, table, () => new JournalWriter(journalOf(table.path), plan));
  const told = teller(context, plan, results);
  const take = (points: readonly WorkPoint[]): void => {
    if (table !== undefined) attempt(context, table, () => journal?.append(points));
    for (const point of points) results.add(point);
    told.progress();
  };
  const wanted = workers === undefined ? {} : { workers };
  const here = () => computerOf(plan, compiled);
  try {
    const signal = await interruptible((signal) =>
      scanLocally(plan, here, results.missing(), { take, signal, threads, ...wanted }),
    );
    told.end();
    if (signal.aborted && !results.complete) throw interrupted(context, results, table);
  } finally {
    told.end();
    journal?.close();
  }
}

/** What is being done, in words. */
const doing: Readonly<Record<Plan["kind"], string>> = {
  scan: "scanning",
  toys: "toys of",
  sample: "sampling",
};

export interface Teller {
  /** Says how far the work is. */
  progress(): void;
  /** Takes it away. */
  end(): void;
}

/** Says how far work is: on a terminal all the time, else once a minute. */
export function teller(context: Context, { kind, identity }: Plan, results: Results): Teller {
  const clock = new ScanClock(results.total, results.count, results.work.noun);
  const progress = progressOn(context.io);
  let last = performance.now();
  return {
    progress: () => {
      const text = `${doing[kind]} ${identity.analysis}: ${clock.text(results.count)}`;
      progress.show(text);
      if (context.io.stderr.isTTY || performance.now() - last < 60_000) return;
      last = performance.now();
      context.note(text);
    },
    end: () => progress.clear(),
  };
}

/** Runs work that Ctrl-C ends in good order; a second Ctrl-C ends the process. */
export async function interruptible(work: (signal: AbortSignal) => Promise<unknown>): Promise<AbortSignal> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once("SIGINT", stop);
  try {
    await work(controller.signal);
  } finally {
    process.removeListener("SIGINT", stop);
  }
  return controller.signal;
}

function interrupted(context: Context, { count, total, work }: Results, table: TableFile | undefined): Stop {
  const fate =
    table === undefined
      ? "are lost, as there is no `-o`"
      : `are in \`${journalOf(table.name)}\`; the same command goes on`;
  context.note(`interrupted: ${count} of ${total} ${work.noun} ${fate}`);
  return new Stop([], context.line.sources, exitCodes.interrupted);
}

/** An action on files beside the table. */
export function attempt<T>(context: Context, { name }: TableFile, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw wrongUsage(context.line, name, `cannot write beside \`${name}\`: ${reasonOf(error)}`);
  }
}
