/** What happens to the neutrinos on their way: factors on a flux, and changes of flavour. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import type { Library } from "../elaborate/library.ts";
import { type Binding, type Flavor, flavors, quantity } from "../elaborate/value.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { matchIndex, withFlavors } from "./contributions.ts";
import type { CrossSectionOptions } from "./interaction.ts";
import { flavorOf, type Species, signOf, speciesOfFlavor } from "./source.ts";

/** True for `flux[l -> k] *= …`. */
export function isTransition(statement: Statement): boolean {
  return (statement.index?.names.length ?? 0) > 1;
}

/** Share of the neutrinos of a species that arrives with each flavour, with what depends on it summed over them. */
export function afterTheWay(
  library: Library,
  options: CrossSectionOptions,
  species: Species,
  E: Node,
  baseline: Binding | undefined,
  ofArriving: (species: Species) => Node,
): Node {
  const { graph } = library.context;
  const names = new Map<string, Binding>([
    ["E", { kind: "value", value: quantity(E, base.energy) }],
    ["nu_sign", { kind: "value", value: quantity(graph.number(signOf(species)), none) }],
  ]);
  if (baseline !== undefined) names.set("L", baseline);
  const emitted = flavorOf(species);
  const lost: Node[] = [];
  const changed = new Map<Flavor, Node>([[emitted, graph.number(1)]]);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    for (const { outgoing, factor, transition } of factorsOf(interaction, site, emitted)) {
      if (transition) changed.set(outgoing, graph.multiply(changed.get(outgoing) ?? graph.number(1), factor));
      else lost.push(factor);
    }
  }
  const arriving = flavors.flatMap((flavor) => {
    const share = changed.get(flavor);
    return share === undefined || (share.op === "number" && share.value === 0)
      ? []
      : [graph.multiply(share, ofArriving(speciesOfFlavor(flavor, signOf(species))))];
  });
  return graph.multiply(graph.add(...arriving), ...lost);
}

interface FluxFactor {
  readonly outgoing: Flavor;
  readonly factor: Node;
  readonly transition: boolean;
}

function factorsOf(interaction: Declaration, site: Site, emitted: Flavor): readonly FluxFactor[] {
  return fieldsOf(interaction, "flux").flatMap((statement) =>
    matchIndex(statement, emitted).flatMap((match): readonly FluxFactor[] => {
      const value = formula(statement, "flux", none, withFlavors(site, match));
      const transition = isTransition(statement);
      return value === undefined ? [] : [{ outgoing: match.outgoing, factor: value.node, transition }];
    }),
  );
}
