/** The events of an experiment from a file: a row each, the observables in the order of the bins and in their units. */
import type { Expr, ListExpr, Span, StringExpr } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { findUnit, toNumber } from "../units/index.ts";
import type { Axis } from "./bins.ts";
import type { Cell, Csv } from "./csv.ts";
import { cellAt, listOf, numberOf, type Reader, readDataFile } from "./data-file.ts";

/** The rows of a file, in the order and units of the axes; of a spec without axes as they stand. */
export function readEvents(name: StringExpr, axes: readonly Axis[], reader: Reader): ListExpr | Diagnostic {
  const csv = readDataFile(name, reader);
  if ("code" in csv) return csv;
  const columns = columnsOf(csv, axes);
  if (columns === undefined) {
    const names = csv.head?.cells.map(({ text }) => text) ?? [];
    const width = names.length > 0 ? names.join(", ") : `${csv.rows[0]?.cells.length ?? 0} columns`;
    const wanted = axes.map(({ observable }) => `\`${observable}\``).join(", ");
    const problem = `${width}, where the events have ${wanted}`;
    const labels = [{ span: name.span, text: "read from here" }];
    return diagnostic(
      "SV1703",
      name.span,
      { line: csv.head?.line ?? 1, path: name.value, problem },
      { labels },
    );
  }
  const rows = csv.rows.map((row) => {
    const cells = columns.map(({ at }) => cellAt(row, at));
    const span: Span = { file: csv.path, start: cells[0]?.span.start ?? 0, end: cells.at(-1)?.span.end ?? 0 };
    return listOf(
      columns.map(({ at, scale }) => scaled(cellAt(row, at), scale)),
      span,
    );
  });
  return listOf(rows, name.span);
}

interface Column {
  readonly at: number;
  /** From the unit in the name of the column to that of the bins. */
  readonly scale: number;
}

/** Columns are found by the names of the observables, `time` or `time_us`; without a line of names by their order. */
function columnsOf(csv: Csv, axes: readonly Axis[]): readonly Column[] | undefined {
  const names = csv.head?.cells.map(({ text }) => text);
  if (names === undefined) {
    const fits = csv.rows[0]?.cells.length === axes.length;
    return fits ? axes.map((_, at) => ({ at, scale: 1 })) : undefined;
  }
  const columns = axes.flatMap(({ observable, unit }): readonly Column[] => {
    const at = names.findIndex((name) => name === observable || name.startsWith(`${observable}_`));
    if (at < 0) return [];
    return [{ at, scale: scaleOf(names[at]?.slice(observable.length + 1), unit) }];
  });
  return columns.length === axes.length ? columns : undefined;
}

function scaled(cell: Cell, scale: number): Expr {
  return numberOf(scale === 1 ? cell : { ...cell, text: `${Number(cell.text) * scale}` });
}

/** From the unit in the name of a column to that of the bins; 1 when the name says none that fits. */
export function scaleOf(from: string | undefined, to: string | undefined): number {
  const [source, target] = [from, to].map((name) => (name === undefined ? undefined : findUnit(name)));
  if (source === undefined || target === undefined || source.dimension !== target.dimension) return 1;
  return toNumber(source.factor) / toNumber(target.factor);
}
