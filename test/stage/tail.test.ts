/** Tails of spectra against the integrals that they stand for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reachable } from "../../compiler/rate/analyse.ts";
import { evaluate, interpolantOf } from "../../compiler/rate/evaluate.ts";
import { ArrayEvaluator } from "../../compiler/rate/evaluate-arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { IntegralNode, Node } from "../../compiler/rate/node.ts";
import { differentiator } from "../../compiler/stage/differentiate.ts";
import { discretise } from "../../compiler/stage/quadrature.ts";
import { panelsOfTail } from "../../compiler/stage/tail.ts";

const graph = new Graph();
const E = graph.variable("E");
const number = (value: number): Node => graph.number(value);
const table = {
  name: "spectrum",
  x: [1, 2, 3, 5, 6, 8],
  y: [4, 9, 2, 2, 7, 1],
  interpolation: "linear",
  outside: "zero",
} as const;
const knots = table.x.map(number);
const least = graph.parameter("least");

function tail(body: Node, high = 8, low: Node = least): IntegralNode {
  const node = graph.integral("energy", E, low, number(high), body, knots);
  if (node.op !== "integral") throw new Error("no integral");
  return node;
}

const density = graph.multiply(number(3), graph.table(table, E));

/** The value of a discretised expression where the least energy is so much. */
const valueAt = (node: Node, from: number): number =>
  new ArrayEvaluator(() => from).elements(node)[0] ?? Number.NaN;

describe("from a moving point to a fixed end", () => {
  const made = discretise(graph, () => 2)(tail(density));
  const at = (from: number): number => valueAt(made, from);
  const exact = (from: number): number => 3 * interpolantOf(table).integral(from, 8);

  test("exact for a table of straight lines, wherever the point is", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10, noNaN: true }), (from) => {
        expect(at(from)).toBeCloseTo(from >= 8 ? 0 : exact(from), 11);
      }),
    );
    for (const knot of [...table.x, 9]) expect(at(knot)).toBeCloseTo(knot >= 8 ? 0 : exact(knot), 11);
  });

  test("only one panel is gone over", () => {
    const sums = reachable([made]).flatMap((node) => (node.op === "sum" ? [node.axis.size] : []));
    expect(sums).toEqual([4]);
  });

  test("its slope is the density at the point", () => {
    const slope = differentiator(graph, "least")(made);
    for (const from of [1.3, 2.7, 6.5]) {
      const expected = -evaluate(density, { parameters: () => 0, variables: new Map([[E, from]]) });
      expect(valueAt(slope, from)).toBeCloseTo(expected, 9);
    }
  });

  test("densities that differ by a number share their tables", () => {
    const other = discretise(graph, () => 2)(tail(graph.multiply(number(-5), graph.table(table, E))));
    const tables = (node: Node): readonly string[] =>
      reachable([node]).flatMap((one) => (one.op === "table" ? [one.table.name] : []));
    expect(new Set(tables(other))).toEqual(new Set(tables(made)));
    expect(valueAt(other, 2.5)).toBeCloseTo((-5 / 3) * at(2.5), 11);
  });
});

test("an integral with parameters in its body, an end that moves, or few panels is no tail", () => {
  const splits = [...table.x];
  expect(panelsOfTail(tail(density), splits)).toEqual([1, 2, 3, 5, 6, 8]);
  expect(panelsOfTail(tail(graph.multiply(density, graph.parameter("norm"))), splits)).toBeUndefined();
  expect(panelsOfTail(tail(density, 8, number(0)), splits)).toBeUndefined();
  expect(panelsOfTail(tail(density), [2, 3])).toBeUndefined();
});
