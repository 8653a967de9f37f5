/** Sums that are done block by block against the same sums of whole arrays. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { dependence } from "../../compiler/rate/analyse.ts";
import { isElementwise } from "../../compiler/rate/elementwise.ts";
import { ArrayEvaluator, KnownSums } from "../../compiler/rate/evaluate-arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import type { Axis, Node } from "../../compiler/rate/node.ts";
import { blockSize, sumInBlocks } from "../../compiler/rate/sum-in-blocks.ts";
import { build, sketches } from "./expressions.ts";

const graph = new Graph();
const axes = [graph.axis("bins", 40, true), graph.axis("recoils", 30), graph.axis("points", 9)] as const;
const [bins, recoils, points] = axes;
const wave = (name: string, own: readonly Axis[]): Node => {
  const size = own.reduce((product, axis) => product * axis.size, 1);
  const values = Array.from({ length: size }, (_, i) => Math.sin(1 + 3.7 * i) + 0.1);
  return graph.data(name, own, { kind: "values", values });
};
const leaves = [
  wave("a", [bins]),
  wave("b", [recoils]),
  wave("c", [bins, points]),
  wave("d", [recoils, points]),
  wave("e", [bins, recoils]),
  graph.parameter("p"),
];
const whole = wave("whole", axes);
const parameters = (): number => 0.7;

test("over any of the axes, whatever the operands have", () => {
  expect(40 * 30 * 9).toBeGreaterThan(blockSize);
  fc.assert(
    fc.property(sketches, fc.constantFrom(...axes), (sketch, axis) => {
      const body = graph.multiply(build(graph, sketch, leaves), graph.add(whole, graph.number(2)));
      if (!isElementwise(body) || dependence(body).axes.size < 3) return;
      const evaluator = new ArrayEvaluator(parameters);
      const axesOf = (node: Node) => [...dependence(node).axes].sort((x, y) => x.serial - y.serial);
      const found = sumInBlocks(body, axes, axis, (leaf) => evaluator.values(leaf), axesOf);
      const all = evaluator.elements(body);
      const inner = axes.slice(axes.indexOf(axis) + 1).reduce((size, one) => size * one.size, 1);
      const expected = new Float64Array(all.length / axis.size);
      const sizes = new Float64Array(expected.length);
      for (const [i, value] of all.entries()) {
        const place = Math.floor(i / (inner * axis.size)) * inner + (i % inner);
        expected[place]! += value;
        sizes[place]! += Math.abs(value);
      }
      expect(found.length).toBe(expected.length);
      for (const [i, value] of expected.entries()) {
        if (!Number.isFinite(value)) continue;
        expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(1e-12 * sizes[i]!);
      }
    }),
    { seed: 5, numRuns: 60 },
  );
});

test("a sum is taken from another evaluator where the parameters in it have the same values", () => {
  const sums = new KnownSums();
  const node = graph.sum(points, graph.multiply(leaves[2]!, graph.parameter("p")));
  const at = (p: number): Float64Array => new ArrayEvaluator(() => p, sums).elements(node);
  const first = at(2);
  expect(at(2)).toBe(first);
  expect(at(3)[0]).toBeCloseTo(1.5 * first[0]!, 12);
});
