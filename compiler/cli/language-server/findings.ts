/** Which findings the editor has been told of which file, and what is to be told when a check of one has ended. */
import type { Diagnostic } from "vscode-languageserver/node";

export class Findings {
  /** What the check of each open file found, by the file that it is in. */
  readonly #found = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>();

  /** A check has ended, or its file was closed when it found nothing any more. Gives the files to tell about. */
  set(root: string, found: ReadonlyMap<string, readonly Diagnostic[]>): ReadonlySet<string> {
    const changed = new Set([root, ...(this.#found.get(root)?.keys() ?? []), ...found.keys()]);
    if (found.size === 0) this.#found.delete(root);
    else this.#found.set(root, found);
    return changed;
  }

  /** All that is known of a file: an open one tells its own findings, of another all that use it say the same once. */
  of(uri: string, isOpen: boolean): readonly Diagnostic[] {
    if (isOpen) return this.#found.get(uri)?.get(uri) ?? [];
    const all = [...this.#found.values()].flatMap((found) => found.get(uri) ?? []);
    return [...new Map(all.map((one) => [JSON.stringify([one.code, one.range, one.message]), one])).values()];
  }
}
