/** Modules, packages, files and the names in them: what may stand behind `use` and in the quotes of a data file. */
import type { Word } from "../../grammar/index.ts";
import { parseModule, projectOf } from "../load/index.ts";
import { findPackage, mayRead, packagePath } from "../load/packages.ts";
import { folderOf, join, stemOf } from "../load/paths.ts";
import type { Completion } from "./completion.ts";
import { fieldsIn, type Place, statementsAround } from "./scope.ts";

/** What is put in at a place, and where what it replaces begins when that is not the word at the place. */
export interface Found {
  readonly items: readonly Completion[];
  readonly start?: number;
}

/** Behind `use`: its words, the last of which is that at the place. */
export function usable(place: Place, words: readonly Word[]): Found {
  const { open, text } = place;
  const brace = words.findIndex(({ type }) => type === "NamesOpen");
  if (open.text !== undefined) {
    if (words.length !== 2) return { items: [] };
    return { items: quotedModules(place, open.text), start: segmentStart(place, open.text) };
  }
  const path = (brace < 0 ? words.slice(1, -1) : words.slice(1, brace)).map((word) =>
    text.slice(word.start, word.end),
  );
  if (brace >= 0) return { items: namesToUse(place, path.join(""), words.slice(brace + 1)) };
  const due = path.length === 0 || path.at(-1) === "/";
  return { items: due ? libraryModules(place, path.join("")) : [] };
}

/** Where the last part of a path begins. */
function segmentStart({ open }: Place, path: string): number {
  return open.start + 1 + path.lastIndexOf("/") + 1;
}

const moduleItem = (label: string, detail: string): Completion => ({ label, kind: "module", detail });

const isSpec = (name: string): boolean => name.endsWith(".sevens");

const namesIn = ({ workspace: { host } }: Place, folder: string): readonly string[] =>
  [...(host.listFiles?.(folder) ?? [])].sort();

/** Folders below one that are not hidden and not empty. */
const foldersIn = (place: Place, folder: string): readonly string[] =>
  namesIn(place, folder).filter(
    (name) => !name.includes(".") && name !== "node_modules" && namesIn(place, join(folder, name)).length > 0,
  );

/** `use nuclei`, `use interactions/StandardModel`. */
function libraryModules(place: Place, path: string): readonly Completion[] {
  const folder = join(place.workspace.host.library, path);
  const names = namesIn(place, folder);
  const folders = path === "" ? foldersIn(place, folder).filter((name) => name !== "data") : [];
  const files = names.filter(isSpec).map(stemOf);
  return [...folders, ...files].map((name) => moduleItem(name, "library module"));
}

/** `use "./array.sevens"`, `use "@group/array/ge"`. */
function quotedModules(place: Place, written: string): readonly Completion[] {
  const folder = written.slice(0, written.lastIndexOf("/") + 1);
  if (/^\.{1,2}\//.test(folder)) return filesBelow(place, folder, isSpec, "spec");
  if (folder === "" || /^@[^/]*\/$/.test(folder)) {
    const near = folder === "" ? filesBelow(place, "./", isSpec, "spec") : [];
    const own = near.map((one) => ({ ...one, label: `./${one.label}` }));
    const up = folder === "" ? [moduleItem("../", "folder above")] : [];
    return [...own, ...up, ...packagesFor(place, folder)];
  }
  return packageModules(place, folder);
}

/** Files of a folder that are wanted, and the folders in it, as far as the file at hand may read them. */
function filesBelow(
  place: Place,
  path: string,
  wanted: (name: string) => boolean,
  detail: string,
): readonly Completion[] {
  const { file, workspace } = place;
  const folder = join(folderOf(file), path);
  const project = projectOf(file, workspace.host);
  const readable = (name: string): boolean => mayRead(join(folder, name), file, project, workspace.host);
  const files = namesIn(place, folder).filter((name) => wanted(name) && join(folder, name) !== file);
  return [
    ...files.filter(readable).map((name) => moduleItem(name, detail)),
    ...foldersIn(place, folder)
      .filter(readable)
      .map((name) => moduleItem(`${name}/`, "folder")),
  ];
}

/** Installed packages with specs; those of a group behind `@group/`. */
function packagesFor(place: Place, group: string): readonly Completion[] {
  const { file, workspace } = place;
  const project = projectOf(file, workspace.host);
  const found = new Set<string>();
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    for (const name of namesIn(place, join(folder, `node_modules/${group}`))) {
      const inner = name.startsWith("@") ? namesIn(place, join(folder, `node_modules/${name}`)) : undefined;
      for (const full of inner?.map((one) => `${name}/${one}`) ?? [`${group}${name}`]) found.add(full);
    }
    if (folder === project || folder === "" || folder === "/") break;
  }
  return [...found].flatMap((name) => {
    const one = packagePath(name) && findPackage(name, file, project, workspace.host);
    return one === undefined || "problem" in one ? [] : [moduleItem(name.slice(group.length), "package")];
  });
}

/** Modules of a package: files and folders of its specs. */
function packageModules(place: Place, folder: string): readonly Completion[] {
  const specs = packageFolder(place, folder.slice(0, -1));
  if (specs === undefined) return [];
  const files = namesIn(place, specs).filter(isSpec).map(stemOf);
  return [...files, ...foldersIn(place, specs)].map((name) => moduleItem(name, "module of the package"));
}

/** Where a module of a package is, without `.sevens`. */
function packageFolder({ file, workspace: { host } }: Place, path: string): string | undefined {
  const parts = packagePath(path);
  const found = parts && findPackage(parts.name, file, projectOf(file, host), host);
  return parts === undefined || found === undefined || "problem" in found
    ? undefined
    : join(found.specs, parts.module);
}

/** Names in the braces of `use MODULE { … }` that are not there yet. */
function namesToUse(place: Place, path: string, words: readonly Word[]): readonly Completion[] {
  const previous = words.at(-2);
  if (previous !== undefined && previous.type !== "Comma") return [];
  const taken = new Set([...words.slice(0, -1).map(({ text }) => text), ...namesBehind(place)]);
  return namesOfModule(place, path).filter(({ label }) => !taken.has(label) && !isInScope(place, label));
}

/** Names behind the place in its braces. */
function namesBehind({ text, offset }: Place): readonly string[] {
  const behind = text.slice(offset, offset + mostNames);
  const inBraces = behind.slice(0, Math.max(0, behind.indexOf("}")));
  if (/[^\p{L}\p{N}_,\s]/u.test(inBraces)) return [];
  // The rest of the word at the place is no name of its own.
  const rest = /^[\p{L}\p{N}_]*/u.exec(inBraces)?.[0] ?? "";
  return inBraces.slice(rest.length).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

/** Characters that are looked at for the names of a `use`. */
const mostNames = 2000;

/** Whether a name has a meaning in the file already, other than by the word at the place. */
function isInScope({ modules, open }: Place, name: string): boolean {
  const entry = modules.root.scope.get(name);
  if (entry === undefined || entry.kind === "poisoned") return false;
  return !(entry.kind === "used" && entry.span.start === open.start);
}

function namesOfModule(place: Place, path: string): readonly Completion[] {
  const { file, workspace } = place;
  const quoted = path.startsWith('"');
  const inner = quoted ? path.slice(1, -1) : path;
  const relative = quoted && inner.startsWith(".");
  const base = relative
    ? join(folderOf(file), inner)
    : quoted
      ? packageFolder(place, inner)
      : join(workspace.host.library, inner);
  if (base === undefined) return [];
  const files = relative ? [] : namesIn(place, base).filter(isSpec).map(stemOf);
  const named = files.filter((stem) => hasName(place, `${base}/${stem}.sevens`, stem));
  return [
    ...named.map((label): Completion => ({ label, kind: "declaration", detail: inner })),
    ...[relative ? base : `${base}.sevens`, `${base}/index.sevens`].flatMap((one) => declaredIn(place, one)),
  ];
}

/** Whether a name is declared or used at the top level of a file. */
function hasName({ workspace }: Place, file: string, name: string): boolean {
  const { statements, uses } = parseModule(workspace.text(file) ?? "", file).tree;
  const used = uses.flatMap(({ names }) => names.map((one) => (one.alias ?? one.name).text));
  return used.includes(name) || statements.some(({ label }) => label?.parts[0]?.text === name);
}

/** Names of the top level of a file. */
function declaredIn({ workspace, modules }: Place, file: string): readonly Completion[] {
  const module = modules.byFile.get(file) ?? workspace.modules(file)?.root;
  return [...(module?.scope ?? [])].map(([label, entry]): Completion => {
    if (entry.kind !== "declared") return { label, kind: "declaration", detail: "used there" };
    const { keyword, doc } = entry.statement;
    return {
      label,
      kind: "declaration",
      detail: keyword.text,
      ...(doc === undefined ? {} : { doc: doc.text }),
    };
  });
}

/** Data files: behind a sign, in quotes that are still to be written, or within them. */
export function dataFiles(place: Place): Found {
  const { open } = place;
  const isData = (name: string): boolean => /\.(?:csv|txt|dat)$/.test(name);
  const written = open.text;
  if (written === undefined) {
    const items = filesBelow(place, "", isData, "data file").filter(({ detail }) => detail !== "folder");
    return { items: items.map((one) => ({ ...one, label: `"${one.label}"` })) };
  }
  const folder = written.slice(0, written.lastIndexOf("/") + 1);
  return { items: filesBelow(place, folder, isData, "data file"), start: segmentStart(place, written) };
}

/** Names of the columns of the data file of the table that the place is in. */
export function columnsOf(place: Place): readonly Completion[] {
  const file = fieldsIn(statementsAround(place)[0]).find(({ keyword }) => keyword.text === "file");
  const name = file?.assign?.value.kind === "string" ? file.assign.value.value : undefined;
  if (name === undefined) return [];
  const text = place.workspace.host.readFile(join(folderOf(place.file), name)) ?? "";
  const line = text.split("\n", 100).find((one) => one.trim() !== "" && !one.startsWith("#")) ?? "";
  return line.split(",").flatMap((one): Completion[] => {
    const label = one.trim();
    return /^[\p{L}_]/u.test(label) ? [{ label, kind: "word", detail: "column" }] : [];
  });
}
