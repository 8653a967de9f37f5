/** `sevens fmt`: one way to lay out a spec. */
import type { Command } from "commander";
import { format } from "../../../grammar/format.ts";
import { parse } from "../../../grammar/index.ts";
import { fromSyntax, hasErrors } from "../../diagnostics/index.ts";
import { readDocument, toDocument } from "../../interchange/index.ts";
import type { Context } from "../context.ts";
import { exitCodes, Stop, wrongUsage } from "../exit.ts";
import { printJson, replaceFiles, writeResult } from "../output.ts";
import { type Input, readInput } from "../read.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly check?: boolean;
  readonly write?: boolean;
  readonly output?: string;
}

export function configureFmt(command: Command, context: Context): void {
  command
    .argument("<files...>", "specs, `-` for standard input")
    .option("--check", "only say which files are not formatted; exit code 1 when there is one")
    .option("--write", "change the files")
    .option("-o, --output <file>", "write the formatted text of one file there")
    .action((files: readonly string[], options: Options) => fmt(context, files, options));
  addExamples(command, [
    ["sevens fmt model.sevens", "the formatted text, to standard output"],
    ["sevens fmt --write *.sevens", "changes the files that need it"],
    ["sevens fmt --check *.sevens", "for continuous integration"],
  ]);
}

async function fmt(context: Context, files: readonly string[], options: Options): Promise<void> {
  const { check, write, output } = options;
  const { line } = context;
  if (check === true && write === true)
    throw wrongUsage(line, "--write", "`--check` and `--write` exclude each other");
  if ((check === true || write === true) && output !== undefined)
    throw wrongUsage(line, output, "`-o` is for one formatted text");
  if (files.length > 1 && check !== true && write !== true) {
    throw wrongUsage(line, files[1]!, "several files need `--write` or `--check`");
  }
  if (write === true && files.includes("-"))
    throw wrongUsage(line, "-", "standard input cannot be written to");
  if (check !== true && write !== true) {
    const [file = "-"] = files;
    return writeResult(context, output, formatted(file, await readInput(context, file)));
  }
  let bad = 0;
  for (const file of files) {
    const state = await treat(context, file, write === true);
    if (state === "broken" || (state === "changed" && check === true)) bad++;
  }
  if (bad > 0) throw new Stop([], new Map(), exitCodes.problem);
}

/** Checks or formats a file in place; one that is no spec does not keep the others from it. */
async function treat(
  context: Context,
  file: string,
  write: boolean,
): Promise<"unchanged" | "changed" | "broken"> {
  try {
    const input = await readInput(context, file);
    const text = formatted(file, input);
    if (text === input.text) return "unchanged";
    if (write) replaceFiles(context, [{ path: file, data: text }]);
    context.note(write ? `formatted ${file}` : `${file} is not formatted`);
    return "changed";
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    context.report(error.diagnostics, error.sources);
    return "broken";
  }
}

function formatted(name: string, { text, format: form }: Input): string {
  const sources = new Map([[name, text]]);
  if (form === "json") {
    const { model, diagnostics } = readDocument(text, name);
    if (model === undefined || hasErrors(diagnostics)) throw new Stop(diagnostics, sources);
    return printJson(toDocument(model));
  }
  const { tree, problems } = parse(text, name);
  if (problems.length > 0) throw new Stop(problems.map(fromSyntax), sources);
  return format(tree, text);
}
