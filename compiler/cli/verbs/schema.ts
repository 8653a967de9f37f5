/** `sevens schema`: the JSON Schemas of what goes in and comes out. */
import type { Command } from "commander";
import { didYouMean } from "../../diagnostics/index.ts";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { printJson, writeResult } from "../output.ts";
import { schemas } from "../schemas/index.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly output?: string;
}

export function configureSchema(command: Command, context: Context): void {
  command
    .argument("[name]", `one of ${Object.keys(schemas).join(", ")}; without it, all of them`)
    .option("-o, --output <file>", "write it to a file, `-` for standard output")
    .action((name: string | undefined, options: Options) => schema(context, name, options));
  addExamples(command, [
    ["sevens schema document", "of the documents that every verb reads"],
    ["sevens schema fit", "of what `sevens fit --format json` prints"],
  ]);
}

function schema(context: Context, name: string | undefined, { output }: Options): void {
  const names = Object.keys(schemas);
  if (name === undefined) {
    const all = Object.fromEntries(Object.entries(schemas).map(([key, make]) => [key, make()]));
    writeResult(context, output, printJson(all));
    return;
  }
  const make = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (make === undefined) {
    const span = context.line.spanOf(name);
    const { help = `there is ${names.join(", ")}` } = didYouMean(span, name, names);
    throw wrongUsage(context.line, span, `there is no schema \`${name}\``, help);
  }
  writeResult(context, output, printJson(make()));
}
