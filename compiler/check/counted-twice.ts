import { addition, diagnostic, removal } from "../diagnostics/index.ts";
import { AnalysisLowering } from "../lower/analysis.ts";
import { labelOf } from "../lower/experiment.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { signalNames } from "../lower/nuisances.ts";
import { lowerFluence } from "../lower/source.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { dependence } from "../rate/analyse.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { sourceSite } from "./source-formulas.ts";

/**
 * One uncertainty enters a likelihood once: when the normalisation of a source is profiled while a systematic scales
 * the whole signal, the error of the flux is most often in both.
 */
export function countedTwice(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const { interactions, experiments } = interactionsOf(checking.model, analysis);
    const lowering = new AnalysisLowering(checking.library, {
      name: analysis.name,
      declaration: analysis,
      interactions,
      experiments,
    });
    const fixed = new Set(fieldsOf(analysis, "fix").map((statement) => lowering.target(statement)?.name));
    for (const statement of fieldsOf(analysis, "profile")) {
      const profiled = lowering.target(statement)?.name;
      for (const experiment of profiled === undefined ? [] : experiments) {
        const norm = normOf(checking, experiment, profiled ?? "", fixed);
        if (norm === undefined) continue;
        const labels = norm.span === undefined ? [] : [{ span: norm.span, text: "the other one" }];
        const parameters = { first: profiled ?? "", second: norm.name, experiment: experiment.name };
        const fixes = [
          addition(analysis.statement, `fix ${norm.name} = 0`),
          removal(statement, `do not profile \`${profiled ?? ""}\``),
        ];
        const span = statement.label?.span ?? statement.span;
        checking.report(diagnostic("SV1609", span, parameters, { labels, fixes }));
      }
    }
  }
}

/** The systematic on the signal of an experiment whose source is scaled by the parameter. */
function normOf(
  checking: Checking,
  experiment: Declaration,
  parameter: string,
  fixed: ReadonlySet<string | undefined>,
) {
  const scaled = fieldsOf(experiment, "source").some((use) => {
    const source = checking.library.declaration(labelOf(use));
    if (source === undefined) return false;
    const fluence = lowerFluence(source, sourceSite(checking, source), checking.graph.number(1));
    return fluence !== undefined && dependence(fluence).parameters.has(parameter);
  });
  if (!scaled) return undefined;
  for (const statement of fieldsOf(experiment, "systematic")) {
    const name = `${experiment.name}.${labelOf(statement)}`;
    const targets = statement.clauses.flatMap((clause) => (clause.kind === "on" ? clause.targets : []));
    const onSignal = targets.some(({ parts }) => ["signal", ...signalNames].includes(parts[0]?.text ?? ""));
    if (onSignal && !fixed.has(name)) return { name, span: statement.label?.span };
  }
  return undefined;
}
