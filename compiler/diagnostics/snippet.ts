/** The quoted source lines of a diagnostic, underlined, as rows of styled text without the gutter. */
import type { Span } from "../../grammar/syntax.ts";
import { displayLine, printable } from "./columns.ts";
import type { LineMap } from "./line-map.ts";

/** A place to underline. */
export interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

export type Style = "source" | "primary" | "secondary";

export interface Piece {
  readonly text: string;
  readonly style: Style;
}

/** With a line number, source; without one, what stands below it; `gap` stands for lines left out. */
export type Row =
  | { readonly kind: "source"; readonly line: number; readonly pieces: readonly Piece[] }
  | { readonly kind: "below"; readonly pieces: readonly Piece[] }
  | { readonly kind: "gap" };

/** The part of a mark on one line, in character offsets of the line. */
interface Segment {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
}

/** The same in displayed columns. */
interface Underline {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly primary: boolean;
}

export function snippet(map: LineMap, marks: readonly Mark[], width: number): readonly Row[] {
  const segments = marks.flatMap((mark) => segmentsOf(map, mark));
  const lines = [...new Set(segments.map((segment) => segment.line))].sort((a, b) => a - b);
  const rows: Row[] = [];
  let previous: number | undefined;
  for (const line of lines) {
    if (previous !== undefined && line === previous + 2) rows.push(...lineRows(map, previous + 1, [], width));
    else if (previous !== undefined && line > previous + 2) rows.push({ kind: "gap" });
    rows.push(
      ...lineRows(
        map,
        line,
        segments.filter((segment) => segment.line === line),
        width,
      ),
    );
    previous = line;
  }
  return rows;
}

/** A mark over several lines is drawn on its first and its last one; its text stands at the last. */
function segmentsOf(map: LineMap, { span, text, primary }: Mark): readonly Segment[] {
  const first = map.position(span.start);
  const last = map.position(Math.max(span.start, span.end - 1));
  const start = first.column - 1;
  if (first.line === last.line) {
    const length = Math.max(1, span.end - span.start);
    return [{ line: first.line, start, end: start + length, text, primary }];
  }
  const lastLine = map.text(last.line);
  const indent = lastLine.length - lastLine.trimStart().length;
  const opening = {
    line: first.line,
    start,
    end: Math.max(start + 1, map.text(first.line).length),
    text: "",
    primary,
  };
  return [
    opening,
    { line: last.line, start: Math.min(indent, last.column - 1), end: last.column, text, primary },
  ];
}

/** No more characters of a line than this are looked at: some files are one long line. */
const MAX_CHARACTERS = 2000;

function lineRows(map: LineMap, line: number, segments: readonly Segment[], width: number): readonly Row[] {
  const full = map.text(line);
  const main = segments.find((segment) => segment.primary) ?? segments[0];
  const skipped = full.length <= MAX_CHARACTERS ? 0 : Math.max(0, (main?.start ?? 0) - MAX_CHARACTERS / 2);
  const shown = displayLine(full.slice(skipped, skipped + MAX_CHARACTERS));
  const underlines = segments.map(({ start, end, text, primary }) => {
    const from = shown.column(Math.max(0, start - skipped));
    return { start: from, end: Math.max(from + 1, shown.column(Math.max(0, end - skipped))), text, primary };
  });
  const mainUnderline = underlines.find((underline) => underline.primary) ?? underlines[0];
  const window = windowAround(mainUnderline, shown.width, width);
  const [cutLeft, cutRight] = [
    skipped > 0 || window.from > 0,
    window.to < shown.width || skipped + MAX_CHARACTERS < full.length,
  ];
  const source =
    `${cutLeft ? "…" : ""}${shown.slice(window.from, window.to)}${cutRight ? "…" : ""}`.trimEnd();
  const shift = (cutLeft ? 1 : 0) - window.from;
  const clamp = (column: number): number => Math.max(window.from, Math.min(window.to, column)) + shift;
  const placed = underlines.map(({ start, end, text, primary }) => {
    const from = clamp(start);
    return { start: from, end: Math.max(from + 1, clamp(end)), text, primary };
  });
  return [{ kind: "source", line, pieces: [{ text: source, style: "source" }] }, ...underlineRows(placed)];
}

/** Which columns of a line are shown when it is wider than the terminal. */
function windowAround(
  main: Underline | undefined,
  total: number,
  width: number,
): { from: number; to: number } {
  if (total <= width) return { from: 0, to: Math.max(total, main?.end ?? 0) };
  const start = main?.start ?? 0;
  const end = Math.min(main?.end ?? 0, start + width);
  const from = end + 10 <= width ? 0 : Math.max(0, start - Math.floor(width / 3));
  return { from, to: from + width };
}

interface Cell {
  readonly char: string;
  readonly style: Style;
}

/** The underlines with the rightmost text beside them; the other texts hang below, from right to left. */
function underlineRows(underlines: readonly Underline[]): readonly Row[] {
  if (underlines.length === 0) return [];
  const cells: Cell[] = [];
  for (const underline of [...underlines].sort((a, b) => Number(a.primary) - Number(b.primary))) {
    const char = underline.primary ? "^" : "-";
    write(cells, underline.start, char.repeat(underline.end - underline.start), styleOf(underline));
  }
  const ordered = [...underlines].sort((a, b) => b.start - a.start || b.end - a.end);
  const [rightmost] = ordered;
  const farEnd = Math.max(...underlines.map((underline) => underline.end));
  const beside = rightmost !== undefined && rightmost.end === farEnd ? rightmost : undefined;
  if (beside !== undefined && beside.text !== "") write(cells, beside.end + 1, beside.text, styleOf(beside));
  const hanging = ordered.filter((underline) => underline !== beside && underline.text !== "");
  return [{ kind: "below", pieces: toPieces(cells) }, ...hangingRows(hanging)];
}

function hangingRows(hanging: readonly Underline[]): readonly Row[] {
  if (hanging.length === 0) return [];
  const connectors = (of: readonly Underline[]): Cell[] => {
    const cells: Cell[] = [];
    for (const underline of of) write(cells, underline.start, "|", styleOf(underline));
    return cells;
  };
  const rows: Row[] = [{ kind: "below", pieces: toPieces(connectors(hanging)) }];
  hanging.forEach((underline, index) => {
    const cells = connectors(hanging.slice(index + 1));
    write(cells, underline.start, underline.text, styleOf(underline));
    rows.push({ kind: "below", pieces: toPieces(cells) });
  });
  return rows;
}

function styleOf({ primary }: Underline): Style {
  return primary ? "primary" : "secondary";
}

function write(cells: Cell[], column: number, text: string, style: Style): void {
  while (cells.length < column) cells.push({ char: " ", style: "source" });
  [...printable(text)].forEach((char, index) => {
    cells[column + index] = { char, style };
  });
}

/** Neighbouring cells of one style in one piece. */
function toPieces(cells: readonly Cell[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { char, style } of cells) {
    const last = pieces.at(-1);
    if (last?.style === style) pieces[pieces.length - 1] = { text: last.text + char, style };
    else pieces.push({ text: char, style });
  }
  return pieces;
}
