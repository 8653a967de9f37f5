/** `sevens build`: typed modules that programs import. */
import { dirname, join, parse, relative, resolve } from "node:path";
import type { Command } from "commander";
import { buildModule, type ModulePart } from "../../build/build.ts";
import { diskCache } from "../../disk/cache.ts";
import { OwnTypes } from "../../disk/own-types.ts";
import { projectFolder, shown, typesPath, withSlashes } from "../../disk/paths.ts";
import type { BuildFormat } from "../../index.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { wrongUsage } from "../exit.ts";
import { addChoices, addDump, type Choices, compileOptions, type DumpOptions } from "../options.ts";
import { makeFolder, type OutputFile, writeFiles, writeResult } from "../output.ts";
import { dumped, lacking, readSpec, type Spec, settle, soundOf } from "../spec.ts";
import { addExamples } from "../verb.ts";
import { watch } from "../watch.ts";

interface Options extends Choices, DumpOptions {
  readonly output?: string;
  readonly js?: boolean;
  readonly wasm?: boolean;
  readonly name?: string;
  readonly sourceMap?: boolean;
  readonly types?: boolean;
  readonly watch?: boolean;
  readonly cache: boolean;
}

export function configureBuild(command: Command, context: Context): void {
  addDump(addChoices(command))
    .argument("<files...>", "specs, `-` for standard input")
    .option("-o, --output <folder>", "folder to write to; without it, one module goes to standard output")
    .option("--js", "JavaScript with a .d.ts file, instead of TypeScript")
    .option("--wasm", "JavaScript that runs the stages of fits as WebAssembly, several times as fast")
    .option("--name <name>", "name of the module, instead of that of the file")
    .option("--source-map", "a .map file beside each module, from its lines to the formulas of the specs")
    .option("--types", "only the types, beside each spec, for programs that import it through a bundler")
    .option("--watch", "build again whenever a spec, what it uses or a table changes, until Ctrl-C")
    .option("--no-cache", "neither read nor keep what was compiled, in node_modules/.cache/sevens")
    .action((files: readonly string[], options: Options) => run(context, files, options));
  addExamples(command, [
    ["sevens build csi.sevens -o generated", "writes generated/csi.ts"],
    ["sevens build *.sevens --js -o generated", "a .js and a .d.ts file for each spec"],
    ["sevens build csi.sevens --wasm -o generated", "the same, for fits of your own that have to be fast"],
    ["sevens build csi.sevens --js --source-map -o generated --watch", "while one works on the spec"],
    ["sevens build csi.sevens --types", 'csi.d.sevens.ts: what `import … from "./csi.sevens"` gives'],
  ]);
}

async function run(context: Context, files: readonly string[], options: Options): Promise<void> {
  refuseContradictions(context, files, options);
  if (options.watch !== true) {
    await build(context, files, options);
    return;
  }
  const { cwd } = context.io;
  const types = new OwnTypes();
  await watch(context, async (read) => {
    for (const path of types.removeOrphans()) context.note(`removed ${shown(path, cwd)}`);
    const written = await build(context, files, options, read);
    if (options.types !== true) return;
    // Each spec has one file of types.
    written.forEach(({ path, data }, i) => {
      types.wrote(resolve(cwd, files[i]!), resolve(cwd, path), String(data));
    });
  });
}

function refuseContradictions({ line }: Context, files: readonly string[], options: Options): void {
  const { output, name, types, dump } = options;
  const js = options.js === true || options.wasm === true;
  if (name !== undefined && (files.length > 1 || !/^[\w.-]+$/.test(name))) {
    throw wrongUsage(
      line,
      name,
      files.length > 1 ? "`--name` is for one spec" : `\`${name}\` is no name for a module`,
    );
  }
  if (types === true) {
    const at = output ?? name ?? (files.includes("-") ? "-" : undefined);
    if (at !== undefined) throw wrongUsage(line, at, "`--types` writes beside each spec, under its name");
    return;
  }
  if (output !== undefined || dump !== undefined) return;
  const single: readonly [boolean | undefined, string][] = [
    [options.wasm, "--wasm"],
    [js, "--js"],
    [options.sourceMap, "--source-map"],
    [options.watch, "--watch"],
    [files.length > 1, files[1] ?? ""],
  ];
  const at = single.find(([given]) => given === true)?.[1];
  if (at !== undefined) throw wrongUsage(line, at, "several files need a folder: `-o generated`");
}

/** Gives the files that were written. */
async function build(
  context: Context,
  files: readonly string[],
  options: Options,
  read: (paths: readonly string[]) => void = () => {},
): Promise<readonly OutputFile[]> {
  const { output, name } = options;
  const { line } = context;
  const modules: OutputFile[] = [];
  for (const file of files) {
    const stem = name ?? (file === "-" ? "spec" : stemOf(file));
    const made = await modulesOf(context, file, stem, options, read);
    const clash = modules.find(({ path }) => made.some((one) => one.path === path));
    if (clash !== undefined) throw wrongUsage(line, file, `two modules would be called \`${stem}\``);
    modules.push(...made);
  }
  if (options.dump !== undefined || (output === undefined && options.types !== true)) {
    writeResult(context, undefined, modules.map(({ data }) => data).join("\n"));
    return [];
  }
  if (output !== undefined) makeFolder(context, output);
  const written = modules.map(({ path, data }) => ({ path: join(output ?? "", path), data }));
  writeFiles(context, written);
  for (const { path } of written) context.note(`wrote ${path}`);
  return written;
}

function formatsOf({ js, wasm, types }: Options): readonly BuildFormat[] {
  if (types === true) return ["dts"];
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
  read: (paths: readonly string[]) => void,
): Promise<readonly OutputFile[]> {
  read(file === "-" ? [] : [resolve(context.io.cwd, file)]);
  const reading = await readSpec(context, file);
  // Also of a spec that is wrong: it may be mended in a file that it uses.
  read(reading.files);
  const spec = soundOf(context, reading);
  const chosen = compileOptions(context, spec, options);
  if (options.dump !== undefined) return [{ path: stem, data: dumped(context, spec, options.dump, chosen) }];
  const formats = formatsOf(options);
  const code = formats.includes("ts") ? "ts" : "js";
  const cache = options.cache ? diskCache(projectFolder(spec.input.folder)) : undefined;
  const built = await buildModule(
    spec.model,
    {
      formats,
      options: chosen,
      hash: documentOf(spec.model).hash ?? "",
      ...(options.sourceMap === true ? { map: namingOf(context, spec, options, `${stem}.${code}`) } : {}),
    },
    cache,
  );
  settle(context, spec, built.diagnostics);
  if (built.names.length === 0) throw lacking(context, spec, "analysis or experiment");
  if (options.types === true) {
    return [{ path: typesPath(join(dirname(file), `${stem}.sevens`)), data: built.parts["d.ts"] ?? "" }];
  }
  const { map, ...texts } = built.parts;
  return [
    ...endings.flatMap((ending) => {
      const data = texts[ending];
      if (data === undefined) return [];
      const mapped = map !== undefined && ending === code;
      return [
        {
          path: `${stem}.${ending}`,
          data: mapped ? `${data}//# sourceMappingURL=${stem}.${code}.map\n` : data,
        },
      ];
    }),
    ...(map === undefined ? [] : [{ path: `${stem}.${code}.map`, data: map }]),
  ];
}

const endings: readonly Exclude<ModulePart, "map">[] = ["ts", "js", "d.ts"];

/** Files of the specs as the map finds them, from the folder that it is written to. */
function namingOf({ io }: Context, spec: Spec, { output }: Options, file: string) {
  const folder = resolve(io.cwd, output ?? ".");
  return {
    file,
    nameOf: (name: string) => withSlashes(relative(folder, resolve(io.cwd, spec.pathOf(name)))),
  };
}
