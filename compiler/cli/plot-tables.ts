/** Pictures of tables: scans, and any columns against each other. */
import { InvalidArgumentError } from "commander";
import {
  type Curve,
  type CurveAxis,
  type CurveInput,
  curveCsv,
  curveFigure,
  type Place,
  type Scale,
  toPng,
  toSvg,
} from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type CsvTable, columnAt, columnName, numbersAt, readTable, rowsWhere } from "./csv-table.ts";
import { wrongUsage } from "./exit.ts";
import { writeFiles } from "./output.ts";
import { nameOf, readCurveOrBand, readPoints } from "./plot-overlay.ts";
import { isScan, type ScanOptions, type ScanPicture, scanPicture } from "./plot-scan.ts";

export interface TableOptions extends ScanOptions {
  readonly output?: string;
  readonly data?: string;
  readonly width?: number;
  readonly x?: string;
  readonly y?: readonly string[];
  readonly by?: string;
  readonly where?: readonly string[];
  readonly label?: readonly string[];
  readonly points?: readonly string[];
  readonly overlay?: readonly string[];
  readonly logX?: boolean;
  readonly logY?: boolean;
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
  const picture = await overlaid(context, pictureOf(context, tables, options), options);
  checkRanges(context, picture);
  const svg = await toSvg(curveFigure(picture, { width: options.width }));
  const { output, data } = options;
  const drawn = output?.toLowerCase().endsWith(".png") === true ? await toPng(svg) : svg;
  if (output === undefined) context.io.stdout.write(drawn);
  const results = [
    ...(output === undefined ? [] : [{ path: output, data: drawn }]),
    ...(data === undefined ? [] : [{ path: data, data: curveCsv(picture) }]),
  ];
  writeFiles(context, results);
  for (const { path } of results) context.note(`wrote ${path}`);
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
  if (options.x === undefined || options.y === undefined) {
    const [table] = tables.filter((one) => !isScan(one));
    const problem =
      table === undefined
        ? "`--x` and `--y` belong together"
        : `\`${table.file}\` is no scan: say which columns to draw, with \`--x\` and \`--y\``;
    const help = `its columns are ${(table ?? tables[0]!).columns.join(", ")}`;
    throw wrongUsage(context.line, (table ?? tables[0]!).file, problem, help);
  }
  return columnPicture(context, tables, options.x, options.y, options);
}

/** Columns against a column, of all tables; with `--by` a curve for each value of another column. */
function columnPicture(
  context: Context,
  tables: readonly CsvTable[],
  xName: string,
  yNames: readonly string[],
  options: TableOptions,
): ScanPicture {
  const groups = tables.flatMap((table) =>
    options.by === undefined ? [{ table, group: "" }] : groupsOf(context, table, options.by),
  );
  const found = groups.flatMap(({ table, group }) =>
    yNames.map((yName) => {
      const xs = numbersAt(context, table, columnAt(context, table, xName));
      const ys = numbersAt(context, table, columnAt(context, table, yName));
      const parts = [
        ...(tables.length > 1 ? [nameOf(table.file)] : []),
        ...(group === "" ? [] : [group]),
        ...(yNames.length > 1 ? [columnName(yName).name] : []),
      ];
      return { label: parts.join(", "), line: xs.map((x, i): Place => [x, ys[i]!]) };
    }),
  );
  const labels = labelsOf(
    context,
    found.map(({ label }) => label),
    options,
  );
  const scaleOf = scalesOf({ logX: false, logY: false, ...options });
  const curves = found.map(({ line }, i): Curve => ({ label: labels[i]!, lines: [line] }));
  const [table] = tables;
  const headAt = (name: string) => columnName(table!.columns[columnAt(context, table!, name)]!);
  const yHead = yNames.length === 1 ? headAt(yNames[0]!) : { name: "", unit: headAt(yNames[0]!).unit };
  return {
    x: { ...headAt(xName), scale: scaleOf("x", []) },
    y: { ...yHead, scale: scaleOf("y", []) },
    curves,
    rules: [],
    points: [],
  };
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

/** As the options say, else as the values are spaced: evenly, or by equal factors. */
function scalesOf({ logX, logY }: Pick<TableOptions, "logX" | "logY">) {
  return (which: "x" | "y", values: readonly number[]): Scale => {
    const said = which === "x" ? logX : logY;
    return (said ?? byFactors(values)) ? "log" : "linear";
  };
}

/** Whether neighbours differ rather by equal factors than by equal steps. */
function byFactors(values: readonly number[]): boolean {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 3 || sorted[0]! <= 0) return false;
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const factors = sorted.slice(1).map((value, i) => Math.log(value / sorted[i]!));
  const spread = (numbers: readonly number[]): number => Math.max(...numbers) / Math.min(...numbers);
  return spread(factors) < spread(steps) && sorted.at(-1)! / sorted[0]! > 5;
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

/** The labels of the options in place of the usual ones; as many as there are curves or none. */
function labelsOf(context: Context, usual: readonly string[], { label }: TableOptions): readonly string[] {
  if (label === undefined) return usual;
  if (label.length === usual.length) return label;
  const problem = `${label.length} labels for ${usual.length} curves`;
  throw wrongUsage(context.line, label.at(-1) ?? "--label", problem, "give `--label` once for each");
}

/** The name of the file, where there are several. */
function fileLabel(tables: readonly CsvTable[]): (table: CsvTable) => string {
  return ({ file }) => (tables.length > 1 ? nameOf(file) : "");
}

function groupsOf(
  context: Context,
  table: CsvTable,
  by: string,
): readonly { readonly table: CsvTable; readonly group: string }[] {
  const column = columnAt(context, table, by);
  const groups = [...new Set(table.rows.map((row) => row[column]!))];
  return groups.map((group) => ({
    group,
    table: { ...table, rows: table.rows.filter((row) => row[column] === group) },
  }));
}
