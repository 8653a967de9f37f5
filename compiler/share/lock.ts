/**
 * The lock: which files of which packages, in which version, the specs of a project were read from. A later reading that
 * finds anything else says what.
 */
import type { Sha256 } from "../interchange/hash.ts";
import type { Model } from "../model/model.ts";
import { type LibraryOf, nameOf, type UsedFile, usedFiles } from "./used-files.ts";

export const lockName = "sevens.lock";
export const lockVersion = 1;

/** Hashes by path, by package and version, all in the order of their names. */
export interface Lock {
  readonly lock: typeof lockVersion;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  /** SHA-256 of the text of each file that is used. */
  readonly files: Readonly<Record<string, string>>;
}

/** The lock of all specs of a project. */
export function lockOf(models: readonly Model[], library: LibraryOf, sha256: Sha256): Lock {
  const packages = new Map<string, Map<string, string>>();
  for (const { owner, path, text } of models.flatMap((model) => usedFiles(model, library))) {
    const files = packages.get(nameOf(owner)) ?? new Map<string, string>();
    packages.set(nameOf(owner), files.set(path, sha256(text)));
  }
  const entries = sorted(packages).map(
    ([name, files]) => [name, { files: Object.fromEntries(sorted(files)) }] as const,
  );
  return { lock: lockVersion, packages: Object.fromEntries(entries) };
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
    packages.push([name, { files: Object.fromEntries(hashes) }]);
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
  sha256: Sha256,
): readonly LockChange[] {
  const changes = usedFiles(model, library).map((used) => changeOf(lock, used, sha256));
  const found = changes.filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [`${one.entry} ${one.change}`, one])).values()];
}

function changeOf({ packages }: Lock, used: UsedFile, sha256: Sha256): LockChange | undefined {
  const { owner, path, text } = used;
  const entry = nameOf(owner);
  const known = Object.hasOwn(packages, entry) ? packages[entry] : undefined;
  if (known === undefined) {
    const other = Object.keys(packages).find((one) => one.startsWith(`${owner.name}@`));
    if (other === undefined) return { entry, change: `${owner.name} ${owner.version} is not in it` };
    const locked = other.slice(owner.name.length + 1);
    return { entry: other, change: `${owner.name} is ${owner.version}, locked is ${locked}` };
  }
  const hash = Object.hasOwn(known.files, path) ? known.files[path] : undefined;
  if (hash === undefined)
    return { entry, change: `\`${path}\` of ${owner.name} ${owner.version} is not in it` };
  if (hash === sha256(text)) return undefined;
  return { entry, change: `\`${path}\` of ${owner.name} ${owner.version} is not what was locked` };
}
