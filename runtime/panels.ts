import { largestOf } from "./extremes.ts";
import { gaussLegendre } from "./quadrature.ts";

/** Nodes and weights of composite Gauss-Legendre rules, one row per list of panel boundaries, row-major. */
export interface Panels {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Composite rules between given boundaries. Rows may have different numbers of panels; the shorter ones are
 * filled with nodes at their upper end of weight zero, so that all rows have equally many.
 *
 * @param order Gauss-Legendre points in every panel, or a list of those in the first, second, … panel of a row.
 */
export function panels(
  boundaries: readonly (readonly number[])[],
  order: number | readonly number[],
): Panels {
  const count = largestOf(boundaries.map((row) => row.length - 1));
  const rules = Array.from({ length: count }, (_, panel) =>
    gaussLegendre(typeof order === "number" ? order : (order[panel] ?? 0)),
  );
  const width = rules.reduce((sum, rule) => sum + rule.nodes.length, 0);
  const nodes = new Float64Array(width * boundaries.length);
  const weights = new Float64Array(width * boundaries.length);
  let k = 0;
  for (const row of boundaries) {
    const last = row[row.length - 1] ?? 0;
    rules.forEach((rule, panel) => {
      const low = row[panel] ?? last;
      const high = row[panel + 1] ?? last;
      for (let point = 0; point < rule.nodes.length; point++, k++) {
        nodes[k] = low + (high - low) * (rule.nodes[point] ?? 0);
        weights[k] = (high - low) * (rule.weights[point] ?? 0);
      }
    });
  }
  return { nodes, weights };
}

/** Nodes and weights on [0, 1] of each panel, and the ends of the panel itself, for limits known at run time. */
export interface UnitPanels extends Panels {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function unitPanels(boundaries: readonly (readonly number[])[], order: number): UnitPanels {
  const rule = gaussLegendre(order);
  const width = largestOf(boundaries.map((row) => row.length - 1)) * order;
  const size = width * boundaries.length;
  const result = {
    nodes: new Float64Array(size),
    weights: new Float64Array(size),
    low: new Float64Array(size),
    high: new Float64Array(size),
  };
  boundaries.forEach((row, i) => {
    for (let k = 0; k < width; k++) {
      const panel = Math.floor(k / order);
      const last = row[row.length - 1] ?? 0;
      result.nodes[i * width + k] = rule.nodes[k % order] ?? 0;
      result.weights[i * width + k] = rule.weights[k % order] ?? 0;
      result.low[i * width + k] = row[panel] ?? last;
      result.high[i * width + k] = row[panel + 1] ?? last;
    }
  });
  return result;
}
