import type { Expr } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { AnalysisLowering } from "../lower/analysis.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";
import { reachOf } from "./reach.ts";

/** (q/M)^2 below one percent: the propagator is 1/M^2. */
const heavy = 10;

/**
 * Mass and coupling of a mediator are both free only where the data can tell them apart: far above the momentum
 * transfer only coupling/mass matters, and a fit of both does not converge.
 */
export function mediatorLimit(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const { interactions, experiments } = interactionsOf(checking.model, analysis);
    const reaches = experiments.flatMap((one) => reachOf(checking, one));
    const q = Math.max(0, ...reaches.map(({ energy }) => 2 * energy));
    const request = { name: analysis.name, declaration: analysis, interactions, experiments };
    const lowering = new AnalysisLowering(checking.library, request);
    const free = new Map(
      fieldsOf(analysis, "free").map((statement) => [lowering.target(statement)?.name, statement] as const),
    );
    for (const interaction of q > 0 ? interactions : []) {
      for (const { block } of fieldsOf(interaction, "mediator")) {
        const name = (keyword: string): string | undefined =>
          parameterIn(
            interaction,
            block?.statements.find((one) => one.keyword.text === keyword)?.assign?.value,
          );
        const [mass, coupling] = [name("mass"), name("coupling")];
        const statement = free.get(mass);
        if (mass === undefined || coupling === undefined || statement === undefined || !free.has(coupling))
          continue;
        const [low] = lowering.rangeOf(mass);
        if (!(low > heavy * q)) continue;
        const found = `from ${shown(low)} MeV, q up to ${shown(q, 3)} MeV`;
        checking.report(
          diagnostic("SV1605", statement.label?.span ?? statement.span, { mediator: mass, found }),
        );
      }
    }
  }
}

/** The full name of the parameter that a field is, when it is nothing else. */
function parameterIn(interaction: Declaration, expr: Expr | undefined): string | undefined {
  const [name, ...rest] = expr?.kind === "path" ? expr.parts : [];
  const known = fieldsOf(interaction, "parameter").some(({ label }) => label?.parts[0]?.text === name?.text);
  return name !== undefined && rest.length === 0 && known ? `${interaction.name}.${name.text}` : undefined;
}
