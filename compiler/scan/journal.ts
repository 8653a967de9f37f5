/**
 * The file that running work grows: a comment with its identity, a head, and a row per point with a
 * checksum behind it. Rows are appended a chunk at a time; one that was cut off by a kill fails its checksum and
 * is left out, and two processes that write the same file do no harm. Without its first line it is plain CSV.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { replaceFile } from "../disk/replace.ts";
import { differenceOf, type NamedUnit, type Plan, readIdentity, type ScanIdentity } from "./plan.ts";
import type { Results } from "./results.ts";
import { type Work, type WorkPoint, workOf } from "./work.ts";

const mark = "# sevens scan ";

/** The identity and the rows of a journal. */
export interface Journal {
  /** Undefined when the file is no journal. */
  readonly identity: ScanIdentity | undefined;
  readonly points: readonly WorkPoint[];
  /** True when every line is whole. */
  readonly sound: boolean;
}

/** Undefined when there is no such file, or none that got as far as its first line. */
export function readJournal(path: string): Journal | undefined {
  const text = textOf(path);
  if (text === undefined || isCutOff(text)) return undefined;
  const [first = "", , ...lines] = text.split("\n");
  const identity = first.startsWith(mark) ? readIdentity(first.slice(mark.length)) : undefined;
  const rows = lines.filter((line) => line !== "");
  const points =
    identity === undefined ? [] : rows.flatMap((line) => readRow(line, knownColumns(identity)) ?? []);
  return { identity, points, sound: points.length === rows.length && text.endsWith("\n") };
}

/** Columns between the number of a point and what was found. */
function knownColumns({ grid, toys }: ScanIdentity): number {
  return grid.length + (toys === undefined ? 0 : 2);
}

/** Adds to the results what a journal of the same work holds. */
export function gather(results: Results, { identity, points }: Journal, plan: Plan): void {
  if (identity === undefined || differenceOf(identity, plan.identity) !== undefined) return;
  for (const one of points) results.add(one);
}

/** A journal to append to; made, or made anew of its whole rows, when it has to be. */
export class JournalWriter {
  readonly #file: number;
  readonly #work: Work;

  constructor(path: string, plan: Plan) {
    const work = workOf(plan);
    const before = readJournal(path);
    if (!before?.sound) {
      const rows = (before?.points ?? []).map((one) => rowText(work, one));
      replaceFile(path, `${headText(plan, work)}${rows.join("")}`);
    }
    this.#work = work;
    this.#file = openSync(path, "a");
  }

  /** Appends points with one write. */
  append(points: readonly WorkPoint[]): void {
    const data = Buffer.from(points.map((one) => rowText(this.#work, one)).join(""));
    for (let done = 0; done < data.length; ) done += writeSync(this.#file, data, done);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** `name [unit]`. */
export function columnName({ name, unit }: NamedUnit): string {
  const text = unit === "" ? name : `${name} [${unit}]`;
  return text.includes(",") ? `"${text}"` : text;
}

function headText({ identity }: Plan, { known, found }: Work): string {
  const names = ["point", ...[...known, ...found].map(columnName), "converged", "check"];
  return `${mark}${JSON.stringify(identity)}\n${names.join(",")}\n`;
}

function rowText({ knownAt }: Work, { point, numbers, converged }: WorkPoint): string {
  const text = [point, ...knownAt(point), ...numbers.map(numberText), converged].join(",");
  return `${text},${checksum(text)}\n`;
}

/** Undefined for a row that is not whole. */
function readRow(line: string, known: number): WorkPoint | undefined {
  const end = line.lastIndexOf(",");
  const text = line.slice(0, end);
  if (end < 0 || line.slice(end + 1) !== checksum(text)) return undefined;
  const fields = text.split(",");
  const numbers = fields.slice(1 + known, -1).map(Number);
  return { point: Number(fields[0]), numbers, converged: fields.at(-1) === "true" };
}

/** As the other tables write it. */
export function numberText(value: number): string {
  return Number.isNaN(value) ? "nan" : `${value}`;
}

/** Whether a text ends within the first line of a journal: nothing was kept in it. */
function isCutOff(text: string): boolean {
  return !text.includes("\n") && (mark.startsWith(text) || text.startsWith(mark));
}

/** Undefined when there is no file. */
function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
