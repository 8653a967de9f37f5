import { diagnostic, removal } from "../diagnostics/index.ts";
import { isSelf } from "../load/modules.ts";
import type { Checking } from "./checking.ts";

/** A `use` without names brings nothing into the file. One that a slip has emptied is left to whoever mends that. */
export function emptyUses({ model, tree, report }: Checking): void {
  if (tree === undefined) return;
  const text = model.sources.get(tree.file) ?? "";
  for (const use of tree.uses) {
    if (isSelf(use) || use.broken || !/\{\s*\}\s*$/.test(text.slice(use.span.start, use.span.end))) continue;
    // It may be about to be filled, but it is none of the meaning.
    const fixes = [{ ...removal(use, "remove the `use`"), safe: true }];
    report(diagnostic("SV1120", use.span, { module: use.path }, { fixes }));
  }
}
