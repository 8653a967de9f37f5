import type { Statement } from "../../grammar/syntax.ts";
import {
  added,
  type Diagnostic,
  diagnostic,
  missingField,
  removal,
  replacement,
} from "../diagnostics/index.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { recoilFields } from "../lower/response.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";

/** An unbinned likelihood needs events of some experiment, and a density of every component at each of them. */
export function unbinnedEvents(checking: Checking): void {
  for (const analysis of declarationsOf(checking, "analysis")) {
    const likelihood = field(analysis, "likelihood")?.assign?.value;
    if (likelihood?.kind !== "path" || likelihood.parts[0]?.text !== "unbinned") continue;
    const { experiments } = interactionsOf(checking.model, analysis);
    const sound = experiments.filter(({ incomplete }) => incomplete !== true);
    const listed = sound.filter((one) => field(one, "events") !== undefined);
    const [first] = sound;
    if (listed.length === 0 && first !== undefined) {
      const missing = {
        owner: `\`experiment ${first.name}\``,
        field: "events",
        example: 'events = "events.csv"',
      };
      const edits = [added(first.statement, missing.example)];
      const extra = {
        or: ", or write `likelihood = poisson`",
        others: [replacement(likelihood.span, "poisson")],
      };
      checking.report(missingField(likelihood.span, missing, edits, extra));
    }
    for (const experiment of listed) checkExperiment(checking, likelihood, experiment);
    const data = field(analysis, "data");
    if (data !== undefined) checking.report(expectedEvents(likelihood.span, data));
  }
}

/** Expected events lie nowhere; their likelihood is that of counts in bins which the density hardly changes in. */
function expectedEvents(likelihood: Statement["span"], data: Statement): Diagnostic {
  const fixes = [replacement(likelihood, "poisson"), removal(data, "remove `data`")];
  const parameters = { field: "likelihood = unbinned", other: "data = asimov" };
  const help =
    "write `likelihood = poisson`, with bins so narrow that the density hardly changes in them, or remove `data` to fit the events";
  const notes = [
    "expected events have no places; their unbinned likelihood is that of counts in narrow bins",
    "`sevens limit --expected` says what limit events one by one are expected to set",
  ];
  return diagnostic("SV1305", data.span, parameters, { fixes, help, notes });
}

function checkExperiment(
  { library, report }: Checking,
  { span }: { readonly span: Statement["span"] },
  experiment: Declaration,
): void {
  const owner = `\`experiment ${experiment.name}\``;
  const detector = library.declaration(labelOf(field(experiment, "detector")));
  const binned = fieldsOf(experiment, "bins").map(labelOf);
  const sharp = fieldsOf(detector ?? experiment, "observable").find(
    (one) =>
      binned.includes(labelOf(one)) &&
      hasField(one, [recoilFields.nucleus.value, recoilFields.electron.value]),
  );
  const found =
    (sharp && `observable ${labelOf(sharp)} has a \`value\` and no \`density\``) ??
    (field(experiment, "signal") && "the shape of the signal is given over the bins") ??
    (fieldsOf(experiment, "background").some((one) => hasField(one, ["errors"])) &&
      "the errors of a background are given bin by bin");
  const fixes = [replacement(span, "poisson")];
  if (found) report(diagnostic("SV1421", span, { experiment: owner, found }, { fixes }));
}

function hasField({ block }: Statement, keywords: readonly string[]): boolean {
  return (block?.statements ?? []).some(({ keyword }) => keywords.includes(keyword.text));
}
