/** Random expressions of the rate form, for properties. */
import fc from "fast-check";
import type { Graph } from "../../compiler/rate/graph.ts";
import type { Node, VariableNode } from "../../compiler/rate/node.ts";

/** An expression before it is made in a graph. */
export type Sketch =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "leaf"; readonly index: number }
  | { readonly kind: "add" | "multiply"; readonly parts: readonly Sketch[] }
  | { readonly kind: "power"; readonly base: Sketch; readonly exponent: number }
  | { readonly kind: "call"; readonly name: string; readonly part: Sketch };

const { sketch } = fc.letrec<{ sketch: Sketch }>((tie) => ({
  sketch: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("leaf" as const), index: fc.nat(5) }),
    fc.record({ kind: fc.constant("number" as const), value: fc.integer({ min: -3, max: 3 }) }),
    fc.record({
      kind: fc.constantFrom("add" as const, "multiply" as const),
      parts: fc.array(tie("sketch"), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("power" as const),
      base: tie("sketch"),
      exponent: fc.constantFrom(2, 3, -1),
    }),
    fc.record({
      kind: fc.constant("call" as const),
      name: fc.constantFrom("exp", "sin", "cos"),
      part: tie("sketch"),
    }),
  ),
}));

export const sketches: fc.Arbitrary<Sketch> = sketch;

/** Makes the expression; leaves are taken from the list in turn. */
export function build(graph: Graph, made: Sketch, leaves: readonly Node[]): Node {
  switch (made.kind) {
    case "number":
      return graph.number(made.value);
    case "leaf":
      return leaves[made.index % leaves.length] ?? graph.number(1);
    case "add":
      return graph.add(...made.parts.map((part) => build(graph, part, leaves)));
    case "multiply":
      return graph.multiply(...made.parts.map((part) => build(graph, part, leaves)));
    case "power":
      return graph.power(build(graph, made.base, leaves), graph.number(made.exponent));
    case "call":
      return graph.call(made.name, build(graph, made.part, leaves));
  }
}

/** The same expression straight from the sketch, with nothing folded or sorted. */
export function sketchValue(made: Sketch, leaves: readonly number[]): number {
  switch (made.kind) {
    case "number":
      return made.value;
    case "leaf":
      return leaves[made.index % leaves.length] ?? 1;
    case "add":
      return made.parts.reduce((sum, part) => sum + sketchValue(part, leaves), 0);
    case "multiply":
      return made.parts.reduce((product, part) => product * sketchValue(part, leaves), 1);
    case "power":
      return sketchValue(made.base, leaves) ** made.exponent;
    case "call": {
      const argument = sketchValue(made.part, leaves);
      return made.name === "exp"
        ? Math.exp(argument)
        : made.name === "sin"
          ? Math.sin(argument)
          : Math.cos(argument);
    }
  }
}

/** Largest size of a value met inside: how much rounding may show. */
export function scaleOf(made: Sketch, leaves: readonly number[]): number {
  const own = Math.abs(sketchValue(made, leaves));
  switch (made.kind) {
    case "number":
    case "leaf":
      return own;
    case "power":
      return Math.max(own, scaleOf(made.base, leaves) ** Math.abs(made.exponent), own ** 3);
    case "call":
      return Math.max(own, 1) * Math.max(1, scaleOf(made.part, leaves));
    default: {
      const inside = made.parts.map((part) => Math.max(1, scaleOf(part, leaves)));
      return Math.max(own, made.kind === "add" ? Math.max(...inside) : inside.reduce((a, b) => a * b, 1));
    }
  }
}

/** Variables and parameters that random expressions are made of. */
export function leavesOf(graph: Graph, x: VariableNode, y: VariableNode): readonly Node[] {
  return [
    x,
    graph.parameter("fixed"),
    graph.parameter("fitted"),
    graph.multiply(graph.parameter("fitted"), x),
    y,
  ];
}
