import { type AnalysisForm, AnalysisLowering, type AnalysisRequest } from "../lower/analysis.ts";
import { KnownExperiments } from "../lower/known-experiments.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets } from "./generic.ts";

/**
 * Ties, constraints, ranges and settings of an analysis name parameters that exist, in their units. Whatever else the
 * counts of a sound file may have against them is found by making them, as symbols.
 */
export function analysisFormulas(checking: Checking): void {
  const { library } = checking;
  const experiments = new KnownExperiments();
  const lowerings = declarationsOf(checking, "analysis").map((declaration) => {
    const request = { name: declaration.name, declaration, ...interactionsOf(checking.model, declaration) };
    const lowering = new AnalysisLowering(library, request, experiments);
    lowering.checkStatements();
    exerciseLets(fieldsOf(declaration, "let"), lowering.site);
    return lowering;
  });
  if (checking.failed()) return;
  for (const lowering of lowerings.length > 0 ? lowerings : implicit(checking)) {
    if (!checking.failed()) lowering.lower();
  }
}

/** Without an analysis, each experiment with all interactions of the file. */
function implicit(checking: Checking): readonly AnalysisLowering[] {
  const interactions = declarationsOf(checking, "interaction");
  return declarationsOf(checking, "experiment").map((experiment) => {
    const request: AnalysisRequest = { name: experiment.name, interactions, experiments: [experiment] };
    return new AnalysisLowering(checking.library, request);
  });
}

export type { AnalysisForm };
