import { diagnostic } from "../diagnostics/index.ts";
import { countsOf, eventsOf, rowsOf } from "../lower/events.ts";
import { axesOf } from "../lower/experiment.ts";
import { listNumbers } from "../lower/lists.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";

/** Events have a number for each binned observable, lie in the bins, and are those that `data` counts. */
export function eventRows(checking: Checking): void {
  const { library, value } = checking;
  for (const experiment of declarationsOf(checking, "experiment")) {
    const detector = library.declaration(labelOf(field(experiment, "detector")));
    if (detector === undefined || field(experiment, "events") === undefined) continue;
    const axes = axesOf(library, experiment, detector, library.inside(experiment, "strict", value));
    if (axes.length === fieldsOf(experiment, "bins").length) checkEvents(checking, experiment, axes);
  }
}

function checkEvents(
  { report }: Checking,
  experiment: Declaration,
  axes: Parameters<typeof eventsOf>[1],
): void {
  const expr = field(experiment, "events")?.assign?.value;
  const rows = rowsOf(expr);
  if (expr?.kind !== "list" || rows === undefined) return;
  const names = axes.map(({ name, unit }) => `\`${name}\`${unit === "" ? "" : ` in ${unit}`}`).join(", ");
  const wrong = rows.findIndex((row) => row.length !== axes.length);
  if (wrong >= 0 || axes.length === 0) {
    const span = expr.items[wrong]?.span ?? expr.span;
    const found = rows[wrong]?.length ?? 0;
    report(
      diagnostic("SV1419", span, { found, expected: names === "" ? "nothing, there are no bins" : names }),
    );
    return;
  }
  const events = eventsOf(experiment, axes);
  if (events === undefined) return;
  const { outside } = events;
  if (outside > 0) report(diagnostic("SV1613", expr.span, { outside, all: rows.length, axes: names }));
  const data = field(experiment, "data")?.assign?.value;
  const counts = countsOf(events, axes);
  const given = data === undefined ? counts : listNumbers(data);
  const bin = counts.findIndex((count, i) => count !== given[i]);
  if (data === undefined || bin < 0 || given.length !== counts.length) return;
  const labels = [{ span: expr.span, text: "the events" }];
  const parameters = { bin: bin + 1, found: shown(given[bin]!), events: shown(counts[bin]!) };
  report(diagnostic("SV1420", data.span, parameters, { labels }));
}
