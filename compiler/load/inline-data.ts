/** Files of an experiment (`data`, `errors`, shapes) become lists of numbers in the order of the bins. */
import type { Expr, Statement, StringExpr } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, replacement } from "../diagnostics/index.ts";
import { type Axis, axesOf } from "./bins.ts";
import type { Csv, Row } from "./csv.ts";
import { cellAt, listOf, numberOf, type Reader, readDataFile } from "./data-file.ts";
import type { Inlined } from "./inline.ts";
import { readEvents, scaleOf } from "./inline-events.ts";

interface Context {
  readonly owner: string;
  readonly axes: readonly Axis[] | undefined;
  readonly reader: Reader;
  readonly diagnostics: Diagnostic[];
}

const shapeNames = ["shape", "density", "count", "counts", "expected"];

/** Names of the column with the numbers, by field, where there are several. */
const customary: Readonly<Record<string, readonly string[]>> = {
  data: ["count", "counts", "data", "observed"],
  errors: ["error", "errors", "sigma"],
  shape: shapeNames,
  events: shapeNames,
  plus: shapeNames,
  minus: shapeNames,
};

/** Fields with numbers per bin in their blocks. */
const owners: ReadonlySet<string> = new Set(["background", "signal", "systematic"]);

export function inlineData(experiment: Statement, owner: string, reader: Reader): Inlined {
  const diagnostics: Diagnostic[] = [];
  const context = { owner, axes: axesOf(experiment), reader, diagnostics };
  const { block } = experiment;
  if (block === undefined) return { statement: experiment, diagnostics };
  const statements = block.statements.flatMap((field) =>
    field.keyword.text === "events" ? inlineEvents(field, context) : inlineField(field, context),
  );
  const statement = { ...experiment, block: { ...block, statements } };
  return diagnostics.length === 0 ? { statement, diagnostics } : { statement, diagnostics, failed: "data" };
}

/** The events themselves for their file; nothing when the file is wrong. */
function inlineEvents(field: Statement, { axes, reader, diagnostics }: Context): readonly Statement[] {
  const { assign } = field;
  if (assign?.value.kind !== "string") return [field];
  const rows = readEvents(assign.value, axes ?? [], reader);
  if ("kind" in rows) return [{ ...field, assign: { ...assign, value: rows } }];
  diagnostics.push(rows);
  return [];
}

/** The field with numbers for its file; nothing when the file is wrong. */
function inlineField(field: Statement, context: Context): readonly Statement[] {
  const keyword = field.keyword.text;
  if (owners.has(keyword) && field.block !== undefined) {
    const statements = field.block.statements.flatMap((one) => inlineField(one, context));
    return [{ ...field, block: { ...field.block, statements } }];
  }
  const known = customary[keyword];
  const value = field.assign?.value;
  if (known === undefined || field.assign === undefined || value === undefined) return [field];
  if (value.kind !== "string") {
    context.diagnostics.push(...checkLength(field, value, context));
    return [field];
  }
  const numbers = readNumbers(value, keyword, known, context);
  if (!("kind" in numbers)) {
    context.diagnostics.push(numbers);
    return [];
  }
  return [{ ...field, assign: { ...field.assign, value: numbers } }];
}

function binCount(axes: readonly Axis[]): number {
  return axes.reduce((product, { edges }) => product * (edges.length - 1), 1);
}

/** A list has a number for each bin. */
function checkLength(field: Statement, value: Expr, { axes }: Context): readonly Diagnostic[] {
  if (axes === undefined || value.kind !== "list" || value.items.some(({ kind }) => kind === "range"))
    return [];
  const [found, expected] = [value.items.length, binCount(axes)];
  if (found === expected) return [];
  return [diagnostic("SV1407", value.span, { data: `\`${field.keyword.text}\``, found, expected })];
}

function readNumbers(
  name: StringExpr,
  keyword: string,
  known: readonly string[],
  context: Context,
): Expr | Diagnostic {
  const csv = readDataFile(name, context.reader);
  if ("code" in csv) return csv;
  const edges = edgeColumns(csv);
  const column = valueColumn(csv, edges, keyword, known, name);
  if (typeof column !== "number") return column;
  const { axes } = context;
  if (axes !== undefined && csv.rows.length !== binCount(axes)) {
    const numbers = { data: `\`${name.value}\``, found: csv.rows.length, expected: binCount(axes) };
    return diagnostic("SV1407", name.span, numbers);
  }
  const ordered =
    axes === undefined || edges.length === 0 ? csv.rows : orderRows(csv, edges, axes, name, context);
  if ("code" in ordered) return ordered;
  return listOf(
    ordered.map((row) => numberOf(cellAt(row, column))),
    name.span,
  );
}

/** The two columns with the edges of one axis: `t_lo_us`, `t_hi_us`. */
interface EdgeColumns {
  readonly axis: string;
  readonly low: number;
  readonly high: number;
  readonly unit?: string;
}

/** Longer names are none of an axis: looking through them takes the square of the time. */
const longestName = 200;

function edgeColumns({ head }: Csv): readonly EdgeColumns[] {
  const names = head?.cells.map(({ text }) => text) ?? [];
  const places = new Map(names.map((name, at) => [name, at] as const).toReversed());
  return names.flatMap((name, low) => {
    const match = name.length > longestName ? null : /^(.+)_lo(?:_(\w+))?$/.exec(name);
    const high = match === null ? undefined : places.get(name.replace(/_lo(?=_\w+$|$)/, "_hi"));
    if (match === null || high === undefined || high === low) return [];
    const [, axis = "", unit] = match;
    return [unit === undefined ? { axis, low, high } : { axis, low, high, unit }];
  });
}

function valueColumn(
  csv: Csv,
  edges: readonly EdgeColumns[],
  keyword: string,
  known: readonly string[],
  name: StringExpr,
): number | Diagnostic {
  const width = csv.head?.cells.length ?? csv.rows[0]?.cells.length ?? 0;
  const taken = new Set(edges.flatMap(({ low, high }) => [low, high]));
  const free = Array.from({ length: width }, (_, at) => at).filter((at) => !taken.has(at));
  const [only] = free;
  if (only !== undefined && free.length === 1) return only;
  const textOf = (at: number): string => csv.head?.cells[at]?.text ?? `${at + 1}`;
  const named = free.filter((at) => known.includes(textOf(at)));
  const [one] = named;
  if (one !== undefined && named.length === 1) return one;
  const columns = free.map((at) => `\`${textOf(at)}\``).join(", ") || "none";
  const example = known[0] ?? "value";
  const fixes = free.flatMap((at) => {
    const cell = csv.head?.cells[at];
    return cell === undefined
      ? []
      : [replacement(cell.span, example, `name the column \`${cell.text}\` \`${example}\``)];
  });
  const parameters = { path: name.value, what: keyword, columns, example };
  return diagnostic("SV1713", name.span, parameters, { fixes });
}

/** The rows in the order of the bins, the last axis fastest; each bin has one row with its very edges. */
function orderRows(
  csv: Csv,
  columns: readonly EdgeColumns[],
  axes: readonly Axis[],
  name: StringExpr,
  { owner }: Context,
): readonly Row[] | Diagnostic {
  const labels = [{ span: name.span, text: "read from here" }];
  const paired = axes.map((axis, at) => columns.find((one) => one.axis === axis.observable) ?? columns[at]);
  if (columns.length !== axes.length || new Set(paired).size !== axes.length) {
    const found = columns.map(({ axis }) => `${axis}_lo`).join(", ");
    const problem = `the edges of ${columns.length} axes (${found}), the experiment has ${axes.length}`;
    return diagnostic("SV1703", name.span, { line: csv.head?.line ?? 1, path: name.value, problem });
  }
  const ordered: Row[] = [];
  for (const row of csv.rows) {
    let at = 0;
    for (const [axis, column] of axes.map((one, index) => [one, paired[index]] as const)) {
      if (column === undefined) continue;
      const bin = binOf(row, column, axis);
      if (bin === undefined) {
        const [low, high] = [cellAt(row, column.low), cellAt(row, column.high)];
        const found = `${column.axis} from ${low.text} to ${high.text}`;
        const span = { ...low.span, end: high.span.end };
        return diagnostic("SV1711", span, { line: row.line, path: name.value, found, owner }, { labels });
      }
      at = at * (axis.edges.length - 1) + bin;
    }
    const other = ordered[at];
    if (other !== undefined) {
      const problem = `this bin stands in line ${other.line} already`;
      const { span } = cellAt(row, 0);
      return diagnostic("SV1703", span, { line: row.line, path: name.value, problem }, { labels });
    }
    ordered[at] = row;
  }
  return ordered;
}

/** Relative to the width of the bin; files are written with rounded edges. */
const TOLERANCE = 1e-6;

function binOf(row: Row, column: EdgeColumns, { edges, unit }: Axis): number | undefined {
  const scale = scaleOf(column.unit, unit);
  const low = Number(cellAt(row, column.low).text) * scale;
  const high = Number(cellAt(row, column.high).text) * scale;
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    const [from, to] = [edges[bin] ?? Number.NaN, edges[bin + 1] ?? Number.NaN];
    const near = TOLERANCE * (to - from);
    if (Math.abs(low - from) <= near && Math.abs(high - to) <= near) return bin;
  }
  return undefined;
}
