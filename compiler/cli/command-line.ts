/** The command line as a text, so that a diagnostic can point at the argument it is about. */
import type { Span } from "../../grammar/syntax.ts";

/** Name of that text among the sources. */
export const commandLineName = "command line";

export interface CommandLine {
  readonly args: readonly string[];
  readonly text: string;
  /** The place of a value: a whole argument, or the end of one (`--set=M=1` holds `M=1`). */
  spanOf(value: string): Span;
  /** Behind the last argument, where one is missing. */
  readonly end: Span;
  /** The texts to quote from: this one. */
  readonly sources: ReadonlyMap<string, string>;
}

export function commandLine(args: readonly string[]): CommandLine {
  const pieces = ["sevens", ...args].map(quoted);
  const text = pieces.join(" ");
  const starts = pieces.map((_, index) => pieces.slice(0, index).join(" ").length + (index === 0 ? 0 : 1));
  const spanOf = (value: string): Span => {
    const index = indexOf(args, value);
    const start = starts[index + 1] ?? 0;
    const piece = pieces[index + 1] ?? "";
    const inside = value === "" ? -1 : piece.lastIndexOf(value);
    return inside < 0
      ? { file: commandLineName, start, end: start + piece.length }
      : { file: commandLineName, start: start + inside, end: start + inside + value.length };
  };
  const end = { file: commandLineName, start: text.length, end: text.length };
  return { args, text, spanOf, end, sources: new Map([[commandLineName, text]]) };
}

/** The argument that is the value, else the last one that ends with it; -1 when there is none. */
function indexOf(args: readonly string[], value: string): number {
  const whole = args.lastIndexOf(value);
  if (whole >= 0 || value === "") return whole;
  const part = args.findLastIndex((arg) => arg.endsWith(value));
  return part >= 0 ? part : args.findLastIndex((arg) => arg.includes(value));
}

/** As a shell would take it; good enough to be read and copied. */
function quoted(arg: string): string {
  if (/^[\w@%+=:,./[\]-]+$/.test(arg)) return arg;
  return arg.includes("'") ? `"${arg}"` : `'${arg}'`;
}
