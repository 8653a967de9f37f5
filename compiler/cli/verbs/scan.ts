/** `sevens scan`: profiles of the likelihood on grids, on all cores or on a cluster, resumable. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CompiledAnalysis } from "../../../runtime/compiled.ts";
import { orUndefined } from "../../../runtime/errors.ts";
import { smallestOf } from "../../../runtime/extremes.ts";
import { chiSquare } from "../../../runtime/likelihood.ts";
import { type Diagnostic, diagnostic } from "../../diagnostics/index.ts";
import { runTask } from "../../scan/jobs.ts";
import type { ScanPlan } from "../../scan/plan.ts";
import { Results } from "../../scan/results.ts";
import { csvTable, smallestChi2, type TableRow, tableRows } from "../../scan/table.ts";
import type { Pool } from "../../scan/threads.ts";
import { workOf } from "../../scan/work.ts";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { collectLevels, type Level } from "../levels.ts";
import { finite } from "../limit-toys.ts";
import { addChoices, addOutput, collect, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import { type Place, placeWith, pointsMissing } from "../points-at.ts";
import { readInput } from "../read.ts";
import { type Planned, type PlanOptions, planOf } from "../scan-plan.ts";
import { forget } from "../scan-run.ts";
import { type PointToys, toysOfPoints } from "../scan-toys.ts";
import type { ScanOutput } from "../schemas/scan.ts";
import { placeOf, readSound, type Spec, settle } from "../spec.ts";
import { addStarts } from "../starts.ts";
import { figure } from "../tables.ts";
import { addToys, type ToyOptions, toysBeside } from "../toy-plan.ts";
import { addExamples } from "../verb.ts";
import { addWork, carryThrough, tableFile, type WorkOptions, whole, withThreads } from "../work.ts";

interface Options extends PlanOptions, OutputOptions<"csv" | "json">, WorkOptions, ToyOptions {
  readonly toys?: number;
  readonly level?: readonly Level[];
  readonly shard?: Shard;
}

interface Shard {
  readonly task: number;
  readonly tasks: number;
}

export function configureScan(command: Command, context: Context): void {
  addWork(addStarts(addToys(addChoices(addOutput(command, ["csv", "json"])))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option(
      "--grid <grid>",
      "a parameter and its values; up to three times, best with the one that is cheap to change last",
      collect,
    )
    .option("--toys <number>", "toys at each point, for p-values and critical values of delta chi2", whole)
    .option(
      "--level <levels>",
      "levels of the critical values: `90%`, `2sigma`; those of the analysis",
      collectLevels,
    )
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
    [
      'sevens scan nsi.sevens --grid "eps_u in -1 .. 1 41 points" --starts 50 -o eps_u.csv',
      "with the minima that descents from 50 random points find, from each of which every point is sought",
    ],
    [
      'sevens scan bl.sevens --grid "g_BL in 0 .. 1e-4 21 points" --toys 1000 --seed 1 --level 90% -o fc.csv',
      "with the critical values of Feldman and Cousins at each point",
    ],
  ]);
}

function shardOf(value: string): Shard {
  const [, task, tasks] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
  if (!(Number(task) < Number(tasks))) throw new InvalidArgumentError("It is not a part such as `3/20`.");
  return { task: Number(task), tasks: Number(tasks) };
}

async function scan(context: Context, file: string, options: Options): Promise<void> {
  if (options.shard !== undefined) return scanShard(context, file, options.shard);
  await withThreads(options, (threads) => scanSpec(context, file, options, threads));
}

async function scanSpec(
  context: Context,
  file: string,
  options: Options,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const spec = await readSound(context, file);
  const table = tableFile(context, options.output);
  const planned = planOf(context, spec, options, options.toys !== undefined);
  const { plan } = planned;
  const results = new Results(workOf(plan));
  if (!(await carryThrough(context, { ...planned, results, table }, options, threads))) return;
  const rows = tableRows(plan, results);
  const toys =
    options.toys === undefined
      ? undefined
      : await toysOfPoints(context, spec, planned, rows, { ...options, toys: options.toys }, table, threads);
  if (toys === "later") return;
  writeResult(context, options.output, printed(plan, rows, toys, options));
  for (const one of [table, toysBeside(table)]) if (one !== undefined) forget(one);
  const without = rows.filter(({ converged }) => !converged);
  const behind = behindWalls(planned, without);
  if (behind.size > 0) context.note(wallText(plan, rows, behind));
  const failed = behind.size === rows.length ? without : without.filter((row) => !behind.has(row));
  settle(context, spec, [
    ...failuresOf(spec, plan, rows, failed),
    ...pointsMissing(spec, planned, placesOfScan(planned, rows)),
    ...(toys?.failures ?? []),
  ]);
}

/** What a task on a cluster does; its file is the plan. */
async function scanShard(context: Context, file: string, { task, tasks }: Shard): Promise<void> {
  const { text, folder } = await readInput(context, file);
  if (!runTask(folder, text, task, tasks)) throw wrongUsage(context.line, file, "this is no plan of a scan");
}

function printed(
  plan: ScanPlan,
  rows: readonly TableRow[],
  toys: PointToys | undefined,
  { format }: Options,
): string {
  return format === "json" ? printJson(jsonOf(plan, rows, toys)) : csvTable(plan, rows, toys?.columns);
}

/** The corners of the grid, and its lowest point. */
function placesOfScan({ plan, compiled }: Planned, rows: readonly TableRow[]): readonly Place[] {
  const { grid } = plan.identity;
  const found = rows.filter(({ converged }) => converged);
  const corners = found.filter(({ at }) =>
    at.every((value, i) => value === grid[i]!.values[0] || value === grid[i]!.values.at(-1)),
  );
  const least = smallestOf(found.map(({ deltaChi2 }) => deltaChi2));
  const lowest = found.filter(({ deltaChi2 }) => deltaChi2 === least);
  const best = Float64Array.from(plan.start.values);
  return [...new Set([...corners, ...lowest.slice(0, 1)])].map(({ at, profiled }) => {
    const values = [...grid.map(({ parameter }) => parameter), ...plan.profiled.map(({ name }) => name)];
    const all = Object.fromEntries(values.map((name, i) => [name, [...at, ...profiled][i]!]));
    const onGrid = Object.fromEntries(grid.map(({ parameter }, i) => [parameter, at[i]!]));
    return { ...placeWith(compiled, best, all), name: placeWith(compiled, best, onGrid).name };
  });
}

/** Of points without a fit those where χ² is not finite, which their rows have the other parameters of. */
function behindWalls({ plan, compiled }: Planned, rows: readonly TableRow[]): ReadonlySet<TableRow> {
  if (rows.length === 0) return new Set();
  const objective = chiSquare(compiled);
  const valueAt = (row: TableRow): number | undefined =>
    orUndefined(() => objective.value(placeOfRow(plan, compiled, row)));
  return new Set(
    rows.filter((row) => {
      const value = valueAt(row);
      return value !== undefined && !Number.isFinite(value);
    }),
  );
}

function placeOfRow(plan: ScanPlan, { parameters }: CompiledAnalysis, row: TableRow): Float64Array {
  const known = new Map(
    namedValues(plan, row).flatMap(([name, value]) =>
      Number.isFinite(value) ? [[name, value] as const] : [],
    ),
  );
  return Float64Array.from(parameters, ({ name }, i) => known.get(name) ?? plan.start.values[i]!);
}

function namedValues(
  { identity: { grid }, units, profiled }: ScanPlan,
  row: TableRow,
): readonly (readonly [name: string, value: number, unit: string])[] {
  return [
    ...grid.map(({ parameter }, i) => [parameter, row.at[i]!, units[i] ?? ""] as const),
    ...profiled.map(({ name, unit }, i) => [name, row.profiled[i]!, unit] as const),
  ];
}

/** As a fit says it, which goes on behind such places as well. */
function wallText(plan: ScanPlan, rows: readonly TableRow[], behind: ReadonlySet<TableRow>): string {
  const [first] = behind;
  const place = namedValues(plan, first!)
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value, unit]) => `${name} = ${figure(value, 4)} ${unit}`.trimEnd());
  return `chi2 is not finite at ${behind.size} of ${rows.length} points, the first with ${place.join(", ")}`;
}

/** One diagnostic for all the other points without a fit. */
function failuresOf(
  spec: Spec,
  { identity, units }: ScanPlan,
  rows: readonly TableRow[],
  failed: readonly TableRow[],
): readonly Diagnostic[] {
  const { analysis, grid } = identity;
  const [first] = failed;
  if (first === undefined) return [];
  const place = grid.map(({ parameter }, i) => `${parameter} = ${first.at[i]} ${units[i]}`.trim());
  const reason = `at ${failed.length} of ${rows.length} points, the first at ${place.join(", ")}`;
  return [diagnostic("SV1803", placeOf(spec, analysis), { analysis, reason })];
}

function jsonOf(plan: ScanPlan, rows: readonly TableRow[], toys: PointToys | undefined): ScanOutput {
  const { identity, units, profiled } = plan;
  return {
    analysis: identity.analysis,
    minimum: finite(smallestChi2(plan, rows)),
    grid: identity.grid.map(({ parameter, values }, i) => ({
      name: parameter,
      unit: units[i] ?? "",
      values,
    })),
    profiled,
    points: rows.map((row, i) => ({
      at: row.at,
      chi2: finite(row.chi2),
      deltaChi2: finite(row.deltaChi2),
      ...(toys === undefined ? {} : { toys: toys.points[i]! }),
      profiled: row.profiled.map(finite),
      converged: row.converged,
    })),
  };
}
