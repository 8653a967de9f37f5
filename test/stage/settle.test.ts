/** Conditions with one answer over all that an integral runs over. */
import { expect, test } from "vitest";
import { Graph } from "../../compiler/rate/graph.ts";
import type { Node } from "../../compiler/rate/node.ts";
import { settleConditions } from "../../compiler/stage/settle.ts";

const graph = new Graph();
const x = graph.variable("x");
const [low, high] = [graph.parameter("low"), graph.parameter("high")];
const number = (value: number): Node => graph.number(value);
const axis = graph.axis("bins", 2, true);
const edges = (name: string, values: readonly number[]): Node =>
  graph.data(name, [axis], { kind: "values", values });
const square = graph.power(x, number(2));

/** The body that an integral over the bins 1 .. 2 and 2 .. 4 is left with. */
function settled(body: Node): Node {
  const node = graph.integral("observable", x, edges("low", [1, 2]), edges("high", [2, 4]), body);
  const result = settleConditions(graph)(node);
  if (result.op !== "integral") throw new Error(`the integral became a ${result.op}`);
  return result.args[2];
}

test("what holds in all bins, or in none, is settled", () => {
  expect(settled(graph.select("<", x, number(0.5), number(7), square))).toBe(square);
  expect(settled(graph.select("<=", x, number(5), square, number(7)))).toBe(square);
  expect(settled(graph.select("<", number(-1), graph.multiply(number(2), x), square, x))).toBe(square);
});

test("what changes inside, at an end, or with a parameter stays", () => {
  for (const place of [number(1), number(1.5), number(4), low]) {
    const body = graph.select("<", x, place, number(7), square);
    expect(settled(body)).toBe(body);
  }
});

test("limits that are parameters settle nothing", () => {
  const body = graph.select("<", x, number(-100), number(7), square);
  const node = graph.integral("general", x, low, high, body);
  expect(settleConditions(graph)(node)).toBe(node);
});

test("a condition in an inner integral is settled by its own limits alone", () => {
  const y = graph.variable("y");
  const inner = graph.integral("general", y, number(0), number(1), graph.select("<", y, number(2), x, y));
  expect(settled(inner)).toBe(graph.integral("general", y, number(0), number(1), x));
});
