/**
 * Spec packages: npm packages with a field `sevens` in their `package.json`,
 * `{ "sevens": { "specs": "./specs", "language": 1 } }`. They are looked for in the `node_modules` folders from the file
 * that uses them up to the project, as Node looks for modules, and no further.
 */
import type { Host, SpecPackage } from "../model/model.ts";
import { languageVersion } from "./language.ts";
import { folderOf, isInside, join, normalize } from "./paths.ts";

/** `@group/name/some/module`: the package, and the module in it, empty for all of the package. */
export interface PackagePath {
  readonly name: string;
  readonly module: string;
}

const pattern = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:\/(.+))?$/;

/** Undefined for what cannot be a package: names as npm allows them, modules without `.` and `..` among their parts. */
export function packagePath(path: string): PackagePath | undefined {
  const [, name, module = ""] = pattern.exec(path) ?? [];
  const parts = module.split("/");
  const odd = module !== "" && parts.some((part) => part === "" || part === "." || part === "..");
  return name === undefined || odd || /\\|\0/.test(module) ? undefined : { name, module };
}

/** The folder that a file may read from: that of its package for a file in `node_modules`, else the project. */
export function homeOf(file: string, project: string): string {
  const base = project === "" || project === "/" ? project : `${project}/`;
  if (!file.startsWith(base)) return project;
  const inner = file.slice(base.length);
  const [home] = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(inner) ?? [];
  return home === undefined ? project : `${base}${home}`;
}

/** True when a file of the project or of a package may read the path: packages read only their own files. */
export function mayRead(path: string, from: string, project: string, host: Host): boolean {
  const home = homeOf(from, project);
  const own = isInside(path, home) && homeOf(path, project) === home;
  return own || isInside(path, normalize(host.library));
}

/** Versions as npm allows them. */
const semantic = /^\d{1,16}\.\d{1,16}\.\d{1,16}(?:[-+][0-9A-Za-z.+-]{1,200})?$/;

/** Text that is shown and recorded as it is: one line, without control characters. */
const oneLine = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u;

/** What is wrong with a package. */
export interface PackageProblem {
  readonly problem: string;
}

/** The package as the file sees it; undefined when it is not installed. */
export function findPackage(
  name: string,
  from: string,
  project: string,
  host: Host,
): SpecPackage | PackageProblem | undefined {
  const start = isInside(from, project) ? folderOf(from) : project;
  for (let folder = start; ; folder = folderOf(folder)) {
    const own = folder.slice(folder.lastIndexOf("/") + 1) === "node_modules";
    const candidate = join(folder, `node_modules/${name}`);
    const text = own ? undefined : host.readFile(`${candidate}/package.json`);
    if (text !== undefined) return readPackage(text, name, candidate);
    if (folder === project || folder === "" || folder === "/") return undefined;
  }
}

function readPackage(text: string, name: string, folder: string): SpecPackage | PackageProblem {
  const json = parsed(text);
  const version = textOf(json, "version");
  if (version === undefined) return { problem: "its package.json gives no version" };
  if (!semantic.test(version))
    return { problem: "`version` in its package.json is no version such as 1.0.0" };
  const sevens = fieldOf(json, "sevens");
  if (typeof sevens !== "object" || sevens === null) {
    return { problem: "its package.json has no field `sevens`" };
  }
  const language = fieldOf(sevens, "language");
  if (typeof language !== "number" || !Number.isInteger(language) || language < 0) {
    return { problem: "`sevens.language` in its package.json is no version of the language" };
  }
  if (language > languageVersion) {
    return {
      problem: `it is written in version ${language} of the language, this compiler reads up to ${languageVersion}`,
    };
  }
  const specs = join(folder, textOf(sevens, "specs") ?? ".");
  if (specs !== folder && !isInside(specs, folder)) {
    return { problem: "`sevens.specs` in its package.json leads out of the package" };
  }
  const license = textOf(json, "license")?.trim() || undefined;
  if (license !== undefined && !oneLine.test(license)) {
    return { problem: "`license` in its package.json is no line of at most 200 characters" };
  }
  return { name, version, folder, specs, language, ...(license === undefined ? {} : { license }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An own field of an object of JSON. */
function fieldOf(json: unknown, key: string): unknown {
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, key)) return undefined;
  return Object.entries(json).find(([name]) => name === key)?.[1];
}

function textOf(json: unknown, key: string): string | undefined {
  const value = fieldOf(json, key);
  return typeof value === "string" ? value : undefined;
}
