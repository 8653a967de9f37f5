import { labelOf } from "../lower/experiment.ts";
import { signalNames } from "../lower/signal.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { reportMember } from "./members.ts";

/** A systematic acts on components that the experiment has: one that acts on nothing would vanish without a word. */
export function systematicTargets(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) checkTargets(checking, experiment);
}

function checkTargets(checking: Checking, experiment: Declaration): void {
  const known = [...signalNames, "signal", ...fieldsOf(experiment, "background").map(labelOf)];
  for (const { clauses } of fieldsOf(experiment, "systematic")) {
    for (const clause of clauses) {
      if (clause.kind !== "on" || experiment.incomplete === true) continue;
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
}
