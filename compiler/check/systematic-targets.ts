import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
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
    report(diagnostic("SV1307", clause.span, parameters, { help }));
    return;
  }
  const background = fieldsOf(experiment, "background").find((one) => labelOf(one) === component);
  const owner = component === signalName ? field(experiment, "signal") : background;
  const unknown = component !== signalName && background === undefined;
  if (unknown || innerField(owner, "shape") !== undefined) return;
  const help =
    component === signalName
      ? "the signal is computed from the detector: vary parameters of it"
      : "vary parameters of its `events`";
  report(diagnostic("SV1318", clause.span, { component, systematic: labelOf(systematic) }, { help }));
}
