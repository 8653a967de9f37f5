/** What the statements of an interaction add: amplitudes by the flavour that comes out, and terms of cross sections. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import { asFlavor, type Binding, type Flavor, flavors } from "../elaborate/value.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { dimension, none } from "../units/index.ts";

/** One meaning of the index of a statement: the names that are bound, and the flavour that comes out. */
export interface FlavorMatch {
  readonly names: readonly (readonly [string, Flavor])[];
  readonly outgoing: Flavor;
}

/** What the names of an index stand for, given the incoming flavour; nothing when it is of another one. */
export function matchIndex(statement: Statement, incoming: Flavor): readonly FlavorMatch[] {
  const [first, second] = statement.index?.names ?? [];
  if (first === undefined) return [{ names: [], outgoing: incoming }];
  const fixed = asFlavor(first.text);
  if (fixed !== undefined && fixed !== incoming) return [];
  const own: [string, Flavor][] = fixed === undefined ? [[first.text, incoming]] : [];
  if (second === undefined) return [{ names: own, outgoing: incoming }];
  const outgoing = asFlavor(second.text);
  if (outgoing !== undefined) return [{ names: own, outgoing }];
  return flavors.map((flavor) => ({ names: [...own, [second.text, flavor]], outgoing: flavor }));
}

export function withFlavors(site: Site, { names }: FlavorMatch): Site {
  const bindings = names.map(([name, flavor]): [string, Binding] => [name, { kind: "flavor", flavor }]);
  return { ...site, scope: site.scope.with(new Map(bindings)) };
}

function signed(statement: Statement, node: Node, graph: Graph): Node {
  return statement.assign?.operator === "-=" ? graph.negate(node) : node;
}

/** Amplitudes by the flavour that comes out. */
export type ByFlavor = Map<Flavor, Node[]>;

export function push(amplitudes: ByFlavor, flavor: Flavor, node: Node): void {
  const list = amplitudes.get(flavor);
  if (list === undefined) amplitudes.set(flavor, [node]);
  else list.push(node);
}

/** Adds what `charge[l] += …` or another amplitude says of an incoming flavour. */
export function addAmplitudes(
  interaction: Declaration,
  keyword: "charge" | "gV_e" | "gA_e",
  site: Site,
  incoming: Flavor,
  amplitudes: ByFlavor,
): void {
  for (const statement of fieldsOf(interaction, keyword)) {
    for (const match of matchIndex(statement, incoming)) {
      const value = formula(statement, keyword, none, withFlavors(site, match));
      if (value !== undefined)
        push(amplitudes, match.outgoing, signed(statement, value.node, site.context.graph));
    }
  }
}

/** Adds the terms of `dsigma/dT`, 1/energy^3, or of `dsigma_e/dT`. */
export function addTerms(
  interaction: Declaration,
  keyword: "dsigma" | "dsigma_e",
  site: Site,
  incoming: Flavor,
  terms: Node[],
): void {
  for (const statement of fieldsOf(interaction, keyword)) {
    for (const match of matchIndex(statement, incoming)) {
      const value = formula(statement, `${keyword}/dT`, dimension({ energy: -3 }), withFlavors(site, match));
      if (value !== undefined) terms.push(signed(statement, value.node, site.context.graph));
    }
  }
}
