/** `sevens migrate`: specs of older versions of the language in that of today. */
import type { Command } from "commander";
import { hasErrors } from "../../diagnostics/index.ts";
import { languageVersion, parseModule } from "../../load/index.ts";
import { migrated } from "../../share/migrate.ts";
import type { Context } from "../context.ts";
import { Stop, wrongUsage } from "../exit.ts";
import { type OutputFile, replaceFiles, writeResult } from "../output.ts";
import { readInput } from "../read.ts";
import { addExamples } from "../verb.ts";

export function configureMigrate(command: Command, context: Context): void {
  command
    .argument("<files...>", "specs, which are changed in place; `-` from standard input to standard output")
    .action((files: readonly string[]) => migrate(context, files));
  addExamples(command, [["sevens migrate *.sevens", "says what it did, and leaves what is of today alone"]]);
}

async function migrate(context: Context, files: readonly string[]): Promise<void> {
  const changed: OutputFile[] = [];
  const notes: string[] = [];
  for (const file of files) {
    const { text, stdin, format } = await readInput(context, file);
    if (format !== "text") throw wrongUsage(context.line, file, `\`${file}\` is no text of the language`);
    const name = stdin ? "<stdin>" : file;
    const { diagnostics } = parseModule(text, name);
    if (hasErrors(diagnostics)) throw new Stop(diagnostics, new Map([[name, text]]));
    const result = migrated(text, name, languageVersion);
    if (result === undefined) throw new Error("a text that is whole could not be migrated");
    const { from, steps } = result;
    if (stdin) writeResult(context, undefined, result.text);
    else if (steps.length > 0) changed.push({ path: file, data: result.text });
    notes.push(
      steps.length === 0
        ? `${name}: version ${from} already`
        : `${name}: from version ${from} to ${languageVersion}: ${steps.join("; ")}`,
    );
  }
  replaceFiles(context, changed);
  for (const note of notes) context.note(note);
}
