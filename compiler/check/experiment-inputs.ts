import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic, didYouMean, removal, replacement } from "../diagnostics/index.ts";
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
  const given = use.block?.statements ?? [];
  const free = known.filter((one) => !given.some(({ keyword }) => keyword.text === one));
  for (const statement of given) {
    const { keyword } = statement;
    if (known.includes(keyword.text)) continue;
    const help =
      known.length === 0
        ? "it has no inputs: remove it"
        : `its inputs are ${known.map((one) => `\`${one}\``).join(", ")}; remove it if none is meant`;
    const fixes = [...free.map((one) => replacement(keyword.span, one)), removal(statement, "remove it")];
    const parameters = { owner: `\`${owner.kind} ${owner.name}\``, field: keyword.text };
    const extra = didYouMean(keyword.span, keyword.text, known);
    checking.report(diagnostic("SV1302", keyword.span, parameters, { help, fixes, ...extra }));
  }
}
