/** Counts of what is not the signal. */
import type { Statement } from "../../grammar/syntax.ts";
import { labelOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { backgroundParameter, totalOf } from "./nuisances.ts";
import { type Binned, innerField, lowerShape, overBins, sumOverBins } from "./shape.ts";

/** Expected counts per bin: the `events` as they are, or a normalised shape times the total. */
export function lowerBackground(binned: Binned, statement: Statement): Node | undefined {
  const name = labelOf(statement);
  const events = innerField(statement, "events");
  return events === undefined
    ? shapeTimesTotal(binned, statement, name)
    : overBins(binned, `${name}_events`, events);
}

function shapeTimesTotal(binned: Binned, statement: Statement, name: string): Node | undefined {
  const shape = innerField(statement, "shape");
  const total = scaledTotal(binned, statement);
  if (total === undefined || shape === undefined) return undefined;
  const share = lowerShape(binned, name, shape, binned.axes);
  return share === undefined ? undefined : binned.library.context.graph.multiply(share, ...total);
}

/** Expected number of events, and one plus its relative shift. */
function scaledTotal(
  { library, declaration, site, value }: Binned,
  statement: Statement,
): readonly Node[] | undefined {
  const { graph } = library.context;
  const total = totalOf(statement, site);
  const parameter = backgroundParameter(declaration, statement, site);
  if (total === undefined) return undefined;
  return parameter === undefined
    ? [total.node]
    : [total.node, graph.add(graph.number(1), value(parameter).node)];
}

/**
 * Variance of the expected counts of each bin from the limited statistics of the numbers that the background is given by;
 * undefined when it has no `errors`. It moves with what the background is multiplied by.
 */
export function lowerVariance(
  binned: Binned,
  statement: Statement,
  factors: readonly Node[],
): Node | undefined {
  const { graph } = binned.library.context;
  const name = labelOf(statement);
  const errors = innerField(statement, "errors");
  const shape = innerField(statement, "shape");
  const perBin = errors === undefined ? undefined : overBins(binned, `${name}_errors`, errors);
  if (perBin === undefined) return undefined;
  const square = (node: Node): Node => graph.power(node, graph.number(2));
  const scales = factors.map(square);
  if (shape !== undefined) {
    const total = scaledTotal(binned, statement);
    const sum = sumOverBins(binned, `${name}_shape`, shape);
    if (total === undefined || sum === undefined) return undefined;
    scales.push(...total.map(square), graph.power(sum, graph.number(-2)));
  }
  return graph.multiply(square(perBin), ...scales);
}
