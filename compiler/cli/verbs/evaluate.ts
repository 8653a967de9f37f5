/** `sevens evaluate`: values of constants and functions of a spec, at points and on grids. */
import type { Command } from "commander";
import { pointCount, pointValues, type ScanAxis } from "../../../runtime/scan-grid.ts";
import { diagnostic, hasErrors } from "../../diagnostics/index.ts";
import { valueTable } from "../../index.ts";
import { mostAxes } from "../../scan/grid-text.ts";
import { type GridVariable, readVariables } from "../../scan/grid-variable.ts";
import { parseUnitText } from "../../units/index.ts";
import type { Context } from "../context.ts";
import { exitCodes, Stop, wrongUsage } from "../exit.ts";
import { addOutput, collect, expressionIn, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import type { EvaluateOutput } from "../schemas/evaluate.ts";
import { readSound, type Spec, settle } from "../spec.ts";
import { brief, figure, printTable } from "../tables.ts";
import { addExamples } from "../verb.ts";

interface Options extends OutputOptions {
  readonly grid?: readonly string[];
  readonly in?: string;
}

export function configureEvaluate(command: Command, context: Context): void {
  addOutput(command)
    .argument("<file>", "a spec, `-` for standard input")
    .argument("<expressions...>", "of its constants and functions, those that it uses and those it declares")
    .option(
      "--grid <grid>",
      "a variable of the expressions and its values, with their unit; up to three times",
      collect,
    )
    .option("--in <unit>", "unit to print values in, where it fits")
    .action((file: string, expressions: readonly string[], options: Options) =>
      evaluateAll(context, file, expressions, options),
    );
  addExamples(command, [
    ['sevens evaluate running.sevens "weakMixingAngle(1 MeV)" "1/runningAlpha(1 MeV)"', "at a point"],
    [
      'sevens evaluate running.sevens "weakMixingAngle(q)" --grid "q in 1 MeV .. 100 GeV log 100 points" --format csv',
      "a curve as a table, for `sevens plot`",
    ],
    ["sevens evaluate running.sevens G_F^2 --in cm^4", "in another unit"],
  ]);
}

async function evaluateAll(
  context: Context,
  file: string,
  expressions: readonly string[],
  options: Options,
): Promise<void> {
  const spec = await readSound(context, file);
  const { axes, variables } = gridsOf(context, spec, options.grid ?? []);
  if (options.in !== undefined && "problem" in parseUnitText(options.in)) {
    throw wrongUsage(context.line, options.in, `there is no unit \`${options.in}\``);
  }
  const points = Array.from({ length: pointCount(axes) }, (_, i) => pointValues(axes, i));
  const table = valueTable(spec.model, {
    expressions: expressions.map((text) => expressionIn(context, text)),
    variables,
    points,
    ...(options.in === undefined ? {} : { unit: options.in }),
  });
  settle(context, spec, table.diagnostics);
  const output: EvaluateOutput = {
    grid: axes.map(({ values }, i) => ({ name: variables[i]!.name, unit: variables[i]!.unit, values })),
    expressions: expressions.map((text, i) => ({ text, unit: table.units[i]! })),
    points: points.map((at, i) => ({ at, values: table.rows[i]! })),
  };
  writeResult(context, options.output, printed(context, output, options));
  refuseNotFinite(context, output);
}

function gridsOf(
  context: Context,
  spec: Spec,
  given: readonly string[],
): { readonly axes: readonly ScanAxis[]; readonly variables: readonly GridVariable[] } {
  const { line } = context;
  if (given.length > mostAxes) {
    throw wrongUsage(line, given[mostAxes]!, `a grid has ${mostAxes} variables at most`);
  }
  const texts = given.map((text) => ({ text, span: line.spanOf(text) }));
  const { axes, variables, diagnostics } = readVariables(texts, spec.model);
  if (hasErrors(diagnostics)) throw new Stop(diagnostics, spec.sources);
  return { axes, variables };
}

/** One diagnostic for all values that are no numbers, after the others were printed. */
function refuseNotFinite(context: Context, { grid, expressions, points }: EvaluateOutput): void {
  for (const { at, values } of points) {
    const wrong = values.findIndex((value) => value === null || !Number.isFinite(value));
    if (wrong < 0) continue;
    const what = expressions[wrong]!.text;
    const place = grid.map(({ name, unit }, i) => `${name} = ${at[i]} ${unit}`.trim()).join(", ");
    const parameters = { what, found: `${values[wrong]}`, place: place === "" ? "its point" : place };
    throw new Stop(
      [diagnostic("SV1801", context.line.spanOf(what), parameters)],
      context.line.sources,
      exitCodes.numerical,
    );
  }
}

function printed(context: Context, output: EvaluateOutput, options: Options): string {
  const { grid, expressions, points } = output;
  if (options.format === "json") return printJson(output);
  const heads = [...grid, ...expressions.map(({ text, unit }) => ({ name: text, unit }))].map(
    ({ name, unit }) => (unit === "" ? name : `${name} [${unit}]`),
  );
  const numbers = points.map(({ at, values }) => [...at, ...values.map((value) => value ?? Number.NaN)]);
  if (options.format === "csv") return printCsv([heads, ...numbers]);
  const color = options.output === undefined && context.colored(context.io.stdout);
  const rows = points.map(({ at, values }) => [
    ...at.map((value) => brief(value)),
    ...values.map((value) => figure(value ?? Number.NaN, 8)),
  ]);
  return printTable(
    heads.map((title) => ({ title, align: "right" })),
    rows,
    { color },
  );
}
