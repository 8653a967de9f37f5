import { addition, diagnostic } from "../diagnostics/index.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/** An analysis of an experiment without data is a projection and says so, lest a forgotten file pass for a result. */
export function dataAsimov(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    if (field(analysis, "data") !== undefined || analysis.incomplete === true) continue;
    const { experiments } = interactionsOf(checking.model, analysis);
    const without = experiments.find(
      (one) =>
        field(one, "data") === undefined && field(one, "events") === undefined && one.incomplete !== true,
    );
    const statement = field(analysis, "experiments");
    if (without === undefined || statement === undefined) continue;
    const span = statement.assign?.value.span ?? statement.span;
    const fixes = [addition(analysis.statement, "data = asimov")];
    const parameters = { experiment: `\`${without.name}\``, analysis: `\`${analysis.name}\`` };
    checking.report(diagnostic("SV1608", span, parameters, { fixes }));
  }
}
