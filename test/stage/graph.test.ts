/** The rate form keeps one node for each value, and does what is known at once. */
import { describe, expect, test } from "vitest";
import { dependence, dependsOn, isConstant, reachable } from "../../compiler/rate/analyse.ts";
import { evaluate } from "../../compiler/rate/evaluate.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import { linearIn, rewriter, substitute } from "../../compiler/rate/rewrite.ts";

const none = { parameters: (): number => Number.NaN };

describe("equal expressions are one node", () => {
  const graph = new Graph();
  const [a, b, c] = [graph.parameter("a"), graph.parameter("b"), graph.parameter("c")];

  test("sums and products do not depend on the order they were written in", () => {
    expect(graph.add(a, b, c)).toBe(graph.add(c, graph.add(b, a)));
    expect(graph.multiply(a, b, c)).toBe(graph.multiply(graph.multiply(c, a), b));
  });

  test("repeated terms and factors are collected", () => {
    expect(graph.add(a, a, a)).toBe(graph.multiply(graph.number(3), a));
    expect(graph.multiply(a, a)).toBe(graph.power(a, graph.number(2)));
    expect(graph.subtract(graph.add(a, b), a)).toBe(b);
    expect(graph.divide(graph.multiply(a, b), a)).toBe(b);
  });

  test("a whole power of a product is the product of powers, a root of a square stays", () => {
    const two = graph.number(2);
    expect(graph.power(graph.multiply(a, b), two)).toBe(
      graph.multiply(graph.power(a, two), graph.power(b, two)),
    );
    expect(graph.call("sqrt", graph.power(a, two))).not.toBe(a);
  });

  test("two variables of one name are two variables", () => {
    expect(graph.variable("x")).not.toBe(graph.variable("x"));
  });
});

describe("folding", () => {
  const graph = new Graph();
  const a = graph.parameter("a");

  test("constants are computed, neutral elements vanish", () => {
    expect(graph.add(graph.number(1), graph.number(2))).toBe(graph.number(3));
    expect(graph.multiply(graph.number(0), a)).toBe(graph.number(0));
    expect(graph.multiply(graph.number(1), a)).toBe(a);
    expect(graph.power(a, graph.number(0))).toBe(graph.number(1));
    expect(graph.call("exp", graph.number(0))).toBe(graph.number(1));
    expect(graph.number(-0)).toBe(graph.number(0));
  });

  test("a condition that is decided leaves its branch, equal branches leave no condition", () => {
    const [one, two] = [graph.number(1), graph.number(2)];
    expect(graph.select("<", one, two, a, two)).toBe(a);
    expect(graph.select("<", a, two, one, one)).toBe(one);
  });

  test("integrals and sums of zero are zero", () => {
    const x = graph.variable("x");
    const zero = graph.number(0);
    expect(graph.integral("general", x, zero, a, zero)).toBe(zero);
    expect(graph.sum(graph.axis("i", 4), zero)).toBe(zero);
  });
});

describe("what a node depends on", () => {
  const graph = new Graph();
  const a = graph.parameter("a");
  const x = graph.variable("x");
  const axis = graph.axis("bin", 3, true);
  const edges = graph.data("edges", [axis], { kind: "values", values: [1, 2, 4] });
  const body = graph.multiply(a, x, edges);

  test("free variables, parameters and axes", () => {
    const { variables, parameters, axes } = dependence(body);
    expect([...variables]).toEqual([x]);
    expect([...parameters]).toEqual(["a"]);
    expect([...axes]).toEqual([axis]);
  });

  test("an integral binds its variable, a sum its axis", () => {
    const integral = graph.integral("general", x, graph.number(0), graph.number(1), body);
    expect(dependsOn(integral, x)).toBe(false);
    expect(dependence(graph.sum(axis, integral)).axes.size).toBe(0);
    expect(isConstant(graph.sum(axis, edges))).toBe(true);
    expect(evaluate(graph.sum(axis, edges), none)).toBe(7);
  });

  test("operands come before what uses them", () => {
    const order = reachable([body]);
    expect(order.indexOf(x)).toBeLessThan(order.indexOf(body));
    expect(new Set(order).size).toBe(order.length);
  });
});

test("a share of a sum over the bins: the bin at hand comes back behind the sum", () => {
  const graph = new Graph();
  const bins = graph.axis("bins", 3, true);
  const shape = graph.data("shape", [bins], { kind: "values", values: [1, 3, 4] });
  const norm = graph.divide(graph.number(1), graph.sum(bins, shape));
  // Operands are in the order in which they were made: this one is read behind the sum.
  const edges = graph.data("edges", [bins], { kind: "values", values: [10, 20, 30] });
  const share = graph.multiply(norm, edges);
  expect(evaluate(share, { parameters: () => 0, axes: new Map([[bins, 1]]) })).toBe(2.5);
});

describe("rewriting", () => {
  const graph = new Graph();
  const x = graph.variable("x");
  const a = graph.parameter("a");

  test("substitution reaches every place and leaves the rest alone", () => {
    const node = graph.add(graph.power(x, graph.number(2)), a);
    expect(substitute(graph, node, x, graph.number(3))).toBe(graph.add(graph.number(9), a));
    expect(substitute(graph, a, x, graph.number(3))).toBe(a);
  });

  test("a rewriter sees each node over its changed operands, shared parts once", () => {
    const seen: string[] = [];
    const shared = graph.call("exp", x);
    const swap = rewriter(graph, (node) => {
      seen.push(node.op);
      return node === x ? a : node;
    });
    expect(swap(graph.add(shared, graph.call("cos", shared)))).toBe(
      graph.add(graph.call("exp", a), graph.call("cos", graph.call("exp", a))),
    );
    expect(seen.filter((op) => op === "variable")).toHaveLength(1);
  });

  test("what a node is called survives", () => {
    const named = graph.label(graph.call("sin", x), "wave");
    const moved = substitute(graph, named, x, graph.multiply(a, x));
    expect(graph.labelOf(moved)).toBe("wave");
  });
});

describe("linearIn", () => {
  const graph = new Graph();
  const x = graph.variable("x");
  const a = graph.parameter("a");

  test("finds offset and slope, with parameters in them", () => {
    const node = graph.multiply(a, graph.add(graph.multiply(graph.number(3), x), graph.number(2)));
    const found = linearIn(graph, node, x);
    expect(found?.slope).toBe(graph.multiply(graph.number(3), a));
    expect(found?.offset).toBe(graph.multiply(graph.number(2), a));
  });

  test("something free of the variable has slope zero", () => {
    expect(linearIn(graph, a, x)).toEqual({ offset: a, slope: graph.number(0) });
  });

  test("squares, roots and products of the variable are not linear", () => {
    for (const node of [
      graph.multiply(x, x),
      graph.call("sqrt", x),
      graph.multiply(x, graph.call("exp", x)),
    ]) {
      expect(linearIn(graph, node, x)).toBeUndefined();
    }
  });
});
