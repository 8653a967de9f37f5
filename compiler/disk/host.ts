/** The compiler's view of the disk: the project folder and the library, and nothing else. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { homeOf } from "../load/packages.ts";
import type { Host } from "../model/model.ts";
import { folderOfPackage } from "./linked-packages.ts";
import { isBelow, isFile, isFolder, packageFolder, realPath, withSlashes } from "./paths.ts";

/** Larger files are none that a spec reads. */
const mostBytes = 64e6;

/**
 * Paths below the project are relative to it, so that no output depends on where a project lies; the library's are
 * absolute unless it is part of the project.
 */
export interface DiskHost extends Host {
  /** Folder of the project. */
  readonly project: string;
  /** The name by which the compiler knows a file of the project. */
  nameOf(path: string): string;
  /** The path on disk of a name. */
  pathOf(name: string): string;
  /** Paths of the project that were asked for so far, whether there was a file or not. */
  readonly asked: ReadonlySet<string>;
  /** Bytes of a file that was read which are not those of its text: with a mark of byte order, or no UTF-8. */
  oddBytes(name: string): Uint8Array | undefined;
}

export function diskHost(project: string): DiskHost {
  const library = join(packageFolder(), "models");
  const roots = [project, library].map((folder) => realPath(folder) ?? folder);
  /** Of a file of a package that is seen beside a link only, that on disk. */
  const pathOf = (name: string): string => {
    if (isAbsolute(name)) return name;
    const path = join(project, name);
    const home = homeOf(name, "");
    if (home === "" || realPath(path) !== undefined) return path;
    const folder = folderOfPackage(home, project);
    return folder === undefined ? path : join(folder, name.slice(home.length));
  };
  const nameOf = (path: string): string =>
    isBelow(path, project) ? withSlashes(relative(project, path)) : withSlashes(path);
  /** Undefined for what is outside, also by way of a symbolic link. */
  const allowed = (name: string): string | undefined => {
    const path = realPath(pathOf(name));
    const inside = path !== undefined && roots.some((root) => isBelow(path, root));
    return inside && staysInPackage(name, path) ? path : undefined;
  };
  /** A link in a package does not lead out of the package. */
  const staysInPackage = (name: string, path: string): boolean => {
    const home = homeOf(name, "");
    const folder =
      home === "" ? undefined : isAbsolute(home) ? realPath(home) : folderOfPackage(home, project);
    return folder === undefined || isBelow(path, folder);
  };
  const asked = new Set<string>();
  const odd = new Map<string, Uint8Array>();
  return {
    project,
    asked,
    oddBytes: (name) => odd.get(name),
    library: nameOf(library),
    nameOf,
    pathOf,
    readFile: (name) => {
      if (isBelow(pathOf(name), project)) asked.add(pathOf(name));
      const path = allowed(name);
      const bytes = path !== undefined && isFile(path) ? readBytes(path) : undefined;
      if (bytes === undefined) return undefined;
      const text = new TextDecoder().decode(bytes);
      if (Buffer.from(text).equals(bytes)) odd.delete(name);
      else odd.set(name, bytes);
      return text;
    },
    listFiles: (name) => {
      const path = allowed(name);
      return path === undefined ? [] : entriesOf(path);
    },
  };
}

/** Nothing for what is no folder, may not be read or has gone meanwhile. */
function entriesOf(path: string): readonly string[] {
  try {
    return isFolder(path) ? readdirSync(path) : [];
  } catch {
    return [];
  }
}

/** Undefined for a file that may not be read or is too large: to a spec it is as good as missing. */
function readBytes(path: string): Buffer | undefined {
  try {
    if (statSync(path).size > mostBytes) return undefined;
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
