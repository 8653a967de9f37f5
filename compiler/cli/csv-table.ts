/** Tables as CSV files: read, with the names of their columns. */
import { diagnostic, suggest } from "../diagnostics/index.ts";
import type { Context } from "./context.ts";
import { Stop, wrongUsage } from "./exit.ts";
import { readInput } from "./read.ts";

export interface CsvTable {
  /** As the user names it. */
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines that begin with `#`, without it. */
  readonly comments: readonly string[];
}

/** A name of a column and the unit behind it in brackets: `M_Zp [MeV]`. */
export interface ColumnName {
  readonly name: string;
  readonly unit: string;
}

/** Reads a table by RFC 4180. Lines that begin with `#` are comments; the first other one is the head. */
export async function readTable(context: Context, file: string): Promise<CsvTable> {
  const { text } = await readInput(context, file);
  const refuse = (reason: string): Stop =>
    new Stop([diagnostic("SV1702", context.line.spanOf(file), { path: file, reason })], context.line.sources);
  const { records, comments } = recordsOf(text.replace(/^\uFEFF/, ""));
  const [columns, ...rows] = records;
  if (columns === undefined) throw refuse("it is empty, not a table");
  if (rows.length === 0) throw refuse("its table has a head and no rows");
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) {
    const reason = `row ${wrong + 1} has ${rows[wrong]!.length} fields, the head ${columns.length}`;
    throw refuse(`it is no table as CSV: ${reason}`);
  }
  return { file, columns, rows, comments };
}

/** The place of a column, by its whole head, by its name without the unit, or by what of that stands behind its owner. */
export function columnAt(context: Context, table: CsvTable, name: string): number {
  const exact = table.columns.indexOf(name);
  if (exact >= 0) return exact;
  const names = table.columns.map((column) => columnName(column).name);
  const shorts = names.includes(name) ? names : names.map((one) => one.slice(one.lastIndexOf(".") + 1));
  const found = shorts.indexOf(name);
  if (found >= 0 && shorts.lastIndexOf(name) === found) return found;
  const problem =
    found >= 0
      ? `several columns of \`${table.file}\` are called \`${name}\`: write the unit as well`
      : `\`${table.file}\` has no column \`${name}\``;
  const near = found >= 0 ? undefined : suggest(name, [...table.columns, ...names]);
  const help =
    near === undefined ? `its columns are ${table.columns.join(", ")}` : `did you mean \`${near}\`?`;
  throw wrongUsage(context.line, name, problem, help);
}

/** The numbers of a column; NaN where a field is none, which is said of texts. Stops when there is no number at all. */
export function numbersAt(context: Context, table: CsvTable, column: number): readonly number[] {
  const numbers = table.rows.map((row) => numberIn(row[column] ?? ""));
  const text = table.rows.find((row, i) => Number.isNaN(numbers[i]) && !isMissing(row[column] ?? ""));
  if (text !== undefined) {
    tellOnce(
      context,
      `the column \`${table.columns[column]}\` of \`${table.file}\` has texts that are no numbers: \`${text[column]}\``,
    );
  }
  if (numbers.every(Number.isNaN)) {
    const name = table.columns[column] ?? "";
    throw wrongUsage(context.line, table.file, `the column \`${name}\` of \`${table.file}\` has no numbers`);
  }
  return numbers;
}

/** The table with the rows that all of the conditions `COLUMN=VALUE` let through. Stops when there is none. */
export function rowsWhere(context: Context, table: CsvTable, conditions: readonly string[]): CsvTable {
  const rows = conditions.reduce((left, text) => {
    const [, name = "", value = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
    const column = columnAt(context, table, name === "" ? text : name);
    return left.filter((row) => row[column] === value);
  }, table.rows);
  if (rows.length > 0) return { ...table, rows };
  throw wrongUsage(context.line, conditions.at(-1) ?? "", `no row of \`${table.file}\` is so`);
}

export function columnName(head: string): ColumnName {
  const [, name, unit] = /^(.*\S)\s*\[([^\]]*)\]$/.exec(head) ?? [];
  return name === undefined || unit === undefined ? { name: head, unit: "" } : { name, unit };
}

/** Fields that say that there is no number. */
function isMissing(field: string): boolean {
  return /^(?:|[-+]?nan|n\/?a)$/i.test(field.trim());
}

const told = new WeakMap<Context, Set<string>>();

/** A column may be read several times. */
function tellOnce(context: Context, text: string): void {
  const before = told.get(context) ?? new Set();
  told.set(context, before);
  if (!before.has(text)) context.note(text);
  before.add(text);
}

function numberIn(field: string): number {
  const text = field.trim();
  if (text === "inf" || text === "-inf")
    return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return text === "" ? Number.NaN : Number(text);
}

/** The records of a text, without empty lines, and its comments. */
function recordsOf(text: string): Pick<CsvTable, "comments"> & { readonly records: CsvTable["rows"] } {
  const records: string[][] = [];
  const comments: string[] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  for (let at = 0; at < text.length; at = field.lastIndex) {
    if (record.length === 0 && text[at] === "#") {
      const end = text.indexOf("\n", at);
      field.lastIndex = end < 0 ? text.length : end + 1;
      comments.push(text.slice(at + 1, field.lastIndex).trim());
      continue;
    }
    field.lastIndex = at;
    const [whole, quoted, bare = "", end = ""] = field.exec(text) ?? [undefined];
    // A quote in the middle of a field: taken as it stands, up to the next comma.
    if (whole === undefined) {
      const rest = /[^,\r\n]*(,|\r?\n|$)/y;
      rest.lastIndex = at;
      const [raw = "", stop = ""] = rest.exec(text) ?? [];
      field.lastIndex = at + Math.max(1, raw.length);
      record.push(raw.slice(0, raw.length - stop.length).trim());
      if (stop !== ",") record = closed(records, record);
      continue;
    }
    record.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'));
    if (end !== ",") record = closed(records, record);
    else if (field.lastIndex === text.length) record.push("");
  }
  closed(records, record);
  return { records, comments };
}

function closed(records: string[][], record: string[]): string[] {
  if (record.some((field) => field !== "")) records.push(record);
  return [];
}
