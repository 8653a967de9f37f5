import type { Expr, Statement } from "../../grammar/syntax.ts";
import { diagnostic, wrapped } from "../diagnostics/index.ts";
import { efficiencyOfRecoil, type ObservableParts, type Recoil, recoilFields } from "../lower/response.ts";
import { field } from "../model/model.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { parseUnitText } from "../units/index.ts";
import { type Checking, functionOf, shown } from "./checking.ts";
import { type DetectorUse, detectorUses } from "./detector-uses.ts";

const samples = 200;
/** Largest recoil that a detector-wide efficiency is looked at, MeV. */
const largestRecoil = 0.2;

/** An efficiency is a probability: between 0 and 1 in every bin of an experiment, at the defaults of its parameters. */
export function efficiencyRange(checking: Checking): void {
  for (const use of detectorUses(checking)) {
    checkOverall(checking, use, "nucleus");
    checkOverall(checking, use, "electron");
    for (const part of use.experiment === undefined ? [] : use.parts) checkObservable(checking, part);
  }
}

function checkObservable(checking: Checking, { axis, statement, efficiency }: ObservableParts): void {
  const formula = statement.block?.statements.find(({ keyword }) => keyword.text === "efficiency");
  const expr = formula?.assign?.value;
  const unit = parseUnitText(axis.unit === "" ? "1" : axis.unit);
  const [low, high] = [axis.internalEdges[0], axis.internalEdges.at(-1)];
  if (expr === undefined || low === undefined || high === undefined || "problem" in unit) return;
  checkValues(
    checking,
    expr,
    `the efficiency of \`${axis.name}\``,
    efficiency(),
    axis.variable,
    [low, high],
    (x) => `${axis.name} = ${shown(x / unit.factorToInternal)} ${axis.unit}`.trim(),
  );
}

function checkOverall(checking: Checking, { detector, site }: DetectorUse, recoil: Recoil): void {
  const { efficiency, unit } = recoilFields[recoil];
  const overall: Statement | undefined = field(detector, efficiency);
  const expr = overall?.assign?.value;
  if (overall === undefined || expr === undefined) return;
  const T = checking.graph.variable("T");
  const node = efficiencyOfRecoil(overall, T, site, recoil);
  checkValues(
    checking,
    expr,
    "the efficiency",
    node,
    T,
    [0, largestRecoil],
    (x) => `T = ${shown(x * 1e3)} ${unit}`,
  );
}

function checkValues(
  checking: Checking,
  expr: Expr,
  what: string,
  node: Node,
  variable: VariableNode,
  [low, high]: readonly [number, number],
  place: (x: number) => string,
): void {
  const at = functionOf(checking, node, variable);
  for (let i = 0; i < samples; i++) {
    const x = low + ((high - low) * (i + 0.5)) / samples;
    const found = at(x);
    if (found > 1 + 1e-6) {
      checking.report(diagnostic("SV1505", expr.span, { found: shown(found), place: place(x) }));
      return;
    }
    if (found < -1e-9) {
      const help = "cut it off with `max(0, …)`";
      const fixes = [wrapped(expr, "max(0, ", ")", "cut it off at zero")];
      checking.report(diagnostic("SV1504", expr.span, { what, place: place(x) }, { help, fixes }));
      return;
    }
  }
}
