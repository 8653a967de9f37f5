import { printStatement } from "../../grammar/print.ts";
import type { Edit, Fix, Path, Span, Statement } from "../../grammar/syntax.ts";
import { changes, diagnostic } from "../diagnostics/index.ts";
import { signalName, signalNames, targetsOf, variesShape } from "../lower/nuisances.ts";
import { innerField } from "../lower/shape.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { reportMember } from "./members.ts";

/**
 * A systematic acts on components that the experiment has: one that acts on nothing would vanish without a word. A
 * variation of a shape is that of one component, which has a shape.
 */
export function systematicTargets(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) {
    if (experiment.incomplete === true) continue;
    for (const systematic of fieldsOf(experiment, "systematic")) {
      checkTargets(checking, experiment, systematic);
      if (variesShape(systematic)) checkVariation(checking, experiment, systematic);
    }
  }
}

function checkTargets(checking: Checking, experiment: Declaration, { clauses }: Statement): void {
  const known = [...signalNames, "signal", ...fieldsOf(experiment, "background").map(labelOf)];
  for (const clause of clauses) {
    if (clause.kind !== "on") continue;
    for (const target of clause.targets) {
      const name = target.parts.map(({ text }) => text).join(".");
      if (!known.includes(name)) {
        reportMember(
          checking,
          target.span,
          `experiment ${experiment.name}`,
          name,
          known.slice(signalNames.length),
        );
      }
    }
  }
}

function checkVariation({ report }: Checking, experiment: Declaration, systematic: Statement): void {
  const clause = systematic.clauses.find(({ kind }) => kind === "on");
  const [component, ...others] = targetsOf(systematic);
  if (clause === undefined || component === undefined) return;
  if (others.length > 0) {
    const help = "a shape is that of one component: write a systematic for each";
    const parameters = { callee: "on", expected: "one component", found: others.length + 1 };
    const fixes = [split(systematic, clause.span, component, others)];
    report(diagnostic("SV1307", clause.span, parameters, { help, fixes }));
    return;
  }
  const background = fieldsOf(experiment, "background").find((one) => labelOf(one) === component);
  const owner = component === signalName ? field(experiment, "signal") : background;
  const unknown = component !== signalName && background === undefined;
  if (unknown || innerField(owner, "shape") !== undefined) return;
  const note =
    component === signalName
      ? "the signal is computed from the detector: vary parameters of it"
      : "vary parameters of its `events`";
  const parameters = { component, systematic: labelOf(systematic) };
  report(diagnostic("SV1318", clause.span, parameters, { notes: [note] }));
}

/** A systematic for each component, the others over the one that is there. */
function split(systematic: Statement, on: Span, first: string, others: readonly string[]): Fix {
  const copies = others.map((component) => {
    const part = (text: string): Path => ({ kind: "path", parts: [{ text, span: on }], span: on });
    const clauses = [{ kind: "on", targets: [part(component)], span: on } as const];
    const { doc: _doc, ...rest } = systematic;
    return printStatement({ ...rest, label: part(`${labelOf(systematic)}_${component}`), clauses });
  });
  const above: Edit = { span: systematic.span, text: copies.join("\n"), place: "above" };
  return changes("write a systematic for each", above, { span: on, text: `on ${first}` });
}
