/** Counts of what is not the signal. */
import type { Statement } from "../../grammar/syntax.ts";
import { labelOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { backgroundParameter, totalOf } from "./nuisances.ts";
import { type Binned, innerField, lowerShape, overBins } from "./shape.ts";

/** Expected counts per bin: the `events` as they are, or a normalised shape times the total. */
export function lowerBackground(binned: Binned, statement: Statement): Node | undefined {
  const name = labelOf(statement);
  const events = innerField(statement, "events");
  return events === undefined
    ? shapeTimesTotal(binned, statement, name)
    : overBins(binned, `${name}_events`, events);
}

function shapeTimesTotal(binned: Binned, statement: Statement, name: string): Node | undefined {
  const { library, declaration, axes, site, value } = binned;
  const { graph } = library.context;
  const shape = innerField(statement, "shape");
  const total = totalOf(statement, site);
  if (total === undefined || shape === undefined) return undefined;
  const share = lowerShape(binned, name, shape, axes);
  if (share === undefined) return undefined;
  const parameter = backgroundParameter(declaration, statement, site);
  const scale = parameter === undefined ? graph.number(1) : graph.add(graph.number(1), value(parameter).node);
  return graph.multiply(share, total.node, scale);
}
