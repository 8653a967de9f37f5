/**
 * The package as it would be published, built from the sources as they are, for the tests that use it from outside. It is
 * made once: whoever comes while another one builds waits.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

const shelf = join(root, "node_modules/.cache/sevens-package");
const papers = ["package.json", "README.md", "CHANGELOG.md", "LICENSE"];
/** A build takes seconds: one that is older was broken off. */
const longest = 120_000;

/** Its folder; dependencies are found in the `node_modules` above. */
export async function builtPackage(): Promise<string> {
  const folder = join(
    shelf,
    contentOf(["grammar", "compiler", "runtime", "models", ...papers, "tsdown.config.ts"]),
  );
  while (!existsSync(folder)) {
    if (!taken(`${folder}.lock`)) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      if (!existsSync(folder)) buildInto(folder);
    } finally {
      rmSync(`${folder}.lock`, { recursive: true, force: true });
    }
  }
  return folder;
}

function buildInto(folder: string): void {
  // Earlier ones are of no use to anybody.
  for (const name of readdirSync(shelf)) {
    if (!folder.endsWith(name.slice(0, 16))) rmSync(join(shelf, name), { recursive: true, force: true });
  }
  const made = `${folder}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made);
  for (const name of [...papers, "models"]) cpSync(join(root, name), join(made, name), { recursive: true });
  const tsdown = join(root, "node_modules/tsdown/dist/run.mjs");
  execFileSync(process.execPath, [tsdown, "--logLevel", "error", "--out-dir", join(made, "dist")], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  renameSync(made, folder);
}

/** Makes a lock, or removes one that was left behind. */
function taken(lock: string): boolean {
  mkdirSync(shelf, { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > longest) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/** A name that is another one when any of the files is. */
function contentOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    else hash.update(`${path}\0`).update(readFileSync(full));
  };
  for (const path of paths) add(path);
  return hash.digest("hex").slice(0, 16);
}
