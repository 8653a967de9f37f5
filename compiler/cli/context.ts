/** What every verb has at hand: the outside world, the command line, and a way to say things on standard error. */
import { type Diagnostic, printableText, printDiagnostic, printDiagnostics } from "../diagnostics/index.ts";
import { type CommandLine, commandLine } from "./command-line.ts";
import type { Io, Sink } from "./io.ts";

export interface Context {
  readonly io: Io;
  readonly line: CommandLine;
  /** Whether to write colours to a stream. */
  readonly colored: (sink: Sink) => boolean;
  /** Texts that were read so far, by the name a user knows them by: for the report about a fault of ours. */
  readonly texts: Map<string, string>;
  /** Real paths of the files that were read: results are not written over them. */
  readonly inputs: Set<string>;
  /** Says something on standard error. */
  note(text: string): void;
  /** Prints diagnostics on standard error. */
  report(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): void;
}

export function contextOf(args: readonly string[], io: Io): Context {
  const line = commandLine(args);
  const colored = colorRule(args, io.env);
  return {
    io,
    line,
    colored,
    texts: new Map(),
    inputs: new Set(),
    note: (text) => io.stderr.write(`${printableText(text)}\n`),
    report: (diagnostics, sources) => {
      const color = colored(io.stderr);
      const [only, ...more] = diagnostics;
      if (only === undefined) return;
      // One needs no summary.
      const text =
        more.length === 0
          ? `${printDiagnostic(only, sources, { color })}\n`
          : printDiagnostics(diagnostics, sources, { color });
      io.stderr.write(text);
    },
  };
}

/** The command line decides, then NO_COLOR (https://no-color.org) and FORCE_COLOR, then whether it is a terminal. */
function colorRule(args: readonly string[], env: Io["env"]): (sink: Sink) => boolean {
  const said = args.findLast((arg) => arg === "--color" || arg === "--no-color");
  if (said !== undefined) return () => said === "--color";
  if (isSet(env.NO_COLOR)) return () => false;
  if (isSet(env.FORCE_COLOR)) return () => env.FORCE_COLOR !== "0";
  return (sink) => sink.isTTY && env.TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
