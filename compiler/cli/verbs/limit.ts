/** `sevens limit`: upper limits and intervals by profile, CLs or Feldman-Cousins, with what is expected. */
import { type Command, Option } from "commander";
import type { CompiledAnalysis } from "../../../runtime/compiled.ts";
import { type NuisancesAt, truthAt, upperLimit } from "../../../runtime/limit.ts";
import type { RandomStartOptions } from "../../../runtime/random-starts.ts";
import type { ScanAxis } from "../../../runtime/scan.ts";
import type { Diagnostic } from "../../diagnostics/index.ts";
import { usedParameters } from "../../emit/view.ts";
import { parameterNamed } from "../../scan/grid-parameter.ts";
import type { Pool } from "../../scan/threads.ts";
import type { Context } from "../context.ts";
import { specValues } from "../counts.ts";
import { withRoomForAsimov } from "../event-places.ts";
import { Stop, wrongUsage } from "../exit.ts";
import { collectLevels, type Level } from "../levels.ts";
import { limitRows, limitText, pointRows } from "../limit-table.ts";
import { finite, isProjection, limitByToys, type ToyLimit } from "../limit-toys.ts";
import { lookElsewhere, severalMinima, valueOfNothing } from "../look-elsewhere.ts";
import { addChoices, addOutput, type Choices, collect, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeFiles, writeResult } from "../output.ts";
import { type Place, placeWith, pointsMissing } from "../points-at.ts";
import { gridOf, planOn, theAnalysis } from "../scan-plan.ts";
import { forget } from "../scan-run.ts";
import type { LimitMethodName, LimitOutput } from "../schemas/limit.ts";
import { type Running, readSound, type Spec, settle, withoutFit } from "../spec.ts";
import { addStarts, randomStartsOf, type StartsOptions } from "../starts.ts";
import { addToys, type ToyOptions } from "../toy-plan.ts";
import { failedToys, fewToys } from "../toy-run.ts";
import { addExamples } from "../verb.ts";
import { addWork, tableFile, type WorkOptions, whole, withThreads } from "../work.ts";

interface Options extends Choices, OutputOptions, WorkOptions, ToyOptions, StartsOptions {
  readonly parameter?: string;
  readonly method: LimitMethodName;
  readonly level?: readonly Level[];
  readonly null?: string;
  readonly expected?: boolean;
  readonly grid?: readonly string[];
  readonly toys?: number;
  readonly data?: string;
}

const usualToys = 1000;
const usualLevel = 0.9;

export function configureLimit(command: Command, context: Context): void {
  addWork(addStarts(addToys(addChoices(addOutput(command)))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option("--parameter <name>", "what the limit is on; the one free parameter unless given")
    .addOption(
      new Option(
        "--method <method>",
        "an upper limit by the profile of the likelihood or by CLs, or a Feldman-Cousins interval by toys",
      )
        .choices(["profile", "cls", "feldman-cousins"])
        .default("profile"),
    )
    .option("--level <level>", "confidence level: `90%`, `2sigma`; 90% unless given", collectLevels)
    .option(
      "--null <name=value>",
      "the value without a signal; zero unless given, or the end of the range next to it",
    )
    .option("--expected", "what is expected without a signal: the median and the bands of one and two sigma")
    .option("--grid <grid>", "values of the parameter that toys are made at, as in `sevens scan`", collect)
    .option("--toys <number>", "toys at each value, in the place of the limit of many events", whole)
    .option("--data <file>", "write the tests at the values of the grid as CSV as well")
    .action((file: string, options: Options) =>
      withThreads(options, (threads) => limit(context, file, options, threads)),
    );
  addExamples(command, [
    [
      "sevens limit bl.sevens --method cls --level 95% --expected",
      "observed and expected, in the limit of many events",
    ],
    [
      'sevens limit bl.sevens --method feldman-cousins --grid "g_BL in 0 .. 1e-4 21 points" --toys 2000 -o fc.txt',
      "an interval whose coverage holds next to the boundary; run again, it goes on where it was",
    ],
    [
      'sevens limit bl.sevens --method cls --toys 2000 --grid "g_BL in 0 .. 1e-4 21 points" --expected',
      "CLs by toys",
    ],
    [
      "sevens limit bl.sevens --starts 50",
      "with the minima of the data and without a signal looked for from 50 random points as well",
    ],
  ]);
}

async function limit(
  context: Context,
  file: string,
  options: Options,
  threads: Promise<Pool> | undefined,
): Promise<void> {
  const spec = await readSound(context, file);
  const table = tableFile(context, options.output);
  const running = theAnalysis(context, spec, options, true);
  const level = levelOf(context, options);
  const nuisances = options.nuisances ?? "fitted";
  const method = options.method;
  const count = options.toys ?? (method === "feldman-cousins" ? usualToys : undefined);
  const grid = gridFor(context, spec, running, options, count !== undefined);
  const parameter = grid?.parameter ?? parameterFor(context, spec, running, options.parameter);
  const nothing = nullFor(context, spec, running, parameter, options.null);
  const { unit = "" } = running.compiled.parameters.find(({ name }) => name === parameter) ?? {};
  const same = { analysis: running.compiled.name, parameter, unit, level, method, nuisances, null: nothing };
  const expected = options.expected === true;
  const random = randomStartsOf(options);
  if (grid === undefined || count === undefined) {
    const truth = truthAt(running.compiled, { [parameter]: nothing }, nuisances, random);
    const roomy = truth === undefined ? running : withRoomForAsimov(context, spec, options, running, truth);
    const { found, minima } = asymptotic(spec, roomy, { ...same, expected, random });
    print(context, { ...same, ...found }, options);
    const at = truth ?? specValues(running.compiled);
    return settle(context, spec, [
      ...lookElsewhere(spec, running.compiled, parameter, nothing, at),
      ...(found.observed === null ? [] : severalMinima(spec, running.compiled, parameter, minima)),
      ...pointsMissing(spec, running, placesOfLimit(running.compiled, parameter, at, found)),
    ]);
  }
  const planned = planOn(context, spec, options, running, [grid]);
  const request = { method, level, null: nothing, expected, count, random };
  const found = await limitByToys(context, spec, planned, request, options, table, threads);
  if (found === undefined) return;
  const { made, ...result } = found;
  print(context, { ...same, ...result }, options);
  if (table !== undefined) forget(table);
  settle(context, spec, [...fewToys(spec, made, level), ...failedToys(spec, made)]);
}

type Found = Omit<ToyLimit, "made">;

/** The best value, the ends of what is not excluded, and the limit that is expected. */
function placesOfLimit(
  compiled: CompiledAnalysis,
  parameter: string,
  at: Float64Array,
  { observed, expected }: Found,
): readonly Place[] {
  const regions = observed?.regions ?? [];
  const median = expected?.find(({ shift }) => shift === 0)?.value;
  const values = [observed?.best, ...regions.flatMap(({ low, high }) => [low, high]), median];
  return values.flatMap((value) =>
    typeof value === "number" ? [placeWith(compiled, at, { [parameter]: value })] : [],
  );
}

interface AsymptoticRequest {
  readonly parameter: string;
  readonly level: number;
  readonly method: LimitMethodName;
  readonly nuisances: NuisancesAt;
  readonly null: number;
  readonly expected: boolean;
  readonly random: RandomStartOptions | undefined;
}

function asymptotic(
  spec: Spec,
  running: Running,
  request: AsymptoticRequest,
): { readonly found: Found; readonly minima: readonly number[] } {
  const { method } = request;
  if (method === "feldman-cousins") throw new Error("Feldman-Cousins intervals are made by toys");
  const { compiled } = running;
  const limit = upperLimit(compiled, { ...request, method });
  const { converged, reason, best, minima, regions, expected } = limit;
  if (!converged) throw withoutFit(spec, compiled.name, reason);
  const shown = regions.map(({ low, high, status }) => ({
    low: finite(low),
    high: finite(high),
    status,
    errors: null,
  }));
  const found: Found = {
    toys: null,
    observed: isProjection(running) ? null : { best, regions: shown },
    expected:
      request.expected || isProjection(running)
        ? expected.map(({ shift, value }) => ({ shift, value: finite(value) }))
        : null,
    points: [],
  };
  return { found, minima };
}

function levelOf({ line }: Context, { level = [] }: Options): number {
  if (level.length > 1) throw wrongUsage(line, "--level", "a limit has one level");
  return level[0]?.probability ?? usualLevel;
}

/** The values that toys are made at; undefined without toys. */
function gridFor(
  context: Context,
  spec: Spec,
  running: Running,
  { grid, method, parameter }: Options,
  toys: boolean,
): ScanAxis | undefined {
  const { line } = context;
  if (!toys) {
    if (grid === undefined) return undefined;
    throw wrongUsage(line, "--grid", "a grid is for toys", "add `--toys 1000`");
  }
  if (grid === undefined) {
    const help = 'write `--grid "g in 0 .. 1e-4 21 points"`';
    throw wrongUsage(line, method === "feldman-cousins" ? method : "--toys", "toys need a grid", help);
  }
  const axes = gridOf(context, spec, running, grid);
  const [axis] = axes;
  if (axes.length !== 1 || axis === undefined) {
    throw wrongUsage(
      line,
      grid[1] ?? "--grid",
      "a limit is on one parameter",
      "`sevens scan --toys` takes planes",
    );
  }
  if (parameter !== undefined && parameterFor(context, spec, running, parameter) !== axis.parameter) {
    throw wrongUsage(line, parameter, `the grid is of \`${axis.parameter}\``);
  }
  return axis;
}

/** The parameter of a name, or the only one that is free. */
function parameterFor(
  context: Context,
  spec: Spec,
  { unit, compiled }: Running,
  name: string | undefined,
): string {
  const { line } = context;
  if (name === undefined) {
    const free = compiled.parameters.filter(({ role }) => role === "free");
    if (free.length === 1) return free[0]!.name;
    const names = free.map((one) => one.name).join(", ");
    const problem = free.length === 0 ? "no parameter is free" : `several parameters are free: ${names}`;
    throw wrongUsage(line, line.end, problem, "say which one with `--parameter`");
  }
  const found: Diagnostic[] = [];
  const known = parameterNamed(name, line.spanOf(name), usedParameters(unit.emitted), (one) =>
    found.push(one),
  );
  if (known === undefined) throw new Stop(found, new Map([...spec.sources, ...line.sources]));
  return known.name;
}

/** The value without a signal. */
function nullFor(
  context: Context,
  spec: Spec,
  running: Running,
  parameter: string,
  given: string | undefined,
): number {
  const info = running.compiled.parameters.find(({ name }) => name === parameter)!;
  if (given === undefined) return valueOfNothing(info);
  const [axis] = gridOf(context, spec, running, [given]);
  if (axis?.parameter !== parameter || axis.values.length !== 1) {
    throw wrongUsage(
      context.line,
      given,
      `this is no value of \`${parameter}\``,
      `write \`${parameter} = 0\``,
    );
  }
  return axis.values[0]!;
}

function print(context: Context, output: LimitOutput, { format, output: file, data }: Options): void {
  const color = file === undefined && context.colored(context.io.stdout);
  const texts = {
    json: () => printJson(output),
    csv: () => printCsv(limitRows(output)),
    table: () => limitText(output, color),
  };
  writeResult(context, file, texts[format]());
  if (data !== undefined) writeFiles(context, [{ path: data, data: printCsv(pointRows(output)) }]);
}
