/** χ² of one channel: as the spec means it, and as the Poisson counts that stand for it in a format. */

import { templateDeviance } from "../../runtime/deviance.ts";
import { gaussianChiSquare, unbinnedChiSquare } from "../../runtime/likelihood.ts";
import { power as toThe } from "../../runtime/power.ts";
import type { BinnedModel, ModelChannel } from "./binned-model.ts";

/** A place: parameters by full name, internal units; the others where the model stands. */
export type Place = ReadonlyMap<string, number>;

/** What the analysis itself has. */
export function specChiSquare(model: BinnedModel, channel: ModelChannel, at: Place): number {
  const { total, over, events } = channel;
  const counts = model.evaluate(total, over, at);
  return events === undefined
    ? binnedChiSquare(model, channel, counts, at)
    : unbinnedChiSquare(counts, model.evaluate(events.density, events.over, at));
}

/** Of expected counts in bins, with the variance of templates at that place or another one: with the errors of the data if they have some, else as Poisson counts. */
export function binnedChiSquare(
  model: BinnedModel,
  { over, observed, errors, variance }: ModelChannel,
  counts: Float64Array,
  at: Place,
  spread = variance === undefined ? undefined : model.evaluate(variance, over, at),
): number {
  if (errors === undefined) return poissonSum(counts, observed, spread);
  const widened =
    spread === undefined ? errors : errors.map((error, bin) => Math.hypot(error, Math.sqrt(spread[bin]!)));
  return gaussianChiSquare(counts, observed, widened);
}

/** Of Poisson counts in the bins, all times the factors of `scale`; limited statistics at their best. */
export function poissonChiSquareOf(
  model: BinnedModel,
  { total, over, observed, variance }: ModelChannel,
  scale: Float64Array | undefined,
  at: Place,
  spread = variance === undefined ? undefined : model.evaluate(variance, over, at),
): number {
  const scaled = (values: Float64Array, power = 1): Float64Array =>
    scale === undefined ? values : values.map((value, bin) => value * toThe(scale[bin]!, power));
  const counts = scaled(model.evaluate(total, over, at));
  return poissonSum(counts, scaled(observed), spread === undefined ? undefined : scaled(spread, 2));
}

function poissonSum(counts: Float64Array, observed: Float64Array, spread: Float64Array | undefined): number {
  return counts.reduce((sum, nu, bin) => sum + templateDeviance(nu, spread?.[bin] ?? 0, observed[bin]!), 0);
}
