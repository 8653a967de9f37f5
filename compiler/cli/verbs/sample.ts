/** `sevens sample`: marginal posteriors by Hamiltonian Monte Carlo on the exact gradient. */
import { type Command, InvalidArgumentError } from "commander";
import type { CompiledAnalysis } from "../../../runtime/compiled.ts";
import { largestOf, smallestOf } from "../../../runtime/extremes.ts";
import { openParameters, posterior } from "../../../runtime/posterior.ts";
import { sampleRequest } from "../../../runtime/posterior-sample.ts";
import { marginalOf } from "../../../runtime/posterior-summary.ts";
import { type Diagnostic, diagnostic } from "../../diagnostics/index.ts";
import { nodeSha256 } from "../../interchange/hash-node.ts";
import { columnName, numberText } from "../../scan/journal.ts";
import type { SamplePlan } from "../../scan/plan.ts";
import { Results } from "../../scan/results.ts";
import type { Pool } from "../../scan/threads.ts";
import { workOf } from "../../scan/work.ts";
import type { Context } from "../context.ts";
import { specValues } from "../counts.ts";
import { rangeComments } from "../draw-ranges.ts";
import { collectLevels, type Level, levelsFor } from "../levels.ts";
import { finite } from "../limit-toys.ts";
import { addChoices, addOutput, type Choices, type OutputOptions, seedOf } from "../options.ts";
import { printCsv, printJson, writeFiles, writeResult } from "../output.ts";
import { type Place, placeWith, pointsMissing } from "../points-at.ts";
import { namedUnits, planOn, theAnalysis } from "../scan-plan.ts";
import { forget } from "../scan-run.ts";
import type { SampleOutput } from "../schemas/sample.ts";
import { placeOf, type Running, readSound, type Spec, settle, stopAt, withoutFit } from "../spec.ts";
import { addStarts, fitFrom, type StartsOptions } from "../starts.ts";
import { figure, figureWithError, percent, printTable, right } from "../tables.ts";
import { addExamples } from "../verb.ts";
import { addWork, carryThrough, tableFile, type WorkOptions, whole, withThreads } from "../work.ts";
import { fitOne } from "./fit.ts";

interface Options extends Choices, OutputOptions, WorkOptions, StartsOptions {
  readonly chains: number;
  readonly draws: number;
  readonly warmup: number;
  readonly level?: readonly Level[];
  readonly data?: string;
}

/** R̂ above this says that chains differ; fewer effective draws per chain than this make its estimate poor. */
const LARGEST_RHAT = 1.01;
const FEWEST_PER_CHAIN = 100;

export function configureSample(command: Command, context: Context): void {
  addWork(addStarts(addChoices(addOutput(command))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option("--chains <number>", "chains, each on its own; as many threads as `--workers`", whole, 4)
    .option("--draws <number>", "kept draws of each chain", atLeast(20), 1000)
    .option("--warmup <number>", "draws before that the step is learnt from", atLeast(20), 1000)
    .option("--seed <number>", "seed of the random numbers, 1 unless given", seedOf)
    .option("--level <levels>", "levels of the credible intervals, `90%`, `2sigma`", collectLevels)
    .option("--data <file>", "write every draw as CSV as well; `sevens plot FILE --corner` draws them")
    .action((file: string, options: Options) =>
      withThreads(options, (threads) => sample(context, file, options, threads)),
    );
  addExamples(command, [
    [
      "sevens sample radius.sevens --data draws.csv",
      "marginal posteriors of all fitted parameters, 4 chains",
    ],
    ["sevens plot draws.csv --corner -o corner.svg", "their densities, one by one and in pairs"],
    [
      "sevens sample radius.sevens --draws 5000 --workers 4 --seed 2 -o posterior.txt",
      "a chain on each thread; run again after an interruption, finished chains are kept",
    ],
    [
      "sevens sample nsi.sevens --starts 50",
      "chains begin around each minimum that descents from 50 random points find",
    ],
  ]);
}

function atLeast(least: number): (value: string) => number {
  return (value) => {
    const number = whole(value);
    if (number < least) throw new InvalidArgumentError(`It is less than ${least}.`);
    return number;
  };
}

async function sample(
  context: Context,
  file: string,
  options: Options,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const spec = await readSound(context, file);
  const table = tableFile(context, options.output);
  const running = theAnalysis(context, spec, options);
  requireRanges(spec, running);
  const plan = planOfSample(context, spec, running, options);
  const results = new Results(workOf(plan));
  const working = { plan, compiled: running.compiled, results, table };
  if (!(await carryThrough(context, working, options, threads))) return;
  const output = outputOf(
    plan,
    results,
    running.compiled,
    levelsFor(options.level, running.compiled.intervals),
  );
  writeResult(context, options.output, printed(context, output, options));
  if (options.data !== undefined)
    writeFiles(context, [{ path: options.data, data: drawsText(plan, results, running.compiled) }]);
  if (table !== undefined) forget(table);
  settle(context, spec, [
    ...doubts(spec, output),
    ...pointsMissing(spec, running, placesOfSample(running, plan, results)),
  ]);
}

/** Stops unless the posterior can be normalised. */
function requireRanges(spec: Spec, { compiled }: Running): void {
  const open = openParameters(compiled).map(({ name }) => `\`${name}\``);
  if (open.length > 0) throw stopAt(spec, compiled.name, "SV1811", { names: open.join(", ") });
}

function planOfSample(context: Context, spec: Spec, running: Running, options: Options): SamplePlan {
  const { compiled } = running;
  const { chains, draws, warmup, seed = 1 } = options;
  const result = fitOne(context, running, { errors: false, ...fitFrom(options) });
  if (!result.converged)
    throw withoutFit(spec, compiled.name, `chains begin around the best fit: ${result.reason}`);
  const request = sampleRequest(compiled, result, { chains, draws, warmup, seed });
  const { identity, code } = planOn(context, spec, options, running, []).plan;
  return {
    kind: "sample",
    identity: {
      ...identity,
      toys: { seed, chains, draws, warmup },
      fit: nodeSha256(JSON.stringify(request)),
    },
    sample: request,
    code,
    drawn: namedUnits(compiled, posterior(compiled).fitted),
  };
}

/** Columns of numbers before the parameters: χ², steps, acceptance. */
const before = 3;

function outputOf(
  plan: SamplePlan,
  results: Results,
  { parameters }: CompiledAnalysis,
  levels: readonly Level[],
): SampleOutput {
  const { chains, draws, warmup, seed } = plan.sample;
  const column = (k: number): number[][] =>
    Array.from({ length: chains }, (_, c) =>
      Array.from({ length: draws }, (_, i) => results.numberAt(c * draws + i, k)),
    );
  const mean = (k: number): number =>
    column(k)
      .flat()
      .reduce((sum, one) => sum + one, 0) /
    (chains * draws);
  const points = Array.from({ length: results.total }, (_, point) => point);
  return {
    analysis: plan.identity.analysis,
    seed,
    chains,
    draws,
    warmup,
    parameters: plan.drawn.map(({ name, unit }, k) => {
      const found = marginalOf(
        column(before + k),
        levels.map(({ probability }) => probability),
        parameters.find((one) => one.name === name)?.range,
      );
      const { errorOfMean, rhat, bulkSize, tailSize, ...rest } = found;
      return {
        name,
        unit,
        ...rest,
        errorOfMean: finite(errorOfMean),
        rhat: finite(rhat),
        bulkSize: finite(bulkSize),
        tailSize: finite(tailSize),
      };
    }),
    divergent: points.filter((point) => !results.convergedAt(point)).length,
    steps: mean(1),
    acceptance: mean(2),
  };
}

/** The draws in which each free parameter is smallest and largest. */
function placesOfSample({ compiled }: Running, { drawn }: SamplePlan, results: Results): readonly Place[] {
  const start = specValues(compiled);
  const isFree = (name: string): boolean =>
    compiled.parameters.some((one) => one.name === name && one.role === "free");
  const points = Array.from({ length: results.total }, (_, point) => point);
  return drawn.flatMap(({ name }, k) => {
    if (!isFree(name)) return [];
    const own = points.map((point) => results.numberAt(point, before + k));
    return [smallestOf(own), largestOf(own)].map((value) => {
      const point = own.indexOf(value);
      const all = drawn.map((one, i) => [one.name, results.numberAt(point, before + i)] as const);
      const { x } = placeWith(compiled, start, Object.fromEntries(all));
      return { x, name: placeWith(compiled, x, { [name]: value }).name };
    });
  });
}

/** Why the numbers may not be what they seem. */
function doubts(spec: Spec, output: SampleOutput): readonly Diagnostic[] {
  const { analysis, parameters, chains, draws, divergent } = output;
  const worst = parameters.filter(({ rhat }) => rhat === null || rhat > LARGEST_RHAT).map(({ name }) => name);
  const few = parameters
    .filter(
      ({ bulkSize, tailSize }) => !(Math.min(bulkSize ?? 0, tailSize ?? 0) >= FEWEST_PER_CHAIN * chains),
    )
    .map(({ name }) => name);
  const span = placeOf(spec, analysis);
  const differ = `R-hat of ${worst.join(", ")} is above ${LARGEST_RHAT}`;
  const poor = [
    ...(few.length > 0
      ? [`fewer than ${FEWEST_PER_CHAIN} effective draws per chain of ${few.join(", ")}`]
      : []),
    // A few at the steepest places do no harm that would show.
    ...(divergent > 0.001 * chains * draws ? [`${divergent} of ${chains * draws} draws diverged`] : []),
  ];
  return [
    ...(worst.length > 0 ? [diagnostic("SV1808", span, { analysis, reason: differ })] : []),
    ...poor.map((reason) => diagnostic("SV1809", span, { analysis, reason })),
  ];
}

function printed(context: Context, output: SampleOutput, { format, output: file }: Options): string {
  if (format === "json") return printJson(output);
  if (format === "csv") return printCsv(rowsOf(output));
  const color = file === undefined && context.colored(context.io.stdout);
  return textOf(output, color);
}

function textOf(output: SampleOutput, color: boolean): string {
  const { analysis, chains, draws, warmup, seed, parameters, divergent, acceptance, steps } = output;
  const head = `${analysis}   ${chains} chains of ${draws} draws after ${warmup}, seed ${seed}`;
  const columns = ["mean", "sd", "median", "R-hat", "bulk", "tail"].map(right);
  const rows = parameters.map(({ name, unit, mean, deviation, median, rhat, bulkSize, tailSize }) => [
    name,
    figureWithError(mean, [deviation]),
    figure(deviation, 3),
    figureWithError(median, [deviation]),
    rhat === null ? "" : rhat.toFixed(3),
    ...[bulkSize, tailSize].map((size) => (size === null ? "" : size.toFixed(0))),
    unit,
  ]);
  const marginals = printTable([{ title: "parameter" }, ...columns, { title: "unit" }], rows, { color });
  const intervals = printTable(
    [{ title: "interval" }, right("level"), right("central"), right("highest density"), { title: "unit" }],
    parameters.flatMap(({ name, unit, intervals: own }) =>
      own.map(({ level, central, highest }) => [
        name,
        percent(level),
        rangeText(central),
        highest.map(rangeText).join(" and "),
        unit,
      ]),
    ),
    { color },
  );
  const quality = `${divergent} divergent, acceptance ${acceptance.toFixed(2)}, ${steps.toFixed(1)} steps a draw\n`;
  return [`${head}\n`, marginals, intervals, quality].join("\n");
}

function rangeText([low = Number.NaN, high = Number.NaN]: readonly number[]): string {
  return `${figureWithError(low, [high - low])} .. ${figureWithError(high, [high - low])}`;
}

/** A row for each parameter, and one for each of its intervals and their parts. */
function rowsOf({ analysis, parameters }: SampleOutput): readonly (readonly (string | number)[])[] {
  const head = [
    "analysis",
    "kind",
    "name",
    "unit",
    "mean",
    "sd",
    "median",
    "rhat",
    "bulk",
    "tail",
    "level",
    "low",
    "high",
  ];
  const rows = parameters.flatMap((one) => [
    [
      analysis,
      "marginal",
      one.name,
      one.unit,
      one.mean,
      one.deviation,
      one.median,
      one.rhat ?? "",
      one.bulkSize ?? "",
      one.tailSize ?? "",
      "",
      "",
      "",
    ],
    ...one.intervals.flatMap(({ level, central, highest }) =>
      [["central", central] as const, ...highest.map((part) => ["highest", part] as const)].map(
        ([kind, [low, high]]) => [
          ...[analysis, kind, one.name, one.unit, "", "", "", "", "", ""],
          ...[level, low!, high!],
        ],
      ),
    ),
  ]);
  return [head, ...rows];
}

/** A row for each draw, under the ranges of the parameters. */
function drawsText(plan: SamplePlan, results: Results, { parameters }: CompiledAnalysis): string {
  const { known, knownAt, found } = workOf(plan);
  const head = [...[...known, ...found].map(columnName), "divergent"].join(",");
  const lines = results
    .all()
    .map(({ point, numbers, converged }) =>
      [...[...knownAt(point), ...numbers].map(numberText), !converged].join(","),
    );
  return `${[...rangeComments(plan.drawn, parameters), head, ...lines].join("\n")}\n`;
}
