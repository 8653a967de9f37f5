/** Files of numbers that declarations name: finding, reading, and the numbers as expressions. */
import type { Expr, ListExpr, Span, StringExpr } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, didYouMean } from "../diagnostics/index.ts";
import type { Host } from "../model/model.ts";
import { type Cell, type Csv, type Row, readCsv } from "./csv.ts";
import { mostNumbers } from "./limits.ts";
import { mayRead } from "./packages.ts";
import { folderOf, isAbsolute, join } from "./paths.ts";

/** What reading data files needs; every text read is added to `sources`. */
export interface Reader {
  readonly host: Host;
  readonly project: string;
  readonly sources: Map<string, string>;
}

/** Reads the table that a string of a spec names, relative to the file with the string. */
export function readDataFile(name: StringExpr, reader: Reader): Csv | Diagnostic {
  const path = join(folderOf(name.span.file), name.value);
  if (isAbsolute(name.value) || !mayRead(path, name.span.file, reader.project, reader.host)) {
    return diagnostic("SV1114", name.span, { path: name.value });
  }
  const text = reader.sources.get(path) ?? (path.includes("\0") ? undefined : reader.host.readFile(path));
  if (text === undefined) {
    const near = reader.host.listFiles?.(folderOf(path)) ?? [];
    const folder = name.value.slice(0, name.value.lastIndexOf("/") + 1);
    const known = near.map((file) => `${folder}${file}`);
    const extra = didYouMean(name.span, name.value, known, (file) => `"${file}"`);
    const notes = extra.help === undefined ? {} : { notes: [] };
    return diagnostic("SV1701", name.span, { path: name.value }, { ...notes, ...extra });
  }
  reader.sources.set(path, text);
  const csv = readCsv(text, path);
  const labels = [{ span: name.span, text: "read from here" }];
  if ("problem" in csv) {
    const { line, problem, span } = csv;
    return diagnostic("SV1703", span, { line, path: name.value, problem }, { labels });
  }
  if (csv.rows.length > mostNumbers) {
    const found = { what: `\`${name.value}\``, found: csv.rows.length, items: "rows", most: mostNumbers };
    return diagnostic("SV1422", name.span, found);
  }
  return csv.rows.length === 0 ? diagnostic("SV1712", name.span, { path: name.value }) : csv;
}

/** The place of a column by name. */
export function columnOf(csv: Csv, column: string, span: Span, name: StringExpr): number | Diagnostic {
  const head = csv.head?.cells.map(({ text }) => text) ?? [];
  const at = head.indexOf(column);
  if (at >= 0) return at;
  const notes =
    head.length === 0 ? ["the file has no line with names of columns"] : [`it has ${head.join(", ")}`];
  const extra = { ...didYouMean(span, column, head), notes };
  return diagnostic("SV1704", span, { path: name.value, column }, extra);
}

/** A number with the text of the file; a sign becomes an operator, as the grammar has it. */
export function numberOf({ text, span }: Cell): Expr {
  const digits = text
    .replace(/^[+-]/, "")
    .replace(/^\./, "0.")
    .replace(/\.(?=$|[eE])/, "");
  const unsigned: Expr = { kind: "number", text: digits, percent: false, span };
  return text.startsWith("-") ? { kind: "unary", operator: "-", operand: unsigned, span } : unsigned;
}

export function listOf(items: readonly Expr[], span: Span): ListExpr {
  return { kind: "list", items, span };
}

export function cellAt(row: Row, at: number): Cell {
  const cell = row.cells[at];
  if (cell === undefined) throw new Error(`line ${row.line} has no column ${at}`);
  return cell;
}
