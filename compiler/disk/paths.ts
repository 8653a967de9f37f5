/** Where the package, its library and the user's project are on disk. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, parse, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the Sevens package: the nearest one upward with a `package.json` beside `models/`. */
export function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = upward(
    here,
    (folder) => isFile(join(folder, "package.json")) && isFolder(join(folder, "models")),
  );
  if (found === undefined) throw new Error(`no package.json beside a models folder above ${here}`);
  return found;
}

/** Folder of the project that a folder belongs to: that of the nearest `package.json`, else the folder itself. */
export function projectFolder(folder: string): string {
  return upward(folder, (one) => isFile(join(one, "package.json"))) ?? folder;
}

function upward(start: string, fits: (folder: string) => boolean): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (fits(folder)) return folder;
    if (folder === parse(folder).root) return undefined;
  }
}

/** True when the path is the folder or lies below it; both are real paths. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path of this system with `/` between its parts. */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** The path of the types of a spec: `a/zprime.d.sevens.ts`. */
export function typesPath(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.d.sevens.ts`);
}

/** A path as a user in `cwd` would write it: relative, unless that climbs further than it helps. */
export function shown(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === "" || way.startsWith(join("..", "..", "..")) ? withSlashes(path) : withSlashes(way);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The path with symbolic links followed; undefined when there is nothing there that can be reached. */
export function realPath(path: string): string | undefined {
  try {
    return existsSync(path) ? realpathSync(path) : undefined;
  } catch {
    // It went meanwhile, or is one of the links of `/proc` that lead to nothing.
    return undefined;
  }
}

/** What the `package.json` of the project of a folder says of its licence; null when it says nothing. */
export function licenseOfProject(folder: string): string | null {
  try {
    const text: unknown = JSON.parse(readFileSync(join(projectFolder(folder), "package.json"), "utf8"));
    const found = typeof text === "object" && text !== null && "license" in text ? text.license : undefined;
    return typeof found === "string" ? found : null;
  } catch {
    return null;
  }
}
