/** The number of quadrature points: as few as the precision allows, by kind of integral. */
import { describe, expect, test } from "vitest";
import { calibrate, Workbench } from "../../compiler/calibrate.ts";
import { reachable } from "../../compiler/rate/analyse.ts";
import { ArrayEvaluator } from "../../compiler/rate/evaluate-arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { IntegralPurpose, Node } from "../../compiler/rate/node.ts";
import { resting } from "../../compiler/stage/peaks.ts";
import { baseOrders } from "../../compiler/stage/quadrature.ts";

const none = (): number => Number.NaN;

function make() {
  const graph = new Graph();
  const number = (value: number): Node => graph.number(value);
  /** The integral of x^n over 0 .. 1, which is 1/(n + 1). */
  const powerOf = (purpose: IntegralPurpose, name: string, exponent: number): Node => {
    const x = graph.variable(name);
    return graph.integral(purpose, x, number(0), number(1), graph.power(x, number(exponent)));
  };
  const calibrated = (node: Node, precision: number) => {
    const outputs = new Map([["One/total", { node, axes: [], purpose: "value" }] as const]);
    const { discrete, reached } = calibrate(
      { outputs, whole: outputs },
      resting(none),
      precision,
      new Workbench(graph),
    );
    const found = discrete.get("One/total")?.node ?? number(0);
    return { reached, found, value: new ArrayEvaluator(none).elements(found)[0] };
  };
  return { graph, number, powerOf, calibrated };
}

/** Numbers of points of the rules in an expression. */
function ordersIn(node: Node): readonly number[] {
  const orders = reachable([node]).flatMap((one) =>
    one.op === "data" && one.source.kind === "panels" && one.source.what === "nodes" ? one.source.order : [],
  );
  return orders.sort((a, b) => a - b);
}

describe("integrals of powers", () => {
  test("what is exact with the least points keeps them, while another kind is raised", () => {
    const { graph, powerOf, calibrated } = make();
    const node = graph.add(powerOf("energy", "E", 5), powerOf("observable", "x", 60));
    const { found, value, reached } = calibrated(node, 1e-8);
    const [energy, observable] = ordersIn(found);
    expect(energy).toBe(baseOrders.energy);
    expect(observable).toBeGreaterThan(baseOrders.observable);
    expect(reached).toBeLessThan(1e-8 / 4);
    expect(value).toBeCloseTo(1 / 6 + 1 / 61, 10);
  });

  test("observables are raised one by one", () => {
    const { graph, powerOf, calibrated } = make();
    const node = graph.multiply(powerOf("observable", "x", 3), powerOf("observable", "y", 60));
    const [first, second] = ordersIn(calibrated(node, 1e-8).found);
    expect([first, (second ?? 0) > baseOrders.observable]).toEqual([baseOrders.observable, true]);
  });

  test("a looser precision takes fewer points", () => {
    const { powerOf, calibrated } = make();
    const node = powerOf("general", "x", 150);
    const [loose, tight] = [1e-2, 1e-10].map((precision) => ordersIn(calibrated(node, precision).found)[0]);
    expect(loose).toBeLessThan(tight ?? 0);
  });
});

test("an integrand that no number of points does justice to is left with the error that it has", () => {
  const { graph, number, calibrated } = make();
  const x = graph.variable("x");
  // Its kinks are not told: forty steps between 0 and 1.
  const step = graph.call("sin", graph.multiply(number(250), x));
  const body = graph.add(number(1), graph.call("heaviside", step));
  const { reached } = calibrated(graph.integral("energy", x, number(0), number(1), body), 1e-9);
  expect(reached).toBeGreaterThan(1e-9);
});

test("a count that is no number ends the search", () => {
  const { graph, number, calibrated } = make();
  const x = graph.variable("x");
  const body = graph.call("ln", graph.negate(x));
  expect(calibrated(graph.integral("energy", x, number(1), number(2), body), 1e-6).reached).toBeNaN();
});
