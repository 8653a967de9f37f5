/**
 * A plan as tasks for a cluster: a folder beside the table with the plan, a script that computes one task, and the
 * points that the tasks found. Each task takes a run of chunks and keeps a journal of its own.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../disk/replace.ts";
import { chunkComputer } from "./compute.ts";
import { gather, JournalWriter, readJournal } from "./journal.ts";
import { type Plan, planText, readPlan } from "./plan.ts";
import { Results } from "./results.ts";
import { workOf } from "./work.ts";

export interface JobFolder {
  readonly path: string;
  readonly plan: string;
  /** Number of tasks. */
  readonly tasks: number;
}

/** How a task of this program is started: the program, its arguments, the folder that it runs in. */
export interface TaskCommand {
  readonly program: readonly string[];
  readonly cwd: string;
}

const shardFolder = "shards";

/** What the folder may hold; nothing else is removed from it. */
const contents = [
  "plan.json",
  "tasks",
  "run.sh",
  "job.sh",
  "scan.sub",
  "Snakefile",
  "submitted",
  "logs",
  shardFolder,
];

/** The folder for a table. */
export function jobFolderOf(table: string): string {
  return `${table}.jobs`;
}

export function planIn(folder: string): Plan | undefined {
  const path = join(folder, "plan.json");
  return existsSync(path) ? readPlan(readFileSync(path, "utf8")) : undefined;
}

/** Writes the plan and the script of a task. A folder that is in use keeps its number of tasks. */
export function writeJobFolder(path: string, plan: Plan, wanted: number, command: TaskCommand): JobFolder {
  mkdirSync(join(path, "logs"), { recursive: true });
  mkdirSync(join(path, shardFolder), { recursive: true });
  const counter = join(path, "tasks");
  if (!existsSync(counter)) replaceFile(counter, `${wanted}\n`);
  const tasks = Number(readFileSync(counter, "utf8"));
  const file = join(path, "plan.json");
  replaceFile(file, planText(plan));
  const script = join(path, "run.sh");
  replaceFile(script, taskScript(file, tasks, command));
  chmodSync(script, 0o755);
  return { path, plan: file, tasks };
}

function taskScript(plan: string, tasks: number, { program, cwd }: TaskCommand): string {
  const words = [...program, "scan", plan, "--shard"].map(quoted).join(" ");
  return [
    "#!/bin/sh",
    "# One task of a scan: run.sh NUMBER",
    `cd ${quoted(cwd)} || exit 1`,
    `exec ${words} "$1/${tasks}"`,
    "",
  ].join("\n");
}

/** A word for a shell, whatever it holds. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The chunks of one of so many tasks. */
export function chunksOfTask(chunks: number, task: number, tasks: number): readonly number[] {
  const first = Math.floor((task * chunks) / tasks);
  const end = Math.floor(((task + 1) * chunks) / tasks);
  return Array.from({ length: end - first }, (_, k) => first + k);
}

/** Tasks with a chunk that is not known yet. */
export function openTasks(results: Results, tasks: number): readonly number[] {
  const missing = new Set(results.missing());
  return Array.from({ length: tasks }, (_, task) => task).filter((task) =>
    chunksOfTask(results.work.chunks, task, tasks).some((chunk) => missing.has(chunk)),
  );
}

/** Does a task: what its journal has of an earlier attempt is not computed again. */
export function runTask(folder: string, planJson: string, task: number, tasks: number): boolean {
  const plan = readPlan(planJson);
  if (plan === undefined) return false;
  const results = new Results(workOf(plan));
  const path = join(folder, shardFolder, `${task}.csv`);
  const before = readJournal(path);
  if (before !== undefined) gather(results, before, plan);
  const missing = new Set(results.missing());
  const compute = chunkComputer(planJson);
  const writer = new JournalWriter(path, plan);
  for (const chunk of chunksOfTask(results.work.chunks, task, tasks)) {
    if (missing.has(chunk)) writer.append(compute(chunk));
  }
  writer.close();
  return true;
}

/** Adds what the tasks have found; a journal is read again when it has grown. */
export function shardGatherer(folder: string, results: Results, plan: Plan): () => void {
  const sizes = new Map<string, number>();
  const shards = join(folder, shardFolder);
  return () => {
    const names = existsSync(shards) ? readdirSync(shards).filter((name) => name.endsWith(".csv")) : [];
    for (const name of names.sort()) {
      const journal = readJournal(join(shards, name));
      const size = journal?.points.length ?? 0;
      if (journal === undefined || sizes.get(name) === size) continue;
      sizes.set(name, size);
      gather(results, journal, plan);
    }
  };
}

/** Removes what `writeJobFolder` and the tasks made, and the folder if nothing else is in it. */
export function removeJobFolder(path: string): void {
  if (!existsSync(path)) return;
  for (const name of contents) rmSync(join(path, name), { recursive: true, force: true });
  if (readdirSync(path).length === 0) rmdirSync(path);
}
