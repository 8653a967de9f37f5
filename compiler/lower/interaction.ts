import { square } from "../../runtime/power.ts";
import { type Library, type ParameterValue, wordOf } from "../elaborate/library.ts";
import { flavors } from "../elaborate/value.ts";
import type { Declaration } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { addAmplitudes, addTerms, type ByFlavor } from "./contributions.ts";
import { addMediators, fermiConstant } from "./mediator.ts";
import { type Nucleus, nucleusNames } from "./nucleus.ts";
import type { Recoil } from "./response.ts";
import { flavorOf, type Species } from "./source.ts";
import { type ScatteringPoint, vertexNames } from "./vertex.ts";

export type Kinematics = "leading" | "exact" | "spin_half";

/** The kinematics that an analysis chooses; leading order when it does not say. */
export function kinematicsOf(declaration: Declaration | undefined): Kinematics {
  const word = declaration === undefined ? undefined : wordOf(declaration, "kinematics");
  return word === "exact" || word === "spin_half" ? word : "leading";
}

export interface CrossSectionOptions {
  readonly interactions: readonly Declaration[];
  readonly kinematics: Kinematics;
  readonly value: ParameterValue;
  /** Kinds of recoils that are counted, all unless given. */
  readonly recoils?: readonly Recoil[];
}

/**
 * dσ/dT of a neutrino on a nucleus, 1/MeV³:
 * (G_F² M/π) K(E, T) Σ_k |Q_{l→k}|² with the weak charges of all interactions added up first, plus the terms
 * that interactions add to dσ/dT itself (arXiv:2202.11002, section on CEvNS in the Standard Model).
 */
export function crossSection(
  library: Library,
  nucleus: Nucleus,
  species: Species,
  point: ScatteringPoint,
  options: CrossSectionOptions,
): Node {
  const { graph } = library.context;
  const incoming = flavorOf(species);
  const charges: ByFlavor = new Map();
  const terms: Node[] = [];
  const names = new Map([...vertexNames(graph, species, point), ...nucleusNames(nucleus, graph, point.q)]);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    addAmplitudes(interaction, "charge", site, incoming, charges);
    addTerms(interaction, "dsigma", site, incoming, terms);
    addMediators(interaction, site, nucleus, species, point, charges, terms);
  }
  const squares = flavors.map((flavor) => {
    const parts = charges.get(flavor) ?? [];
    const charge = graph.add(...parts);
    const name =
      flavor === incoming
        ? `charge_${flavor}_${nucleus.name}`
        : `charge_${incoming}_to_${flavor}_${nucleus.name}`;
    if (parts.length > 0 && charge.op !== "number") graph.label(charge, name);
    return graph.power(charge, graph.number(2));
  });
  const prefactor = graph.number((square(fermiConstant) * nucleus.mass) / Math.PI);
  const coherent = graph.multiply(
    prefactor,
    kinematicFactor(graph, nucleus, point, options.kinematics),
    graph.add(...squares),
  );
  return graph.add(coherent, ...terms);
}

/** `leading` 1 - MT/2E², `exact` adds -T/E (spin 0), `spin_half` adds T²/2E² to that. */
export function kinematicFactor(
  graph: Graph,
  nucleus: Nucleus,
  { E, T }: ScatteringPoint,
  kinematics: Kinematics,
): Node {
  const half = graph.number(-nucleus.mass / 2);
  const perE = graph.power(E, graph.number(-1));
  const perE2 = graph.power(E, graph.number(-2));
  const terms = [graph.number(1), graph.multiply(half, T, perE2)];
  if (kinematics !== "leading") terms.push(graph.multiply(graph.number(-1), T, perE));
  if (kinematics === "spin_half") terms.push(graph.multiply(graph.number(0.5), T, T, perE2));
  return graph.add(...terms);
}
