/** Types of specs that this process has written: they go when their specs go. */
import { existsSync, readFileSync, rmSync } from "node:fs";

export class OwnTypes {
  /** Specs and what was written for them, by the path of the types. */
  readonly #written = new Map<string, { readonly spec: string; readonly text: string }>();

  /** The types of a spec have been written; paths are absolute. */
  wrote(spec: string, path: string, text: string): void {
    this.#written.set(path, { spec, text });
  }

  /** Removes those whose spec has gone, unless somebody else has written them since. Gives their paths. */
  removeOrphans(): readonly string[] {
    const orphans = [...this.#written].filter(([, { spec }]) => !existsSync(spec));
    for (const [path] of orphans) this.#written.delete(path);
    return orphans.filter(([path, { text }]) => removed(path, text)).map(([path]) => path);
  }
}

/** What cannot be read or removed stays. */
function removed(path: string, text: string): boolean {
  try {
    if (readFileSync(path, "utf8") !== text) return false;
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
