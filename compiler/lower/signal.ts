import { m_e } from "../../runtime/constants.ts";
import { T_max } from "../../runtime/kinematics.ts";
import { power } from "../../runtime/power.ts";
import type { Site } from "../elaborate/expression.ts";
import type { Library } from "../elaborate/library.ts";
import type { Declaration } from "../model/model.ts";
import { isConstant } from "../rate/analyse.ts";
import { evaluate, evaluateConstant } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { substitute } from "../rate/rewrite.ts";
import { zerosOf } from "../stage/kinks.ts";
import { electronCrossSection, scattersElectrons } from "./electron.ts";
import { afterTheWay } from "./flux-change.ts";
import { type CrossSectionOptions, crossSection } from "./interaction.ts";
import { signalNames } from "./nuisances.ts";
import type { Recoil, Response } from "./response.ts";
import { lowerArrival, lowerSpectrum, type Species, type SpectrumPiece, speciesOf } from "./source.ts";
import type { TargetNucleus } from "./target.ts";
import type { ScatteringPoint } from "./vertex.ts";

export interface SignalInput {
  readonly library: Library;
  readonly source: Declaration;
  readonly sourceSite: Site;
  readonly fluence: Node;
  /** The experiment and its source, by which the variables of its integrals are known. */
  readonly owner: string;
  readonly targets: readonly TargetNucleus[];
  /** How the detector answers to each kind of recoil that is counted. */
  readonly responses: Readonly<Partial<Record<Recoil, Response>>>;
  readonly crossSection: CrossSectionOptions;
  /** Default value of a parameter, internal units: where kinks are searched. */
  readonly parameters: (name: string) => number;
}

/** Counts of one signal from one species in every bin. */
export interface Channel {
  readonly signal: string;
  readonly name: Species;
  readonly node: Node;
}

/** What recoils: a nucleus, or an electron of any atom of the target. */
interface Recoiler {
  readonly name: string;
  readonly mass: number;
  /** How many there are, as far as that is not in the cross section. */
  readonly number: Node;
  /** dσ/dT of one nucleus, or of the electrons of all atoms together. */
  readonly section: (species: Species, point: ScatteringPoint) => Node;
  readonly response: Response;
  /** √T, the variable of the recoil integral. */
  readonly u: VariableNode;
  /** How much smaller the first panel is than the whole: responses to electrons end far below the largest recoil. */
  readonly panels: number;
}

/**
 * Counts per bin and species, of CEvNS and of scattering on electrons:
 * fluence Σ_recoilers atoms ∫ dT response(T) ∫ dE spectrum(E) dσ/dT, times what does not depend on the recoil.
 * The recoil integral is done over u = √T, in which the integrand is smooth down to zero.
 */
export function lowerSignal(input: SignalInput): readonly Channel[] {
  const { library, source, sourceSite } = input;
  const { graph } = library.context;
  const energy = graph.variable("E", input.owner);
  const spectra = new Map(
    speciesOf(source).flatMap((name) => {
      const pieces = lowerSpectrum(source, name, sourceSite, energy);
      // A spectrum that could not be read was reported.
      return pieces.length === 0 ? [] : [[name, pieces] as const];
    }),
  );
  const nuclei = nuclearRecoilers(input);
  const electrons = electronRecoilers(input);
  return [...spectra.keys()].flatMap((name) => {
    const arrival = lowerArrival(source, name, { ...sourceSite, rule: "strict" });
    return [nuclei, electrons].flatMap((recoilers, i): readonly Channel[] => {
      const response = recoilers[0]?.response;
      if (response === undefined) return [];
      const suffix = i === 0 ? name : `${name}_e`;
      const parts = recoilers.map((one) =>
        graph.multiply(one.number, recoilIntegral(input, one, name, spectra, energy)),
      );
      const total = graph.label(graph.add(...parts), `events_${suffix}`);
      const node = graph.multiply(input.fluence, total, response.ofSpecies(arrival));
      return [{ signal: signalNames[i]!, name, node: graph.label(node, `signal_${suffix}`) }];
    });
  });
}

function nuclearRecoilers({
  library,
  owner,
  targets,
  responses,
  crossSection: options,
}: SignalInput): Recoiler[] {
  const { graph } = library.context;
  const response = responses.nucleus;
  if (response === undefined) return [];
  return targets.map(({ nucleus, atoms }) => ({
    name: nucleus.name,
    mass: nucleus.mass,
    number: atoms,
    section: (species, point) => crossSection(library, nucleus, species, point, options),
    response,
    u: graph.variable(`u_${nucleus.name}`, owner),
    panels: 0,
  }));
}

/** One for the electrons of all atoms: their kinematics is the same. */
function electronRecoilers({
  library,
  owner,
  targets,
  responses,
  crossSection: options,
}: SignalInput): Recoiler[] {
  const response = responses.electron;
  if (response === undefined || !scattersElectrons(options.interactions)) return [];
  return [
    {
      name: "electron",
      mass: m_e,
      number: library.context.graph.number(1),
      section: (species, point) => electronCrossSection(library, targets, species, point, options),
      response,
      u: library.context.graph.variable("u_electron", owner),
      panels: 8,
    },
  ];
}

function recoilIntegral(
  input: SignalInput,
  recoiler: Recoiler,
  species: Species,
  spectra: ReadonlyMap<Species, readonly SpectrumPiece[]>,
  energy: VariableNode,
): Node {
  const { graph } = input.library.context;
  const { u, name, mass, response } = recoiler;
  const T = graph.power(u, graph.number(2));
  const q = graph.label(graph.multiply(graph.number(Math.sqrt(2 * mass)), u), `q_${name}`);
  const ends = [...new Set([...spectra.values()].flat().map((piece) => recoilEnd(graph, mass, piece)))];
  const high = ends.reduce((a, b) => graph.call("max", a, b));
  const integrand = afterTheWay(
    input.library,
    input.crossSection,
    species,
    energy,
    input.sourceSite.scope.find("distance"),
    (arriving) => recoiler.section(arriving, { E: energy, T, q }),
  );
  const parts = (spectra.get(species) ?? []).map((piece) =>
    energyIntegral(graph, recoiler, species, piece, integrand, energy),
  );
  const body = graph.multiply(graph.number(2), u, response.ofRecoil(T), graph.add(...parts));
  const splits = [
    ...ends.filter((end) => end !== high),
    ...binEdges(input, recoiler, T, high),
    ...fallingPanels(graph, high, recoiler.panels),
  ];
  const integral = graph.integral("recoil", u, graph.number(0), high, body, splits);
  return graph.label(integral, `events_${species}_${name}`);
}

/** Ends of panels that grow from zero by a factor of 3 each, so that every scale of recoils has nodes of its own. */
function fallingPanels(graph: Graph, high: Node, count: number): readonly Node[] {
  return Array.from({ length: count }, (_, i) => graph.multiply(graph.number(power(3, -(i + 1))), high));
}

/** √T at the kinematic end point of a piece of the spectrum. */
function recoilEnd(graph: Graph, mass: number, piece: SpectrumPiece): Node {
  const E = piece.kind === "line" ? piece.energy : piece.high;
  if (isConstant(E)) return graph.number(Math.sqrt(T_max(evaluateConstant(E), mass)));
  const two = graph.number(2);
  const below = graph.add(graph.number(mass), graph.multiply(two, E));
  return graph.call("sqrt", graph.divide(graph.multiply(two, E, E), below));
}

/** Edges of unsmeared bins as points in u. */
function binEdges(input: SignalInput, { response, u }: Recoiler, T: Node, high: Node): readonly Node[] {
  const { graph } = input.library.context;
  const top = evaluate(high, { parameters: input.parameters });
  return response
    .edgesInRecoil(T)
    .flatMap((edge) => zerosOf(graph, edge, u, { low: 0, high: top }, input.parameters));
}

/** ∫ dE spectrum dσ/dT over the energies that can give the recoil. */
function energyIntegral(
  graph: Graph,
  { name, mass, u }: Recoiler,
  species: Species,
  piece: SpectrumPiece,
  integrand: Node,
  energy: VariableNode,
): Node {
  if (piece.kind === "line") {
    const value = graph.multiply(piece.weight, substitute(graph, integrand, energy, piece.energy));
    const reached = graph.select("<=", u, recoilEnd(graph, mass, piece), graph.number(1), graph.number(0));
    return graph.multiply(graph.label(reached, `reached_${species}_${name}`), value);
  }
  const least = leastEnergy(graph, name, mass, u);
  const body = graph.multiply(piece.density, integrand);
  const low = graph.call("max", piece.low, least);
  const integral = graph.integral("energy", energy, low, piece.high, body);
  return graph.label(integral, `flux_${species}_${name}`);
}

/** E_min(T) = (T + √(T² + 2MT))/2 at T = u². */
function leastEnergy(graph: Graph, name: string, mass: number, u: VariableNode): Node {
  const square = graph.power(u, graph.number(2));
  const root = graph.call("sqrt", graph.add(square, graph.number(2 * mass)));
  const least = graph.multiply(graph.number(0.5), graph.add(square, graph.multiply(u, root)));
  return graph.label(least, `E_min_${name}`);
}
