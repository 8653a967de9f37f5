/** Pictures of the columns of any table against each other; a table of bins makes steps. */
import type { Curve, Place } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type ColumnName, type CsvTable, columnAt, columnName, numbersAt } from "./csv-table.ts";
import { wrongUsage } from "./exit.ts";
import { type AxisOptions, labelsOf, scalesOf } from "./plot-axes.ts";
import { nameOf } from "./plot-overlay.ts";
import type { ScanPicture } from "./plot-scan.ts";

export interface ColumnOptions extends AxisOptions {
  readonly by?: string;
  /** Divide by the widths of bins. */
  readonly density?: boolean;
}

/** A curve with its usual label. */
interface Drawn {
  readonly label: string;
  readonly line: readonly Place[];
  readonly placesPerRow: number;
}

/** Columns against a column or the bins of an observable, of all tables; with `by` a curve for each value of another. */
export function columnPicture(
  context: Context,
  tables: readonly CsvTable[],
  xName: string,
  yNames: readonly string[],
  options: ColumnOptions,
): ScanPicture {
  const groups = tables.flatMap((table) =>
    options.by === undefined ? [{ table, group: "" }] : groupsOf(context, table, options.by),
  );
  const drawn = groups.flatMap(({ table, group }) =>
    yNames.map((yName): Drawn => {
      const parts = [
        ...(tables.length > 1 ? [nameOf(table.file)] : []),
        ...(group === "" ? [] : [group]),
        ...(yNames.length > 1 ? [columnName(yName).name] : []),
      ];
      const line = lineOf(context, table, xName, yName, options);
      return { label: parts.join(", "), line, placesPerRow: line.length / table.rows.length };
    }),
  );
  const usual = drawn.map(({ label }) => label);
  const labels = labelsOf(context, usual, options);
  const scaleOf = scalesOf({ logX: false, logY: false, ...options });
  const [table] = tables;
  const x = binsOf(table!, xName)?.name ?? headAt(context, table!, xName);
  const y = headAt(context, table!, yNames[0]!);
  return {
    x: { ...x, scale: scaleOf("x", []) },
    y: { ...(yNames.length === 1 ? y : { name: "", unit: y.unit }), scale: scaleOf("y", []) },
    curves: drawn.map(
      ({ line, placesPerRow }, i): Curve => ({ label: labels[i]!, lines: [line], placesPerRow }),
    ),
    rules: [],
    points: [],
  };
}

function lineOf(
  context: Context,
  table: CsvTable,
  xName: string,
  yName: string,
  { density }: ColumnOptions,
): readonly Place[] {
  const ys = numbersAt(context, table, columnAt(context, table, yName));
  const bins = binsOf(table, xName);
  if (bins === undefined) {
    if (density === true) {
      const problem = `\`--density\` wants bins: \`${table.file}\` has no columns \`${xName}_lo\` and \`${xName}_hi\``;
      throw wrongUsage(context.line, "--density", problem);
    }
    const xs = numbersAt(context, table, columnAt(context, table, xName));
    return xs.map((x, i) => [x, ys[i]!]);
  }
  const [lows, highs] = bins.columns.map((column) => numbersAt(context, table, column));
  return ys.flatMap((y, i): Place[] => {
    const [low, high] = [lows![i]!, highs![i]!];
    const height = density === true ? y / (high - low) : y;
    return [
      [low, height],
      [high, height],
    ];
  });
}

/** The columns `NAME_lo_UNIT` and `NAME_hi_UNIT` of a table that `sevens rates` wrote. */
function binsOf(
  { columns }: CsvTable,
  name: string,
): { readonly columns: readonly [number, number]; readonly name: ColumnName } | undefined {
  if (columns.includes(name)) return undefined;
  const low = columns.findIndex((one) => one === `${name}_lo` || one.startsWith(`${name}_lo_`));
  const high = columns.findIndex((one) => one === `${name}_hi` || one.startsWith(`${name}_hi_`));
  if (low < 0 || high < 0) return undefined;
  return { columns: [low, high], name: { name, unit: columns[low]!.slice(`${name}_lo_`.length) } };
}

function headAt(context: Context, table: CsvTable, name: string): ColumnName {
  return columnName(table.columns[columnAt(context, table, name)]!);
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
