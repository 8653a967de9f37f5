/** Options that several verbs share. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseExpression } from "../../grammar/index.ts";
import type { Expr } from "../../grammar/syntax.ts";
import { LARGEST_SEED } from "../../runtime/random.ts";
import { diagnostic, fromSyntax } from "../diagnostics/index.ts";
import { type CompileOptions, type DumpStage, dumpStages, type Setting } from "../index.ts";
import { commandLineName } from "./command-line.ts";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";
import { requireDeclared, requireExperiments, requireObservables, type Spec } from "./spec.ts";

/** What of a spec a verb looks at, as the options say it. */
export interface Choices {
  readonly set?: readonly string[];
  readonly experiment?: readonly string[];
  readonly analysis?: readonly string[];
  readonly observables?: readonly string[];
  readonly precision?: number;
}

export interface OutputOptions<Format extends string = "table" | "csv" | "json"> {
  readonly format: Format;
  readonly output?: string;
}

/** `--format` and `-o`. */
export function addOutput(command: Command, formats: readonly string[] = ["table", "csv", "json"]): Command {
  const [first] = formats;
  return command
    .addOption(
      new Option("--format <format>", "how to print the result").choices([...formats]).default(first),
    )
    .option("-o, --output <file>", "write the result to a file, `-` for standard output");
}

/** `--set`, `--experiment`, `--analysis`, `--observables`, `--precision`. */
export function addChoices(command: Command): Command {
  return command
    .option("--set <name=value>", "change the value of a parameter, with its unit; may be repeated", collect)
    .option("--experiment <names>", "only these experiments", collectNames)
    .option("--analysis <names>", "only these analyses", collectNames)
    .option("--observables <names>", "bin in these observables only", collectNames)
    .option("--precision <number>", "relative quadrature error to ask for", positive);
}

export interface DumpOptions {
  readonly dump?: DumpStage;
}

/** `--dump STAGE`. */
export function addDump(command: Command): Command {
  return command.addOption(
    new Option("--dump <stage>", "print a stage of the compiler instead").choices([...dumpStages]),
  );
}

/** Gathers the values of an option that is repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Names, separated by commas or by repeating the option. */
export function collectNames(value: string, before: readonly string[] = []): readonly string[] {
  const names = value.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("A name is missing.");
  return [...before, ...names];
}

export function seedOf(value: string): number {
  const seed = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(seed <= LARGEST_SEED))
    throw new InvalidArgumentError(`It is not a whole number up to ${LARGEST_SEED}.`);
  return seed;
}

export function positive(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number > 0 && Number.isFinite(number))) {
    throw new InvalidArgumentError("It is not a positive number.");
  }
  return number;
}

/** The options in the compiler's terms; stops when one of them names what the spec does not have. */
export function compileOptions(context: Context, spec: Spec, choices: Choices): CompileOptions {
  const { experiment, analysis, observables, precision } = choices;
  requireDeclared(context, spec, "analysis", analysis ?? []);
  requireExperiments(context, spec, experiment ?? [], analysis);
  requireObservables(context, spec, observables ?? []);
  return {
    set: settings(context, choices.set ?? []),
    ...(experiment === undefined ? {} : { experiments: experiment }),
    ...(analysis === undefined ? {} : { analyses: analysis }),
    ...(observables === undefined ? {} : { observables }),
    ...(precision === undefined ? {} : { precision }),
  };
}

/** The parameters that `--set` changes. */
export function settings(context: Context, texts: readonly string[]): readonly Setting[] {
  return texts.map((text) => {
    const [, name, value] = /^\s*([^=\s]+)\s*=(.+)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new Stop([diagnostic("SV1904", context.line.spanOf(text), { text })], context.line.sources);
    }
    return { name, expr: expressionIn(context, text, text.length - value.length) };
  });
}

/**
 * The expression in an argument, from an offset on. Its spans are places in the command line, because what comes
 * before it is parsed as blanks. Several values may be separated by commas.
 */
export function expressionIn(context: Context, argument: string, offset = 0): Expr {
  const start = context.line.spanOf(argument).start + offset;
  const value = argument.slice(offset);
  const list = value.includes(",") && !value.trimStart().startsWith("[") && start > 0;
  const text = list ? `${" ".repeat(start - 1)}[${value}]` : `${" ".repeat(start)}${value}`;
  const { expr, problems } = parseExpression(text, commandLineName);
  if (problems.length > 0) throw new Stop(problems.map(fromSyntax), context.line.sources);
  return expr;
}
