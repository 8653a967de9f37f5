/** Where integrands are not smooth, panels of the quadrature end. */
import { describe, expect, test } from "vitest";
import { evaluate } from "../../compiler/rate/evaluate.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { IntegralNode, Node } from "../../compiler/rate/node.ts";
import { findKinks } from "../../compiler/stage/kinks.ts";
import { resting } from "../../compiler/stage/peaks.ts";

const graph = new Graph();
const x = graph.variable("x");
const number = (value: number): Node => graph.number(value);
const cut = graph.parameter("cut");
const atCut = (name: string): number => (name === "cut" ? 1.5 : 0);

/** Split points of the integral of a body from 0 to 4, as numbers at cut = 1.5. */
function splitsOf(body: Node): readonly number[] {
  const node = findKinks(graph, resting(atCut))(graph.integral("general", x, number(0), number(4), body));
  if (node.op !== "integral") throw new Error(`the integral became a ${node.op}`);
  return node.args
    .slice(3)
    .map((split) => evaluate(split, { parameters: atCut }))
    .sort((a, b) => a - b);
}

describe("an integral is split", () => {
  test("where a condition changes, at the parameter itself when it is one", () => {
    expect(splitsOf(graph.select("<", x, number(3), x, number(1)))).toEqual([3]);
    expect(splitsOf(graph.select("<=", graph.multiply(number(2), x), cut, x, number(1)))).toEqual([0.75]);
  });

  test("where max, min and abs have their corner, also of a curve", () => {
    expect(splitsOf(graph.call("abs", graph.subtract(x, number(2))))).toEqual([2]);
    const [root] = splitsOf(graph.call("max", number(0), graph.subtract(graph.call("exp", x), number(5))));
    expect(root).toBeCloseTo(Math.log(5), 12);
  });

  test("where a curve and a parameter meet, found again when the parameter moves", () => {
    const body = graph.call("max", number(0), graph.subtract(graph.power(x, number(2)), cut));
    const node = findKinks(graph, resting(atCut))(graph.integral("general", x, number(0), number(4), body));
    const split = node.op === "integral" ? node.args[3] : undefined;
    expect(split?.op).toBe("root");
    for (const value of [0.5, 1.5, 9]) {
      const found = split === undefined ? Number.NaN : evaluate(split, { parameters: () => value });
      expect(found).toBeCloseTo(Math.sqrt(value), 10);
    }
  });

  test("at every knot of a table, also where a parameter shifts it", () => {
    const table = (interpolation: "linear" | "spline") =>
      ({
        name: `t_${interpolation}`,
        x: [0.5, 1, 2, 3],
        y: [1, 3, 2, 5],
        interpolation,
        outside: "zero",
      }) as const;
    expect(splitsOf(graph.table(table("linear"), x))).toEqual([0.5, 1, 2, 3]);
    expect(splitsOf(graph.table(table("spline"), x))).toEqual([0.5, 1, 2, 3]);
    expect(splitsOf(graph.table(table("linear"), graph.subtract(x, cut)))).toEqual([2, 2.5, 3.5, 4.5]);
  });

  test("nowhere when it is smooth", () => {
    expect(splitsOf(graph.multiply(x, graph.call("exp", x)))).toEqual([]);
  });
});

describe("narrow peaks", () => {
  const bins = graph.axis("bins", 2, true);
  const low = graph.data("low", [bins], { kind: "values", values: [0, 1] });
  const high = graph.data("high", [bins], { kind: "values", values: [1, 5] });
  const u = graph.variable("u");

  /** exp(-(x - u^2)^2/(2 sigma^2)) over the bins inside an integral over u from 0 to 2. */
  function responseTo(sigma: number): IntegralNode {
    const distance = graph.subtract(x, graph.power(u, number(2)));
    const exponent = graph.multiply(number(-1 / (2 * sigma ** 2)), graph.power(distance, number(2)));
    const response = graph.integral("observable", x, low, high, graph.call("exp", exponent));
    const node = findKinks(
      graph,
      resting(atCut),
    )(graph.integral("recoil", u, number(0), number(2), response));
    if (node.op !== "integral") throw new Error("no integral");
    return node;
  }

  test("have panels of six standard deviations on either side of the mean", () => {
    const inner = responseTo(0.01).args[2];
    const splits = inner.op === "integral" ? inner.args.slice(3) : [];
    const at = splits.map((split) => evaluate(split, { parameters: atCut, variables: new Map([[u, 1.2]]) }));
    expect(at.map((value) => Number(value.toFixed(9)))).toEqual([1.38, 1.44, 1.5]);
  });

  test("make the recoil integral end panels around each edge of the bins", () => {
    const splits = responseTo(0.01)
      .args.slice(3)
      .map((split) => evaluate(split, { parameters: atCut }));
    for (const edge of [0.96, 1, 1.04]) {
      expect(splits.some((value) => Math.abs(value - Math.sqrt(edge)) < 1e-9)).toBe(true);
    }
  });

  test("broad ones are left alone", () => {
    expect(responseTo(1).args).toHaveLength(3);
  });
});
