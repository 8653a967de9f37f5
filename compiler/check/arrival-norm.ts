import { diagnostic, divided } from "../diagnostics/index.ts";
import { lowerArrival, speciesOf } from "../lower/source.ts";
import { fieldsOf } from "../model/model.ts";
import { dependence } from "../rate/analyse.ts";
import { base, displayUnit } from "../units/index.ts";
import { type Checking, declarationsOf, functionOf, shown } from "./checking.ts";
import { integralOverLine } from "./line-integral.ts";
import { sourceSite } from "./source-formulas.ts";

/** Tails of tables are extrapolated, and published ones are rounded. */
const tolerance = 1e-2;

/** Arrival times are a density over all times: what falls out of the time window is counted by the bins. */
export function arrivalNorm(checking: Checking): void {
  const t = checking.graph.variable("t");
  const scale = displayUnit(base.time, "us").factorToInternal;
  for (const source of declarationsOf(checking, "source")) {
    const site = sourceSite(checking, source);
    for (const species of speciesOf(source)) {
      const statement = fieldsOf(source, "arrival").find(({ index }) => index?.names[0]?.text === species);
      const density = lowerArrival(source, species, site)?.(t);
      if (statement === undefined || density?.kind !== "quantity") continue;
      if ([...dependence(density.node).variables].some((variable) => variable !== t)) continue;
      const found = integralOverLine(functionOf(checking, density.node, t), scale);
      if (!Number.isFinite(found) || Math.abs(found - 1) <= tolerance) continue;
      const span = statement.assign?.value.span ?? statement.span;
      const parameters = {
        observable: `the arrival times of ${species}`,
        found: shown(found),
        place: "all times",
      };
      checking.report(diagnostic("SV1503", span, parameters, divided(found, statement)));
    }
  }
}
