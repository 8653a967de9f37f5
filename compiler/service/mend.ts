/** Changes that would mend what a diagnostic is about. */

import type { Edit } from "../../grammar/syntax.ts";
import { type Diagnostic, settled } from "../diagnostics/index.ts";
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
  const isForeign = ({ span }: Edit): boolean => foreign.some((folder) => span.file.startsWith(`${folder}/`));
  return settled(found.fixes, { get: (path) => workspace.text(path) })
    .filter(({ edits }) => !edits.some(isForeign))
    .map(({ title, edits, safe }) => ({ title, edits, preferred: safe }));
}
