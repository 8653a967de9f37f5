/** `sevens build`: typed modules that programs import. */
import { join, parse } from "node:path";
import type { Command } from "commander";
import { type BuildFormat, compile, emitModule } from "../../index.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { wrongUsage } from "../exit.ts";
import { addChoices, addDump, type Choices, compileOptions, type DumpOptions } from "../options.ts";
import { makeFolder, type OutputFile, writeFiles, writeResult } from "../output.ts";
import { dumped, lacking, readSound, settle } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options extends Choices, DumpOptions {
  readonly output?: string;
  readonly js?: boolean;
  readonly wasm?: boolean;
  readonly name?: string;
}

export function configureBuild(command: Command, context: Context): void {
  addDump(addChoices(command))
    .argument("<files...>", "specs, `-` for standard input")
    .option("-o, --output <folder>", "folder to write to; without it, one module goes to standard output")
    .option("--js", "JavaScript with a .d.ts file, instead of TypeScript")
    .option("--wasm", "JavaScript that runs the stages of fits as WebAssembly, several times as fast")
    .option("--name <name>", "name of the module, instead of that of the file")
    .action((files: readonly string[], options: Options) => build(context, files, options));
  addExamples(command, [
    ["sevens build csi.sevens -o generated", "writes generated/csi.ts"],
    ["sevens build *.sevens --js -o generated", "a .js and a .d.ts file for each spec"],
    ["sevens build csi.sevens --wasm -o generated", "the same, for fits of your own that have to be fast"],
  ]);
}

async function build(context: Context, files: readonly string[], options: Options): Promise<void> {
  const { output, name } = options;
  const js = options.js === true || options.wasm === true;
  const { line } = context;
  if (name !== undefined && (files.length > 1 || !/^[\w.-]+$/.test(name))) {
    throw wrongUsage(
      line,
      name,
      files.length > 1 ? "`--name` is for one spec" : `\`${name}\` is no name for a module`,
    );
  }
  if (output === undefined && options.dump === undefined && (files.length > 1 || js)) {
    throw wrongUsage(
      line,
      options.wasm ? "--wasm" : js ? "--js" : files[1]!,
      "several files need a folder: `-o generated`",
    );
  }
  const modules: OutputFile[] = [];
  for (const file of files) {
    const stem = name ?? (file === "-" ? "spec" : stemOf(file));
    const clash = modules.find(({ path }) => parse(path).name === stem);
    if (clash !== undefined) throw wrongUsage(line, file, `two modules would be called \`${stem}\``);
    modules.push(...(await modulesOf(context, file, stem, options)));
  }
  if (output === undefined || options.dump !== undefined) {
    writeResult(context, undefined, modules.map(({ data }) => data).join("\n"));
    return;
  }
  makeFolder(context, output);
  const written = modules.map(({ path, data }) => ({ path: join(output, path), data }));
  writeFiles(context, written);
  for (const { path } of written) context.note(`wrote ${path}`);
}

const endings: Readonly<Record<BuildFormat, string>> = { ts: "ts", js: "js", wasm: "js", dts: "d.ts" };

function formatsOf({ js, wasm }: Options): readonly BuildFormat[] {
  if (wasm === true) return ["wasm", "dts"];
  return js === true ? ["js", "dts"] : ["ts"];
}

/** `a/csi.sevens`, `csi.sevens.json` and `csi.json` are all `csi`. */
function stemOf(file: string): string {
  return parse(file).base.replace(/(\.sevens)?(\.json)?$/, "");
}

async function modulesOf(
  context: Context,
  file: string,
  stem: string,
  options: Options,
): Promise<readonly OutputFile[]> {
  const spec = await readSound(context, file);
  const chosen = compileOptions(context, spec, options);
  if (options.dump !== undefined) return [{ path: stem, data: dumped(context, spec, options.dump, chosen) }];
  const compilation = compile(spec.model, chosen);
  settle(context, spec, compilation.diagnostics);
  if (compilation.units.length === 0) throw lacking(context, spec, "analysis or experiment");
  const formats = formatsOf(options);
  const modules: OutputFile[] = [];
  for (const format of formats) {
    const data = await emitModule(spec.model, compilation, format, documentOf(spec.model).hash);
    modules.push({ path: `${stem}.${endings[format]}`, data });
  }
  return modules;
}
