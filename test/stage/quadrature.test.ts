/** Integrals as sums over nodes: exact for polynomials between the splits, whatever moves at run time. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reachable } from "../../compiler/rate/analyse.ts";
import { interpolantOf } from "../../compiler/rate/evaluate.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { Node } from "../../compiler/rate/node.ts";
import { buildKernel } from "../../compiler/stage/build-kernel.ts";
import { plan } from "../../compiler/stage/plan.ts";
import { discretise } from "../../compiler/stage/quadrature.ts";
import { KernelMachine } from "./interpret-kernel.ts";

const noMoves = { fitted: [], couplings: [], templates: 0, gradient: [] };
const four = (): number => 4;

/** Discretises, stages and runs one expression at values of its parameters. */
function runner(graph: Graph, node: Node): (parameters: Readonly<Record<string, number>>) => Float64Array {
  const discrete = discretise(graph, four)(node);
  const machine = new KernelMachine(
    buildKernel(
      plan(graph, { outputs: { counts: new Map([["out", discrete]]) }, isFitted: () => true }),
      noMoves,
    ),
  );
  return (parameters) => {
    machine.run((name) => parameters[name] ?? Number.NaN);
    return machine.output("out").slice();
  };
}

/** A graph with x, x^k and steps in x. */
function make() {
  const graph = new Graph();
  const x = graph.variable("x");
  const power = (n: number): Node => graph.power(x, graph.number(n));
  return { graph, x, power, number: (value: number): Node => graph.number(value) };
}

describe("limits that are numbers", () => {
  test("a polynomial of degree seven is exact with four nodes", () => {
    const { graph, x, power, number } = make();
    const node = graph.integral("general", x, number(1), number(3), power(7));
    expect(runner(graph, node)({})[0]).toBeCloseTo((3 ** 8 - 1) / 8, 9);
  });

  test("a bin on either side of a step, one row for each bin", () => {
    const { graph, x, number } = make();
    const axis = graph.axis("bins", 3, true);
    const low = graph.data("low", [axis], { kind: "values", values: [0, 1, 2] });
    const high = graph.data("high", [axis], { kind: "values", values: [1, 2, 4] });
    const step = graph.select("<", x, number(1.25), number(1), number(3));
    const found = runner(graph, graph.integral("observable", x, low, high, step, [number(1.25)]))({});
    [1, 0.25 + 2.25, 6].forEach((expected, bin) => {
      expect(found[bin]).toBeCloseTo(expected, 13);
    });
  });

  test("one bin with most of the splits: the panels of all bins stand in one row", () => {
    const { graph, x, power, number } = make();
    const axis = graph.axis("bins", 4, true);
    const low = graph.data("low", [axis], { kind: "values", values: [0, 1, 2, 5] });
    const high = graph.data("high", [axis], { kind: "values", values: [1, 2, 2, 6] });
    const splits = Array.from({ length: 19 }, (_, i) => number(1.05 + i / 20));
    const node = graph.integral("observable", x, low, high, power(3), splits);
    const found = runner(graph, node)({});
    [0.25, (16 - 1) / 4, 0, (6 ** 4 - 5 ** 4) / 4].forEach((expected, bin) => {
      expect(found[bin]).toBeCloseTo(expected, 11);
    });
    const sizes = reachable([discretise(graph, four)(node)]).flatMap((one) =>
      one.op === "sum" ? [one.axis.size] : [],
    );
    // 1 + 20 + 1 panels, and one for the gap between the last two bins.
    expect(sizes.sort((a, b) => a - b)).toEqual([4, 4, 23]);
  });

  test("an empty interval is zero", () => {
    const { graph, x, power, number } = make();
    expect(runner(graph, graph.integral("general", x, number(2), number(1), power(2)))({})[0]).toBe(0);
  });
});

describe("limits and splits that are known at run time", () => {
  const { graph, x, number } = make();
  const [a, b, low, high] = ["a", "b", "low", "high"].map((name) => graph.parameter(name));
  if (a === undefined || b === undefined || low === undefined || high === undefined) throw new Error("none");
  /** 1 below a, then 10 up to b, then 100; 1000 more above 2. */
  const steps = graph.add(
    graph.select("<", x, a, number(1), number(0)),
    graph.select("<=", a, x, graph.select("<", x, b, number(10), number(0)), number(0)),
    graph.select("<=", b, x, graph.select("<=", a, x, number(100), number(0)), number(0)),
    graph.select("<", number(2), x, number(1000), number(0)),
  );
  const run = runner(graph, graph.integral("general", x, low, high, steps, [b, number(2), a]));
  const exact = (at: Readonly<Record<"a" | "b" | "low" | "high", number>>): number => {
    const within = (from: number, to: number): number =>
      Math.max(0, Math.min(to, at.high) - Math.max(from, at.low));
    const top = Math.max(at.a, at.b);
    return within(-9, at.a) + 10 * within(at.a, at.b) + 100 * within(top, 9) + 1000 * within(2, 9);
  };

  test("splits may come in any order and lie outside", () => {
    const place = fc.integer({ min: 0, max: 40 }).map((n) => n / 10);
    fc.assert(
      fc.property(place, place, place, place, (va, vb, vlow, vhigh) => {
        const at = { a: va, b: vb, low: vlow, high: vhigh };
        const expected = vhigh > vlow ? exact(at) : 0;
        expect(run(at)[0]).toBeCloseTo(expected, 9);
      }),
    );
  });
});

describe("bins with splits that move", () => {
  const { graph, x, power, number } = make();
  const edges = [0, 1, 1.5, 3];
  const axis = graph.axis("bins", 3, true);
  const low = graph.data("low", [axis], { kind: "values", values: edges.slice(0, -1) });
  const high = graph.data("high", [axis], { kind: "values", values: edges.slice(1) });
  const [a, b] = [graph.parameter("a"), graph.parameter("b")];
  /** x² below a, 10 x² from a on, 1000 more from b on. */
  const body = graph.add(
    graph.multiply(graph.select("<", x, a, number(1), number(10)), power(2)),
    graph.select("<", x, b, number(0), number(1000)),
  );
  const node = graph.integral("observable", x, low, high, body, [a, b, number(2)]);
  const run = runner(graph, node);
  const antiderivative = (at: Readonly<Record<"a" | "b", number>>, end: number): number => {
    const square = (end ** 3 + 9 * (end ** 3 - Math.min(at.a, end) ** 3)) / 3;
    return square + 1000 * (end - Math.min(at.b, end));
  };

  test("they may be in any bin, on an edge, in any order, or outside", () => {
    const place = fc.integer({ min: -2, max: 8 }).map((n) => n / 2);
    fc.assert(
      fc.property(place, place, (va, vb) => {
        const at = { a: Math.max(0, va), b: Math.max(0, vb) };
        const found = run({ a: va, b: vb });
        edges.slice(1).forEach((end, bin) => {
          const expected = antiderivative(at, end) - antiderivative(at, edges[bin] ?? 0);
          expect(found[bin]).toBeCloseTo(expected, 9);
        });
      }),
    );
  });

  test("each panel is there once for all bins", () => {
    const sums = reachable([discretise(graph, four)(node)]).filter(({ op }) => op === "sum");
    const sizes = sums.map((one) => (one.op === "sum" ? one.axis.size : 0));
    expect(sizes.sort((one, other) => one - other)).toEqual([4, 6]);
  });
});

test("the nodes of a table's panels follow its knots", () => {
  const { graph, x, number } = make();
  const table = {
    name: "zigzag",
    x: [0, 1, 2, 3],
    y: [0, 5, 1, 4],
    interpolation: "linear",
    outside: "zero",
  } as const;
  const knots = [number(1), number(2)];
  const node = graph.integral("general", x, number(0.5), number(2.5), graph.table(table, x), knots);
  expect(runner(graph, node)({})[0]).toBeCloseTo(interpolantOf(table).integral(0.5, 2.5), 12);
});
