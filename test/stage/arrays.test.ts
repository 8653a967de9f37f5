/** Whole arrays at a time against the definition of each element. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dependence } from "../../compiler/rate/analyse.ts";
import { evaluate } from "../../compiler/rate/evaluate.ts";
import { ArrayEvaluator } from "../../compiler/rate/evaluate-arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { Axis, Node } from "../../compiler/rate/node.ts";
import { build, sketches } from "./expressions.ts";

const graph = new Graph();
const bins = graph.axis("bins", 3, true);
const points = graph.axis("points", 2);
const values = (name: string, axes: readonly Axis[], numbers: readonly number[]): Node =>
  graph.data(name, axes, { kind: "values", values: numbers });
const low = values("low", [bins], [0.5, -1, 2]);
const at = values("at", [points], [0.25, 0.75]);
const table = values("table", [points, bins], [1, -2, 3, 0.5, 0.1, -0.7]);
const a = graph.parameter("a");
const leaves = [low, at, table, a, graph.number(2)];
const parameters = (): number => 1.5;

/** Element by element, in the order of the array. */
function oneByOne(node: Node): readonly number[] {
  const axes = [...dependence(node).axes].sort((x, y) => x.serial - y.serial);
  const places = axes.reduce<readonly (readonly [Axis, number][])[]>(
    (rows, axis) =>
      rows.flatMap((row) =>
        Array.from({ length: axis.size }, (_, i): readonly [Axis, number][] => [...row, [axis, i]]),
      ),
    [[]],
  );
  return places.map((place) => evaluate(node, { parameters, axes: new Map(place) }));
}

function expectSame(node: Node): void {
  const found = new ArrayEvaluator(parameters).elements(node);
  const expected = oneByOne(node);
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    // The definition stops a product at its first zero.
    if (Number.isFinite(value) && Number.isFinite(found[i])) {
      expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value) + 1e-12);
    }
  });
}

test("random expressions over axes that they share or not", () => {
  fc.assert(
    fc.property(sketches, (sketch) => expectSame(build(graph, sketch, leaves))),
    { seed: 3 },
  );
});

test("sums over an axis, of what has it and what has not", () => {
  fc.assert(
    fc.property(sketches, (sketch) => expectSame(graph.sum(points, build(graph, sketch, leaves)))),
    { seed: 4 },
  );
});

describe("nodes that random expressions do not hold", () => {
  const knots = { name: "knots", x: [0, 1, 2], y: [1, 3, 2], interpolation: "linear" } as const;

  test("conditions, and a table in a branch that is not taken", () => {
    const looked = graph.table({ ...knots, outside: "error" }, low);
    expectSame(graph.select("<", low, graph.number(0), at, graph.multiply(a, table)));
    const safe = graph.select("<", low, graph.number(0), graph.number(7), looked);
    expect([...new ArrayEvaluator(parameters).elements(safe)]).toEqual([2, 7, 2]);
  });

  test("a table and its slope", () => {
    const held = { ...knots, name: "held", outside: "hold" } as const;
    expectSame(graph.table(held, graph.multiply(a, low)));
    expectSame(graph.table(held, graph.multiply(a, low), 1));
  });

  test("functions of three arguments", () => {
    expectSame(graph.call("gamma_pdf", at, a, graph.add(graph.number(3), low)));
  });

  test("a root that moves with the bin", () => {
    const x = graph.variable("x");
    const condition = graph.subtract(graph.power(x, graph.number(3)), low);
    expectSame(graph.root(x, graph.number(-4), graph.number(4), condition, graph.number(9)));
  });

  test("nodes and weights of rules add up to what they integrate", () => {
    const axis = graph.axis("rule", 6);
    const source = { boundaries: [[0, 1, 3]], order: 3 } as const;
    const nodes = graph.data("rule_nodes", [axis], { kind: "panels", ...source, what: "nodes" });
    const weights = graph.data("rule_weights", [axis], { kind: "panels", ...source, what: "weights" });
    const square = graph.sum(axis, graph.multiply(weights, graph.power(nodes, graph.number(2))));
    expect(new ArrayEvaluator(parameters).elements(square)[0]).toBeCloseTo(9, 12);
  });
});
