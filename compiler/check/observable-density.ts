import { diagnostic } from "../diagnostics/index.ts";
import { quantity, type Value } from "../elaborate/value.ts";
import { labelOf } from "../lower/experiment.ts";
import { type ObservableParts, recoilFields } from "../lower/response.ts";
import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, dimension, displayUnit } from "../units/index.ts";
import { type Checking, functionOf, shown } from "./checking.ts";
import { detectorUses } from "./detector-uses.ts";
import { integralOverLine } from "./line-integral.ts";

const tolerance = 1e-3;
/** Recoil energies at which a smearing is looked at, MeV. */
const recoils = [2e-3, 8e-3, 2.5e-2];

/** A density over an observable integrates to 1 at every recoil energy: smearing neither makes nor loses events. */
export function observableDensity(checking: Checking): void {
  const done = new Set<string>();
  for (const { detector, parts, electronParts } of detectorUses(checking)) {
    for (const part of [...parts, ...electronParts.filter(({ dependsOnRecoil }) => dependsOnRecoil)]) {
      const key = `${detector.name}.${part.axis.name}.${part.recoil}`;
      if (!done.has(key)) checkDensity(checking, part);
      done.add(key);
    }
  }
}

function checkDensity(
  checking: Checking,
  { axis, statement, density, dependsOnRecoil, recoil: kind }: ObservableParts,
): void {
  const { graph, report } = checking;
  const { density: name, unit } = recoilFields[kind];
  const formula = statement.block?.statements.find(({ keyword }) => keyword.text === name);
  const expr = formula?.assign?.value;
  if (expr === undefined) return;
  const T = graph.variable("T");
  const node = density(dependsOnRecoil ? T : undefined, normalisedArrival(graph));
  if (node === undefined) return;
  if ([...dependence(node).variables].some((one) => one !== T && one !== axis.variable)) return;
  const scale = displayUnit(axis.dimension).factorToInternal;
  for (const recoil of dependsOnRecoil ? recoils : [0]) {
    const found = integralOverLine(functionOf(checking, node, axis.variable, [[T, recoil]]), scale);
    // A peak too narrow to be found is no fault.
    if (!Number.isFinite(found) || found === 0 || Math.abs(found - 1) <= tolerance) continue;
    const place = dependsOnRecoil ? `T = ${shown(recoil * 1e3)} ${unit}` : "all values";
    const parameters = { observable: `\`${labelOf(statement)}\``, found: shown(found), place };
    report(diagnostic("SV1503", expr.span, parameters));
    return;
  }
}

/** An exponential with a mean life of 1 us. */
function normalisedArrival(graph: Graph): (t: Node) => Value {
  const rate = graph.number(1 / displayUnit(base.time, "us").factorToInternal);
  return (t) => {
    const decay = graph.multiply(rate, graph.call("exp", graph.negate(graph.multiply(rate, t))));
    return quantity(graph.select("<", t, graph.number(0), graph.number(0), decay), dimension({ time: -1 }));
  };
}
