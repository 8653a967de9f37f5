/**
 * What is laid over a picture of curves: `FILE where COLUMN=VALUE: x, y, error named COLUMN as Label`. In the place of a
 * column may stand a number, for all rows.
 */
import type { Band, Curve, CurvePoint, PointSet } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type CsvTable, columnAt, numbersAt, readTable, rowsWhere } from "./csv-table.ts";
import { wrongUsage } from "./exit.ts";

/** Measured points of a table: columns `x, y`, `x, y, error` or `x, y, minus, plus`. */
export async function readPoints(context: Context, text: string): Promise<PointSet> {
  const overlay = await readOverlay(context, text, [2, 3, 4]);
  const [xs, ys, minus, plus = minus] = overlay.numbers;
  const names = overlay.names;
  const points = overlay.table.rows.map((_, i): CurvePoint => {
    const [x, y] = [xs![i]!, ys![i]!];
    const below = minus?.[i] ?? 0;
    const above = plus?.[i] ?? 0;
    const name = names?.[i];
    return {
      x,
      y,
      low: y - (Number.isNaN(below) ? 0 : below),
      high: y + (Number.isNaN(above) ? 0 : above),
      ...(name === undefined ? {} : { name }),
    };
  });
  return { label: overlay.label, points };
}

/** A curve or a band of a table: columns `x, y` or `x, low, high`. */
export async function readCurveOrBand(
  context: Context,
  text: string,
): Promise<{ readonly curve: Curve } | { readonly band: Band }> {
  const { numbers, label } = await readOverlay(context, text, [2, 3]);
  const [xs, lows, highs] = numbers;
  if (highs === undefined) return { curve: { label, lines: [xs!.map((x, i) => [x, lows![i]!])] } };
  return { band: { label, points: xs!.map((x, i) => ({ x, low: lows![i]!, high: highs[i]! })) } };
}

interface Overlay {
  readonly table: CsvTable;
  readonly numbers: readonly (readonly number[])[];
  readonly names: readonly string[] | undefined;
  readonly label: string;
}

const form =
  "`FILE: x, y as Label` names the columns; `x, y, error` and `x, low, high` are understood as the option says";

async function readOverlay(context: Context, text: string, counts: readonly number[]): Promise<Overlay> {
  const [, before = "", label] = /^(.*?)(?:\s+as\s+(.*\S))?\s*$/s.exec(text) ?? [];
  const colon = before.search(/:\s/);
  const [, file = "", condition] =
    /^(.*?)(?:\s+where\s+(.*))?$/s.exec((colon < 0 ? before : before.slice(0, colon)).trim()) ?? [];
  if (file === "") throw wrongUsage(context.line, text, "there is no file in it", form);
  const table = rowsWhere(context, await readTable(context, file), condition?.split(",") ?? []);
  const [, list = "", naming] =
    /^(.*?)(?:\s+named\s+(.*\S))?$/.exec(colon < 0 ? "" : before.slice(colon + 1).trim()) ?? [];
  const wanted = list === "" ? [] : list.split(",").map((name) => name.trim());
  if (wanted.length > 0 && !counts.includes(wanted.length)) {
    const problem = `${wanted.length} columns where ${counts.join(" or ")} are meant`;
    throw wrongUsage(context.line, text, problem, form);
  }
  const most = Math.min(Math.max(...counts), table.columns.length);
  const columns = wanted.length > 0 ? wanted : table.columns.slice(0, most);
  if (columns.length < 2) throw wrongUsage(context.line, text, `\`${file}\` has one column only`, form);
  const named = naming === undefined ? undefined : columnAt(context, table, naming);
  return {
    table,
    numbers: columns.map((column) => numbersOf(context, table, column)),
    names: named === undefined ? undefined : table.rows.map((row) => row[named] ?? ""),
    label: label ?? nameOf(file),
  };
}

/** The numbers of a column; a number that is no column is the same in all rows. */
function numbersOf(context: Context, table: CsvTable, column: string): readonly number[] {
  const fixed = column === "" || table.columns.includes(column) ? Number.NaN : Number(column);
  if (Number.isFinite(fixed)) return table.rows.map(() => fixed);
  return numbersAt(context, table, columnAt(context, table, column));
}

/** A file without folders and ending. */
export function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
}
