/** Reading the root file and every module it uses, and finding what a name in one of them means. */
import { safely } from "../../grammar/fixes.ts";
import { namesIn } from "../../grammar/names.ts";
import type { Name, Span, Statement, SyntaxTree, Use, UsedName } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, didYouMean, type Extra, replacement } from "../diagnostics/index.ts";
import type { Host, SpecPackage } from "../model/model.ts";
import { findPackage, mayRead, type PackagePath, packagePath } from "./packages.ts";
import { folderOf, isAbsolute, join, normalize, stemOf } from "./paths.ts";

/** One file as a module: the names of its top level, declared or used. */
export interface Module {
  readonly file: string;
  readonly tree: SyntaxTree;
  readonly scope: ReadonlyMap<string, Entry>;
}

export type Entry =
  | { readonly kind: "declared"; readonly name: string; readonly statement: Statement }
  | { readonly kind: "used"; readonly file: string; readonly name: string; readonly span: Span }
  /** Something is meant, and it could not be had: whatever uses it stays silent. */
  | { readonly kind: "poisoned" };

export interface Modules {
  readonly root: Module;
  readonly byFile: ReadonlyMap<string, Module>;
  readonly sources: Map<string, string>;
  /** Packages that are used, by the folders that they are in. */
  readonly packages: ReadonlyMap<string, SpecPackage>;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a file becomes a tree; the JSON reader and tests bring their own. */
export type Parse = (text: string, file: string) => { tree: SyntaxTree; diagnostics: readonly Diagnostic[] };

interface Reading {
  readonly host: Host;
  readonly parse: Parse;
  readonly project: string;
  readonly library: string;
  readonly modules: Map<string, Module>;
  readonly sources: Map<string, string>;
  readonly packages: Map<string, SpecPackage>;
  readonly diagnostics: Diagnostic[];
  /** Files that are being read, each because the one before uses it. */
  depth: number;
}

/** Files of which each uses the next. */
const mostDepth = 100;

/** The file to begin with, and how to read it and others. */
export interface Start {
  readonly file: string;
  readonly text: string;
  readonly host: Host;
  /** The folder that files may be read from, beside the library. */
  readonly project: string;
  readonly parse: Parse;
}

/** Reads a file whose text is at hand, and what it uses. Modules may use one another in circles. */
export function readModules({ file, text, host, project, parse }: Start): Modules {
  const reading: Reading = {
    host,
    parse,
    project,
    library: normalize(host.library),
    modules: new Map(),
    sources: new Map([[file, text]]),
    packages: new Map(),
    diagnostics: [],
    depth: 0,
  };
  const root = readModule(file, text, reading);
  const { modules, sources, packages, diagnostics } = reading;
  return { root, byFile: modules, sources, packages, diagnostics };
}

/** The folder of the nearest `package.json` above a file, else its own folder. */
export function projectOf(file: string, host: Host): string {
  const own = folderOf(file);
  for (let folder = own; ; folder = folderOf(folder)) {
    if (host.readFile(join(folder, "package.json")) !== undefined) return folder;
    if (folder === "" || folder === "/") return own;
  }
}

function readModule(file: string, text: string, reading: Reading): Module {
  const { tree, diagnostics } = reading.parse(text, file);
  for (const one of diagnostics) reading.diagnostics.push(one);
  const scope = new Map<string, Entry>();
  const module = { file, tree, scope };
  reading.modules.set(file, module);
  const places = new Map<string, Span>();
  for (const statement of tree.statements) {
    const name = statement.label?.parts[0];
    if (name !== undefined) {
      add(name, { kind: "declared", name: name.text, statement }, scope, places, reading);
    }
  }
  reading.depth += 1;
  for (const use of tree.uses) readUse(use, module, scope, places, reading);
  reading.depth -= 1;
  return module;
}

function add(
  name: Name,
  entry: Entry,
  scope: Map<string, Entry>,
  places: Map<string, Span>,
  { diagnostics }: Reading,
): void {
  const first = places.get(name.text);
  if (first !== undefined) {
    const labels = [{ span: first, text: "first declared here" }];
    diagnostics.push(diagnostic("SV1102", name.span, { name: name.text }, { labels }));
    return;
  }
  places.set(name.text, name.span);
  scope.set(name.text, entry);
}

function readUse(
  use: Use,
  from: Module,
  scope: Map<string, Entry>,
  places: Map<string, Span>,
  reading: Reading,
): void {
  // `use "." { A }` names the roots of a bundled file; see `rootsOf`.
  if (isSelf(use) && !use.broken) return;
  if (use.broken) {
    for (const { name } of use.names) if (!scope.has(name.text)) scope.set(name.text, { kind: "poisoned" });
    return;
  }
  if (reading.depth > mostDepth) {
    const found = { what: "this spec", found: reading.depth, items: "files that use one another in a row" };
    reading.diagnostics.push(diagnostic("SV1422", use.span, { ...found, most: mostDepth }));
    for (const { name, alias } of use.names) {
      add(alias ?? name, { kind: "poisoned" }, scope, places, reading);
    }
    return;
  }
  const target = resolveUse(use, from, reading);
  for (const { name, alias } of use.names) {
    const used = (): readonly Name[] => (alias === undefined ? namesIn(from.tree.statements) : []);
    const entry = usedEntry(name, use, target, used, reading);
    add(alias ?? name, entry, scope, places, reading);
  }
}

/** `use "." { A, B }`: the file says which of its own declarations it is about. */
export function isSelf(use: Use): boolean {
  return use.quoted && use.path === ".";
}

/** A module in one file, or a folder with a file for each name; undefined when it was reported. */
type Target = { readonly file: string } | { readonly folder: string } | undefined;

function resolveUse(use: Use, from: Module, reading: Reading): Target {
  if (!use.quoted) return resolveLibrary(use, from, reading);
  if (use.path.startsWith("@") || !/^(\.|\/|[A-Za-z]:)/.test(use.path)) {
    const path = use.path.endsWith(".sevens") ? undefined : packagePath(use.path);
    if (path !== undefined) return resolvePackage(path, use, from, reading);
    const form = `"./${use.path}"`;
    const notes = use.path.endsWith(".sevens") ? [`a file beside this one is written \`${form}\``] : [];
    const extra = besides(use, from, reading) ?? { notes };
    reading.diagnostics.push(diagnostic("SV1104", use.pathSpan, { path: use.path }, extra));
    return undefined;
  }
  const path = join(folderOf(from.file), use.path);
  const allowed = mayRead(path, from.file, reading.project, reading.host);
  if (isAbsolute(use.path) || !allowed) {
    reading.diagnostics.push(diagnostic("SV1114", use.pathSpan, { path: use.path }));
    return undefined;
  }
  if (moduleAt(path, reading) !== undefined) return { file: path };
  const folder = use.path.slice(0, use.path.lastIndexOf("/") + 1);
  const others = filesIn(folderOf(path), reading).filter(
    (one) => join(folderOf(path), `${one}.sevens`) !== from.file,
  );
  const files = others.map((one) => `${folder}${one}.sevens`);
  const extra =
    besides(use, from, reading) ??
    didYouMean(use.pathSpan, use.path.replace(/(\.sevens)?$/, ".sevens"), files, (file) => `"${file}"`);
  reading.diagnostics.push(diagnostic("SV1104", use.pathSpan, { path: use.path }, extra));
  return undefined;
}

/** For the name of a file without the dot in front of it, or without its ending. */
function besides({ path, pathSpan }: Use, from: Module, { host, project }: Reading): Extra | undefined {
  const written = path.replace(/^(?!\.{1,2}\/)/, "./").replace(/(\.sevens)?$/, ".sevens");
  const file = join(folderOf(from.file), written);
  if (!mayRead(file, from.file, project, host) || host.readFile(file) === undefined) return undefined;
  return {
    help: `write \`"${written}"\``,
    notes: [],
    fixes: [safely(replacement(pathSpan, `"${written}"`))],
  };
}

/** A module of a package: a file, or a folder with a file for each name; of a bare package `index.sevens` or its folder. */
function resolvePackage({ name, module }: PackagePath, use: Use, from: Module, reading: Reading): Target {
  const found = findPackage(name, from.file, reading.project, reading.host);
  if (found === undefined || "problem" in found) {
    reading.diagnostics.push(
      found === undefined
        ? diagnostic("SV1117", use.pathSpan, { name }, besides(use, from, reading))
        : diagnostic("SV1119", use.pathSpan, { name, problem: found.problem }),
    );
    return undefined;
  }
  reading.packages.set(found.folder, found);
  const file = join(found.specs, module === "" ? "index.sevens" : `${module}.sevens`);
  if (moduleAt(file, reading) !== undefined) return { file };
  const folder = join(found.specs, module);
  if (module === "" || use.names.some((one) => reading.host.readFile(`${folder}/${one.name.text}.sevens`))) {
    return { folder };
  }
  const near = filesIn(found.specs, reading).map((one) => `${name}/${one}`);
  const extra = didYouMean(use.pathSpan, use.path, near, (path) => `"${path}"`);
  reading.diagnostics.push(diagnostic("SV1104", use.pathSpan, { path: use.path }, extra));
  return undefined;
}

/** Modules of the standard library, for suggestions and to tell an unknown module from an unknown name. */
export const libraryModules = [
  "nuclei",
  "electrons",
  "photoabsorption",
  "materials",
  "formfactors",
  "functions",
  "interactions",
  "sources",
  "detectors",
  "experiments",
];

function resolveLibrary(use: Use, from: Module, reading: Reading): Target {
  const base = join(reading.library, use.path);
  const file = `${base}.sevens`;
  if (moduleAt(file, reading) !== undefined) return { file };
  const known =
    libraryModules.includes(use.path) ||
    use.names.some(({ name }) => reading.host.readFile(`${base}/${name.text}.sevens`) !== undefined);
  if (known) return { folder: base };
  const extra = besides(use, from, reading) ?? didYouMean(use.pathSpan, use.path, libraryModules);
  reading.diagnostics.push(diagnostic("SV1104", use.pathSpan, { path: use.path }, extra));
  return undefined;
}

/** `used` are the names of the file, which may be as wrong as the one that it imports. */
function usedEntry(
  name: Name,
  use: Use,
  target: Target,
  used: () => readonly Name[],
  reading: Reading,
): Entry {
  if (target === undefined) return { kind: "poisoned" };
  const file = "file" in target ? target.file : `${target.folder}/${name.text}.sevens`;
  if (moduleAt(file, reading) === undefined) {
    const near = "folder" in target ? filesIn(target.folder, reading) : [];
    const { fixes = [], ...extra } = didYouMean(name.span, name.text, near);
    const same = used().filter(({ text }) => text === name.text);
    const everywhere = fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.flatMap((edit) => [edit, ...same.map(({ span }) => ({ ...edit, span }))]),
    }));
    const parameters = { module: use.path, name: name.text };
    reading.diagnostics.push(diagnostic("SV1105", name.span, parameters, { ...extra, fixes: everywhere }));
    return { kind: "poisoned" };
  }
  return { kind: "used", file, name: name.text, span: name.span };
}

function filesIn(folder: string, { host }: Reading): readonly string[] {
  const files = host.listFiles?.(folder) ?? [];
  return files.filter((file) => file.endsWith(".sevens")).map(stemOf);
}

function moduleAt(file: string, reading: Reading): Module | undefined {
  const known = reading.modules.get(file);
  if (known !== undefined) return known;
  const text = reading.host.readFile(file);
  if (text === undefined) return undefined;
  reading.sources.set(file, text);
  return readModule(file, text, reading);
}

/** A declaration found by a name of a module. */
export interface Found {
  readonly file: string;
  readonly name: string;
  readonly statement: Statement;
}

/** What a name of a module's top level stands for, through any number of `use`s. */
export function lookUp(
  modules: Modules,
  file: string,
  name: string,
): Found | "poisoned" | "circular" | undefined {
  const seen = new Set<string>();
  let at = { file, name };
  for (;;) {
    const key = `${at.file}\n${at.name}`;
    if (seen.has(key)) return "circular";
    seen.add(key);
    const entry = modules.byFile.get(at.file)?.scope.get(at.name);
    if (entry === undefined) return undefined;
    if (entry.kind === "poisoned") return "poisoned";
    if (entry.kind === "declared") return { file: at.file, name: at.name, statement: entry.statement };
    at = entry;
  }
}

/** The declaration that a name means in the file where it stands. */
export const meaningIn =
  (modules: Modules) =>
  ({ text, span: { file } }: Name): Found | undefined => {
    const found = lookUp(modules, file, text);
    return typeof found === "object" ? found : undefined;
  };

/** Names of a module that mean something: what could not be had is no suggestion. */
export function meantNames(module: Module | undefined): readonly string[] {
  return [...(module?.scope ?? [])].flatMap(([name, { kind }]) => (kind === "poisoned" ? [] : [name]));
}

/** Names that modules use and that lead nowhere: reported once, where they are used. */
export function checkUses(modules: Modules): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const module of modules.byFile.values()) {
    for (const use of module.tree.uses) {
      for (const used of use.names) found.push(...checkUsed(modules, module, use, used));
    }
  }
  return found;
}

function checkUsed(
  modules: Modules,
  module: Module,
  use: Use,
  { name, alias }: UsedName,
): readonly Diagnostic[] {
  if (use.broken) return [];
  if (isSelf(use)) {
    if (module.scope.get(name.text)?.kind === "declared") return [];
    return [diagnostic("SV1105", name.span, { module: use.path, name: name.text })];
  }
  const entry = module.scope.get((alias ?? name).text);
  if (entry?.kind !== "used" || entry.span !== name.span) return [];
  const target = modules.byFile.get(entry.file);
  const meaning = lookUp(modules, entry.file, entry.name);
  if (meaning === "circular") {
    const cycle = `${module.file}, ${entry.file}`;
    return [diagnostic("SV1106", name.span, { cycle })];
  }
  if (meaning !== undefined || target === undefined || target.scope.has(entry.name)) return [];
  const extra = didYouMean(name.span, name.text, meantNames(target));
  return [diagnostic("SV1105", name.span, { module: use.path, name: name.text }, extra)];
}

/** The names a file is about: its own declarations and what it imports, in the order of the text. */
export function rootsOf({ tree, scope }: Module): readonly string[] {
  const self = tree.uses.filter(isSelf);
  if (self.length > 0) return self.flatMap((use) => use.names.map(({ name }) => name.text));
  const places = new Map<string, number>();
  for (const use of tree.uses) {
    for (const { name, alias } of use.names) places.set((alias ?? name).text, name.span.start);
  }
  for (const { label } of tree.statements) {
    const [name] = label?.parts ?? [];
    if (name !== undefined) places.set(name.text, name.span.start);
  }
  return [...places]
    .filter(([name]) => scope.has(name))
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
}
