/** What the scripts that derive tables share: rows of release files in, tables with a header out. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const OUTPUT = import.meta.dirname;

/** Significant digits of every real number written, unless a table asks for fewer. */
const DIGITS = 8;

export type Row = readonly number[];

/** Name of a column, and its meaning with the unit. */
export type Column = readonly [name: string, meaning: string];

export interface Bin {
  readonly lo: number;
  readonly hi: number;
}

export interface Table {
  readonly file: string;
  /** Lines of the comment header, without the leading "# ". */
  readonly about: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly digits?: number;
}

/** Where a table comes from. */
export interface Origin {
  /** Citation key of the paper. */
  readonly citation: string;
  /** How it is derived again. */
  readonly command: string;
  /** That of the release, where its files state one. */
  readonly license?: string;
}

/** The folder of release files: the first argument, or its usual place beside the repository. */
export function releaseFolder(name = ""): string {
  return process.argv[2] ?? resolve(import.meta.dirname, "../../../shared/data", name);
}

/**
 * Rows of numbers, separated by white space or commas; lines that begin with # are comments, words behind the numbers are
 * left out.
 */
export function readRows(folder: string, file: string): Row[] {
  return readFileSync(join(folder, file), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => parseRow(file, line));
}

function parseRow(file: string, line: string): Row {
  const fields = line
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const end = fields.findIndex(Number.isNaN);
  const row = end < 0 ? fields : fields.slice(0, end);
  if (row.length < 2) throw new Error(`${file}: not a row of numbers: ${line}`);
  return row;
}

/** What tables say of their licence where the files that they are derived from say nothing. */
export const notStated = "not stated in the files of the release";

export function writeTable(table: Table, { citation, command, license = notStated }: Origin): void {
  const header = [
    ...table.about,
    ...table.columns.map(([name, meaning]) => `column ${name}: ${meaning}`),
    `citation: ${citation}`,
    `licence: ${license}`,
    `derived by: ${command}`,
  ];
  const lines = [
    ...header.map((line) => `# ${line}`),
    table.columns.map(([name]) => name).join(","),
    ...table.rows.map((row) => row.map((x) => String(rounded(x, table.digits))).join(",")),
  ];
  writeFileSync(join(OUTPUT, table.file), `${lines.join("\n")}\n`);
  console.log(`${table.file}: ${table.rows.length} rows`);
}

export function bins(edges: readonly number[]): Bin[] {
  return edges.slice(1).map((hi, i) => ({ lo: edges[i]!, hi }));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, x) => total + x, 0);
}

/** x to the significant digits that the tables carry. */
export function rounded(x: number, digits = DIGITS): number {
  return Number(x.toPrecision(digits));
}
