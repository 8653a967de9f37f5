import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic, didYouMean } from "../diagnostics/index.ts";
import { labelOf } from "../lower/experiment.ts";
import { fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/** What an experiment gives its source and detector are inputs of theirs: a misspelt one would be ignored. */
export function experimentInputs(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) {
    for (const use of [...fieldsOf(experiment, "source"), ...fieldsOf(experiment, "detector")]) {
      checkInputs(checking, use);
    }
  }
}

/** Every value given is that of an input; what misses is said where values are read. */
function checkInputs(checking: Checking, use: Statement): void {
  const owner = checking.model.byName.get(labelOf(use));
  if (owner === undefined || owner.incomplete === true) return;
  const known = fieldsOf(owner, "input").map(labelOf);
  for (const { keyword } of use.block?.statements ?? []) {
    if (known.includes(keyword.text)) continue;
    const extra = didYouMean(keyword.span, keyword.text, known);
    const help =
      known.length === 0
        ? "it has no inputs"
        : `its inputs are ${known.map((one) => `\`${one}\``).join(", ")}`;
    const parameters = { owner: `\`${owner.kind} ${owner.name}\``, field: keyword.text };
    checking.report(
      diagnostic("SV1302", keyword.span, parameters, extra.help === undefined ? { help } : extra),
    );
  }
}
