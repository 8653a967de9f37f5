/** Sums of (free of the variable) x (function of the variable). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dependence, dependsOn, reachable } from "../../compiler/rate/analyse.ts";
import { evaluate } from "../../compiler/rate/evaluate.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import { separate, separateIntegrals } from "../../compiler/stage/separate.ts";
import { build, leavesOf, scaleOf, sketches, sketchValue } from "./expressions.ts";

const isFitted = (name: string): boolean => name === "fitted";

describe("separate", () => {
  const graph = new Graph();
  const x = graph.variable("x");
  const fitted = graph.parameter("fitted");
  const fixed = graph.parameter("fixed");

  test("what depends on the variable and on fixed parameters alone is not taken apart", () => {
    const pure = graph.add(graph.multiply(fixed, x), graph.power(x, graph.number(3)));
    expect(separate(graph, pure, x, isFitted)).toEqual([{ coefficient: graph.number(1), factor: pure }]);
  });

  test("a product of sums with a fitted parameter is expanded", () => {
    const weak = graph.add(graph.multiply(fitted, x), graph.call("exp", x));
    const terms = separate(graph, graph.multiply(weak, weak), x, isFitted);
    expect(terms.map(({ coefficient }) => coefficient)).toEqual(
      expect.arrayContaining([graph.number(1), graph.power(fitted, graph.number(2))]),
    );
    expect(terms).toHaveLength(3);
  });

  test("equal factors are merged, their coefficients added", () => {
    const node = graph.add(graph.multiply(fitted, x), graph.multiply(fixed, fitted, x));
    const terms = separate(graph, node, x, isFitted);
    expect(terms).toEqual([{ factor: x, coefficient: graph.add(fitted, graph.multiply(fixed, fitted)) }]);
  });

  test("what cannot be separated stays whole", () => {
    const mixed = graph.call("exp", graph.multiply(fitted, x));
    expect(separate(graph, mixed, x, isFitted)).toEqual([{ coefficient: graph.number(1), factor: mixed }]);
  });

  test("too many terms are not multiplied out", () => {
    const many = graph.add(
      ...Array.from({ length: 20 }, (_, i) =>
        graph.multiply(graph.parameter(`p${i}`), graph.power(x, graph.number(i + 1))),
      ),
    );
    const terms = separate(graph, graph.multiply(many, graph.add(many, graph.call("sin", x))), x, () => true);
    expect(terms).toHaveLength(1);
  });
});

describe("properties", () => {
  const size = fc.double({ min: 0.3, max: 2, noNaN: true });
  const point = fc.tuple(size, size, size, size);

  test("an expression in the graph has the value that was written", () => {
    fc.assert(
      fc.property(sketches, point, (made, [vx, vy, fixed, fitted]) => {
        const graph = new Graph();
        const [x, y] = [graph.variable("x"), graph.variable("y")];
        const node = build(graph, made, leavesOf(graph, x, y));
        const leaves = [vx, fixed, fitted, fitted * vx, vy];
        const expected = sketchValue(made, leaves);
        fc.pre(Number.isFinite(expected) && scaleOf(made, leaves) < 1e6);
        const parameters = (name: string): number => (name === "fixed" ? fixed : fitted);
        const variables = new Map([
          [x, vx],
          [y, vy],
        ]);
        const found = evaluate(node, { parameters, variables });
        expect(Math.abs(found - expected)).toBeLessThan(1e-9 * Math.max(1, scaleOf(made, leaves)));
      }),
      { numRuns: 400 },
    );
  });

  test("the sum of the terms is the expression, and no coefficient holds the variable", () => {
    fc.assert(
      fc.property(sketches, point, (made, [vx, vy, fixed, fitted]) => {
        const graph = new Graph();
        const [x, y] = [graph.variable("x"), graph.variable("y")];
        const node = build(graph, made, leavesOf(graph, x, y));
        const leaves = [vx, fixed, fitted, fitted * vx, vy];
        fc.pre(Number.isFinite(sketchValue(made, leaves)) && scaleOf(made, leaves) < 1e6);
        const environment = {
          parameters: (name: string): number => (name === "fixed" ? fixed : fitted),
          variables: new Map([
            [x, vx],
            [y, vy],
          ]),
        };
        const terms = separate(graph, node, x, isFitted);
        const parts = terms.map(({ coefficient, factor }) => {
          expect(dependsOn(coefficient, x)).toBe(false);
          return evaluate(coefficient, environment) * evaluate(factor, environment);
        });
        const total = parts.reduce((sum, part) => sum + part, 0);
        const scale = Math.max(1, scaleOf(made, leaves), ...parts.map(Math.abs));
        expect(Math.abs(total - evaluate(node, environment))).toBeLessThan(1e-9 * scale);
      }),
      { numRuns: 400 },
    );
  });
});

describe("separateIntegrals", () => {
  const graph = new Graph();
  const x = graph.variable("x");
  const fitted = graph.parameter("fitted");
  const [zero, one] = [graph.number(0), graph.number(1)];
  const run = separateIntegrals(graph, isFitted);

  test("an integral over the energy is left without fitted parameters", () => {
    const body = graph.power(graph.add(fitted, graph.call("cos", x)), graph.number(2));
    const node = run(graph.integral("energy", x, zero, one, body));
    const inside = reachable([node]).filter((inner) => inner.op === "integral");
    expect(inside.length).toBeGreaterThan(0);
    for (const integral of inside) expect(dependence(integral).parameters.has("fitted")).toBe(false);
    const exact = 4 + 4 * Math.sin(1) + 0.5 + Math.sin(2) / 4;
    expect(evaluate(node, { parameters: () => 2 })).toBeCloseTo(exact, 9);
  });

  test("what is free of the variable is the length of the interval, never negative", () => {
    const node = run(graph.integral("energy", x, one, graph.parameter("end"), fitted));
    const at = (end: number): number => evaluate(node, { parameters: (name) => (name === "end" ? end : 3) });
    expect(at(3)).toBe(6);
    expect(at(0.5)).toBe(0);
  });
});
