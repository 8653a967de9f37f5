import { added, missingField, replacement } from "../diagnostics/index.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { perBin } from "./per-bin.ts";

/** A Gaussian likelihood divides by the errors of the data: an experiment with data gives them. */
export function gaussianErrors(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const likelihood = field(analysis, "likelihood")?.assign?.value;
    if (likelihood?.kind !== "path" || likelihood.parts[0]?.text !== "gaussian") continue;
    const { experiments } = interactionsOf(checking.model, analysis);
    const without = experiments.find((one) => field(one, "errors") === undefined && one.incomplete !== true);
    if (without === undefined) continue;
    const errors = perBin(without, "errors.csv", (count) => Math.sqrt(Math.max(count, 1)));
    const missing = {
      owner: `\`experiment ${without.name}\``,
      field: "errors",
      example: `errors = ${errors}`,
    };
    const poisson = replacement(likelihood.span, "poisson");
    const edits = [added(without.statement, missing.example)];
    const extra = { or: ", or write `likelihood = poisson`", others: [poisson] };
    checking.report(missingField(likelihood.span, missing, edits, extra));
  }
}
