/** The files that a model was read from, by what they belong to. */
import { isInside, normalize } from "../load/paths.ts";
import type { Model, SpecPackage } from "../model/model.ts";

/** Where the standard library is, and of which version of Sevens. */
export interface LibraryOf {
  readonly folder: string;
  readonly version: string;
}

export interface Owner {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** A file that is read from a package, or from the library, which is a package as well. */
export interface UsedFile {
  readonly owner: Owner;
  /** Within the package. */
  readonly path: string;
  readonly text: string;
  /** The name by which the model knows it. */
  readonly file: string;
}

/** Spec files and tables of packages that a model rests on, in the order of their names. */
export function usedFiles({ sources, packages = [] }: Model, library: LibraryOf): readonly UsedFile[] {
  const files = [...sources].flatMap(([file, text]): readonly UsedFile[] => {
    const owner = ownerOf(file, packages, library);
    return owner === undefined ? [] : [{ ...owner, text, file }];
  });
  return files.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ owner, path, file }: UsedFile): string => `${nameOf(owner)} ${path} ${file}`;

/** `@group/base@1.2.0`. */
export const nameOf = ({ name, version }: Pick<Owner, "name" | "version">): string => `${name}@${version}`;

/** The package of a file, the innermost one; undefined for files of the project itself. */
export function ownerOf(
  file: string,
  packages: readonly SpecPackage[],
  library: LibraryOf,
): Pick<UsedFile, "owner" | "path"> | undefined {
  const models = normalize(library.folder);
  if (isInside(file, models)) {
    const path = `models/${file.slice(models.length + 1)}`;
    return { owner: { name: "sevens", version: library.version, license: "MIT" }, path };
  }
  const around = packages.filter(({ folder }) => isInside(file, folder));
  const [owner] = around.sort((a, b) => b.folder.length - a.folder.length);
  if (owner === undefined) return undefined;
  const { name, version, license } = owner;
  const own = { name, version, ...(license === undefined ? {} : { license }) };
  return { owner: own, path: file.slice(owner.folder.length + 1) };
}

/** Where the numbers of a table are from: comments `# citation: arXiv:2110.07730` and `# source: …`. */
export function sourceIn(text: string): string | undefined {
  const all = text.matchAll(/^(?:#|\/\/) *(?:citation|source): *(\S.*)$/gim);
  const found = [...all].map(([, said = ""]) => said.trim());
  return found.length === 0 ? undefined : found.join(", ");
}

/** The tables among the files of a spec: neither specs nor the `package.json` of packages. */
export function tablePaths(files: readonly string[], root: string): readonly string[] {
  return files.filter(
    (file) => file !== root && !file.endsWith(".sevens") && !/(^|\/)package\.json$/.test(file),
  );
}

/** A comment `# licence: CC-BY-4.0` of a table, or one of a spec. */
export function licenseIn(text: string): string | undefined {
  const found = [...text.matchAll(/^(?:#|\/\/) *licen[cs]e: *(\S.*)$/gim)].map(([, licence = ""]) =>
    licence.trim(),
  );
  return found.length === 0 ? undefined : [...new Set(found)].join("; ");
}
