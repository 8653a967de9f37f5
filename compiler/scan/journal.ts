/**
 * The file that a running scan grows: a comment with the identity of the scan, a head, and a row per point with a
 * checksum behind it. Rows are appended a chunk at a time; one that was cut off by a kill fails its checksum and
 * is left out, and two processes that write the same file do no harm. Without its first line it is plain CSV.
 */
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { pointValues, type ScanPoint } from "../../runtime/scan.ts";
import { differenceOf, type NamedUnit, readIdentity, type ScanIdentity, type ScanPlan } from "./plan.ts";
import type { ScanResults } from "./results.ts";

const mark = "# sevens scan ";

/** The identity and the rows of a journal; undefined when there is no such file. */
export interface Journal {
  /** Undefined when the file is no journal. */
  readonly identity: ScanIdentity | undefined;
  readonly points: readonly ScanPoint[];
  /** True when every line is whole. */
  readonly sound: boolean;
}

export function readJournal(path: string): Journal | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  const [first = "", , ...lines] = text.split("\n");
  const identity = first.startsWith(mark) ? readIdentity(first.slice(mark.length)) : undefined;
  const rows = lines.filter((line) => line !== "");
  const points =
    identity === undefined ? [] : rows.flatMap((line) => readRow(line, identity.grid.length) ?? []);
  return { identity, points, sound: points.length === rows.length && text.endsWith("\n") };
}

/** Adds to the results what a journal of the same scan holds. */
export function gather(results: ScanResults, { identity, points }: Journal, plan: ScanPlan): void {
  if (identity === undefined || differenceOf(identity, plan.identity) !== undefined) return;
  for (const one of points) results.add(one);
}

/** A journal to append to; made, or made anew of its whole rows, when it has to be. */
export class JournalWriter {
  readonly #file: number;
  readonly #plan: ScanPlan;

  constructor(path: string, plan: ScanPlan) {
    const before = readJournal(path);
    if (!before?.sound) {
      const rows = (before?.points ?? []).map((one) => rowText(plan, one));
      replace(path, `${headText(plan)}${rows.join("")}`);
    }
    this.#plan = plan;
    this.#file = openSync(path, "a");
  }

  /** Appends points with one write. */
  append(points: readonly ScanPoint[]): void {
    const data = Buffer.from(points.map((one) => rowText(this.#plan, one)).join(""));
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

export function gridColumns({ identity, units }: ScanPlan): readonly string[] {
  return identity.grid.map(({ parameter }, i) => columnName({ name: parameter, unit: units[i] ?? "" }));
}

function headText(plan: ScanPlan): string {
  const names = [
    "point",
    ...gridColumns(plan),
    "chi2",
    ...plan.profiled.map(columnName),
    "converged",
    "check",
  ];
  return `${mark}${JSON.stringify(plan.identity)}\n${names.join(",")}\n`;
}

function rowText({ identity: { grid } }: ScanPlan, { point, chi2, values, converged }: ScanPoint): string {
  const numbers = [chi2, ...values].map(numberText);
  const text = [point, ...pointValues(grid, point), ...numbers, converged].join(",");
  return `${text},${checksum(text)}\n`;
}

/** Undefined for a row that is not whole. */
function readRow(line: string, axes: number): ScanPoint | undefined {
  const end = line.lastIndexOf(",");
  const text = line.slice(0, end);
  if (end < 0 || line.slice(end + 1) !== checksum(text)) return undefined;
  const fields = text.split(",");
  const [chi2 = Number.NaN, ...values] = fields.slice(1 + axes, -1).map(Number);
  return { point: Number(fields[0]), chi2, values, converged: fields.at(-1) === "true" };
}

/** As the other tables write it. */
export function numberText(value: number): string {
  return Number.isNaN(value) ? "nan" : `${value}`;
}

/** Undefined when there is no file. */
function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Puts a file in the place of another at one instant. */
export function replace(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}
