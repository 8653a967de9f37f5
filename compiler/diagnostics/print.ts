/** Diagnostics for people: the message, the source with the place underlined, and what would help. */

import picocolors from "picocolors";
import type { Colors } from "picocolors/types.js";
import { largestOf } from "../../runtime/extremes.ts";
import { printable } from "./columns.ts";
import type { Severity } from "./definition.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { lineMap } from "./line-map.ts";
import { type Mark, type Piece, type Row, snippet } from "./snippet.ts";

export interface PrintOptions {
  readonly color?: boolean;
  /** Columns of source to show at most. */
  readonly width?: number;
}

/** More diagnostics than this are counted, not printed: nobody reads them, and each quotes its line. */
const mostPrinted = 200;

export type Sources = ReadonlyMap<string, string>;

/** All diagnostics with an empty line between them, and the summary. Empty when there are none. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  options: PrintOptions = {},
): string {
  if (diagnostics.length === 0) return "";
  const printed = diagnostics.slice(0, mostPrinted).map((one) => printDiagnostic(one, sources, options));
  const more = diagnostics.length - printed.length;
  const rest = more === 0 ? [] : [`${more} more are not shown`];
  return `${[...printed, ...rest, summary(diagnostics)].join("\n\n")}\n`;
}

/** `2 errors, 1 warning`. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): string => {
    const number = diagnostics.filter((one) => one.severity === severity).length;
    return number === 0 ? "" : `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return [count("error"), count("warning")].filter((part) => part !== "").join(", ") || "no problems";
}

/** One diagnostic, without a line end behind it. */
export function printDiagnostic(one: Diagnostic, sources: Sources, options: PrintOptions = {}): string {
  const colors = picocolors.createColors(options.color ?? false);
  const places = placesOf(one, sources, options.width ?? 110);
  const lastLine = largestOf(
    places.map((place) => place.lastLine),
    1,
  );
  const gutter: Gutter = { width: `${lastLine}`.length, colors, severity: one.severity };
  const lines = [
    `${accent(gutter)(colors.bold(`${one.severity}[${one.code}]`))}${colors.bold(`: ${printable(one.message)}`)}`,
    ...places.flatMap((place, index) => printPlace(place, index === 0, gutter)),
  ];
  const remarks = [
    ...(one.help === undefined ? [] : printRemark("help", one.help, gutter)),
    ...one.notes.flatMap((note) => printRemark("note", note, gutter)),
  ];
  const hasSource = places.some((place) => place.rows.length > 0);
  if (remarks.length > 0 && hasSource) lines.push(bar(gutter, ""));
  return [...lines, ...remarks].join("\n");
}

interface Gutter {
  readonly width: number;
  readonly colors: Colors;
  readonly severity: Severity;
}

/** The part of a diagnostic that lies in one file. */
interface Place {
  readonly where: string;
  readonly rows: readonly Row[];
  readonly lastLine: number;
}

/** The file of the diagnostic first, then those of its labels. */
function placesOf(one: Diagnostic, sources: Sources, width: number): readonly Place[] {
  const primary: Mark = { span: one.span, text: one.label ?? "", primary: true };
  const marks = [primary, ...one.labels.map(({ span, text }): Mark => ({ span, text, primary: false }))];
  const files = [...new Set(marks.map((mark) => mark.span.file))];
  return files.map((file, index) => {
    const own = marks.filter((mark) => mark.span.file === file);
    const at = index === 0 && one.pointer !== undefined ? ` at ${printable(one.pointer)}` : "";
    return placeIn(file, own, sources.get(file), width, at);
  });
}

function placeIn(
  file: string,
  marks: readonly Mark[],
  text: string | undefined,
  width: number,
  at: string,
): Place {
  const name = printable(file);
  const [first] = marks;
  if (text === undefined || first === undefined) return { where: `${name}${at}`, rows: [], lastLine: 0 };
  const map = lineMap(text);
  const { line, column } = map.position(first.span.start);
  const rows = snippet(map, marks, width);
  const lastLine = Math.max(...rows.map((row) => (row.kind === "source" ? row.line : 0)));
  return { where: `${name}:${line}:${column}${at}`, rows, lastLine };
}

function printPlace(place: Place, first: boolean, gutter: Gutter): readonly string[] {
  const { width, colors } = gutter;
  const head = `${" ".repeat(width)}${colors.blue(first ? "-->" : ":::")} ${place.where}`;
  if (place.rows.length === 0) return [head];
  return [
    ...(first ? [] : [bar(gutter, "")]),
    head,
    bar(gutter, ""),
    ...place.rows.map((row) => printRow(row, gutter)),
  ];
}

function printRow(row: Row, gutter: Gutter): string {
  if (row.kind === "gap") return gutter.colors.blue("...");
  const text = row.pieces.map((piece) => paint(piece, gutter)).join("");
  if (row.kind === "below") return bar(gutter, text);
  const number = gutter.colors.blue(`${`${row.line}`.padStart(gutter.width)} |`);
  return text === "" ? number : `${number} ${text}`;
}

function paint({ text, style }: Piece, gutter: Gutter): string {
  if (style === "source") return text;
  return style === "primary" ? accent(gutter)(text) : gutter.colors.blue(text);
}

function accent({ colors, severity }: Gutter): (text: string) => string {
  return severity === "error" ? colors.red : colors.yellow;
}

function bar({ width, colors }: Gutter, text: string): string {
  const edge = `${" ".repeat(width)} ${colors.blue("|")}`;
  return text === "" ? edge : `${edge} ${text}`;
}

/** `= help: …`, further lines of the text aligned below. */
function printRemark(kind: "help" | "note", text: string, { width, colors }: Gutter): readonly string[] {
  const indent = " ".repeat(width + 3 + kind.length + 2);
  return text.split("\n").map((line, index) => {
    if (index > 0) return `${indent}${printable(line)}`;
    return `${" ".repeat(width)} ${colors.blue("=")} ${colors.bold(kind)}: ${printable(line)}`;
  });
}
