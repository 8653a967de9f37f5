/** What was compiled before, in `node_modules/.cache/sevens` of a project: a file per content, safe to delete. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TextCache } from "../build/build.ts";
import { isFolder } from "./paths.ts";
import { replaceFile } from "./replace.ts";
import { version } from "./version.ts";

/** Files kept; the ones that were not read for longest go first. */
const mostFiles = 200;

/** The cache of a project; undefined where there is no `node_modules` to put it in, or no compiler of which it could hold. */
export function diskCache(project: string): TextCache | undefined {
  const modules = join(project, "node_modules");
  const compiler = compilerIdentity();
  if (compiler === undefined || !isFolder(modules)) return undefined;
  const folder = join(modules, ".cache", "sevens");
  const pathOf = (key: string): string => join(folder, `${key}.json`);
  return {
    keyOf: (content) => sha256(`${compiler}\n${content}`),
    read: (key) => entryIn(pathOf(key)),
    write: (key, text) => {
      try {
        mkdirSync(folder, { recursive: true });
        replaceFile(pathOf(key), `${sha256(text)}\n${text}`);
        prune(folder);
      } catch {
        // A cache that cannot be written is none.
      }
    },
  };
}

/** The text of an entry; a damaged one counts as absent. */
function entryIn(path: string): string | undefined {
  try {
    const entry = readFileSync(path, "utf8");
    const end = entry.indexOf("\n");
    const text = entry.slice(end + 1);
    if (sha256(text) !== entry.slice(0, end)) return undefined;
    const now = new Date();
    utimesSync(path, now, now);
    return text;
  } catch {
    return undefined;
  }
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length <= mostFiles) return;
  const aged = files
    .map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.time - b.time);
  for (const { path } of aged.slice(0, files.length - mostFiles)) rmSync(path, { force: true });
}

/**
 * Version and content of the compiler: names of the parts of a bundle have hashes of their content, so that its entry
 * stands for all of it. Undefined where it runs from its sources, which may change at any time.
 */
function compilerIdentity(): string | undefined {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith(".ts")) return undefined;
  const parts = readdirSync(dirname(here)).sort().join("\n");
  return `${version()} ${process.version} ${sha256(readFileSync(here, "utf8") + parts)}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
