/** Pictures of scan tables: profiles of Δχ², and contours in a plane. */
import {
  type Curve,
  type CurveInput,
  contoursOf,
  limitsOf,
  type Place,
  type Rule,
  type Scale,
} from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type ColumnName, type CsvTable, columnName, numbersAt } from "./csv-table.ts";
import { wrongUsage } from "./exit.ts";
import { type Level, riseAt } from "./levels.ts";

export interface ScanOptions {
  readonly level?: readonly Level[];
  readonly dof?: number;
  /** χ² that the rise is counted from, for all tables or for each of them. */
  readonly minimum?: readonly number[];
  /** Levels by the p-values of toys instead of Δχ². */
  readonly toys?: boolean;
  readonly best?: boolean;
  readonly limits?: boolean;
}

/** A scan table, with the coordinates of its points. */
interface Scan {
  readonly table: CsvTable;
  readonly label: string;
  readonly grid: readonly ColumnName[];
  /** Per parameter of the grid, its value at each point. */
  readonly at: readonly (readonly number[])[];
  /** Δχ², or 1 − p of toys: what is compared with a level. */
  readonly rise: readonly number[];
  /** Δχ², where the levels are others. */
  readonly chi2?: readonly number[];
}

/** The scales of the axes when the options do not say. */
export type ScaleOf = (which: "x" | "y", values: readonly number[]) => Scale;

/** What of a picture comes from the tables. */
export type ScanPicture = Pick<CurveInput, "x" | "y" | "curves" | "rules" | "points">;

/** A scan writes these columns behind those of its grid. */
const marks = ["chi2", "delta_chi2", "converged"];

const usualLevels: readonly Level[] = [{ label: "90%", probability: 0.9 }];

/** Above the highest level a profile is drawn for so much more of it. */
const shownAbove = 1.8;

export function isScan({ columns }: CsvTable): boolean {
  return marks.every((mark) => columns.includes(mark));
}

/** Tables with one grid parameter as profiles, with two as contours. */
export function scanPicture(
  context: Context,
  tables: readonly CsvTable[],
  labels: readonly string[],
  scaleOf: ScaleOf,
  options: ScanOptions,
): ScanPicture {
  const { minimum = [] } = options;
  if (minimum.length > 1 && minimum.length !== tables.length) {
    const problem = `${minimum.length} values of \`--minimum\` for ${tables.length} tables`;
    throw wrongUsage(context.line, "--minimum", problem, "give one for all, or one for each");
  }
  const scans = tables.map((table, i) => {
    const scan = scanIn(context, table, labels[i] ?? "", minimum[i] ?? minimum[0]);
    return options.toys === true ? { ...scan, rise: confidences(context, table), chi2: scan.rise } : scan;
  });
  const [first] = scans;
  const dimensions = first?.grid.length ?? 0;
  const other = scans.find(({ grid }) => grid.length !== dimensions);
  if (first === undefined || other !== undefined) {
    throw wrongUsage(context.line, other?.table.file ?? "", "the tables have grids of unlike dimension");
  }
  if (dimensions > 2) {
    const problem = `\`${first.table.file}\` has a grid of ${dimensions} parameters: a picture shows one or two`;
    throw wrongUsage(context.line, first.table.file, problem);
  }
  return dimensions === 1 ? profiles(scans, scaleOf, options) : planes(context, scans, scaleOf, options);
}

function scanIn(context: Context, table: CsvTable, label: string, minimum: number | undefined): Scan {
  const { columns } = table;
  const count = columns.indexOf("chi2");
  if (count === 0) throw wrongUsage(context.line, table.file, `\`${table.file}\` has no grid parameter`);
  const at = columns.slice(0, count).map((_, i) => numbersAt(context, table, i));
  const chi2 = numbersAt(context, table, count);
  const rise =
    minimum === undefined
      ? numbersAt(context, table, columns.indexOf("delta_chi2"))
      : chi2.map((value) => value - minimum);
  return { table, label, grid: columns.slice(0, count).map(columnName), at, rise };
}

/** The level at which each point would be on the rim of its region, by toys. */
function confidences(context: Context, table: CsvTable): readonly number[] {
  const column = table.columns.indexOf("p_value");
  if (column < 0) {
    const problem = `\`${table.file}\` has no p-values of toys`;
    throw wrongUsage(context.line, table.file, problem, "`sevens scan --toys` writes them");
  }
  return numbersAt(context, table, column).map((p) => 1 - p);
}

/** Where a level is in what is compared with it. */
function heightOf(level: Level, dof: number, { toys }: ScanOptions): number {
  return toys === true ? level.probability : riseAt(level, dof);
}

function profiles(scans: readonly Scan[], scaleOf: ScaleOf, options: ScanOptions): ScanPicture {
  const { level = usualLevels, dof = 1 } = options;
  const rules = level.map((one): Rule => ({ label: one.label, y: heightOf(one, dof, options) }));
  const curves = scans.map(({ label, at, rise }): Curve => {
    const line = at[0]!.map((x, i): Place => [x, rise[i]!]);
    return { label, lines: [line.toSorted(([a], [b]) => a - b)] };
  });
  const rises = scans.flatMap(({ rise }) => rise.filter(Number.isFinite));
  const highest = rises.reduce((a, b) => Math.max(a, b), 0);
  const lowest = rises.reduce((a, b) => Math.min(a, b), 0);
  const wanted = shownAbove * Math.max(...rules.map(({ y }) => y));
  return {
    x: {
      ...scans[0]!.grid[0]!,
      scale: scaleOf(
        "x",
        scans.flatMap(({ at }) => at[0]!),
      ),
    },
    y: {
      name: options.toys === true ? "1 − p" : "Δχ²",
      unit: "",
      scale: scaleOf("y", []),
      range: [lowest, Math.min(wanted, 1.05 * highest) || 1],
    },
    curves,
    rules,
    points: [],
  };
}

function planes(
  context: Context,
  scans: readonly Scan[],
  scaleOf: ScaleOf,
  options: ScanOptions,
): ScanPicture {
  const { level = usualLevels, dof = 2 } = options;
  const [xs, ys] = [0, 1].map((k) => scans.flatMap(({ at }) => at[k]!));
  const [xScale, yScale] = [scaleOf("x", xs!), scaleOf("y", ys!)];
  const linesOf = options.limits === true ? limitsOf : contoursOf;
  const curves = scans.flatMap((scan) => {
    const grid = planeOf(context, scan, xScale, yScale);
    return level.map(
      (one): Curve => ({
        label: scan.label,
        level: one.label,
        lines: linesOf(grid, heightOf(one, dof, options)),
      }),
    );
  });
  const empty = curves.every(({ lines }) => lines.length === 0);
  if (empty) context.note("no contour: nowhere does Δχ² pass the level within the grid");
  const points = options.best === true ? scans.map(lowestPoint) : [];
  const [x, y] = scans[0]!.grid;
  return {
    x: { ...x!, scale: xScale, range: extentOf(xs!, xScale) },
    y: { ...y!, scale: yScale, range: extentOf(ys!, yScale) },
    curves,
    rules: [],
    points,
  };
}

/** The points of a scan as a grid; one that is missing has no value. */
function planeOf(context: Context, { table, at, rise }: Scan, xScale: Scale, yScale: Scale) {
  const x = coordinates(at[0]!, xScale);
  const y = coordinates(at[1]!, yScale);
  if (x.length < 2 || y.length < 2) {
    throw wrongUsage(context.line, table.file, `the grid of \`${table.file}\` is no plane that has contours`);
  }
  const [xIndex, yIndex] = [x, y].map((values) => new Map(values.map((value, i) => [value, i])));
  const values = Array.from({ length: x.length * y.length }, () => Number.NaN);
  rise.forEach((value, k) => {
    const [i, j] = [xIndex!.get(at[0]![k]!), yIndex!.get(at[1]![k]!)];
    if (i !== undefined && j !== undefined) values[i * y.length + j] = value;
  });
  return { x, y, xScale, yScale, values };
}

/** The values of a grid parameter that the axis can show, increasing. */
function coordinates(values: readonly number[], scale: Scale): readonly number[] {
  const shown = values.filter((value) => Number.isFinite(value) && (scale === "linear" || value > 0));
  return [...new Set(shown)].sort((a, b) => a - b);
}

function extentOf(values: readonly number[], scale: Scale): Place {
  const shown = coordinates(values, scale);
  return [shown[0] ?? 0, shown.at(-1) ?? 1];
}

/** The point of a scan where χ² is lowest. */
function lowestPoint({ label, at, rise, chi2 = rise }: Scan) {
  const lowest = chi2.reduce(
    (best, value, i) => (value < (chi2[best] ?? Number.NaN) ? i : best),
    firstNumber(chi2),
  );
  const [x, y] = [at[0]![lowest]!, at[1]![lowest]!];
  return { label: label === "" ? "lowest χ²" : `${label}, lowest χ²`, points: [{ x, y, low: y, high: y }] };
}

function firstNumber(values: readonly number[]): number {
  return Math.max(0, values.findIndex(Number.isFinite));
}
