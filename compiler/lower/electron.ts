/** Elastic scattering of neutrinos on the electrons of atoms. */

import { m_e } from "../../runtime/constants.ts";
import { square } from "../../runtime/power.ts";
import type { Library } from "../elaborate/library.ts";
import { flavors } from "../elaborate/value.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { addAmplitudes, addTerms, type ByFlavor } from "./contributions.ts";
import type { CrossSectionOptions } from "./interaction.ts";
import { addElectronMediators, fermiConstant } from "./mediator.ts";
import { atomNames, type Nucleus } from "./nucleus.ts";
import { flavorOf, type Species, signOf } from "./source.ts";
import { type ScatteringPoint, vertexNames } from "./vertex.ts";

/** Some atoms of one nucleus. */
export interface Atoms {
  readonly nucleus: Nucleus;
  readonly atoms: Node;
}

/** True when one of the interactions says anything about electrons. */
export function scattersElectrons(interactions: readonly Declaration[]): boolean {
  return interactions.some((one) =>
    ["gV_e", "gA_e", "dsigma_e", "mediator"].some((keyword) => fieldsOf(one, keyword).length > 0),
  );
}

/**
 * dσ/dT of a neutrino on the electrons of atoms, 1/MeV³ times their number: what the couplings give for one electron
 * times the electrons that T can free, plus the terms that interactions write for whole atoms.
 */
export function electronCrossSection(
  library: Library,
  targets: readonly Atoms[],
  species: Species,
  point: ScatteringPoint,
  options: CrossSectionOptions,
): Node {
  const { graph } = library.context;
  const free = targets.map(({ nucleus, atoms }) =>
    graph.multiply(atoms, freeElectrons(nucleus, graph, point.T)),
  );
  const electrons = graph.label(graph.add(...free), "free_electrons");
  const perAtom = targets.map(({ nucleus, atoms }) =>
    graph.multiply(atoms, atomicTerms(library, nucleus, species, point, options)),
  );
  return graph.add(graph.multiply(electrons, perElectron(library, species, point, options)), ...perAtom);
}

function freeElectrons(nucleus: Nucleus, graph: Graph, T: Node): Node {
  const value = nucleus.electrons(T);
  return value.kind === "quantity" ? value.node : graph.number(0);
}

/**
 * For one electron: (G_F² m_e/2π) Σ_k [(g_V + g_A)² + (g_V − g_A)² (1 − T/E)² − (g_V² − g_A²) m_e T/E²] with the
 * couplings of all interactions added up first, g_A with the sign of the neutrino (arXiv:2205.09484), plus scalars.
 */
function perElectron(
  library: Library,
  species: Species,
  point: ScatteringPoint,
  options: CrossSectionOptions,
): Node {
  const { graph } = library.context;
  const incoming = flavorOf(species);
  const vector: ByFlavor = new Map();
  const axial: ByFlavor = new Map();
  const terms: Node[] = [];
  const names = vertexNames(graph, species, point);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    addAmplitudes(interaction, "gV_e", site, incoming, vector);
    addAmplitudes(interaction, "gA_e", site, incoming, axial);
    addElectronMediators(interaction, site, species, point, vector, terms);
  }
  const squares = flavors.map((outgoing) => {
    const gV = graph.add(...(vector.get(outgoing) ?? []));
    const gA = graph.add(...(axial.get(outgoing) ?? []));
    return helicitySum(graph, gV, graph.multiply(graph.number(signOf(species)), gA), point);
  });
  const prefactor = graph.number((square(fermiConstant) * m_e) / (2 * Math.PI));
  return graph.add(graph.multiply(prefactor, graph.add(...squares)), ...terms);
}

function helicitySum(graph: Graph, gV: Node, gA: Node, { E, T }: ScatteringPoint): Node {
  const two = graph.number(2);
  const square = (node: Node): Node => graph.power(node, two);
  const inelasticity = graph.divide(T, E);
  const difference = graph.subtract(square(gV), square(gA));
  return graph.add(
    square(graph.add(gV, gA)),
    graph.multiply(square(graph.subtract(gV, gA)), square(graph.subtract(graph.number(1), inelasticity))),
    graph.multiply(graph.number(-m_e), difference, T, graph.power(E, graph.number(-2))),
  );
}

/** What interactions write for the atom as a whole. */
function atomicTerms(
  library: Library,
  nucleus: Nucleus,
  species: Species,
  point: ScatteringPoint,
  options: CrossSectionOptions,
): Node {
  const { graph } = library.context;
  const terms: Node[] = [];
  const names = new Map([...vertexNames(graph, species, point), ...atomNames(nucleus, graph, point.T)]);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    addTerms(interaction, "dsigma_e", site, flavorOf(species), terms);
  }
  return graph.add(...terms);
}
