/**
 * The lock: which files of which packages, in which version, the specs of a project were read from. A later reading that
 * finds anything else says what.
 */
import type { Model } from "../model/model.ts";
import { type LibraryOf, nameOf, type UsedFile, usedFiles } from "./used-files.ts";

export const lockName = "sevens.lock";
export const lockVersion = 1;

/** Licences and hashes by path, by package and version, all in the order of their names. */
export interface Lock {
  readonly lock: typeof lockVersion;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  /** What its `package.json` says, null when it says nothing; absent in locks from before licences were recorded. */
  readonly license?: string | null;
  /** SHA-256 of each file that is used. */
  readonly files: Readonly<Record<string, string>>;
}

/** The hash of a file as it is on disk. */
export type HashOf = (used: UsedFile) => string;

/** A file that one version of a package has twice, in two copies that are not equal. */
export interface LockConflict {
  /** `@group/base@1.2.0`. */
  readonly entry: string;
  /** The two files. */
  readonly files: readonly [string, string];
}

/** A spec of a project, as it was read. */
export interface LockedSpec {
  readonly model: Model;
  readonly hashOf: HashOf;
}

/** The lock of all specs of a project; a version of a package has one content, wherever it is installed. */
export function lockOf(
  specs: readonly LockedSpec[],
  library: LibraryOf,
): { readonly lock: Lock; readonly conflicts: readonly LockConflict[] } {
  const packages = new Map<string, Map<string, { readonly hash: string; readonly file: string }>>();
  const licenses = new Map<string, { readonly license: string | null; readonly manifest: string }>();
  const conflicts = new Map<string, LockConflict>();
  const all = specs.flatMap(({ model, hashOf }) =>
    usedFiles(model, library).map((used) => ({ ...used, hash: hashOf(used) })),
  );
  for (const { owner, path, file, hash } of all) {
    const entry = nameOf(owner);
    const files = packages.get(entry) ?? new Map<string, { readonly hash: string; readonly file: string }>();
    packages.set(entry, files);
    const manifest = `${file.slice(0, -path.length)}package.json`;
    const said = licenses.get(entry) ?? { license: owner.license ?? null, manifest };
    licenses.set(entry, said);
    if (said.license !== (owner.license ?? null))
      conflicts.set(manifest, { entry, files: [said.manifest, manifest] });
    const known = files.get(path);
    if (known === undefined) files.set(path, { hash, file });
    else if (known.hash !== hash) conflicts.set(file, { entry, files: [known.file, file] });
  }
  const entries = sorted(packages).map(([name, files]) => {
    const hashes = sorted(files).map(([path, { hash }]) => [path, hash] as const);
    return [
      name,
      { license: licenses.get(name)?.license ?? null, files: Object.fromEntries(hashes) },
    ] as const;
  });
  const lock = { lock: lockVersion, packages: Object.fromEntries(entries) } as const;
  return { lock, conflicts: [...conflicts.values()] };
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The text of `sevens.lock`. */
export function lockText(lock: Lock): string {
  return `${JSON.stringify(lock, undefined, 2)}\n`;
}

/** A lock from its text, or what is wrong with it. */
export function readLock(text: string): Lock | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "it is no JSON" };
  }
  if (!isObject(json)) return { problem: "it is no object" };
  if (json.lock !== lockVersion) {
    return { problem: `\`lock\` is not ${lockVersion}, the version of locks that this compiler reads` };
  }
  if (!isObject(json.packages)) return { problem: "it has no `packages`" };
  const packages: [string, LockedPackage][] = [];
  for (const [name, entry] of Object.entries(json.packages)) {
    const files = isObject(entry) && isObject(entry.files) ? Object.entries(entry.files) : undefined;
    if (files === undefined) return { problem: `\`${name}\` has no \`files\`` };
    const hashes = files.flatMap(([path, hash]) => (typeof hash === "string" ? [[path, hash] as const] : []));
    if (hashes.length < files.length) return { problem: `a hash of \`${name}\` is no text` };
    const license = isObject(entry) ? entry.license : undefined;
    if (license !== undefined && license !== null && typeof license !== "string") {
      return { problem: `the licence of \`${name}\` is no text` };
    }
    const known = license === undefined ? {} : { license };
    packages.push([name, { ...known, files: Object.fromEntries(hashes) }]);
  }
  return { lock: lockVersion, packages: Object.fromEntries(packages) };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Something that is not as the lock has it. */
export interface LockChange {
  /** A package by name and version, as it stands in the lock; that of the files used when it is not in there. */
  readonly entry: string;
  readonly change: string;
}

/** How the files that a model was read from differ from the locked ones; empty when they do not. */
export function lockChanges(
  lock: Lock,
  model: Model,
  library: LibraryOf,
  hashOf: HashOf,
): readonly LockChange[] {
  const files = usedFiles(model, library);
  const copies = new Map<string, number>();
  for (const one of files) copies.set(keyOf(one), (copies.get(keyOf(one)) ?? 0) + 1);
  const changes = files.flatMap((used) => [
    changeOf(lock, used, hashOf(used), (copies.get(keyOf(used)) ?? 0) > 1),
    licenceChange(lock, used),
  ]);
  const found = changes.filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [`${one.entry} ${one.change}`, one])).values()];
}

const keyOf = ({ owner, path }: UsedFile): string => `${nameOf(owner)} ${path}`;

/** `copied`: the version is installed in several places, so that the change says in which. */
function changeOf(
  { packages }: Lock,
  { owner, path, file }: UsedFile,
  hash: string,
  copied: boolean,
): LockChange | undefined {
  const entry = nameOf(owner);
  const known = Object.hasOwn(packages, entry) ? packages[entry] : undefined;
  if (known === undefined) {
    const other = Object.keys(packages).find((one) => one.startsWith(`${owner.name}@`));
    if (other === undefined) return { entry, change: `${owner.name} ${owner.version} is not in it` };
    const locked = other.slice(owner.name.length + 1);
    return { entry: other, change: `${owner.name} is ${owner.version}, locked is ${locked}` };
  }
  const locked = Object.hasOwn(known.files, path) ? known.files[path] : undefined;
  if (locked === undefined)
    return { entry, change: `\`${path}\` of ${owner.name} ${owner.version} is not in it` };
  if (locked === hash) return undefined;
  const where = copied ? `, as \`${file}\`,` : "";
  return { entry, change: `\`${path}\` of ${owner.name} ${owner.version}${where} is not what was locked` };
}

/** A version of a package has one licence: another one is another package of the same name. */
function licenceChange({ packages }: Lock, { owner }: UsedFile): LockChange | undefined {
  const entry = nameOf(owner);
  const locked = Object.hasOwn(packages, entry) ? packages[entry]?.license : undefined;
  const now = owner.license ?? null;
  if (locked === undefined || locked === now) return undefined;
  const said = (license: string | null): string => license ?? "not stated";
  return {
    entry,
    change: `the licence of ${owner.name} ${owner.version} is ${said(now)}, locked is ${said(locked)}`,
  };
}
