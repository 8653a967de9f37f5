import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { labelOf } from "../lower/experiment.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { recoilsOf, seesElectrons } from "../lower/response.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/**
 * A detector that sees electrons says how in every observable that a recoil decides: one that is silent would take any
 * electron as it is. An analysis that counts electrons alone needs such detectors.
 */
export function electronResponse(checking: Checking): void {
  for (const detector of declarationsOf(checking, "detector")) {
    if (seesElectrons(detector)) for (const one of fieldsOf(detector, "observable")) checkOne(checking, one);
  }
  for (const analysis of declarationsOf(checking, "analysis")) {
    if (!recoilsOf(analysis).includes("nucleus")) checkDetectors(checking, analysis);
  }
}

function checkOne({ report }: Checking, observable: Statement): void {
  const find = (...keywords: readonly string[]): Statement | undefined =>
    observable.block?.statements.find(({ keyword }) => keywords.includes(keyword.text));
  const nuclear = find("value", "density");
  const decides = nuclear?.keyword.text === "value" || (nuclear?.params ?? []).some(({ given }) => given);
  if (!decides || find("value_e", "density_e") !== undefined) return;
  const name = labelOf(observable);
  report(diagnostic("SV1319", observable.label?.span ?? observable.span, { observable: `\`${name}\`` }));
}

function checkDetectors({ model, library, report }: Checking, analysis: Declaration): void {
  const statement = field(analysis, "recoils");
  for (const experiment of interactionsOf(model, analysis).experiments) {
    const detector = library.declaration(labelOf(field(experiment, "detector")));
    if (statement === undefined || detector?.kind !== "detector" || seesElectrons(detector)) continue;
    const parameters = { detector: `\`${detector.name}\``, experiment: experiment.name };
    report(diagnostic("SV1320", statement.span, parameters));
  }
}
