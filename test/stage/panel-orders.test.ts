/** Points of recoil integrals, panel by panel: few where the integrand is smooth, cuts where it is not. */
import { describe, expect, test } from "vitest";
import { ArrayEvaluator } from "../../compiler/rate/evaluate-arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { Node } from "../../compiler/rate/node.ts";
import {
  type Candidate,
  choosePanelOrders,
  joinedOrders,
  type PanelOrders,
  panelsWithin,
} from "../../compiler/stage/panel-orders.ts";
import { panels } from "../../runtime/panels.ts";

const graph = new Graph();
const u = graph.variable("u");
const number = (value: number): Node => graph.number(value);
const evaluator = new ArrayEvaluator((name) => (name === "nowhere" ? Number.NaN : 1));
const bins = graph.axis("bins", 3, true);
const centres = graph.data("centres", [bins], { kind: "values", values: [0.2, 0.5, 1.4] });

const candidate = (body: Node, boundaries: readonly number[], slack = 1): Candidate => ({
  variable: u,
  boundaries,
  slack,
  products: [{ wide: body, narrow: number(1) }],
});

function chosen(body: Node, boundaries: readonly number[], tolerance = 1e-8): PanelOrders {
  const found = choosePanelOrders([candidate(body, boundaries)], evaluator, tolerance);
  if (found === undefined) throw new Error("nothing was chosen");
  return found;
}

/** The integral of a function with the points that were chosen. */
function integral({ ends, orders }: PanelOrders, f: (x: number) => number): number {
  const { nodes, weights } = panels([ends], orders);
  return nodes.reduce((sum, x, k) => sum + weights[k]! * f(x), 0);
}

/** exp(-(u - c)²/(2 w²)) for each of the centres. */
function peak(width: number): Node {
  const square = graph.power(graph.subtract(u, centres), number(2));
  return graph.call("exp", graph.multiply(number(-0.5 / width ** 2), square));
}

describe("points of panels", () => {
  test("a polynomial needs no more than the fewest", () => {
    const found = chosen(graph.power(u, number(9)), [0, 1, 3]);
    expect(found.orders).toEqual([6, 6]);
    expect(found.reached).toBeLessThan(1e-12);
  });

  test("only the panels with a peak get many, for the bin that needs most", () => {
    const found = chosen(peak(0.05), [0, 1, 2, 3]);
    expect(found.ends.filter((end) => end > 2 && end < 3)).toEqual([]);
    expect(found.orders.at(-1)).toBe(6);
    expect(Math.max(...found.orders)).toBeGreaterThan(12);
    for (const centre of [0.2, 0.5, 1.4]) {
      const exact = 0.05 * Math.sqrt(2 * Math.PI);
      const sum = integral(found, (x) => Math.exp(-(((x - centre) / 0.05) ** 2) / 2));
      // The first peak is cut off at zero, four widths away.
      expect(Math.abs(sum / exact - 1)).toBeLessThan(centre === 0.2 ? 4e-5 : 1e-8);
    }
  });

  test("a kink that is no boundary is closed in by halves", () => {
    const found = chosen(graph.call("abs", graph.subtract(u, number(0.3))), [0, 1], 1e-6);
    expect(found.ends.length).toBeGreaterThan(4);
    const sum = integral(found, (x) => Math.abs(x - 0.3));
    expect(Math.abs(sum / ((0.3 ** 2 + 0.7 ** 2) / 2) - 1)).toBeLessThan(1e-6);
    const widths = found.ends.slice(1).map((end, i) => end - found.ends[i]!);
    const atKink = found.ends.findLastIndex((end) => end < 0.3);
    expect(widths[atKink]).toBe(Math.min(...widths));
  });

  test("several integrals are served together", () => {
    const bodies = [graph.power(u, number(2)), peak(0.1)];
    const together = choosePanelOrders(
      bodies.map((body) => candidate(body, [0, 1, 2])),
      evaluator,
      1e-8,
    );
    expect(together?.orders).toEqual(chosen(peak(0.1), [0, 1, 2]).orders);
  });

  test("factors that are the same in all bins may stand apart", () => {
    const narrow = graph.power(u, number(3));
    const apart = { ...candidate(narrow, [0, 2]), products: [{ wide: peak(0.1), narrow }] };
    const whole = candidate(graph.multiply(peak(0.1), narrow), [0, 2]);
    const both = [apart, whole].map((one) => choosePanelOrders([one], evaluator, 1e-8));
    expect(both[0]?.orders).toEqual(both[1]?.orders);
  });

  test("what may be off by more gets fewer points", () => {
    const points = [1, 1e4].map((slack) => {
      const found = choosePanelOrders([candidate(peak(0.1), [0, 1, 2], slack)], evaluator, 1e-8);
      return found?.orders.reduce((sum, order) => sum + order, 0) ?? 0;
    });
    expect(points[1]).toBeLessThan(points[0]!);
  });

  test("what is no number in some bin has none", () => {
    const body = graph.multiply(u, graph.parameter("nowhere"));
    expect(choosePanelOrders([candidate(body, [0, 1])], evaluator, 1e-8)).toBeUndefined();
  });

  test("the same points asked for again give the same", () => {
    expect(chosen(peak(0.07), [0, 2])).toEqual(chosen(peak(0.07), [0, 2]));
  });
});

describe("panels of another integral over the variable", () => {
  const some: PanelOrders = { ends: [0, 1, 2, 4], orders: [6, 48, 12], reached: 1e-9 };

  test("are cut at its own boundaries too", () => {
    expect(panelsWithin(some, [0, 1.5, 4])).toEqual({ ends: [0, 1, 1.5, 2, 4], orders: [6, 48, 48, 12] });
  });

  test("may end elsewhere", () => {
    expect(panelsWithin(some, [0.5, 3, 6])).toEqual({
      ends: [0.5, 1, 2, 3, 4, 6],
      orders: [6, 48, 12, 12, 6],
    });
  });

  test("of two integrals have the points of both", () => {
    const other: PanelOrders = { ends: [0, 3, 4], orders: [24, 6], reached: 2e-9 };
    expect(joinedOrders([some, other])).toEqual({
      ends: [0, 1, 2, 3, 4],
      orders: [24, 48, 24, 12],
      reached: 2e-9,
    });
  });
});
