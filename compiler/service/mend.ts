/** Changes that would mend what a diagnostic is about. */

import type { Edit } from "../../grammar/syntax.ts";
import { type Diagnostic, inOwnFiles, settled } from "../diagnostics/index.ts";
import type { Workspace } from "./workspace.ts";

export type { Edit };

export interface Mend {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It cannot change the meaning beyond mending it. */
  readonly preferred: boolean;
}

/** What can be done about a diagnostic of a file. Files of the library and of packages belong to others: they stay. */
export function mendsFor(found: Diagnostic, file: string, workspace: Workspace): readonly Mend[] {
  const packages = workspace.modules(file)?.packages.values() ?? [];
  const foreign = [workspace.host.library, ...[...packages].map(({ folder }) => folder)];
  const texts = { get: (path: string) => workspace.text(path) };
  return settled(inOwnFiles(found, foreign).fixes, texts).map(({ title, edits, safe }) => ({
    title,
    edits,
    preferred: safe,
  }));
}
