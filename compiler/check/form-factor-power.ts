import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { formula } from "../elaborate/functions.ts";
import { type Binding, quantity } from "../elaborate/value.ts";
import { nucleusNames } from "../lower/nucleus.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { evaluate } from "../rate/evaluate.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { type Checking, declarationsOf, orNaN } from "./checking.ts";
import { genericNucleus } from "./generic.ts";

/**
 * A weak charge is linear in the form factors and a cross section quadratic: the amplitude carries F, the rate F^2.
 * A single F in dsigma/dT overestimates the rate by 1/F.
 */
export function formFactorPower(checking: Checking): void {
  for (const interaction of declarationsOf(checking, "interaction")) {
    for (const statement of fieldsOf(interaction, "charge"))
      checkPower(checking, interaction, statement, "charge", 1);
    for (const statement of fieldsOf(interaction, "dsigma"))
      checkPower(checking, interaction, statement, "dsigma/dT", 2);
  }
}

function checkPower(
  checking: Checking,
  interaction: Declaration,
  statement: Statement,
  what: "charge" | "dsigma/dT",
  expected: number,
): void {
  const { graph, library } = checking;
  const F = graph.variable("F");
  const [E, T, q] = [graph.variable("E"), graph.variable("T"), graph.variable("q")];
  const bind = (node: Node, d = base.energy): Binding => ({ kind: "value", value: quantity(node, d) });
  const names = new Map<string, Binding>([
    ["E", bind(E)],
    ["T", bind(T)],
    ["q", bind(q)],
    ["nu_sign", bind(graph.number(1), none)],
    ...nucleusNames(
      genericNucleus(graph, () => F),
      graph,
      q,
    ),
  ]);
  const flavors = new Map<string, Binding>(
    (statement.index?.names ?? []).map(({ text }) => [text, { kind: "flavor", flavor: "mu" }]),
  );
  const site = library.inside(interaction, "natural", checking.value, names);
  const value = formula(statement, what, undefined, { ...site, scope: site.scope.with(flavors) });
  const power = value === undefined ? undefined : powerOf(checking, value.node, F, [E, T, q]);
  if (power === undefined || power === expected || power === 0) return;
  const expr = statement.assign?.value;
  const parameters = { what, found: power, expected };
  checking.report(diagnostic("SV1610", expr?.span ?? statement.span, parameters));
}

/** With which power a node goes with F, if with one; at 30 MeV, 10 keV and with every parameter away from zero. */
function powerOf(
  { defaults, model, library }: Checking,
  node: Node,
  F: VariableNode,
  [E, T, q]: readonly [VariableNode, VariableNode, VariableNode],
): number | undefined {
  const units = new Map<string, number>();
  for (const declaration of model.declarations) {
    for (const { name, factor } of library.parameters(declaration)) units.set(name, factor);
  }
  const parameters = (name: string): number => defaults(name) || (units.get(name) ?? 1);
  const at = (f: number): number =>
    orNaN(() =>
      evaluate(node, {
        parameters,
        variables: new Map([
          [F, f],
          [E, 30],
          [T, 0.01],
          [q, 49.8],
        ]),
      }),
    );
  const power = Math.log2(at(1) / at(0.5));
  const whole = Math.round(power);
  return Math.abs(power - whole) < 1e-9 && whole >= 0 && Number.isFinite(power) ? whole : undefined;
}
