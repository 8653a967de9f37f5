/** `sevens check`: is the spec sound? */
import type { Command } from "commander";
import { type Diagnostic, hasErrors, summary, toJson } from "../../diagnostics/index.ts";
import type { DumpStage } from "../../index.ts";
import type { Context } from "../context.ts";
import { impossibleCounts, ratesOfSpec } from "../counts.ts";
import { exitCodes, Stop, wrongUsage } from "../exit.ts";
import { mendFiles } from "../mending.ts";
import { addDump, addOutput, type DumpOptions, type OutputOptions, positive } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import type { CheckOutput, MadeChange, ReachedPrecision } from "../schemas/check.ts";
import { compiled, dumped, freshIn, type Reading, readSound, readSpec } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options extends OutputOptions<"text" | "json">, DumpOptions {
  readonly warnings: boolean;
  readonly fix?: boolean;
  readonly precision?: number;
}

export function configureCheck(command: Command, context: Context): void {
  addDump(addOutput(command, ["text", "json"]))
    .argument("<files...>", "specs, `-` for standard input")
    .option(
      "--precision <number>",
      "compile to this relative error as well, and say what was reached",
      positive,
    )
    .option("--no-warnings", "report errors only")
    .option("--fix", "make the changes that are safe, in the files, and report what is left")
    .action((files: readonly string[], options: Options) => check(context, files, options));
  addExamples(command, [
    ["sevens check model.sevens", "errors and warnings; exit code 1 when there is an error"],
    ["sevens check --format json *.sevens", "the same for programs, to standard output"],
    ["sevens check --fix *.sevens", "mends what has one safe way, and says what it did"],
    ["sevens check --precision 1e-8 model.sevens", "the error of the integrals, too"],
    ["sevens check --dump model model.sevens", "the spec as the compiler understands it"],
  ]);
}

async function check(context: Context, files: readonly string[], options: Options): Promise<void> {
  refuseFix(context, files, options);
  if (options.dump !== undefined) return dumpAll(context, files, options.dump, options.output);
  const fixed = options.fix === true ? await mendFiles(context, files) : [];
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkFile(context, file, options));
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  if (options.format === "json")
    writeResult(context, options.output, printJson(outputOf(checked, all, fixed)));
  else report(context, checked, all, fixed);
  if (hasErrors(all)) throw new Stop([], new Map(), exitCodes.problem);
}

function refuseFix({ line }: Context, files: readonly string[], { fix, dump }: Options): void {
  if (fix !== true) return;
  if (dump !== undefined) throw wrongUsage(line, "--fix", "`--fix` and `--dump` exclude each other");
  if (files.includes("-")) throw wrongUsage(line, "-", "standard input cannot be written to");
}

async function dumpAll(
  context: Context,
  files: readonly string[],
  stage: DumpStage,
  output: string | undefined,
): Promise<void> {
  const texts: string[] = [];
  for (const file of files) {
    const spec = await readSound(context, file);
    texts.push(dumped(context, spec, stage, {}));
  }
  writeResult(context, output, texts.join("\n"));
}

interface Checked {
  readonly name: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly reached: readonly ReachedPrecision[];
}

/** What there is to say about a file; one that cannot be read does not keep the others from being checked. */
async function checkFile(context: Context, file: string, options: Options): Promise<Checked> {
  const kept = ({ severity }: Diagnostic): boolean => options.warnings || severity === "error";
  try {
    const reading = await readSpec(context, file);
    const { diagnostics, reached } = precisionOf(reading, options.precision);
    const { name, sources } = reading;
    return { name, sources, diagnostics: diagnostics.filter(kept), reached };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { name: file, sources: error.sources, diagnostics: error.diagnostics, reached: [] };
  }
}

/** The diagnostics of a spec, and when a precision is asked for, those of compiling it and what was reached. */
function precisionOf(
  reading: Reading,
  precision: number | undefined,
): Pick<Checked, "diagnostics" | "reached"> {
  const { model, diagnostics } = reading;
  if (precision === undefined || model === undefined || hasErrors(diagnostics)) {
    return { diagnostics, reached: [] };
  }
  const spec = { ...reading, model };
  const { units, fresh } = compiled(spec, { precision });
  const impossible = units.flatMap((unit) => impossibleCounts(spec, unit, ratesOfSpec(unit)));
  return {
    diagnostics: [...diagnostics, ...fresh, ...freshIn(spec, impossible)],
    reached: units.map(({ name, reached }) => ({ name, reached })),
  };
}

function report(
  context: Context,
  checked: readonly Checked[],
  all: readonly Diagnostic[],
  fixed: readonly MadeChange[],
): void {
  for (const { file, line, title, code } of fixed) context.note(`${file}:${line}: ${title} (${code})`);
  for (const { name, sources, diagnostics, reached } of checked) {
    if (diagnostics.length > 0) context.report(diagnostics, sources);
    else context.note(`${name}: no problems`);
    for (const one of reached) {
      context.note(`${name}: ${one.name} is computed to a relative error of ${one.reached.toExponential(1)}`);
    }
  }
  if (checked.length > 1 && all.length > 0) context.note(`\n${summary(all)} in ${checked.length} files`);
}

function outputOf(
  checked: readonly Checked[],
  all: readonly Diagnostic[],
  fixed: readonly MadeChange[],
): CheckOutput {
  const count = (severity: Diagnostic["severity"]): number =>
    all.filter((one) => one.severity === severity).length;
  return {
    files: checked.map(({ name }) => name),
    errors: count("error"),
    warnings: count("warning"),
    diagnostics: checked.flatMap(({ sources, diagnostics }) =>
      diagnostics.map((one) => toJson(one, sources)),
    ),
    fixed,
    precision: checked.flatMap(({ reached }) => reached),
  };
}
