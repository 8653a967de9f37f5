/** `sevens fit`: the best fit of each analysis, with errors, intervals, pulls and goodness of fit. */
import type { Command } from "commander";
import type { CompiledAnalysis } from "../../../runtime/compiled.ts";
import {
  type FitOptions,
  type FitProgress,
  type FitResult,
  fit as fitAnalysis,
} from "../../../runtime/fit.ts";
import { type Impact, impacts as impactsOn } from "../../../runtime/impacts.ts";
import { chiSquare } from "../../../runtime/likelihood.ts";
import { minimise } from "../../../runtime/minimise.ts";
import { type Diagnostic, diagnostic } from "../../diagnostics/index.ts";
import type { Context } from "../context.ts";
import { fitsOver, jsonOver, rowsOver, textOver } from "../fit-over.ts";
import { fitRows, fitText, outputOf } from "../fit-table.ts";
import { lookElsewhere, valueOfNothing } from "../look-elsewhere.ts";
import { addChoices, addOutput, type Choices, compileOptions, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import { placesOfFit, pointsMissing } from "../points-at.ts";
import { progressOn } from "../progress.ts";
import { theAnalysis } from "../scan-plan.ts";
import type { FitOutput } from "../schemas/fit.ts";
import { compileSpec, lacking, placeOf, type Running, readSound, type Spec, settle, start } from "../spec.ts";
import { addSeedOfStarts, addStarts, fitFrom, type StartsOptions } from "../starts.ts";
import { addExamples } from "../verb.ts";

type Options = Choices &
  OutputOptions &
  StartsOptions & {
    readonly correlation?: boolean;
    readonly impacts?: boolean;
    readonly over?: string;
  };

export function configureFit(command: Command, context: Context): void {
  addSeedOfStarts(addStarts(addChoices(addOutput(command))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option("--correlation", "print the correlations as well (JSON has them and the covariance)")
    .option("--impacts", "how far each free parameter moves with a nuisance one error off its best value")
    .option("--over <grid>", "a fit for each value of a fixed parameter, a projection made anew for each")
    .action((file: string, options: Options) => fitSpec(context, file, options));
  addExamples(command, [
    [
      "sevens fit radius.sevens",
      "best values with errors from the profile of the likelihood, pulls, p-value",
    ],
    ["sevens fit radius.sevens --format json -o fit.json", "the same for programs"],
    ["sevens fit radius.sevens --impacts", "which uncertainties matter; `sevens plot --impacts` draws them"],
    [
      'sevens fit future.sevens --over "years in 1 .. 10 10 points" --format csv -o years.csv',
      "errors against the time of running; `sevens plot years.csv --x years --y s2w_plus` draws them",
    ],
    ["sevens fit bl.sevens --starts 50", "where minimisations from 50 random points of the ranges end"],
    [
      "sevens fit radius.sevens --set s2w=0.2381",
      "another value of a fixed parameter, or a start of a free one",
    ],
  ]);
}

async function fitSpec(context: Context, file: string, options: Options): Promise<void> {
  const spec = await readSound(context, file);
  if (options.over !== undefined) return fitOver(context, spec, options.over, options);
  const chosen = compileOptions(context, spec, options);
  const units = compileSpec(context, spec, { ...chosen, derivatives: "likelihood" });
  const analyses = units.filter(({ kind }) => kind === "analysis");
  if (analyses.length === 0) throw lacking(context, spec, "analysis");
  const results = start(analyses).map((running): Fitted => {
    const result = fitOne(context, running, fitFrom(options));
    const wanted = options.impacts === true && result.converged;
    return { running, result, ...(wanted && { impacts: impactsOn(running.compiled, result) }) };
  });
  const good = results.filter(({ result }) => result.converged);
  if (good.length > 0 || options.format === "json") {
    writeResult(context, options.output, printed(context, results, good, options));
  }
  settle(
    context,
    spec,
    results.flatMap(({ running, result }) => [
      ...failuresOf(spec, result),
      ...elsewhereIn(spec, running.compiled, result),
      ...pointsMissing(spec, running, placesOfFit(running, result)),
    ]),
  );
}

/** χ² by which a best value is above that without a signal when nobody asks whether there is one. */
const certain = 25;

/** Parameters whose errors reach to, or near, a value at which another one means nothing. */
function elsewhereIn(
  spec: Spec,
  compiled: CompiledAnalysis,
  { converged, values, minimum, parameters }: FitResult,
): readonly Diagnostic[] {
  if (!converged || parameters.length < 2) return [];
  return parameters.flatMap(({ name }) => {
    const info = compiled.parameters.find((one) => one.name === name)!;
    const nothing = valueOfNothing(info);
    const found = lookElsewhere(spec, compiled, name, nothing, values);
    if (found.length === 0) return [];
    const objective = chiSquare(compiled, { fix: [name] });
    const index = objective.names.indexOf(name);
    const without = minimise({ ...objective, start: values.with(index, nothing) });
    return without.value - minimum < certain ? found : [];
  });
}

function fitOver(context: Context, spec: Spec, grid: string, options: Options): void {
  const { format, output } = options;
  const over = fitsOver(context, spec, theAnalysis(context, spec, options), grid, (running) =>
    fitOne(context, running, fitFrom(options)),
  );
  const color = output === undefined && context.colored(context.io.stdout);
  const text =
    format === "json"
      ? printJson(jsonOver(over))
      : format === "csv"
        ? printCsv(rowsOver(over))
        : textOver(over, color);
  writeResult(context, output, text);
  settle(
    context,
    spec,
    over.fits.flatMap(({ running, result }) => [
      ...failuresOf(spec, result),
      ...pointsMissing(spec, running, placesOfFit(running, result).slice(0, 1)),
    ]),
  );
}

/** Fits one analysis, saying on a terminal what is being done. */
export function fitOne({ io }: Context, { compiled }: Running, options: FitOptions = {}): FitResult {
  const progress = progressOn(io);
  try {
    return fitAnalysis(compiled, {
      ...options,
      progress: (stage) => progress.show(`fitting ${compiled.name}: ${progressText(stage)}`),
    });
  } finally {
    progress.clear();
  }
}

function progressText({ stage, parameter, evaluations }: FitProgress): string {
  const done = evaluations > 0 ? ` (${evaluations} evaluations)` : "";
  switch (stage) {
    case "minimum":
      return "looking for the minimum";
    case "errors":
      return `errors of ${parameter}${done}`;
    case "interval":
      return `interval of ${parameter}${done}`;
  }
}

/** What there is to say of a fit that a picture or a page is made from. */
export function findingsOf(spec: Spec, running: Running, result: FitResult): readonly Diagnostic[] {
  return [...failuresOf(spec, result), ...pointsMissing(spec, running, placesOfFit(running, result))];
}

/** Why the numbers asked for are not there: no minimum, or an end of an error or interval that was not found. */
export function failuresOf(spec: Spec, result: FitResult): readonly Diagnostic[] {
  const { name, converged, reason, parameters, intervals } = result;
  const span = placeOf(spec, name);
  if (!converged) return [diagnostic("SV1803", span, { analysis: name, reason })];
  const failed = [
    ...parameters.flatMap((one) => (one.status?.includes("failed") ? [`the error of ${one.name}`] : [])),
    ...intervals.flatMap((one) =>
      one.regions.some(({ status }) => status.includes("failed")) ? [`the interval of ${one.parameter}`] : [],
    ),
  ];
  return [...new Set(failed)].map((what) =>
    diagnostic("SV1803", span, { analysis: name, reason: `${what} was not found` }),
  );
}

interface Fitted {
  readonly running: Running;
  readonly result: FitResult;
  readonly impacts?: readonly Impact[];
}

function jsonOf(results: readonly Fitted[]): FitOutput {
  return {
    analyses: results.map(({ running, result, impacts }) =>
      outputOf(result, running.compiled.parameters, impacts),
    ),
  };
}

function printed(
  context: Context,
  results: readonly Fitted[],
  good: readonly Fitted[],
  { format, output, correlation }: Options,
): string {
  if (format === "json") return printJson(jsonOf(results));
  if (format === "csv") return printCsv(fitRows(good));
  const color = output === undefined && context.colored(context.io.stdout);
  const texts = good.map(({ running, result, impacts }) => {
    const projection = running.compiled.experiments.some(({ data }) => data === undefined);
    return fitText(result, {
      color,
      projection,
      correlation: correlation === true,
      ...(impacts && { impacts }),
    });
  });
  return texts.join("\n");
}
