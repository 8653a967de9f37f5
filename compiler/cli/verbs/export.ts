/** `sevens export`: the spec in another form. */
import { type Command, Option } from "commander";
import { toText } from "../../interchange/index.ts";
import { latexDocument } from "../../latex/index.ts";
import type { Model } from "../../model/model.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { printJson, writeResult } from "../output.ts";
import { readSound } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly to: "json" | "text" | "latex";
  readonly output?: string;
}

export function configureExport(command: Command, context: Context): void {
  command
    .argument("<file>", "a spec, `-` for standard input")
    .addOption(new Option("--to <form>", "the form").choices(["json", "text", "latex"]).makeOptionMandatory())
    .option("-o, --output <file>", "write it to a file, `-` for standard output")
    .action((file: string, options: Options) => exportSpec(context, file, options));
  addExamples(command, [
    ["sevens export csi.sevens --to json -o csi.json", "the canonical document: self-contained, with a hash"],
    ["sevens export csi.sevens --to latex", "its formulas and parameters, for a paper"],
    ["sevens export csi.json --to text", "one text with everything in it that the spec uses"],
  ]);
}

async function exportSpec(context: Context, file: string, { to, output }: Options): Promise<void> {
  const { model } = await readSound(context, file);
  writeResult(context, output, forms[to](model));
}

const forms: Readonly<Record<Options["to"], (model: Model) => string>> = {
  json: (model) => printJson(documentOf(model)),
  text: toText,
  latex: latexDocument,
};
