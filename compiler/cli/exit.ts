/** How a command ends. */
import type { Diagnostic } from "../diagnostics/index.ts";

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

/** By the worst error: a wrong command line, then a wrong spec, then numbers; warnings are no failure. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const groups = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code }) => (isUnreadable(code) ? "SV17" : code.slice(0, 4)));
  if (groups.length === 0) return exitCodes.success;
  if (groups.includes("SV19")) return exitCodes.usage;
  return groups.every((group) => group === "SV18") ? exitCodes.numerical : exitCodes.problem;
}

/** SV1807 is among the numerical codes, and is about the spec: it unfolds into too much work. */
function isUnreadable(code: string): boolean {
  return code === "SV1807";
}
