/** How a command ends. */
import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { type CommandLine, commandLineName } from "./command-line.ts";

export const exitCodes = {
  success: 0,
  /** The spec has a problem, or what was checked is not as it should be. */
  problem: 1,
  /** The command line cannot be carried out. */
  usage: 2,
  /** Numbers that did not come out: an integral, a fit. */
  numerical: 3,
  /** A fault of Sevens. */
  bug: 4,
  /** Ctrl-C ended a long command in good order: 128 and the number of the signal. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command early, with what is to be said about it. Caught in one place, by `run`. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly diagnostics: readonly Diagnostic[];
  /** Texts that the diagnostics quote. */
  readonly sources: ReadonlyMap<string, string>;
  readonly exitCode: ExitCode;

  constructor(
    diagnostics: readonly Diagnostic[],
    sources: ReadonlyMap<string, string> = new Map(),
    exitCode: ExitCode = exitCodeOf(diagnostics),
  ) {
    super(diagnostics.map(({ message }) => message).join("; "));
    this.diagnostics = diagnostics;
    this.sources = sources;
    this.exitCode = exitCode;
  }
}

/** The command line cannot be carried out because of an argument, or of something at a place of it. */
export function wrongUsage(
  line: CommandLine,
  at: string | Span,
  problem: string,
  help: string | undefined = undefined,
): Stop {
  const span = typeof at === "string" ? line.spanOf(at) : at;
  const extra = help === undefined ? {} : { help };
  return new Stop([diagnostic("SV1901", span, { problem }, extra)], line.sources);
}

/** By the worst error: a wrong command line, then a wrong spec, then numbers; warnings are no failure. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const groups = diagnostics.filter(({ severity }) => severity === "error").map(groupOf);
  if (groups.length === 0) return exitCodes.success;
  if (groups.includes("SV19")) return exitCodes.usage;
  return groups.every((group) => group === "SV18") ? exitCodes.numerical : exitCodes.problem;
}

/** The first four characters of the code, for what they say about who is to mend it. */
function groupOf({ code, span }: Diagnostic): string {
  const group = code.slice(0, 4);
  // Among the numerical codes, but about the spec: it unfolds into too much work.
  if (code === "SV1807") return "SV14";
  // A value on the command line that is wrong; a file that is missing is as good as a wrong spec.
  return span.file === commandLineName && group !== "SV17" ? "SV19" : group;
}
