/** Cross sections by themselves: dσ/dT at points, and flux-averaged totals, straight from the symbolic rates. */

import { m_e } from "../../runtime/constants.ts";
import { T_max } from "../../runtime/kinematics.ts";
import { square } from "../../runtime/power.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { budgetOf, type Context } from "../elaborate/context.ts";
import { Library } from "../elaborate/library.ts";
import type { Declaration, Model } from "../model/model.ts";
import { evaluate } from "../rate/evaluate.ts";
import { Graph } from "../rate/graph.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { substituteAll } from "../rate/rewrite.ts";
import { findUnit, internalFactor } from "../units/index.ts";
import { AnalysisLowering, type Setting } from "./analysis.ts";
import { electronCrossSection } from "./electron.ts";
import { crossSection, type Kinematics } from "./interaction.ts";
import { interactionsOf } from "./model-sum.ts";
import { lowerNucleus, type Nucleus } from "./nucleus.ts";
import type { Recoil } from "./response.ts";
import { lowerSpectrum, type Species, type SpectrumPiece, speciesOf } from "./source.ts";

export interface CrossSectionRequest {
  /** Interactions to add up; those of the file's first analysis, or all of the file, unless given. */
  readonly interactions?: readonly string[];
  /** All nuclei of the file unless given. */
  readonly nuclei?: readonly string[];
  /** What recoils: the nucleus unless given, or an electron of its neutral atom, per atom. */
  readonly recoil?: Recoil;
  readonly species?: readonly Species[];
  /** MeV. */
  readonly E?: readonly number[];
  readonly T?: readonly number[];
  readonly kinematics?: Kinematics;
  readonly formfactor?: string;
  /** Sources to average over; all of the file unless given. */
  readonly sources?: readonly string[];
  readonly set?: readonly Setting[];
}

export interface CrossSectionPoint {
  readonly nucleus: string;
  readonly flavor: Species;
  /** MeV. */
  readonly E: number;
  readonly T: number;
  /** cm²/MeV; zero beyond the kinematic end point. */
  readonly dsigma_dT: number;
}

export interface CrossSectionAverage {
  readonly nucleus: string;
  readonly Z: number;
  readonly N: number;
  readonly source: string;
  /** cm². */
  readonly sigma: number;
}

export interface CrossSectionTable {
  readonly points: readonly CrossSectionPoint[];
  readonly averages: readonly CrossSectionAverage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** 1/MeV² in cm². */
const squareCentimetres = 1 / squareCentimetre();

function squareCentimetre(): number {
  const centimetre = findUnit("cm");
  if (centimetre === undefined) throw new Error("the unit cm is missing");
  return (
    square(internalFactor(centimetre.dimension) * Number(centimetre.factor.numerator)) /
    square(Number(centimetre.factor.denominator))
  );
}

export function crossSectionTable(model: Model, request: CrossSectionRequest): CrossSectionTable {
  const diagnostics: Diagnostic[] = [];
  const graph = new Graph();
  const context: Context = {
    graph,
    report: (one) => void diagnostics.push(one),
    budget: budgetOf(5_000_000),
  };
  const library = new Library(model, context);
  const of = (kind: Declaration["kind"], names: readonly string[] | undefined): readonly Declaration[] =>
    model.declarations.filter(
      (one) => one.kind === kind && (names === undefined || names.includes(one.name)),
    );
  const analysis = of("analysis", undefined)[0];
  const named = analysis === undefined ? undefined : interactionsOf(model, analysis);
  const interactions =
    request.interactions === undefined && named !== undefined
      ? named.interactions
      : of("interaction", request.interactions);
  const lowering = new AnalysisLowering(library, {
    name: analysis?.name ?? "",
    ...(analysis === undefined ? {} : { declaration: analysis }),
    interactions,
    experiments: named?.experiments ?? [],
    ...(request.set === undefined ? {} : { set: request.set }),
  });
  const kinematics = request.kinematics ?? lowering.kinematics;
  const formfactor =
    request.formfactor === undefined ? lowering.formfactor : library.declaration(request.formfactor);
  const nuclei = of("nucleus", request.nuclei).flatMap((one) => {
    const options = { value: lowering.value, ...(formfactor === undefined ? {} : { formfactor }) };
    const nucleus = lowerNucleus(library, one, options);
    return nucleus === undefined ? [] : [nucleus];
  });
  const E = graph.variable("E");
  const T = graph.variable("T");
  const parameters = lowering.default;
  const massOf = (nucleus: Nucleus): number => (request.recoil === "electron" ? m_e : nucleus.mass);
  const options = { interactions, kinematics, value: lowering.value };
  const section = (nucleus: Nucleus, species: Species): Node => {
    const q = graph.call("sqrt", graph.multiply(graph.number(2 * massOf(nucleus)), T));
    if (request.recoil !== "electron") return crossSection(library, nucleus, species, { E, T, q }, options);
    const atom = { nucleus, atoms: graph.number(1) };
    return electronCrossSection(library, [atom], species, { E, T, q }, options);
  };
  const at = { E, T, parameters, graph, massOf, section };
  const points = pointsOf(request, nuclei, at);
  const sources = of("source", request.sources);
  const averages = sources.flatMap((source) =>
    nuclei.map((nucleus) => ({
      nucleus: nucleus.name,
      Z: nucleus.Z,
      N: nucleus.N,
      source: source.name,
      sigma: averageOver(library, source, nucleus, lowering, at),
    })),
  );
  return { points, averages, diagnostics };
}

interface Place {
  readonly E: VariableNode;
  readonly T: VariableNode;
  readonly parameters: (name: string) => number;
  readonly graph: Graph;
  readonly massOf: (nucleus: Nucleus) => number;
  readonly section: (nucleus: Nucleus, species: Species) => Node;
}

function pointsOf(
  { E, T, species }: CrossSectionRequest,
  nuclei: readonly Nucleus[],
  place: Place,
): readonly CrossSectionPoint[] {
  return nuclei.flatMap((nucleus) =>
    (species ?? ["nu_e", "nu_mu", "nu_tau"]).flatMap((name) => {
      const section = place.section(nucleus, name);
      return (E ?? []).flatMap((energy) =>
        (T ?? []).map((recoil) => {
          const variables = new Map([
            [place.E, energy],
            [place.T, recoil],
          ]);
          const inside = recoil <= T_max(energy, place.massOf(nucleus));
          const value = inside ? evaluate(section, { parameters: place.parameters, variables }) : 0;
          return {
            nucleus: nucleus.name,
            flavor: name,
            E: energy,
            T: recoil,
            dsigma_dT: value * squareCentimetres,
          };
        }),
      );
    }),
  );
}

/** Σ over the species of ∫ spectrum ∫ dσ/dT dT dE, over the number of neutrinos of all species. */
function averageOver(
  library: Library,
  source: Declaration,
  nucleus: Nucleus,
  lowering: AnalysisLowering,
  place: Place,
): number {
  const site = library.inside(source, "strict", lowering.value);
  const species = speciesOf(source);
  let sum = 0;
  for (const name of species) {
    const section = place.section(nucleus, name);
    for (const piece of lowerSpectrum(source, name, site, place.E))
      sum += pieceTotal(piece, section, place.massOf(nucleus), place);
  }
  return (sum / species.length) * squareCentimetres;
}

function pieceTotal(piece: SpectrumPiece, section: Node, mass: number, place: Place): number {
  const { graph, E, T, parameters } = place;
  const total = (energy: Node): Node => {
    const two = graph.number(2);
    const end = graph.divide(
      graph.multiply(two, energy, energy),
      graph.add(graph.number(mass), graph.multiply(two, energy)),
    );
    return graph.integral(
      "recoil",
      T,
      graph.number(0),
      end,
      substituteAll(graph, section, new Map([[E, energy]])),
    );
  };
  if (piece.kind === "line") {
    return evaluate(graph.multiply(piece.weight, total(piece.energy)), { parameters, accuracy: 1e-8 });
  }
  const weighted = graph.multiply(piece.density, total(E));
  const node = graph.integral("energy", E, piece.low, piece.high, weighted);
  return evaluate(node, { parameters, accuracy: 1e-8 });
}
