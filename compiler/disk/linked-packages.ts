/**
 * Packages that are installed as links, as pnpm does it: `node_modules/extra` leads to `node_modules/.pnpm/extra@2/node_modules/extra`,
 * and what `extra` depends on lies beside that place, where nothing leads from the link. Names stay those of the links, with
 * `node_modules/extra/node_modules/base` for `base` as it is seen from there, as if it had been installed in it.
 */
import { dirname, join } from "node:path";
import { homeOf } from "../load/packages.ts";
import { isBelow, realPath } from "./paths.ts";

const inside = "node_modules/";
/** Packages that depend on one another in a row are looked for so far: each asks for all around it. */
const mostNested = 32;

/** The real folder of a package by its name in a project; undefined when it is not there, or outside of the project. */
export function folderOfPackage(home: string, project: string): string | undefined {
  return new Search(realPath(project) ?? project).folderOf(home);
}

/** Answers of one question, since packages ask for those around them. */
class Search {
  readonly #project: string;
  readonly #known = new Map<string, string | undefined>();

  constructor(project: string) {
    this.#project = project;
  }

  folderOf(home: string): string | undefined {
    if (!this.#known.has(home)) this.#known.set(home, this.#find(home));
    return this.#known.get(home);
  }

  #find(home: string): string | undefined {
    const own = realPath(join(this.#project, home));
    if (own !== undefined) return this.#within(own);
    const at = home.lastIndexOf(inside);
    const [around, name] = [home.slice(0, Math.max(at - 1, 0)), home.slice(at + inside.length)];
    if (home.split(inside).length - 1 > mostNested) return undefined;
    // Only from a package: folders of the project are where they are.
    if (around === "" || homeOf(`${around}/package.json`, "") !== around) return undefined;
    const from = this.folderOf(around);
    if (from === undefined || from === join(this.#project, around)) return undefined;
    const found = this.#besideOf(from, name);
    return found === undefined || this.#isSeen(around, name, found) ? undefined : found;
  }

  #within(path: string | undefined): string | undefined {
    return path !== undefined && isBelow(path, this.#project) ? path : undefined;
  }

  /** The package as Node finds it from a folder upwards, no further than the project. */
  #besideOf(from: string, name: string): string | undefined {
    for (let folder = from; folder !== this.#project; ) {
      folder = dirname(folder);
      const found = folder.endsWith("node_modules") ? undefined : realPath(join(folder, inside, name));
      if (found !== undefined) return this.#within(found);
    }
    return undefined;
  }

  /** True when the same package is found further out by its name: it is one, whoever uses it. */
  #isSeen(around: string, name: string, found: string): boolean {
    for (let folder = around; folder !== ""; ) {
      folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
      if (folder.endsWith("node_modules")) continue;
      const outer = folder === "" ? `${inside}${name}` : `${folder}/${inside}${name}`;
      if (this.folderOf(outer) === found) return true;
    }
    return false;
  }
}
