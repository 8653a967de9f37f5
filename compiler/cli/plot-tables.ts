/** Pictures of tables: scans, and any columns against each other. */
import { InvalidArgumentError } from "commander";
import {
  type CurveAxis,
  type CurveInput,
  contentOf,
  curveCsv,
  curveFigure,
  type Place,
  undrawn,
} from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type CsvTable, readTable, rowsWhere } from "./csv-table.ts";
import { wrongUsage } from "./exit.ts";
import { labelsOf, scalesOf } from "./plot-axes.ts";
import { type ColumnOptions, columnPicture } from "./plot-columns.ts";
import { contourPicture, isContour } from "./plot-contour.ts";
import { cornerPicture } from "./plot-corner.ts";
import { checkTexts, drawAndWrite, type PictureOptions } from "./plot-files.ts";
import { nameOf, readCurveOrBand, readPoints } from "./plot-overlay.ts";
import { isScan, type ScanOptions, type ScanPicture, scanPicture } from "./plot-scan.ts";

export interface TableOptions extends ScanOptions, ColumnOptions, PictureOptions {
  readonly corner?: boolean;
  readonly parameter?: readonly string[];
  readonly x?: string;
  readonly y?: readonly string[];
  readonly where?: readonly string[];
  readonly points?: readonly string[];
  readonly overlay?: readonly string[];
  readonly xRange?: Place;
  readonly yRange?: Place;
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly title?: string;
}

/** `1..100`, `1e-3 .. 10`. */
export function rangeOf(value: string): Place {
  const [, low, high] = /^\s*(\S+?)\s*\.\.\s*(\S+)\s*$/.exec(value) ?? [];
  const range: Place = [Number(low), Number(high)];
  if (!(Number.isFinite(range[0]) && range[1] > range[0] && Number.isFinite(range[1]))) {
    throw new InvalidArgumentError("It is not a range such as `1..100`.");
  }
  return range;
}

/** Draws tables into one picture. */
export async function plotTables(
  context: Context,
  files: readonly string[],
  options: TableOptions,
): Promise<void> {
  const tables: CsvTable[] = [];
  for (const file of files)
    tables.push(rowsWhere(context, await readTable(context, file), options.where ?? []));
  if (options.corner === true) {
    return drawAndWrite(context, [cornerPicture(context, tables, options)], options);
  }
  const picture = await overlaid(context, pictureOf(context, tables, options), options);
  checkRanges(context, picture);
  tellUndrawn(context, picture);
  checkTexts(context, textsOf(picture));
  const drawable = {
    key: "",
    figure: (size: { width?: number | undefined }) => curveFigure(picture, size),
    csv: () => curveCsv(picture),
  };
  await drawAndWrite(context, [drawable], options);
}

function pictureOf(context: Context, tables: readonly CsvTable[], options: TableOptions): ScanPicture {
  const scaleOf = scalesOf(options);
  if (options.x === undefined && options.y === undefined && tables.every(isScan)) {
    return scanPicture(
      context,
      tables,
      labelsOf(context, tables.map(fileLabel(tables)), options),
      scaleOf,
      options,
    );
  }
  if (options.x === undefined && options.y === undefined && tables.every(isContour)) {
    const labels = labelsOf(context, tables.map(fileLabel(tables)), options);
    return contourPicture(context, tables, labels, scaleOf, options);
  }
  if (options.x === undefined || options.y === undefined) {
    const [table] = tables.filter((one) => !isScan(one));
    const problem =
      table === undefined
        ? "`--x` and `--y` belong together"
        : `\`${table.file}\` is neither scan nor contours: say which columns to draw, with \`--x\` and \`--y\``;
    const help = `its columns are ${(table ?? tables[0]!).columns.join(", ")}`;
    throw wrongUsage(context.line, (table ?? tables[0]!).file, problem, help);
  }
  return columnPicture(context, tables, options.x, options.y, options);
}

async function overlaid(
  context: Context,
  { x, y, curves, rules, points }: ScanPicture,
  options: TableOptions,
): Promise<CurveInput> {
  const sets = [];
  for (const text of options.points ?? []) sets.push(await readPoints(context, text));
  const over = [];
  for (const text of options.overlay ?? []) over.push(await readCurveOrBand(context, text));
  const axis = (given: CurveAxis, range: Place | undefined, title: string | undefined): CurveAxis => ({
    ...given,
    range: range ?? given.range,
    title,
  });
  return {
    title: options.title,
    x: axis(x, options.xRange, options.xTitle),
    y: axis(y, options.yRange, options.yTitle),
    curves: [...curves, ...over.flatMap((one) => ("curve" in one ? [one.curve] : []))],
    bands: over.flatMap((one) => ("band" in one ? [one.band] : [])),
    points: [...sets, ...points],
    rules,
  };
}

/** Says which rows are not drawn. Stops where nothing would be drawn. */
function tellUndrawn(context: Context, picture: CurveInput): void {
  for (const { label, rows, of, reason } of undrawn(picture)) {
    const what = label === "" ? "" : ` of ${label}`;
    context.note(`${rows} of ${of} rows${what} ${rows === 1 ? "is" : "are"} not drawn: ${reason}`);
  }
  const { given, shown } = contentOf(picture);
  if (given && !shown)
    throw wrongUsage(context.line, "plot", "nothing of it can be drawn in the ranges of the axes");
}

function checkRanges(context: Context, { x, y }: CurveInput): void {
  for (const [{ scale, range }, option] of [
    [x, "--x-range"],
    [y, "--y-range"],
  ] as const) {
    if (scale === "log" && range !== undefined && !(range[0] > 0)) {
      throw wrongUsage(context.line, option, "a logarithmic axis begins above zero");
    }
  }
}

/** What is written on and around the panel; names of points come as data, which may say anything. */
function textsOf({ title, x, y, curves, bands, points, rules }: CurveInput): readonly (string | undefined)[] {
  return [
    title,
    ...[x, y].map((axis) => axis.title ?? axis.name),
    ...curves.flatMap(({ label, level }) => [label, level]),
    ...[...bands, ...points, ...rules].map(({ label }) => label),
  ];
}

/** The name of the file, where there are several. */
function fileLabel(tables: readonly CsvTable[]): (table: CsvTable) => string {
  return ({ file }) => (tables.length > 1 ? nameOf(file) : "");
}
