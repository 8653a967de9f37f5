/** `sevens check`: is the spec sound? */
import type { Command } from "commander";
import { type Diagnostic, hasErrors, summary, toJson } from "../../diagnostics/index.ts";
import type { DumpStage } from "../../index.ts";
import type { Context } from "../context.ts";
import { exitCodes, Stop } from "../exit.ts";
import { addDump, addOutput, type DumpOptions, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import type { CheckOutput } from "../schemas/check.ts";
import { dumped, type Reading, readSound, readSpec } from "../spec.ts";
import { addExamples } from "../verb.ts";

type Options = OutputOptions<"text" | "json"> & DumpOptions & { readonly warnings: boolean };

export function configureCheck(command: Command, context: Context): void {
  addDump(addOutput(command, ["text", "json"]))
    .argument("<files...>", "specs, `-` for standard input")
    .option("--no-warnings", "report errors only")
    .action((files: readonly string[], options: Options) => check(context, files, options));
  addExamples(command, [
    ["sevens check model.sevens", "errors and warnings; exit code 1 when there is an error"],
    ["sevens check --format json *.sevens", "the same for programs"],
    ["sevens check --dump model model.sevens", "the spec as the compiler understands it"],
  ]);
}

async function check(context: Context, files: readonly string[], options: Options): Promise<void> {
  if (options.dump !== undefined) return dumpAll(context, files, options.dump, options.output);
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkFile(context, file, options.warnings));
  const all = checked.flatMap(({ diagnostics }) => diagnostics);
  if (options.format === "json") {
    writeResult(context, options.output, printJson(outputOf(checked, all)));
  } else {
    for (const { reading, diagnostics } of checked) {
      if (diagnostics.length > 0) context.report(diagnostics, reading.sources);
      else context.note(`${reading.name}: no problems`);
    }
    if (files.length > 1 && all.length > 0) context.note(`\n${summary(all)} in ${files.length} files`);
  }
  if (hasErrors(all)) throw new Stop([], new Map(), exitCodes.problem);
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
  readonly reading: Reading;
  readonly diagnostics: readonly Diagnostic[];
}

async function checkFile(context: Context, file: string, warnings: boolean): Promise<Checked> {
  const reading = await readSpec(context, file);
  return { reading, diagnostics: reading.diagnostics.filter((one) => warnings || one.severity === "error") };
}

function outputOf(checked: readonly Checked[], all: readonly Diagnostic[]): CheckOutput {
  const count = (severity: Diagnostic["severity"]) => all.filter((one) => one.severity === severity).length;
  return {
    files: checked.map(({ reading }) => reading.name),
    errors: count("error"),
    warnings: count("warning"),
    diagnostics: checked.flatMap(({ reading, diagnostics }) =>
      diagnostics.map((one) => toJson(one, reading.sources)),
    ),
  };
}
