/** Wrong command lines, in the words and the form of every other diagnostic. */
import type { CommanderError } from "commander";
import { diagnostic, suggest } from "../diagnostics/index.ts";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit.ts";
import { verbs } from "./verbs.ts";

/** Prints what commander found wrong. Help and the version arrive here too: they were printed already. */
export function refuseUsage(context: Context, { code, exitCode, message }: CommanderError): ExitCode {
  if (exitCode === 0) return exitCodes.success;
  const [first = "", ...more] = message.replace(/^error: /, "").split("\n");
  const quoted = /'([^']*)'(?! argument)/.exec(first)?.[1] ?? "";
  const problem = first
    .replaceAll(/'([^']*)'/g, "`$1`")
    .replace(/\.$/, "")
    .replace("unknown command", "unknown verb");
  const near = /Did you mean (?:one of )?([^?]+)\?/.exec(more.join(" "))?.[1];
  const help = helpFor(code, quoted, near, context.line.args);
  const { line } = context;
  const span = code === "commander.missingArgument" ? line.end : line.spanOf(quoted);
  const found = diagnostic("SV1901", span, { problem }, help === undefined ? {} : { help });
  context.report([found], context.line.sources);
  return exitCodes.usage;
}

function helpFor(
  code: string,
  word: string,
  near: string | undefined,
  args: readonly string[],
): string | undefined {
  if (code === "commander.unknownCommand") {
    const names = verbs.map(({ name }) => name);
    const name = near ?? suggest(word, names);
    return name === undefined ? `the verbs are ${names.join(", ")}` : `did you mean \`${name}\`?`;
  }
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const verb = verbs.find(({ name }) => args.includes(name))?.name;
  return verb === undefined ? "`sevens --help` lists the verbs" : `\`sevens help ${verb}\` shows its options`;
}
