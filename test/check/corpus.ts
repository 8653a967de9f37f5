/** The wrong programs of `test/bad/`, and what the compiler prints about them. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "../../compiler/check/index.ts";
import { type Diagnostic, printDiagnostics, sortDiagnostics } from "../../compiler/diagnostics/index.ts";
import { load, loadText } from "../../compiler/load/index.ts";
import type { Host } from "../../compiler/model/model.ts";

export const root = fileURLToPath(new URL("../bad/", import.meta.url));
const models = fileURLToPath(new URL("../../models", import.meta.url));
const libraryRoot = "/models";

const onDisk = (path: string): string =>
  path.startsWith(`${libraryRoot}/`) ? join(models, path.slice(libraryRoot.length)) : join(root, path);

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** A file of the corpus or the library; undefined when there is none. */
export function textOf(path: string): string | undefined {
  const place = onDisk(path);
  return isThere(place) && statSync(place).isFile() ? readFileSync(place, "utf8") : undefined;
}

/** Paths are relative to `test/bad`; the library is `/models`. */
const host: Host = {
  library: libraryRoot,
  readFile: textOf,
  listFiles: (folder) => (isThere(onDisk(folder)) ? readdirSync(onDisk(folder)) : []),
};

/** Programs in a folder of the corpus; files that others use are named after them, with no expectation beside them. */
export function programs(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".sevens") && !name.endsWith("-back.sevens"))
    .map((name) => `${folder}/${name}`)
    .sort();
}

export function foldersOf(pattern: RegExp): readonly string[] {
  return readdirSync(root)
    .filter((name) => pattern.test(name))
    .sort();
}

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly printed: string;
}

/** A file of the library. */
export const library = (name: string): string => readFileSync(join(models, `${name}.sevens`), "utf8");

export function checkedText(text: string): Outcome {
  const { model, diagnostics } = loadText(text, "main.sevens", host, { project: "" });
  const found = sortDiagnostics(model === undefined ? diagnostics : [...diagnostics, ...check(model)]);
  return { diagnostics: found, printed: printDiagnostics(found, model?.sources ?? new Map()) };
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Specs below some folders of the repository. */
export function specFiles(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => name.endsWith(".sevens"))
    .sort();
}

/** What is printed about a file of the repository. */
export function checkedFile(file: string): string {
  const disk: Host = {
    library: "models",
    readFile: (path) => {
      const place = join(repository, path);
      return isThere(place) && statSync(place).isFile() ? readFileSync(place, "utf8") : undefined;
    },
  };
  const { model, diagnostics } = load(file, disk, { project: "" });
  const found = sortDiagnostics(model === undefined ? diagnostics : [...diagnostics, ...check(model)]);
  return printDiagnostics(found, model?.sources ?? new Map());
}

/** What is found in a program of the corpus, with other texts in the place of some files. */
export function checked(program: string, changed: ReadonlyMap<string, string> = new Map()): Outcome {
  const over: Host = { ...host, readFile: (path) => changed.get(path) ?? textOf(path) };
  const { model, diagnostics } = load(program, over, { project: "" });
  const found = sortDiagnostics(model === undefined ? diagnostics : [...diagnostics, ...check(model)]);
  return { diagnostics: found, printed: printDiagnostics(found, model?.sources ?? new Map()) };
}
