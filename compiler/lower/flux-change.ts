import { formula } from "../elaborate/functions.ts";
import type { Library } from "../elaborate/library.ts";
import { type Binding, quantity } from "../elaborate/value.ts";
import { fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { matchIndex, withFlavors } from "./contributions.ts";
import type { CrossSectionOptions } from "./interaction.ts";
import { flavorOf, type Species, signOf } from "./source.ts";

/** Product of the flux changes of all interactions for a species at an energy, or undefined when there is none. */
export function fluxFactor(
  library: Library,
  options: CrossSectionOptions,
  species: Species,
  E: Node,
  baseline: Binding | undefined,
): Node | undefined {
  const { graph } = library.context;
  const factors: Node[] = [];
  const names = new Map<string, Binding>([
    ["E", { kind: "value", value: quantity(E, base.energy) }],
    ["nu_sign", { kind: "value", value: quantity(graph.number(signOf(species)), none) }],
  ]);
  if (baseline !== undefined) names.set("L", baseline);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    for (const statement of fieldsOf(interaction, "flux")) {
      for (const match of matchIndex(statement, flavorOf(species))) {
        const value = formula(statement, "flux", none, withFlavors(site, match));
        if (value !== undefined) factors.push(value.node);
      }
    }
  }
  return factors.length === 0 ? undefined : graph.multiply(...factors);
}
