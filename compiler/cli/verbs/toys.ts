/** `sevens toys`: pseudo-experiments at given true values, for coverage, critical values and goodness of fit. */
import type { Command } from "commander";
import { bestFit } from "../../../runtime/fit-search.ts";
import { chiSquare } from "../../../runtime/likelihood.ts";
import type { ScanAxis } from "../../../runtime/scan.ts";
import type { Pool } from "../../scan/threads.ts";
import type { Context } from "../context.ts";
import { withRoomForToys } from "../event-places.ts";
import { collectLevels, type Level, levelsFor } from "../levels.ts";
import { isProjection } from "../limit-toys.ts";
import { addChoices, addOutput, type Choices, collect, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeFiles, writeResult } from "../output.ts";
import { gridOf, type Planned, planOn, theAnalysis } from "../scan-plan.ts";
import { forget } from "../scan-run.ts";
import type { ToysOutput } from "../schemas/toys.ts";
import { lacking, type Running, readSound, type Spec, settle, withoutFit } from "../spec.ts";
import { addToys, type ToyOptions, truthsOf } from "../toy-plan.ts";
import { failedToys, makeToys, profileHere, toyRows } from "../toy-run.ts";
import { toysCsv, toysOutput, toysText } from "../toy-table.ts";
import { addExamples } from "../verb.ts";
import { addWork, tableFile, type WorkOptions, whole, withThreads } from "../work.ts";

interface Options extends Choices, OutputOptions, WorkOptions, ToyOptions {
  readonly at?: readonly string[];
  readonly count: number;
  readonly level?: readonly Level[];
  readonly data?: string;
}

const usualCount = 1000;

export function configureToys(command: Command, context: Context): void {
  addWork(addToys(addChoices(addOutput(command))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option(
      "--at <values>",
      "true values of a parameter, as in a grid of `sevens scan`; up to three times; the best fit unless given",
      collect,
    )
    .option("--count <number>", "toys of each truth", whole, usualCount)
    .option(
      "--level <levels>",
      "levels of the intervals: `90%`, `2sigma`; those of the analysis",
      collectLevels,
    )
    .option("--data <file>", "write every toy as CSV as well")
    .action((file: string, options: Options) =>
      withThreads(options, (threads) => makeAndTell(context, file, options, threads)),
    );
  addExamples(command, [
    [
      'sevens toys radius.sevens --at "Rn = 5.06 fm" --count 2000 --seed 1 -o coverage.txt',
      "in how many of 2000 experiments the interval holds the truth; run again, it goes on where it was",
    ],
    ["sevens toys radius.sevens", "at the best fit: goodness of fit, bias"],
    [
      'sevens toys radius.sevens --at "Rn in 4 fm .. 7 fm 4 points" --level 1sigma,90% --format csv --data toys.csv',
      "at several truths, with a table of all toys",
    ],
  ]);
}

async function makeAndTell(
  context: Context,
  file: string,
  options: Options,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const { nuisances = "fitted", count } = options;
  const spec = await readSound(context, file);
  const table = tableFile(context, options.output);
  const given = plannedAt(context, spec, options);
  const rows = profileHere(given);
  const truths = truthsOf(context, spec, given, rows, nuisances);
  const planned = withRoomForToys(context, spec, options, given, truths);
  const { compiled, plan } = planned;
  const levels = levelsFor(options.level, compiled.intervals);
  const made = await makeToys(context, planned, truths, count, options, table, threads);
  if (made === undefined) return;
  const { isFit, chi2: best } = plan.start;
  const chi2 = isProjection(planned) || !isFit ? undefined : (best ?? undefined);
  const output = toysOutput(made, levels, { compiled, rows, chi2 }, nuisances);
  writeResult(context, options.output, printed(context, output, options));
  if (options.data !== undefined) writeFiles(context, [{ path: options.data, data: toyRows(made) }]);
  if (table !== undefined) forget(table);
  settle(context, spec, failedToys(spec, made));
}

/** The truths as a grid: those that are asked for, or the best fit of all free parameters. */
function plannedAt(context: Context, spec: Spec, options: Options): Planned {
  const running = theAnalysis(context, spec, options, true);
  const { at } = options;
  const grid = at === undefined ? bestValues(context, spec, running) : gridOf(context, spec, running, at);
  return planOn(context, spec, options, running, grid);
}

function bestValues(context: Context, spec: Spec, { compiled }: Running): readonly ScanAxis[] {
  const objective = chiSquare(compiled);
  const free = objective.fitted.filter((index) => objective.roles[index] === "free");
  if (free.length === 0) throw lacking(context, spec, "free parameter, which `--at` can stand in for");
  const { minimum } = bestFit(objective, 2);
  if (!minimum.converged) throw withoutFit(spec, compiled.name, "toys at the best fit need one");
  return free.map((index) => ({ parameter: objective.names[index]!, values: [minimum.x[index]!] }));
}

function printed(context: Context, output: ToysOutput, { format, output: file }: Options): string {
  if (format === "json") return printJson(output);
  if (format === "csv") return printCsv(toysCsv(output));
  return toysText(output, file === undefined && context.colored(context.io.stdout));
}
