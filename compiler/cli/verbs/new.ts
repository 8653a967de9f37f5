/** `sevens new`: a spec to begin with. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { writeResult } from "../output.ts";
import { type TemplateKind, templateKinds, templates } from "../templates.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly kind: TemplateKind;
  readonly output?: string;
  readonly force?: boolean;
}

export function configureNew(command: Command, context: Context): void {
  const [first] = templateKinds;
  command
    .argument("<name>", "name of what is declared; the file is called NAME.sevens")
    .addOption(new Option("--kind <kind>", "what to begin").choices([...templateKinds]).default(first))
    .option("-o, --output <file>", "another file, `-` for standard output")
    .option("--force", "replace a file that exists")
    .action((name: string, options: Options) => begin(context, name, options));
  addExamples(command, [
    ["sevens new Leptoquark", "a new interaction, with an analysis of COHERENT data, in Leptoquark.sevens"],
    ["sevens new MyFit --kind analysis", "a fit with the models and experiments of the library"],
    ["sevens new GeArray --kind detector -o array.sevens", "a detector with an experiment and a projection"],
  ]);
}

function begin(context: Context, name: string, { kind, output, force }: Options): void {
  const { line } = context;
  if (!/^[A-Za-z]\w*$/.test(name)) {
    throw wrongUsage(
      line,
      name,
      `\`${name}\` is no name`,
      "a name is made of letters, digits and _, a letter first",
    );
  }
  const path = output ?? `${name}.sevens`;
  if (force !== true && path !== "-" && existsSync(resolve(context.io.cwd, path))) {
    throw wrongUsage(
      line,
      output ?? name,
      `\`${path}\` exists`,
      "`--force` replaces it, `-o` takes another file",
    );
  }
  writeResult(context, path, templates[kind](name));
  if (path !== "-") context.note(`wrote ${path}: try \`sevens rates ${path}\``);
}
