/** Limited statistics of templates as factors of bins with Gaussian constraints, the `staterror` of HistFactory. */
import { square } from "../../runtime/power.ts";
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelChannel, ModelComponent } from "./binned-model.ts";
import { type Place, poissonChiSquareOf } from "./chi-square.ts";
import { movesAround } from "./compare.ts";
import type { Fidelity } from "./fidelity.ts";
import { countScale } from "./poisson-counts.ts";
import { varianceFidelity } from "./variance-fidelity.ts";

/** Factors γ of the bins of a component, 1 ± relative. Their best values are the shift that the likelihood of the spec has. */
export interface BinFactors {
  readonly name: string;
  readonly component: ModelComponent;
  /** Standard deviations of the counts, at the centres of nuisances. */
  readonly errors: Float64Array;
  /** The same over the counts; 0 in bins without an error, or without counts. */
  readonly relative: Float64Array;
  /** How many bins have an error and no counts. */
  readonly lost: number;
}

/** `at` is where templates are. */
export function binFactors(model: BinnedModel, channel: ModelChannel, at: Place): readonly BinFactors[] {
  return channel.components.flatMap((component): readonly BinFactors[] => {
    const { name, total, variance } = component;
    if (variance === undefined) return [];
    const counts = model.evaluate(total, channel.over, at);
    const all = model.evaluate(variance, channel.over, at).map(Math.sqrt);
    const isLost = (error: number, bin: number): boolean => error > 0 && !(counts[bin]! > 0);
    const errors = all.map((error, bin) => (isLost(error, bin) ? 0 : error));
    const relative = errors.map((error, bin) => (error > 0 ? error / counts[bin]! : 0));
    const factors = { name: `stat_${channel.name}_${name}`, component, errors, relative };
    return [{ ...factors, lost: all.filter(isLost).length }];
  });
}

/**
 * What factors keep: their relative errors are those of the centres, so that the best factors are the shift of a variance that moves with
 * the counts. `norms` are places with other values of the free parameters.
 */
export function factorsFidelity(
  model: BinnedModel,
  channel: ModelChannel,
  factors: BinFactors,
  centers: Place,
  norms: readonly Place[],
): Fidelity {
  const { component, relative, lost } = factors;
  const subject = `${channel.name}: limited statistics of ${component.name}`;
  const as = "a factor per bin with a Gaussian constraint";
  if (lost > 0) {
    const note = `${lost} bins have an error and no counts, which no factor says`;
    return { subject, as, degree: "unsupported", note };
  }
  const read = new Set(
    [component.total, component.variance!].flatMap((node) => [...dependence(node).parameters]),
  );
  const moves = movesAround(
    model.parameters.filter(({ kind, key }) => kind === "nuisance" && read.has(key)),
    centers,
  );
  const scale = countScale(channel);
  const at = (node: ModelComponent["total"], place: Place): Float64Array =>
    model.evaluate(node, channel.over, place);
  const ours = (place: Place): Float64Array => at(channel.variance!, place);
  const theirs = (place: Place): Float64Array => {
    const [counts, own] = [at(component.total, place), at(component.variance!, place)];
    return ours(place).map((all, bin) => all - own[bin]! + square(relative[bin]! * counts[bin]!));
  };
  return varianceFidelity({
    record: { subject, as },
    exactly: "the spec has the likelihood at the best factors",
    ours,
    theirs,
    chi2: (place, variance) => poissonChiSquareOf(model, channel, scale, place, variance),
    centers,
    moves: moves.map((one, i) => (i === 0 ? { ...one, places: [...one.places, ...norms] } : one)),
  });
}
