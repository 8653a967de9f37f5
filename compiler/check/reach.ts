/** How far the sources of an experiment reach: energies, momentum transfers and recoils, at the defaults. */
import { largestOf } from "../../runtime/extremes.ts";
import { T_max } from "../../runtime/kinematics.ts";
import type { Site } from "../elaborate/expression.ts";
import { inputsOf, labelOf } from "../lower/experiment.ts";
import type { Nucleus } from "../lower/nucleus.ts";
import { lowerSpectrum, speciesOf } from "../lower/source.ts";
import { lowerTargets } from "../lower/target.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, valueAt } from "./checking.ts";

export interface Reach {
  readonly experiment: Declaration;
  readonly source: Declaration;
  readonly detector: Declaration;
  /** The scope of the detector with the inputs of the experiment. */
  readonly detectorSite: Site;
  readonly nuclei: readonly Nucleus[];
  /** Largest energy of a neutrino, MeV. */
  readonly energy: number;
  /** Largest recoil of a nucleus, MeV. */
  readonly recoil: (nucleus: Nucleus) => number;
}

/** One for each source of the experiment whose energies are known. */
export function reachOf(checking: Checking, experiment: Declaration): readonly Reach[] {
  const { library, value } = checking;
  const site = library.inside(experiment, "strict", value);
  const use = field(experiment, "detector");
  const detector = library.declaration(labelOf(use));
  if (detector?.kind !== "detector") return [];
  const detectorSite = library.inside(detector, "strict", value, inputsOf(detector, use, site));
  const nuclei = lowerTargets(library, detector, detectorSite, { value }).map(({ nucleus }) => nucleus);
  return fieldsOf(experiment, "source").flatMap((one): readonly Reach[] => {
    const source = library.declaration(labelOf(one));
    if (source?.kind !== "source") return [];
    const energy = largestEnergy(
      checking,
      source,
      library.inside(source, "strict", value, inputsOf(source, one, site)),
    );
    const recoil = (nucleus: Nucleus): number => T_max(energy, nucleus.mass);
    return energy > 0 ? [{ experiment, source, detector, detectorSite, nuclei, energy, recoil }] : [];
  });
}

function largestEnergy(checking: Checking, source: Declaration, site: Site): number {
  const E = checking.graph.variable("E");
  const ends = speciesOf(source)
    .flatMap((species) => lowerSpectrum(source, species, site, E))
    .map((piece) => valueAt(checking, piece.kind === "line" ? piece.energy : piece.high));
  return largestOf(ends.filter(Number.isFinite), 0);
}
