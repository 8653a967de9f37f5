/** `sevens doc`: pages of reference from the doc comments of specs. */
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { isBelow, isFolder, packageFolder, realPath, withSlashes } from "../../disk/paths.ts";
import {
  commonKind,
  filePage,
  type Listed,
  listPage,
  type Source,
  summaryOf,
  tablePage,
} from "../../doc/index.ts";
import type { Context } from "../context.ts";
import { wrongUsage } from "../exit.ts";
import { makeFolder, type OutputFile, writeFiles, writeResult } from "../output.ts";
import { readSound } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly output?: string;
}

export function configureDoc(command: Command, context: Context): void {
  command
    .argument("<path>", "a spec, `-` for standard input, or a folder of specs")
    .option("-o, --output <path>", "file to write the page to; for a folder, the folder of the pages")
    .action((path: string, options: Options) => doc(context, path, options));
  addExamples(command, [
    ["sevens doc protophobic.sevens -o protophobic.md", "one page: text, formulas, parameters, citations"],
    ["sevens doc models -o pages", "a page for each spec below a folder, and one that lists them"],
  ]);
}

async function doc(context: Context, path: string, { output }: Options): Promise<void> {
  if (path === "-" || !isFolder(resolve(context.io.cwd, path)))
    return writeResult(context, output, filePage(await sourceOf(context, path)));
  if (output === undefined || output === "-")
    throw wrongUsage(context.line, path, "the pages of a folder need `-o FOLDER`");
  const pages = await pagesOf(context, path);
  const written = pages.map(({ path: file, data }) => ({ path: join(output, file), data }));
  for (const folder of new Set(written.map((one) => dirname(one.path)))) makeFolder(context, folder);
  writeFiles(context, written);
  context.note(`wrote ${written.length} pages to ${output}`);
}

/** The pages of a folder, those of the specs right in it before those of its folders. */
async function pagesOf(context: Context, path: string): Promise<readonly OutputFile[]> {
  const pages: OutputFile[] = [];
  const listed: Listed[] = [];
  for (const [folder, files] of specsBelow(resolve(context.io.cwd, path))) {
    const sources: Source[] = [];
    for (const file of files) sources.push(await sourceOf(context, join(path, folder, file)));
    const kind = folder === "" ? undefined : commonKind(sources);
    if (kind !== undefined) {
      const title = basename(folder);
      const where = withSlashes(join(basename(resolve(context.io.cwd, path)), folder));
      pages.push({ path: `${folder}.md`, data: tablePage(title, where, kind, sources) });
      listed.push({ folder, title, file: `${folder}.md`, summary: `${sources.length} in a table` });
      continue;
    }
    for (const source of sources) {
      const file = withSlashes(join(folder, `${source.stem}.md`));
      pages.push({ path: file, data: filePage(source) });
      listed.push({ folder, title: source.stem, file, summary: summaryOf(source) });
    }
  }
  if (pages.length === 0) throw wrongUsage(context.line, path, `no specs in \`${path}\``);
  const name = basename(resolve(context.io.cwd, path));
  return [{ path: "README.md", data: listPage(`Reference of ${name}`, name, listed) }, ...pages];
}

/** Names of the specs in a folder and in those below it, by folder, in the order of names; packages are not its own. */
function specsBelow(root: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map(withSlashes);
  const foreign = /(?:^|\/)(?:node_modules|\.[^/]*)\//;
  for (const path of paths.filter((one) => one.endsWith(".sevens") && !foreign.test(one)).sort()) {
    const folder = dirname(path) === "." ? "" : dirname(path);
    const files = found.get(folder);
    if (files === undefined) found.set(folder, [basename(path)]);
    else files.push(basename(path));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function sourceOf(context: Context, path: string): Promise<Source> {
  const { model, input } = await readSound(context, path);
  const file = basename(input.path);
  const stem = input.stdin ? "spec" : file.replace(/\.\w+$/, "");
  const library = join(packageFolder(), "models");
  const real = realPath(input.path);
  if (real === undefined || !isBelow(real, realPath(library) ?? library)) {
    return { model, stem, path: file, importOf: () => `"./${file}"` };
  }
  const inLibrary = withSlashes(relative(realPath(library) ?? library, real)).replace(/\.\w+$/, "");
  const folder = dirname(inLibrary);
  const importOf = (name: string): string => (name === stem && folder !== "." ? folder : inLibrary);
  return { model, stem, path: `models/${inLibrary}.sevens`, importOf };
}
