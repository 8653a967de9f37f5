/** `sevens contour`: contours of χ² in a plane of two parameters, followed as curves. */
import { type Command, InvalidArgumentError } from "commander";
import simplify from "simplify-js";
import { type Contours, contours } from "../../../runtime/contour.ts";
import { mostHalvings } from "../../../runtime/contour-lines.ts";
import { largestOf } from "../../../runtime/extremes.ts";
import type { Place as Point } from "../../../runtime/marching-squares.ts";
import type { ScanAxis } from "../../../runtime/scan.ts";
import { type Diagnostic, diagnostic } from "../../diagnostics/index.ts";
import { columnName } from "../../scan/journal.ts";
import type { Context } from "../context.ts";
import { specValues } from "../counts.ts";
import { wrongUsage } from "../exit.ts";
import { collectLevels, type Level, levelsFor, riseAt } from "../levels.ts";
import { lookElsewhere, valueOfNothing } from "../look-elsewhere.ts";
import { addChoices, addOutput, collect, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import { byFactors } from "../plot-axes.ts";
import { degrees } from "../plot-options.ts";
import { type Place, placeWith, pointsMissing } from "../points-at.ts";
import { progressOn } from "../progress.ts";
import { gridOf, type PlanOptions, theAnalysis } from "../scan-plan.ts";
import type { ContourOutput } from "../schemas/contour.ts";
import { placeOf, type Running, readSound, type Spec, settle, withoutFit } from "../spec.ts";
import { addSeedOfStarts, addStarts, randomStartsOf } from "../starts.ts";
import { addExamples } from "../verb.ts";

interface Options extends PlanOptions, OutputOptions<"csv" | "json"> {
  readonly level?: readonly Level[];
  readonly dof: number;
  readonly refine: number;
  readonly minimum?: number;
}

export function configureContour(command: Command, context: Context): void {
  addSeedOfStarts(addStarts(addChoices(addOutput(command, ["csv", "json"]))))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .option(
      "--grid <grid>",
      "a parameter with the coarse grid that contours are looked for on; twice, for x and y",
      collect,
    )
    .option("--level <levels>", "`1sigma,90%,2sigma`; those of the analysis unless given", collectLevels)
    .option("--dof <number>", "degrees of freedom of the levels", degrees, 2)
    .option(
      "--refine <number>",
      "how often cells of the grid at a contour are cut into four; oftener until the lines stay",
      halvings,
      3,
    )
    .option("--minimum <chi2>", "count from this chi2 instead of that of the best fit", Number)
    .action((file: string, options: Options) => contour(context, file, options));
  addExamples(command, [
    [
      'sevens contour nsi.sevens --grid "eps_u in -1 .. 1 21 points" --grid "eps_d in -1 .. 1 21 points" -o nsi.csv',
      "islands and strips at the levels of the analysis; `sevens plot nsi.csv` draws them",
    ],
    [
      'sevens contour bl.sevens --grid "M_BL in 1 keV .. 1 GeV log 25 points" --grid "g_BL in 1e-6 .. 1e-2 log 25 points" ' +
        "--level 90%,2sigma --dof 1 --format json",
      "over logarithmic axes, of one degree of freedom",
    ],
  ]);
}

function halvings(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > mostHalvings) {
    throw new InvalidArgumentError(`It is not a whole number from 0 to ${mostHalvings}.`);
  }
  return number;
}

async function contour(context: Context, file: string, options: Options): Promise<void> {
  const spec = await readSound(context, file);
  const running = theAnalysis(context, spec, options);
  const axes = planeOf(context, spec, running, options);
  const { compiled } = running;
  const levels = levelsFor(options.level, compiled.intervals);
  const progress = progressOn(context.io);
  const found = contours(compiled, axes, {
    rises: levels.map((level) => riseAt(level, options.dof)),
    halvings: options.refine,
    ...(options.minimum === undefined ? {} : { minimum: options.minimum }),
    random: randomStartsOf(options),
    progress: (fits) => progress.show(`contours of ${compiled.name}: ${fits} fits`),
  });
  progress.clear();
  if (found === undefined) throw withoutFit(spec, compiled.name, "no point of the plane has a fit");
  const output = outputOf(running, axes, levels, options.dof, found);
  writeResult(context, options.output, options.format === "json" ? printJson(output) : csvOf(output));
  if (!output.bestInside) {
    context.note(`the best fit lies outside of the plane, at ${placeText(axes, output.best)}`);
  }
  noteLost(context, levels, options.dof, found);
  const { failed, fits } = found;
  const reason = `at ${failed} of ${fits} points of the plane, where contours end`;
  const place = placeOf(spec, compiled.name);
  const lacking = diagnostic("SV1803", place, { analysis: compiled.name, reason });
  const narrow = reasonsOf(axes, levels, options.dof, found).map((one) =>
    diagnostic("SV1813", place, { analysis: compiled.name, reason: one }),
  );
  settle(context, spec, [
    ...narrow,
    ...(failed > 0 ? [lacking] : []),
    ...elsewhereIn(spec, running, axes),
    ...pointsMissing(spec, running, placesOfContour(running, axes, found)),
  ]);
}

/** Parameters beside the two of the plane that mean nothing where one of these is nothing. */
function elsewhereIn(spec: Spec, { compiled }: Running, axes: Axes): readonly Diagnostic[] {
  const inPlane = axes.map(({ parameter }) => parameter);
  return compiled.parameters
    .filter(({ name }) => inPlane.includes(name))
    .flatMap((info) =>
      lookElsewhere(spec, compiled, info.name, valueOfNothing(info), specValues(compiled), inPlane),
    )
    .slice(0, 1);
}

/** The best fit, and where the lines reach farthest to each side, the other parameters as in the spec. */
function placesOfContour({ compiled }: Running, axes: Axes, { best, lines }: Contours): readonly Place[] {
  const points = lines.flatMap((line) => line.points);
  const farthest = axes.flatMap((_, k) =>
    [1, -1].flatMap((side) => {
      const end = largestOf(points.map((point) => side * point[k]!));
      return points.filter((point) => side * point[k]! === end).slice(0, 1);
    }),
  );
  const spec = specValues(compiled);
  return [best, ...farthest].map((place) =>
    placeWith(compiled, spec, Object.fromEntries(axes.map(({ parameter }, k) => [parameter, place[k]!]))),
  );
}

/** Says at which levels there is no line, and why, where that is known. */
function noteLost(
  context: Context,
  levels: readonly Level[],
  dof: number,
  { chi2, lowest, lines, unsettled }: Contours,
): void {
  const lost = levels
    .map((level) => ({ label: level.label, rise: riseAt(level, dof) }))
    .filter(({ rise }) => ![...lines, ...unsettled].some(({ level }) => level === rise));
  const note = (some: typeof lost, why: string): void => {
    if (some.length > 0) context.note(`no contour at ${some.map(({ label }) => label).join(", ")}: ${why}`);
  };
  note(
    lost.filter(({ rise }) => lowest - chi2 < rise),
    "the plane ends before",
  );
  note(
    lost.filter(({ rise }) => !(lowest - chi2 < rise)),
    "nowhere in the plane is chi2 so low",
  );
}

/** Why the lines of some levels are not settled. */
function reasonsOf(
  axes: Axes,
  levels: readonly Level[],
  dof: number,
  { unsettled }: Contours,
): readonly string[] {
  return unsettled.map(({ level, hidden }) => {
    const label = levels.find((one) => riseAt(one, dof) === level)?.label ?? "";
    if (hidden === undefined) return `the last cut of the cells still changed those at ${label}`;
    return `there is a minimum at ${placeText(axes, hidden)} without a line at ${label} around it`;
  });
}

type Axes = Parameters<typeof contours>[1];

function placeText(axes: Axes, place: readonly number[]): string {
  return axes.map(({ parameter }, k) => `${parameter} = ${Number(place[k]!.toPrecision(4))}`).join(", ");
}

function isInside(axes: Axes, place: readonly number[]): boolean {
  return axes.every(({ values }, k) => values[0]! <= place[k]! && place[k]! <= values.at(-1)!);
}

/** The two axes; logarithmic where the values are spaced by factors. */
function planeOf(context: Context, spec: Spec, running: Running, { grid = [] }: Options): Axes {
  const { line } = context;
  const given = gridOf(context, spec, running, grid);
  const [x, y] = given;
  if (x === undefined || y === undefined || given.length > 2) {
    throw wrongUsage(line, grid.at(-1) ?? line.end, `a plane has two grids, not ${given.length}`);
  }
  const axis = ({ parameter, values }: ScanAxis, text: string): Axes[0] => {
    const sorted = [...new Set(values)].sort((a, b) => a - b);
    if (sorted.length < 2)
      throw wrongUsage(line, text, `\`${parameter}\` has one value: a side of a plane has two`);
    return { parameter, values: sorted, log: byFactors(sorted) };
  };
  return [axis(x, grid[0]!), axis(y, grid[1]!)];
}

function outputOf(
  { compiled }: Running,
  axes: Axes,
  levels: readonly Level[],
  dof: number,
  { chi2, best, lines, unsettled, fits, failed }: Contours,
): ContourOutput {
  return {
    analysis: compiled.name,
    parameters: axes.map(({ parameter: name }) => ({
      name,
      unit: compiled.parameters.find((one) => one.name === name)?.unit ?? "",
    })),
    plane: axes.map(({ values }) => [rounded(values[0]!), rounded(values.at(-1)!)] as const),
    degreesOfFreedom: dof,
    minimum: chi2,
    best: [...best],
    bestInside: isInside(axes, best),
    contours: levels.map((level) => {
      const rise = riseAt(level, dof);
      const own = lines.filter((line) => line.level === rise);
      return {
        label: level.label,
        level: level.probability,
        rise,
        settled: unsettled.every((one) => one.level !== rise),
        lines: own.map(({ closed, points }) => ({ closed, points: fewer(points, axes) })),
      };
    }),
    fits,
    failed,
  };
}

/** In shares of the sides of the plane, how far a line may move when points are left out. */
const TOLERANCE = 2e-5;
/** Digits of coordinates: more than the lines are known to. */
const DIGITS = 9;

/** The line without the points between which it is straight, ends and closedness kept. */
function fewer(points: readonly Point[], [first, second]: Axes): readonly Point[] {
  const share = ({ values, log }: Axes[0], value: number): number => {
    const [low, high] = [values[0]!, values.at(-1)!];
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  };
  const scaled = points.map((place) => ({ x: share(first, place[0]), y: share(second, place[1]), place }));
  const kept: ReadonlySet<object> = new Set(simplify(scaled, TOLERANCE, true));
  return scaled.filter((point) => kept.has(point)).map(({ place: [x, y] }) => [rounded(x), rounded(y)]);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/**
 * A row for each point of each line, before them one for the lowest point, which says when that is outside, and two for corners of
 * the plane.
 */
function csvOf({ parameters, plane, best, bestInside, contours: levels }: ContourOutput): string {
  const head = ["level", "rise", "line", "closed", ...parameters.map(columnName)].join(",");
  const rows = levels.flatMap(({ label, rise, lines }) =>
    lines.flatMap(({ closed, points }, i) =>
      points.map((place) => [label, rise, i + 1, closed, ...place].join(",")),
    ),
  );
  const corners = [0, 1].map((end) => ["plane", 0, 0, false, ...plane.map((ends) => ends[end])].join(","));
  const lowest = bestInside ? "minimum" : "minimum outside";
  return `${[head, [lowest, 0, 0, false, ...best].join(","), ...corners, ...rows].join("\n")}\n`;
}
