/**
 * A bundle: one file, canonical JSON (RFC 8785), with all that a spec is read from and what came out of it: texts of
 * specs and tables with their hashes, versions, licences, citations, and results to the last digit.
 */

import { canonical } from "../interchange/canonical.ts";
import type { Sha256 } from "../interchange/hash.ts";
import { parseModule } from "../load/index.ts";
import { isInside, normalize } from "../load/paths.ts";
import type { Host, Model } from "../model/model.ts";
import type { RecordedResult } from "./results.ts";
import { type LibraryOf, licenseIn, ownerOf, sourceIn } from "./used-files.ts";

export const bundleVersion = 2;

/** Versions that are read: bundles of the first may lack the sources of files, which were not recorded at first. */
export const bundleVersions = [1, bundleVersion] as const;
export type BundleVersion = (typeof bundleVersions)[number];

export interface BundledFile {
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly sha256: string;
  /** The first eight digits of the hash of each line, one after the other: to say where a change is. */
  readonly lines: string;
  /** The licence that the file gives in a comment, else that of its package. */
  readonly license: string | null;
  /** Where the file says that its content is from; may be absent in bundles of version 1. */
  readonly source?: string | null;
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string | null;
}

export interface BundledCitation {
  readonly key: string;
  readonly by: readonly string[];
}

export interface Bundle {
  readonly bundle: BundleVersion;
  /** Version of the language that its specs are written in, the highest. */
  readonly language: number;
  /** Version of Sevens that made it. */
  readonly sevens: string;
  /** The spec that it is about, one of the files. */
  readonly root: string;
  /** Folder of the standard library among the files. */
  readonly library: string;
  readonly files: Readonly<Record<string, BundledFile>>;
  readonly packages: readonly BundledPackage[];
  readonly citations: readonly BundledCitation[];
  /** Content hash of the spec. */
  readonly model: string;
  /** Quadrature error that was asked for. */
  readonly precision: number;
  readonly results: readonly RecordedResult[];
}

/** What a bundle is made of. */
export interface BundleParts {
  readonly model: Model;
  readonly library: LibraryOf;
  readonly hash: string;
  readonly citations: readonly BundledCitation[];
  readonly precision: number;
  readonly results: readonly RecordedResult[];
  /** Licence of the project itself. */
  readonly license: string | null;
}

/** Where the library is in a bundle, unless it is part of the project. */
const bundledLibrary = "node_modules/sevens/models";

export function bundleOf(parts: BundleParts, sha256: Sha256): Bundle {
  const { model, library, hash, citations, precision, results } = parts;
  const inProject = isInside(normalize(library.folder), "");
  const folder = inProject ? normalize(library.folder) : bundledLibrary;
  const nameOf = (file: string): string =>
    !inProject && isInside(file, normalize(library.folder))
      ? `${folder}${file.slice(normalize(library.folder).length)}`
      : file;
  const { packages = [] } = model;
  const manifests = packages.map((one) => [`${one.folder}/package.json`, manifestOf(one)] as const);
  const files = [...model.sources, ...manifests]
    .map(([file, text]) => {
      const owner = ownerOf(file, packages, library)?.owner;
      const license = licenseIn(text) ?? (owner === undefined ? parts.license : (owner.license ?? null));
      return [
        nameOf(file),
        {
          text,
          sha256: sha256(text),
          lines: lineHashes(text, sha256),
          license,
          source: sourceIn(text) ?? null,
        },
      ] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    bundle: bundleVersion,
    language: languageOf(model),
    sevens: library.version,
    root: nameOf(model.file),
    library: folder,
    files: Object.fromEntries(files),
    packages: packages.map(({ name, version, license }) => ({ name, version, license: license ?? null })),
    citations,
    model: hash,
    precision,
    results,
  };
}

/** The highest version of the language among the head lines; the first version where there is none. */
function languageOf({ sources, file: root }: Model): number {
  const specs = [...sources].filter(([file]) => file === root || file.endsWith(".sevens"));
  return Math.max(1, ...specs.map(([file, text]) => parseModule(text, file).tree.version?.number ?? 1));
}

/** What of a `package.json` matters to specs. */
function manifestOf({
  name,
  version,
  license,
  language,
  specs,
  folder,
}: NonNullable<Model["packages"]>[number]) {
  const inner = specs === folder ? "." : `./${specs.slice(folder.length + 1)}`;
  const known = license === undefined ? {} : { license };
  return `${canonical({ name, version, ...known, sevens: { language, specs: inner } })}\n`;
}

export function lineHashes(text: string, sha256: Sha256): string {
  return text
    .split("\n")
    .map((line) => sha256(line).slice(0, hashDigits))
    .join("");
}

/** Digits of the hash of a line. */
export const hashDigits = 8;

/** The text of a bundle: equal bundles, equal bytes. */
export function bundleText(bundle: Bundle): string {
  return `${canonical(JSON.parse(JSON.stringify(bundle)))}\n`;
}

/**
 * Where a text that reads as a bundle is not the one that the bundle is written as: with a key twice, say, or a number with other digits of
 * the same value; undefined where it is, to the last byte.
 */
export function otherText(
  text: string,
  bundle: Bundle,
): { readonly found: string; readonly written: string } | undefined {
  const written = bundleText(bundle);
  if (text === written) return undefined;
  let at = 0;
  while (text[at] === written[at]) at++;
  const excerpt = (all: string): string => JSON.stringify(all.slice(Math.max(0, at - before), at + behind));
  return { found: excerpt(text), written: excerpt(written) };
}

/** Characters before and behind a difference that are shown. */
const before = 20;
const behind = 20;

/** The files of a bundle, for the compiler: nothing else is read. */
export function bundleHost({ files, library }: Bundle): Host {
  const texts = new Map(Object.entries(files).map(([file, { text }]) => [file, text]));
  return {
    library,
    readFile: (path) => texts.get(path),
    listFiles: (folder) =>
      [...texts.keys()].flatMap((path) => {
        const name = path.slice(folder.length + 1);
        return path.startsWith(`${folder}/`) && !name.includes("/") ? [name] : [];
      }),
  };
}
