/** What a verb is: a row of the list of verbs, and a module that is only loaded when it is called. */
import type { Command } from "commander";
import type { Context } from "./context.ts";

/** Sets the arguments, options, help and action of a verb's command. */
export type Configure = (command: Command, context: Context) => void;

export interface Verb {
  readonly name: string;
  /** For the list of verbs: lower case, no full stop. */
  readonly summary: string;
  readonly load: () => Promise<Configure>;
}

/** Appends examples to the help of a command: pairs of a command line and what it does. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, does: string])[],
): void {
  const lines = examples.map(([line, does]) => `  $ ${line}\n      ${does}`);
  command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
