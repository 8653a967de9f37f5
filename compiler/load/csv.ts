/** Tables as text: numbers separated by commas, `#` comments, names of the columns in the first line or none. */
import type { Span } from "../../grammar/syntax.ts";

export interface Cell {
  /** As it stands in the file. */
  readonly text: string;
  readonly span: Span;
}

export interface Row {
  readonly line: number;
  readonly cells: readonly Cell[];
}

export interface Csv {
  readonly path: string;
  /** The first line when it is not of numbers. */
  readonly head?: Row;
  readonly rows: readonly Row[];
}

export interface CsvProblem {
  readonly line: number;
  readonly problem: string;
  readonly span: Span;
}

const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** All rows have as many cells as the first line, every cell of a row but the head is a number. */
export function readCsv(text: string, path: string): Csv | CsvProblem {
  const lines = readLines(text, path);
  const [first] = lines;
  const headed = first?.cells.some((cell) => !isNumber(cell)) === true;
  const rows = headed ? lines.slice(1) : lines;
  const width = first?.cells.length ?? 0;
  for (const { line, cells } of rows) {
    const wrong = cells.find((cell) => !isNumber(cell));
    if (wrong !== undefined) return { line, problem: `\`${wrong.text}\` is not a number`, span: wrong.span };
    const [start] = cells;
    if (cells.length !== width && start !== undefined) {
      return { line, problem: `${cells.length} columns, before it were ${width}`, span: start.span };
    }
  }
  return headed && first !== undefined ? { path, head: first, rows } : { path, rows };
}

const isNumber = ({ text }: Cell): boolean => numberPattern.test(text);

function readLines(text: string, file: string): readonly Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const [at, line] of text.split("\n").entries()) {
    const content = line.replace(/^\uFEFF/, "");
    if (content.trim() !== "" && !content.trimStart().startsWith("#")) {
      rows.push({ line: at + 1, cells: readCells(line, start, file) });
    }
    start += line.length + 1;
  }
  return rows;
}

function readCells(line: string, offset: number, file: string): readonly Cell[] {
  let start = offset;
  return line.split(",").map((written) => {
    const text = written.replace(/^\uFEFF/, "").trim();
    const from = start + written.indexOf(text);
    start += written.length + 1;
    return { text, span: { file, start: from, end: from + text.length } };
  });
}
