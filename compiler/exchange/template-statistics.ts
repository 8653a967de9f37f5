/** Limited statistics of templates as factors of bins with Gaussian constraints, the `staterror` of HistFactory. */
import type { BinnedModel, ModelChannel, ModelComponent } from "./binned-model.ts";
import type { Place } from "./chi-square.ts";
import { exactTo, type Fidelity } from "./fidelity.ts";

/** Factors γ of the bins of a component, 1 ± relative. Their best values are the shift that the likelihood of the spec has. */
export interface BinFactors {
  readonly name: string;
  readonly component: string;
  /** Standard deviations of the counts, at the centres of nuisances. */
  readonly errors: Float64Array;
  /** The same over the counts; 0 in bins without an error, or without counts. */
  readonly relative: Float64Array;
  readonly fidelity: Fidelity;
}

/** `at` is where templates are; `moves` are places where relative errors are to be the same. */
export function binFactors(
  model: BinnedModel,
  channel: ModelChannel,
  at: Place,
  moves: readonly Place[],
): readonly BinFactors[] {
  return channel.components.flatMap((component) => {
    if (component.variance === undefined) return [];
    const { errors, relative, lost } = errorsAt(model, channel, component, at);
    const change = moves.reduce((most, move) => {
      const there = errorsAt(model, channel, component, move).relative;
      return there.reduce((worst, value, bin) => Math.max(worst, difference(value, relative[bin]!)), most);
    }, 0);
    const subject = `${channel.name}: limited statistics of ${component.name}`;
    return [
      {
        name: `stat_${channel.name}_${component.name}`,
        component: component.name,
        errors,
        relative,
        fidelity: fidelityOf(subject, lost, change),
      },
    ];
  });
}

function fidelityOf(subject: string, lost: number, change: number): Fidelity {
  const as = "a factor per bin with a Gaussian constraint";
  if (lost > 0) {
    const note = `${lost} bins have an error and no counts, which no factor says`;
    return { subject, as, degree: "unsupported", note };
  }
  if (change > exactTo) {
    const note = `relative errors change by up to ${change.toExponential(1)} of them within 1 sigma of the nuisances`;
    return { subject, as, degree: "approximate", note };
  }
  return { subject, as, degree: "exact", note: "the spec has the likelihood at the best factors" };
}

/** Of one number from another, as a part of the larger one. */
export function difference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(a, b);
}

function errorsAt(
  model: BinnedModel,
  { over }: ModelChannel,
  { total, variance }: ModelComponent,
  at: Place,
) {
  const counts = model.evaluate(total, over, at);
  const all = model.evaluate(variance!, over, at).map(Math.sqrt);
  const isLost = (error: number, bin: number): boolean => error > 0 && !(counts[bin]! > 0);
  const errors = all.map((error, bin) => (isLost(error, bin) ? 0 : error));
  return {
    errors,
    relative: errors.map((error, bin) => (error > 0 ? error / counts[bin]! : 0)),
    lost: all.filter(isLost).length,
  };
}
