import { diagnostic } from "../diagnostics/index.ts";
import { isTransition } from "../lower/flux-change.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/**
 * One interaction of a model changes the flavour on the way: the order of two such changes would matter, and a sum of
 * interactions has none.
 */
export function oneTransition(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const [first, second] = interactionsOf(checking.model, analysis).interactions.filter(changesFlavor);
    const sum = field(analysis, "model")?.assign?.value;
    if (first === undefined || second === undefined || sum === undefined) continue;
    const parameters = { first: first.name, second: second.name };
    checking.report(diagnostic("SV1321", sum.span, parameters));
  }
}

function changesFlavor(interaction: Declaration): boolean {
  return fieldsOf(interaction, "flux").some(isTransition);
}
