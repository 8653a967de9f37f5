import type { ListExpr } from "../../grammar/syntax.ts";
import { changes, diagnostic, type Extra, lineAbove, removal } from "../diagnostics/index.ts";
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
  const listed = field(experiment, "events");
  const expr = listed?.assign?.value;
  const rows = rowsOf(expr);
  if (listed === undefined || expr?.kind !== "list" || rows === undefined) return;
  const names = axes.map(({ name, unit }) => `\`${name}\`${unit === "" ? "" : ` in ${unit}`}`).join(", ");
  const wrong = rows.findIndex((row) => row.length !== axes.length);
  if (wrong >= 0 || axes.length === 0) {
    const span = expr.items[wrong]?.span ?? expr.span;
    const found = rows[wrong]?.length ?? 0;
    const parameters = { found, expected: names === "" ? "nothing, there are no bins" : names };
    report(diagnostic("SV1419", span, parameters, shortened(expr, axes.length)));
    return;
  }
  const events = eventsOf(experiment, axes);
  if (events === undefined) return;
  const { outside } = events;
  if (outside > 0) {
    const fixes = [lineAbove(listed.keyword.span, "// allow events-outside: the bins are the selection")];
    report(diagnostic("SV1613", expr.span, { outside, all: rows.length, axes: names }, { fixes }));
  }
  const counted = field(experiment, "data");
  const data = counted?.assign?.value;
  const counts = countsOf(events, axes);
  const given = data === undefined ? counts : listNumbers(data);
  const bin = counts.findIndex((count, i) => count !== given[i]);
  if (counted === undefined || data === undefined || bin < 0 || given.length !== counts.length) return;
  const labels = [{ span: expr.span, text: "the events" }];
  const parameters = { bin: bin + 1, found: shown(given[bin]!), events: shown(counts[bin]!) };
  const fixes = [removal(counted, "leave `data` out")];
  report(diagnostic("SV1420", data.span, parameters, { labels, fixes }));
}

/** Rows that are too long without their last numbers; what is missing nobody else knows. */
function shortened({ items }: ListExpr, length: number): Extra {
  const edits = items.flatMap((row) => {
    const last = row.kind === "list" ? row.items[length - 1] : undefined;
    return row.kind !== "list" || last === undefined || row.items.length === length
      ? []
      : [{ span: { ...row.span, start: last.span.end, end: row.span.end - 1 }, text: "" }];
  });
  const help = "give one number per binned observable, in the order of the bins";
  if (edits.length === 0) return { notes: [help] };
  return { help, fixes: [changes(`keep the first ${length === 1 ? "number" : "numbers"}`, ...edits)] };
}
