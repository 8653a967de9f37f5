/** Wrong command lines, in the words and the form of every other diagnostic. */
import type { CommanderError } from "commander";
import { suggest } from "../diagnostics/index.ts";
import type { CommandLine } from "./command-line.ts";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes, type Stop, wrongUsage } from "./exit.ts";
import { verbs } from "./verbs.ts";

/** Prints what commander found wrong. Help and the version arrive here too: they were printed already. */
export function refuseUsage(context: Context, { code, exitCode, message }: CommanderError): ExitCode {
  if (exitCode === 0) return exitCodes.success;
  const { line } = context;
  const [first = "", ...more] = message.replace(/^error: /, "").split("\n");
  const word = wordIn(first, line);
  const problem = first
    .replaceAll(/'([^']*)'/g, "`$1`")
    .replace(/\.$/, "")
    .replace("unknown command", "unknown verb");
  const near = /Did you mean (?:one of )?([^?]+)\?/.exec(more.join(" "))?.[1] ?? nearChoice(first, word);
  const help = near === undefined ? helpFor(code, word, line) : `did you mean \`${near}\`?`;
  const span = code === "commander.missingArgument" ? line.end : line.spanOf(word);
  const { diagnostics, sources, exitCode: wrong } = wrongUsage(line, span, problem, help);
  context.report(diagnostics, sources);
  return wrong;
}

/** The argument that a message of commander is about. */
function wordIn(message: string, line: CommandLine): string {
  const value = /argument '([^']*)' is invalid/.exec(message)?.[1];
  if (value !== undefined) return value;
  // An option may be quoted with all its forms: '-o, --output <file>'.
  const words = /'([^']*)'/.exec(message)?.[1]?.split(/[ ,]+/) ?? [];
  return words.find((word) => line.args.includes(word)) ?? words[0] ?? "";
}

/** The allowed value that was probably meant. */
function nearChoice(message: string, word: string): string | undefined {
  const choices = /Allowed choices are (.*)\./.exec(message)?.[1]?.split(", ");
  return choices === undefined ? undefined : suggest(word, choices);
}

function helpFor(code: string, word: string, { args }: CommandLine): string {
  if (code === "commander.unknownCommand") return verbHelp(word);
  const verb = verbs.find(({ name }) => args.includes(name))?.name;
  return verb === undefined ? "`sevens --help` lists the verbs" : `\`sevens help ${verb}\` shows its options`;
}

function verbHelp(word: string): string {
  const names = verbs.map(({ name }) => name);
  const near = suggest(word, names);
  return near === undefined ? `the verbs are ${names.join(", ")}` : `did you mean \`${near}\`?`;
}

/** For `sevens help WORD`, of which commander says nothing. */
export function unknownVerb({ line }: Context, word: string): Stop {
  return wrongUsage(line, word, `unknown verb \`${word}\``, verbHelp(word));
}
