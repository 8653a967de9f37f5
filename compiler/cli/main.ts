#!/usr/bin/env node
/** The command line `sevens`: reads the arguments, calls a verb, and turns whatever happens into an exit code. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { version } from "../disk/version.ts";
import { reportBug } from "./bug.ts";
import { type Context, contextOf } from "./context.ts";
import { type ExitCode, exitCodes, Stop } from "./exit.ts";
import { type Io, processIo } from "./io.ts";
import { refuseUsage, unknownVerb } from "./usage.ts";
import { verbs } from "./verbs.ts";

/** Runs `sevens ARGS`. Never throws, never ends the process. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const context = contextOf(args, io);
  try {
    const program = await programOf(context);
    await program.parseAsync([...args], { from: "user" });
    return exitCodes.success;
  } catch (error) {
    if (error instanceof Stop) {
      context.report(error.diagnostics, error.sources);
      return error.exitCode;
    }
    if (error instanceof CommanderError) return refuseUsage(context, error);
    return reportBug(context, error);
  }
}

/** The commands of all verbs; only the one that is called is loaded and gets its options. */
async function programOf(context: Context): Promise<Command> {
  const { io, line } = context;
  const program = prepared(new Command("sevens"), context)
    .description("Sevens: specs of coherent elastic neutrino-nucleus scattering, to rates, fits and code.")
    .version(version(), "-V, --version", "print the version")
    .helpCommand("help [verb]", "the options of a verb, with examples")
    .usage("<verb> [options]")
    .option("--color", "colours, also when the output is no terminal")
    .option("--no-color", "no colours")
    .addHelpText("after", helpTail);
  const called = line.args.filter((arg) => !arg.startsWith("-"));
  const wanted = called[0] === "help" ? called[1] : called[0];
  for (const { name, summary, load } of verbs) {
    const command = prepared(new Command(name), context)
      .summary(summary)
      .description(`${sentence(summary)}.`);
    if (name === wanted) {
      const configure = await load();
      configure(command, context);
      command.option("--color", "colours, also when the output is no terminal");
      command.option("--no-color", "no colours");
    }
    program.addCommand(command);
  }
  const asked = called[0] === "help" ? called[1] : undefined;
  if (asked !== undefined && verbs.every(({ name }) => name !== asked)) {
    throw unknownVerb(context, asked);
  }
  if (line.args.length === 0) {
    io.stderr.write(program.helpInformation());
    throw new Stop([], line.sources, exitCodes.usage);
  }
  return program;
}

/** Errors are thrown, and printed by `run`; help goes to standard output. */
function prepared(command: Command, { io }: Context): Command {
  return command
    .exitOverride()
    .helpOption("-h, --help", "print this help")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => {},
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const helpTail = `
A FILE is a spec as text or as a JSON document; \`-\` reads standard input. Results go to standard output,
all else to standard error.

Exit codes: 0 success, 1 a problem with the spec, 2 wrong usage, 3 numbers that did not come out, 4 a bug of ours.

Examples:
  $ sevens new Mine && sevens rates Mine.sevens
      a first spec, and the counts it expects
  $ sevens help rates
      the options of a verb
  $ sevens explain SV1203
      what a diagnostic means`;

/** True when this file is what `node` was asked to run, through links or not. */
function isEntry(): boolean {
  const [, script] = process.argv;
  if (script === undefined) return false;
  try {
    return realpathSync(script) === realpathSync(fileURLToPath(import.meta.url));
  } catch {
    return false;
  }
}

// Not `process.exit`: what is still being written to a pipe would be lost.
if (isEntry()) process.exitCode = await run(process.argv.slice(2), processIo());
