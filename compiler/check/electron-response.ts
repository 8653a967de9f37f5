import { printExpr } from "../../grammar/print-expr.ts";
import type { Statement } from "../../grammar/syntax.ts";
import { added, addition, diagnostic, removal } from "../diagnostics/index.ts";
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
    if (!seesElectrons(detector)) continue;
    for (const one of fieldsOf(detector, "observable")) checkOne(checking, detector, one);
  }
  for (const analysis of declarationsOf(checking, "analysis")) {
    if (!recoilsOf(analysis).includes("nucleus")) checkDetectors(checking, analysis);
  }
}

function checkOne({ report }: Checking, detector: Declaration, observable: Statement): void {
  if (!isSilent(observable)) return;
  const name = labelOf(observable);
  const nested = fieldsOf(detector, "observable").flatMap(({ block }) => block?.statements ?? []);
  const elsewhere = [...(detector.statement.block?.statements ?? []), ...nested].filter(({ keyword }) =>
    ofElectrons.has(keyword.text),
  );
  const fixes = [
    addition(observable, answer(observable)),
    removal(elsewhere, "leave out what the detector says of electrons"),
  ];
  const span = observable.label?.span ?? observable.span;
  report(diagnostic("SV1319", span, { observable: `\`${name}\`` }, { fixes }));
}

const ofElectrons: ReadonlySet<string> = new Set(["efficiency_e", "value_e", "density_e"]);

/** The recoil decides it, and it does not say how for an electron. */
function isSilent({ block }: Statement): boolean {
  const find = (...keywords: readonly string[]): Statement | undefined =>
    block?.statements.find(({ keyword }) => keywords.includes(keyword.text));
  const nuclear = find("value", "density");
  const decides = nuclear?.keyword.text === "value" || (nuclear?.params ?? []).some(({ given }) => given);
  return decides && find("value_e", "density_e") === undefined;
}

/** An electron is not quenched: an observable in keVee is its energy, another one goes with it. */
function answer({ type }: Statement): string {
  const unit = type === undefined ? "keVee" : printExpr(type);
  return unit.endsWith("eVee") ? "value_e(T) = T" : `value_e(T) = 1 ${unit}/keVee * T`;
}

function checkDetectors({ model, library, report }: Checking, analysis: Declaration): void {
  const statement = field(analysis, "recoils");
  for (const experiment of interactionsOf(model, analysis).experiments) {
    const detector = library.declaration(labelOf(field(experiment, "detector")));
    if (statement === undefined || detector?.kind !== "detector" || seesElectrons(detector)) continue;
    const parameters = { detector: `\`${detector.name}\``, experiment: experiment.name };
    const silent = fieldsOf(detector, "observable").filter(isSilent);
    const edits = silent.map((one) => added(one, answer(one)));
    const seen = { title: "say how its observables answer to electrons", edits, safe: false };
    const fixes = [...(edits.length > 0 ? [seen] : []), removal(statement, "remove `recoils`")];
    report(diagnostic("SV1320", statement.span, parameters, { fixes }));
  }
}
