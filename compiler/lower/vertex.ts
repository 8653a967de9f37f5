import { type Binding, quantity } from "../elaborate/value.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { type Species, signOf } from "./source.ts";

/** Where a cross section is taken: energies as nodes of the rate form. */
export interface ScatteringPoint {
  readonly E: Node;
  readonly T: Node;
  readonly q: Node;
}

/** What every formula of a cross section may read of the neutrino and the recoil. */
export function vertexNames(
  graph: Graph,
  species: Species,
  { E, T, q }: ScatteringPoint,
): ReadonlyMap<string, Binding> {
  const bind = (node: Node, d = base.energy): Binding => ({ kind: "value", value: quantity(node, d) });
  return new Map([
    ["E", bind(E)],
    ["T", bind(T)],
    ["q", bind(q)],
    ["nu_sign", bind(graph.number(signOf(species)), none)],
  ]);
}
