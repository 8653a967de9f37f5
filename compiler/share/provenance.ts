/**
 * Whether what a bundle says beside texts and results follows from them: hashes of lines, licences, packages, citations, versions.
 * The same bundle is made anew from the model that was read from it, and compared.
 */
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";
import type { Bundle, BundledFile } from "./bundle.ts";
import type { Difference } from "./results.ts";
import { type LibraryOf, licenseIn, ownerOf } from "./used-files.ts";

/**
 * The licence that the project around a bundled spec had: its `package.json` is not in the bundle, so that it is what the first
 * of its files without a licence of its own is said to have; all others have to have the same.
 */
export function projectLicense(
  { files }: Bundle,
  { packages = [] }: Model,
  library: LibraryOf,
): string | null {
  const own = Object.entries(files).find(
    ([file, { text }]) => ownerOf(file, packages, library) === undefined && licenseIn(text) === undefined,
  );
  return own?.[1].license ?? null;
}

/** What of the files is not as it would be bundled now; those that have not their own hash were told already. */
export function fileChanges(recorded: Bundle, now: Bundle): readonly Diagnostic[] {
  const made = new Map(Object.entries(now.files));
  return Object.entries(recorded.files).flatMap(([file, before]) => {
    const change = changeOf(before, made.get(file));
    return change === undefined
      ? []
      : [diagnostic("SV2104", { file, start: 0, end: 0 }, { path: file, change })];
  });
}

function changeOf(before: BundledFile, after: BundledFile | undefined): string | undefined {
  if (after === undefined) return "the spec does not read it";
  if (after.text !== before.text) return "it is not the part of a package.json that matters to specs";
  if (after.sha256 === before.sha256 && after.lines !== before.lines)
    return "the hashes of its lines were changed";
  return undefined;
}

/** What is said of licences, sources, packages, citations, the version of the language and the list of results. */
export function provenanceDifferences(recorded: Bundle, now: Bundle): readonly Difference[] {
  const sourced = Object.values(recorded.files).some(({ source }) => source !== undefined);
  const [before, after] = [statementsOf(recorded, sourced), statementsOf(now, sourced)];
  const unread = Object.keys(recorded.files).filter((file) => !Object.hasOwn(now.files, file));
  for (const file of unread) for (const key of [licenseKey(file), sourceKey(file)]) before.delete(key);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what): readonly Difference[] => {
    const [was, is] = [before.get(what), after.get(what)];
    return was === is ? [] : [{ result: "the bundle", what, recorded: was, found: is }];
  });
}

const licenseKey = (file: string): string => `the licence of \`${file}\``;

const sourceKey = (file: string): string => `the source of \`${file}\``;

/** Statements by what they are about; what is said twice of one thing stands together. */
function statementsOf(
  { language, library, packages, citations, files, results }: Bundle,
  sourced: boolean,
): Map<string, string> {
  const sources = sourced ? Object.entries(files) : [];
  const all: readonly (readonly [what: string, statement: string])[] = [
    ["the version of the language", String(language)],
    ["the folder of the library", library],
    ...packages.map(({ name, version, license }) => {
      const words = license === null ? "without a licence" : `under ${license}`;
      return [`the package \`${name}\``, `version ${version} ${words}`] as const;
    }),
    ...citations.map(({ key, by }) => [`the citation \`${key}\``, `of ${by.join(", ")}`] as const),
    ...Object.entries(files).map(([file, { license }]) => [licenseKey(file), license ?? "none"] as const),
    ...sources.map(([file, { source }]) => [sourceKey(file), source ?? "none"] as const),
    [
      "the list of results",
      results.map(({ name, fitted }) => (fitted ? `${name}, fitted` : name)).join("; ") || "empty",
    ],
  ];
  const found = new Map<string, string>();
  for (const [what, statement] of all) {
    const known = found.get(what);
    found.set(what, known === undefined ? statement : `${known}; ${statement}`);
  }
  return found;
}
