import type { Statement } from "../../grammar/syntax.ts";
import { added, missingField } from "../diagnostics/index.ts";
import { freeNames } from "../load/names.ts";
import { labelOf } from "../lower/experiment.ts";
import { speciesOf } from "../lower/source.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf, nameSpan } from "./checking.ts";

/**
 * A source that gives a flux needs the live time of the experiment, and bins in arrival times need the arrival times
 * of every species: without them the counts would be zero.
 */
export function sourceNeeds(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) {
    const detector = checking.model.byName.get(labelOf(field(experiment, "detector")));
    for (const use of fieldsOf(experiment, "source")) checkSource(checking, experiment, detector, use);
  }
}

/** A flux needs a live time, an observable made of arrival times needs those of every species. */
function checkSource(
  { model, report }: Checking,
  experiment: Declaration,
  detector: Declaration | undefined,
  use: Statement,
): void {
  const source = model.byName.get(labelOf(use));
  if (source === undefined || source.incomplete === true || experiment.incomplete === true) return;
  const flux = field(source, "flux");
  if (flux !== undefined && field(experiment, "livetime") === undefined) {
    const labels = [{ span: flux.keyword.span, text: "neutrinos per area and time" }];
    const missing = {
      owner: `\`experiment ${experiment.name}\``,
      field: "livetime",
      example: "livetime = 96.4 day",
    };
    const edits = [added(experiment.statement, missing.example)];
    report(missingField(nameSpan(experiment), missing, edits, { labels }));
  }
  const timed = fieldsOf(experiment, "bins").find((bins) => readsArrival(detector, labelOf(bins)));
  const written = fieldsOf(source, "arrival").map(({ index }) => index?.names[0]?.text);
  const missing = speciesOf(source).filter((species) => !written.includes(species));
  const [first] = missing;
  if (timed === undefined || first === undefined) return;
  const example = (of: string): string => `arrival[${of}](t) = exponential_pdf(t, tau_mu)`;
  const owner = `\`source ${source.name}\``;
  const all = { owner, field: `arrival[${first}]`, example: example(first) };
  const edits = missing.map((species) => added(source.statement, example(species)));
  const labels = [{ span: timed.label?.span ?? timed.span, text: "these bins are in arrival times" }];
  report(missingField(use.label?.span ?? use.span, all, edits, { labels }));
}

function readsArrival(detector: Declaration | undefined, name: string): boolean {
  if (detector === undefined) return false;
  const observable = fieldsOf(detector, "observable").find((one) => labelOf(one) === name);
  const values = (observable?.block?.statements ?? []).flatMap(({ assign }) =>
    assign === undefined ? [] : [assign.value],
  );
  return values.some((value) => freeNames(value).some(({ text }) => text === "arrival"));
}
