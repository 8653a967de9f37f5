/** `sevens fmt`: one way to lay out a spec. */
import type { Command } from "commander";
import { format } from "../../../grammar/format.ts";
import { parse } from "../../../grammar/index.ts";
import { diagnostic, fromSyntax, hasErrors } from "../../diagnostics/index.ts";
import { readDocument, toDocument } from "../../interchange/index.ts";
import type { Context } from "../context.ts";
import { exitCodes, Stop } from "../exit.ts";
import { printJson, writeFiles, writeResult } from "../output.ts";
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
  const refuse = (argument: string, problem: string): Stop =>
    new Stop([diagnostic("SV1901", context.line.spanOf(argument), { problem })], context.line.sources);
  if (check === true && write === true) throw refuse("--write", "`--check` and `--write` exclude each other");
  if ((check === true || write === true) && output !== undefined)
    throw refuse(output, "`-o` is for one formatted text");
  if (files.length > 1 && check !== true && write !== true) {
    throw refuse(files[1]!, "several files need `--write` or `--check`");
  }
  if (write === true && files.includes("-")) throw refuse("-", "standard input cannot be written to");
  let unformatted = 0;
  for (const file of files) {
    const input = await readInput(context, file);
    const text = formatted(file, input);
    if (check !== true && write !== true) writeResult(context, output, text);
    else if (text !== input.text) {
      unformatted++;
      if (write === true) writeFiles(context, [{ path: file, data: text }]);
      context.note(write === true ? `formatted ${file}` : `${file} is not formatted`);
    }
  }
  if (check === true && unformatted > 0) throw new Stop([], new Map(), exitCodes.problem);
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
