/** Under which licences the packages and tables of a bundle may be passed on. */
import type { Bundle, BundledPackage } from "./bundle.ts";
import { tablePaths } from "./used-files.ts";

export interface TableLicence {
  readonly file: string;
  /** As its comment says it, else that of its package; null where neither says one. */
  readonly license: string | null;
}

export interface Licences {
  readonly packages: readonly BundledPackage[];
  readonly tables: readonly TableLicence[];
}

export function licencesOf({ files, root, packages }: Bundle): Licences {
  const tables = tablePaths(Object.keys(files), root);
  return { packages, tables: tables.map((file) => ({ file, license: files[file]?.license ?? null })) };
}

/** False where nothing is said, and where a comment says that those who released the numbers said nothing. */
export function isStated(license: string | null): license is string {
  return license !== null && !/^not stated\b/i.test(license);
}

/** Lines for people: packages with their licences, then tables by licence, those without one by name. */
export function licenceLines({ packages, tables }: Licences): readonly string[] {
  const each = packages.map(({ name, version, license }) => {
    return `${name} ${version} ${isStated(license) ? `under ${license}` : "(licence not stated)"}`;
  });
  const stated = new Map<string, number>();
  for (const { license } of tables)
    if (isStated(license)) stated.set(license, (stated.get(license) ?? 0) + 1);
  const groups = [...stated].sort().map(([license, count]) => `${count} under ${shortened(license)}`);
  const open = tables.filter(({ license }) => !isStated(license)).map(({ file }) => file);
  const more = open.length > mostNamed ? ` and ${open.length - mostNamed} more` : "";
  const named =
    open.length === 0 ? [] : [`licence not stated for ${open.slice(0, mostNamed).join(", ")}${more}`];
  return [
    ...(each.length === 0 ? [] : [`packages: ${each.join(", ")}`]),
    ...(tables.length === 0 ? [] : [`tables: ${[...groups, ...named].join("; ")}`]),
  ];
}

/** Tables without a licence that are named one by one. */
const mostNamed = 3;

/** A comment of a table may be a line of any length. */
const shortened = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown)}…` : text);
const mostShown = 80;
