/** Under which licences the packages and files of a bundle may be passed on. */
import type { Bundle, BundledPackage } from "./bundle.ts";
import { licenseIn, tablePaths } from "./used-files.ts";

export interface FileLicence {
  readonly file: string;
  /** As its comment says it, else that of its package; null where neither says one. */
  readonly license: string | null;
}

export interface Licences {
  readonly packages: readonly BundledPackage[];
  readonly tables: readonly FileLicence[];
  /** Specs that say a licence of their own: tables and numbers of others are written out in them. */
  readonly specs: readonly FileLicence[];
}

export function licencesOf({ files, root, packages }: Bundle): Licences {
  const tables = tablePaths(Object.keys(files), root);
  const others = Object.keys(files).filter((file) => !tables.includes(file));
  const specs = others.filter((file) => licenseIn(files[file]?.text ?? "") !== undefined);
  const said = (file: string): FileLicence => ({ file, license: files[file]?.license ?? null });
  return { packages, tables: tables.map(said), specs: specs.map(said) };
}

/** What begins with one of these says that there is no licence, or that nobody knows it. */
const unknown =
  /^(?:(?:was |is )?not (?:yet )?(?:stated|known|given|specified|available|applicable|decided|clear|licen[cs]ed)|no (?:\w+ )?(?:licen[cs]e|information|statement)|(?:the )?licen[cs]e (?:is |was )?(?:not|unknown|unclear|unspecified|undecided|missing)|none|nothing|unknown|unspecified|unclear|undecided|undefined|undetermined|missing|noassertion|tbd|tba|tbc|todo|fixme|to be \w+)(?![\w-])/i;

/** What is no more than one of these as well. */
const empty = /^(?:n\.?\/?a\.?|null|nil|pending|license|licence|[\p{P}\p{S}\s]*)$/iu;

/**
 * False where nothing is said, where a comment says that those who released the numbers said nothing, and where a word stands in the
 * place of a licence. Of several, all have to be licences.
 */
export function isStated(license: string | null): license is string {
  const all = license?.split(";").map((one) => one.replace(/^[\p{P}\p{S}\s]+/u, "")) ?? [""];
  return all.every((one) => !unknown.test(one) && !empty.test(one));
}

/** Lines for people: packages with their licences, then files by licence, those without one by name. */
export function licenceLines({ packages, tables, specs }: Licences): readonly string[] {
  const each = packages.map(({ name, version, license }) => {
    return `${name} ${version} ${isStated(license) ? `under ${license}` : "(licence not stated)"}`;
  });
  return [
    ...(each.length === 0 ? [] : [`packages: ${each.join(", ")}`]),
    ...(tables.length === 0 ? [] : [`tables: ${byLicence(tables)}`]),
    ...(specs.length === 0 ? [] : [`specs with a licence of their own: ${byLicence(specs)}`]),
  ];
}

function byLicence(files: readonly FileLicence[]): string {
  const stated = new Map<string, number>();
  for (const { license } of files) if (isStated(license)) stated.set(license, (stated.get(license) ?? 0) + 1);
  const groups = [...stated].sort().map(([license, count]) => `${count} under ${shortened(license)}`);
  const open = files.filter(({ license }) => !isStated(license)).map(({ file }) => file);
  const more = open.length > mostNamed ? ` and ${open.length - mostNamed} more` : "";
  const named =
    open.length === 0 ? [] : [`licence not stated for ${open.slice(0, mostNamed).join(", ")}${more}`];
  return [...groups, ...named].join("; ");
}

/** Files without a licence that are named one by one. */
const mostNamed = 3;

/** A comment of a table may be a line of any length. */
const shortened = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown)}…` : text);
const mostShown = 80;
