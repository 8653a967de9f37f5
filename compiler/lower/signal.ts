import { T_max } from "../../runtime/kinematics.ts";
import type { Site } from "../elaborate/expression.ts";
import type { Library } from "../elaborate/library.ts";
import type { Declaration } from "../model/model.ts";
import { isConstant } from "../rate/analyse.ts";
import { evaluate, evaluateConstant } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { substitute } from "../rate/rewrite.ts";
import { zerosOf } from "../stage/kinks.ts";
import { type CrossSectionOptions, crossSection, fluxFactor } from "./interaction.ts";
import type { Nucleus } from "./nucleus.ts";
import type { Response } from "./response.ts";
import { lowerArrival, lowerSpectrum, type Species, type SpectrumPiece, speciesOf } from "./source.ts";
import type { TargetNucleus } from "./target.ts";

export interface SignalInput {
  readonly library: Library;
  readonly source: Declaration;
  readonly sourceSite: Site;
  readonly fluence: Node;
  readonly targets: readonly TargetNucleus[];
  readonly response: Response;
  readonly crossSection: CrossSectionOptions;
  /** Default value of a parameter, internal units: where kinks are searched. */
  readonly parameters: (name: string) => number;
}

/** Signal of one species in every bin. */
export interface Channel {
  readonly name: Species;
  readonly node: Node;
}

/**
 * Counts of CEvNS per bin and species:
 * fluence Σ_nuclei atoms ∫ dT response(T) ∫ dE spectrum(E) dσ/dT, times what does not depend on the recoil.
 * The recoil integral is done over u = √T, in which the integrand is smooth down to zero.
 */
export function lowerSignal(input: SignalInput): readonly Channel[] {
  const { library, source, sourceSite, targets } = input;
  const { graph } = library.context;
  const energy = graph.variable("E");
  const species = speciesOf(source);
  const spectra = new Map(species.map((name) => [name, lowerSpectrum(source, name, sourceSite, energy)]));
  const roots = new Map(targets.map(({ nucleus }) => [nucleus.name, graph.variable(`u_${nucleus.name}`)]));
  return species.map((name) => {
    const perNucleus = targets.map(({ nucleus, atoms }) =>
      graph.multiply(atoms, recoilIntegral(input, nucleus, name, spectra, energy, roots.get(nucleus.name)!)),
    );
    const rest = input.response.ofSpecies(lowerArrival(source, name, { ...sourceSite, rule: "strict" }));
    const total = graph.label(graph.add(...perNucleus), `events_${name}`);
    return { name, node: graph.label(graph.multiply(input.fluence, total, rest), `signal_${name}`) };
  });
}

function recoilIntegral(
  input: SignalInput,
  nucleus: Nucleus,
  species: Species,
  spectra: ReadonlyMap<Species, readonly SpectrumPiece[]>,
  energy: VariableNode,
  u: VariableNode,
): Node {
  const { graph } = input.library.context;
  const T = graph.power(u, graph.number(2));
  const q = graph.label(graph.multiply(graph.number(Math.sqrt(2 * nucleus.mass)), u), `q_${nucleus.name}`);
  const ends = [...new Set([...spectra.values()].flat().map((piece) => recoilEnd(graph, nucleus, piece)))];
  const high = ends.reduce((a, b) => graph.call("max", a, b));
  const dsigma = crossSection(input.library, nucleus, species, { E: energy, T, q }, input.crossSection);
  const flux = fluxFactor(
    input.library,
    input.crossSection,
    species,
    energy,
    input.sourceSite.scope.find("distance"),
  );
  const integrand = flux === undefined ? dsigma : graph.multiply(dsigma, flux);
  const parts = (spectra.get(species) ?? []).map((piece) =>
    energyIntegral(graph, nucleus, species, piece, integrand, energy, u),
  );
  const body = graph.multiply(graph.number(2), u, input.response.ofRecoil(T), graph.add(...parts));
  const splits = [...ends.filter((end) => end !== high), ...binEdges(input, T, u, high)];
  const integral = graph.integral("recoil", u, graph.number(0), high, body, splits);
  return graph.label(integral, `events_${species}_${nucleus.name}`);
}

/** √T at the kinematic end point of a piece of the spectrum. */
function recoilEnd(graph: Graph, nucleus: Nucleus, piece: SpectrumPiece): Node {
  const E = piece.kind === "line" ? piece.energy : piece.high;
  if (isConstant(E)) return graph.number(Math.sqrt(T_max(evaluateConstant(E), nucleus.mass)));
  const two = graph.number(2);
  const below = graph.add(graph.number(nucleus.mass), graph.multiply(two, E));
  return graph.call("sqrt", graph.divide(graph.multiply(two, E, E), below));
}

/** Edges of unsmeared bins as points in u. */
function binEdges(input: SignalInput, T: Node, u: VariableNode, high: Node): readonly Node[] {
  const { graph } = input.library.context;
  const top = evaluate(high, { parameters: input.parameters });
  return input.response
    .edgesInRecoil(T)
    .flatMap((edge) => zerosOf(graph, edge, u, { low: 0, high: top }, input.parameters));
}

/** ∫ dE spectrum dσ/dT over the energies that can give the recoil. */
function energyIntegral(
  graph: Graph,
  nucleus: Nucleus,
  species: Species,
  piece: SpectrumPiece,
  integrand: Node,
  energy: VariableNode,
  u: VariableNode,
): Node {
  if (piece.kind === "line") {
    const value = graph.multiply(piece.weight, substitute(graph, integrand, energy, piece.energy));
    const reached = graph.select("<=", u, recoilEnd(graph, nucleus, piece), graph.number(1), graph.number(0));
    return graph.multiply(graph.label(reached, `reached_${species}_${nucleus.name}`), value);
  }
  const least = leastEnergy(graph, nucleus, u);
  const body = graph.multiply(piece.density, integrand);
  const low = graph.call("max", piece.low, least);
  const integral = graph.integral("energy", energy, low, piece.high, body);
  return graph.label(integral, `flux_${species}_${nucleus.name}`);
}

/** E_min(T) = (T + √(T² + 2MT))/2 at T = u². */
function leastEnergy(graph: Graph, nucleus: Nucleus, u: VariableNode): Node {
  const square = graph.power(u, graph.number(2));
  const root = graph.call("sqrt", graph.add(square, graph.number(2 * nucleus.mass)));
  const least = graph.multiply(graph.number(0.5), graph.add(square, graph.multiply(u, root)));
  return graph.label(least, `E_min_${nucleus.name}`);
}
