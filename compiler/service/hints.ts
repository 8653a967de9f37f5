/** Units that are not written: those of inputs, which an experiment gives, and of constants that are formulas. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Module, Modules } from "../load/index.ts";
import { definitionOf, occurrenceAt } from "./names.ts";
import { formulaValue } from "./value.ts";
import type { Workspace } from "./workspace.ts";

/** A text shown at a place of a file that is not in it. */
export interface Hint {
  readonly at: number;
  readonly file: string;
  readonly text: string;
}

export function hintsFor(workspace: Workspace, file: string): readonly Hint[] {
  const modules = workspace.modules(file);
  if (modules === undefined) return [];
  const model = workspace.analysed(file)?.model;
  return modules.root.tree.statements.flatMap((statement): Hint[] => {
    if (statement.keyword.text !== "constant") return inputHints(workspace, modules, modules.root, statement);
    const unit = model === undefined ? undefined : formulaValue(statement, model)?.unit;
    if (unit === undefined || unit === "" || statement.label === undefined) return [];
    return [{ file, at: statement.label.span.end, text: `: ${unit}` }];
  });
}

/** Behind what is given to a source or a detector, the type that it declares. */
function inputHints(workspace: Workspace, modules: Modules, module: Module, { block }: Statement): Hint[] {
  return (block?.statements ?? []).flatMap((field): Hint[] => {
    if (!["source", "detector"].includes(field.keyword.text) || field.label === undefined) return [];
    const occurrence = occurrenceAt(module.tree, field.label.span.start);
    const of = occurrence && definitionOf(workspace, modules, module, occurrence)?.statement;
    return (field.block?.statements ?? []).flatMap(({ keyword }): Hint[] => {
      const type = of?.block?.statements.find(
        (one) => one.keyword.text === "input" && one.label?.parts[0]?.text === keyword.text,
      )?.type;
      if (type === undefined) return [];
      const text = (workspace.text(type.span.file) ?? "").slice(type.span.start, type.span.end);
      return [{ file: module.tree.file, at: keyword.span.end, text: `: ${text}` }];
    });
  });
}
