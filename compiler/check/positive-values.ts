import type { Expr, Statement } from "../../grammar/syntax.ts";
import { diagnostic, unsigned } from "../diagnostics/index.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { inputsOf, labelOf } from "../lower/experiment.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { dependence } from "../rate/analyse.ts";
import { base, type Dimension, dimension } from "../units/index.ts";
import { type Checking, declarationsOf, valueAt, writtenAs } from "./checking.ts";
import { detectorSite } from "./detector-formulas.ts";
import { scatteringNames } from "./generic.ts";

/**
 * Masses of targets and mediators, radii of nuclei, distances and exposures are greater than zero at the defaults: a
 * minus sign in one of them is a slip, and often it cancels in a square.
 */
export function positiveValues(checking: Checking): void {
  const { library, value, graph } = checking;
  for (const detector of declarationsOf(checking, "detector")) {
    const site = detectorSite(checking, detector);
    for (const target of fieldsOf(detector, "target"))
      checkValue(checking, target, `target ${labelOf(target)}`, site);
  }
  for (const nucleus of declarationsOf(checking, "nucleus")) {
    const site = library.inside(nucleus, "natural", value);
    for (const keyword of ["protons", "neutrons"]) {
      const call = field(nucleus, keyword)?.assign?.value;
      for (const argument of call?.kind === "call" ? call.args : []) {
        check(checking, argument.value, argument.name?.text ?? "R", site);
      }
    }
  }
  for (const interaction of declarationsOf(checking, "interaction")) {
    const site = library.inside(interaction, "natural", value, scatteringNames(graph));
    for (const { block, label } of fieldsOf(interaction, "mediator")) {
      const mass = block?.statements.find(({ keyword }) => keyword.text === "mass");
      if (mass !== undefined) checkValue(checking, mass, `mass of ${label?.parts[0]?.text ?? ""}`, site);
    }
  }
  for (const experiment of declarationsOf(checking, "experiment")) {
    const site = library.inside(experiment, "strict", value);
    for (const use of [...fieldsOf(experiment, "source"), ...fieldsOf(experiment, "detector")]) {
      checkInputs(checking, library.declaration(labelOf(use)), use, site);
    }
  }
}

const exposures: ReadonlySet<Dimension> = new Set([
  base.length,
  base.mass,
  base.POT,
  dimension({ energy: 1, time: -1 }),
]);

function checkInputs(checking: Checking, owner: Declaration | undefined, use: Statement, site: Site): void {
  if (owner === undefined) return;
  for (const [name, binding] of inputsOf(owner, use, site)) {
    const given = use.block?.statements.find(({ keyword }) => keyword.text === name);
    if (given === undefined || binding.kind !== "value" || binding.value.kind !== "quantity") continue;
    if (exposures.has(binding.value.dimension)) checkValue(checking, given, name, site);
  }
}

function checkValue(checking: Checking, { assign }: Statement, name: string, site: Site): void {
  if (assign !== undefined) check(checking, assign.value, name, site);
}

function check(checking: Checking, expr: Expr, name: string, site: Site): void {
  const value = elaborateQuantity(expr, site);
  // What an input makes of it is looked at where an experiment gives the input.
  if (value === undefined || dependence(value.node).variables.size > 0) return;
  const number = valueAt(checking, value.node);
  if (!(number <= 0)) return;
  const found = writtenAs(checking, expr, number, value.dimension);
  checking.report(diagnostic("SV1402", expr.span, { field: name, found }, unsigned(expr)));
}
