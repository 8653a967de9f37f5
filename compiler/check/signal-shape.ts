import { added, diagnostic, missingField, removal } from "../diagnostics/index.ts";
import { isModelled } from "../lower/response.ts";
import { innerField } from "../lower/shape.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { type Checking, declarationsOf, nameSpan } from "./checking.ts";
import { perBin } from "./per-bin.ts";

/**
 * How events spread over an observable is said once: by the detector, or by the shape of the signal in the experiment.
 * Without either, a bin would hold nothing; with both, one would be ignored.
 */
export function signalShape(checking: Checking): void {
  for (const detector of declarationsOf(checking, "detector")) {
    if (detector.incomplete !== true) checkNamed(checking, detector);
  }
  for (const experiment of declarationsOf(checking, "experiment")) {
    const detector = checking.library.declaration(labelOf(field(experiment, "detector")));
    if (detector?.kind !== "detector" || detector.incomplete === true || experiment.incomplete === true)
      continue;
    checkExperiment(checking, experiment, detector);
  }
}

/** An efficiency is that of an observable with a density: in a shape it is contained. */
function checkNamed({ report }: Checking, detector: Declaration): void {
  for (const observable of fieldsOf(detector, "observable")) {
    const name = labelOf(observable);
    const efficiency = innerField(observable, "efficiency");
    if (efficiency === undefined || isModelled(detector, name)) continue;
    const labels = [{ span: efficiency.keyword.span, text: "the shape of a signal contains its efficiency" }];
    const parameters = { owner: `\`observable ${name}\``, ways: "`density` or `value`" };
    report(diagnostic("SV1316", observable.label?.span ?? observable.span, parameters, { labels }));
  }
}

function checkExperiment({ report }: Checking, experiment: Declaration, detector: Declaration): void {
  const signal = field(experiment, "signal");
  const observables = fieldsOf(detector, "observable");
  const binned = fieldsOf(experiment, "bins").filter((bins) =>
    observables.some((one) => labelOf(one) === labelOf(bins)),
  );
  const named = binned.find((bins) => !isModelled(detector, labelOf(bins)));
  if (signal === undefined && named !== undefined) {
    const labels = [
      { span: named.label?.span ?? named.span, text: "the detector has no density of this observable" },
    ];
    const missing = {
      owner: `\`experiment ${experiment.name}\``,
      field: "signal",
      example: `signal { shape = ${perBin(experiment, "signal.csv", () => 1)} }`,
    };
    const edits = [added(experiment.statement, missing.example)];
    report(missingField(nameSpan(experiment), missing, edits, { labels }));
  } else if (signal !== undefined && named === undefined) {
    const other = observables.find((one) => binned.some((bins) => labelOf(bins) === labelOf(one)));
    const density = innerField(other, "density") ?? innerField(other, "value");
    const labels =
      density === undefined
        ? []
        : [{ span: density.keyword.span, text: "the detector spreads the events here" }];
    const parameters = { field: "signal", other: density?.keyword.text ?? "density" };
    const kept =
      density === undefined ? [] : [removal(density, `remove \`${parameters.other}\` of the detector`)];
    const fixes = [removal(signal, "remove `signal`"), ...kept];
    report(diagnostic("SV1305", signal.keyword.span, parameters, { labels, fixes }));
  }
}
