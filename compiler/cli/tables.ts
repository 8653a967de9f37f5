/** Tables and numbers for people. */

import picocolors from "picocolors";
import { largestOf, smallestOf } from "../../runtime/extremes.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly align?: "left" | "right";
}

/** A column of numbers. */
export const right = (title: string): Column => ({ title, align: "right" });

export interface TableOptions {
  readonly color: boolean;
  /** A last row set apart from the others. */
  readonly total?: readonly string[];
}

const rule = "─";
/** Between columns. */
const gap = "  ";

/** A table with a rule below the head, and one above the total. */
export function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { color, total }: TableOptions,
): string {
  const { bold } = picocolors.createColors(color);
  const all = [columns.map(({ title }) => bold(title)), ...rows, ...(total === undefined ? [] : [total])];
  const widths = columns.map((_, i) => largestOf(all.map((row) => visibleWidth(row[i] ?? ""))));
  const padded = (text: string, i: number): string => {
    const space = " ".repeat((widths[i] ?? 0) - visibleWidth(text));
    return columns[i]?.align === "right" ? space + text : text + space;
  };
  const lines = all.map((row) => row.map(padded).join(gap).trimEnd());
  const ruled = rule.repeat(largestOf(lines.map(visibleWidth)));
  lines.splice(1, 0, ruled);
  if (total !== undefined) lines.splice(lines.length - 1, 0, ruled);
  return `${lines.join("\n")}\n`;
}

function visibleWidth(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences.
  return line.replace(/\u001b\[\d+m/g, "").length;
}

/** A number to so many significant digits, without a tail of zeros behind whole numbers. */
export function figure(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return `${value}`;
  const size = Math.abs(value);
  const text =
    size >= 10 ** digits || size < 1e-4 ? value.toExponential(digits - 1) : value.toPrecision(digits);
  return text.replace("e+", "e");
}

/**
 * The numbers of a column with as many decimals as the largest of the `typical` ones wants, so that the points
 * stand in line.
 */
export function figures(values: readonly number[], typical: readonly number[] = values): readonly string[] {
  if (values.every(Number.isInteger)) return values.map((value) => figure(value));
  const largest = largestOf(typical.map(Math.abs).filter(Number.isFinite), 0);
  const decimals = 4 - Math.floor(Math.log10(largest));
  if (!(decimals >= 0 && decimals <= 10)) return values.map((value) => figure(value));
  const least = 2 * 10 ** -decimals;
  return values.map((value) => {
    const small = value !== 0 && Math.abs(value) < least;
    return small || !Number.isFinite(value) ? figure(value, 2) : value.toFixed(decimals);
  });
}

/** A number as short as it can be told to so many digits. */
export function brief(value: number, digits = 6): string {
  return `${Number(value.toPrecision(digits))}`;
}

/** `1 234 567`. */
export function thousands(value: number): string {
  return `${value}`.replace(/\B(?=(\d{3})+$)/g, " ");
}

/** `1 point`, `3 points`. */
export function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** As many of the names as fit, and how many there are beside. */
export function shortened(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more <= 1 ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${more} more`;
}

/** A value to the digits that its error leaves, and two more. */
export function figureWithError(value: number, errors: readonly number[]): string {
  const sizes = errors.map(Math.abs).filter((error) => error > 0 && Number.isFinite(error));
  if (sizes.length === 0 || value === 0) return figure(value, 6);
  const digits = Math.ceil(Math.log10(Math.abs(value) / smallestOf(sizes))) + 3;
  return figure(value, Math.min(12, Math.max(3, digits)));
}

/** `68.27%`. */
export function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(6))}%`;
}
