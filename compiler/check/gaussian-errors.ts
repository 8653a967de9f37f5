import { diagnostic } from "../diagnostics/index.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/** A Gaussian likelihood divides by the errors of the data: an experiment with data gives them. */
export function gaussianErrors(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const likelihood = field(analysis, "likelihood")?.assign?.value;
    if (likelihood?.kind !== "path" || likelihood.parts[0]?.text !== "gaussian") continue;
    const { experiments } = interactionsOf(checking.model, analysis);
    const without = experiments.find((one) => field(one, "errors") === undefined && one.incomplete !== true);
    if (without === undefined) continue;
    const owner = `\`experiment ${without.name}\``;
    checking.report(
      diagnostic("SV1303", likelihood.span, { owner, field: "errors", example: "errors = [5.6, 4.8]" }),
    );
  }
}
