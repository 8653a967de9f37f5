/** How far the counts of an HS3 document are from those of the spec. */
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { comparison, pairFidelity, pairsIn, pullFidelity } from "./compare.ts";
import { exactTo, type Fidelity } from "./fidelity.ts";
import { type Hs3Channel, type Hs3Model, hs3Counts, hs3Variance, placesOf } from "./hs3-model.ts";
import { countsFidelity } from "./poisson-counts.ts";
import { difference } from "./template-statistics.ts";

/** The record of a document: every channel and parameter, pairs of nuisances inside templates. */
export function hs3Fidelity(model: BinnedModel, { channels, used }: Hs3Model): readonly Fidelity[] {
  const approximations = channels.map((one) => ({
    channel: one.channel,
    reads: new Set(
      one.terms.flatMap(({ closed, morphs }) => [
        ...closed.flatMap((node) => [...dependence(node).parameters]),
        ...morphs.map(({ key }) => key),
      ]),
    ),
    expected: (pulls: ReadonlyMap<string, number>) => hs3Counts(model, one, pulls),
  }));
  const compare = comparison(model, approximations);
  const morphed = new Set(
    channels.flatMap(({ terms }) => terms.flatMap(({ morphs }) => morphs.map(({ key }) => key))),
  );
  const together = channels.flatMap(({ terms }) =>
    terms.map(({ morphs }) => new Set(morphs.map(({ key }) => key))),
  );
  const nuisances = used.filter(({ kind }) => kind === "nuisance");
  return [
    ...channels.flatMap(({ channel }) => channelFidelity(model, used, channel)),
    ...channels.flatMap((one) => spreadFidelity(model, one)),
    ...used
      .filter(({ kind }) => kind === "free")
      .map(
        ({ name }): Fidelity => ({
          subject: name,
          as: "generic_function",
          degree: "exact",
        }),
      ),
    ...nuisances.map((one) => {
      const as = morphed.has(one.key) ? "samples of its variations" : "generic_function";
      return pullFidelity(one, as, "a parabola between, straight lines beyond", compare);
    }),
    ...pairsIn(nuisances, together).flatMap(([a, b]) => pairFidelity(a, b, "samples that add", compare)),
  ];
}

function channelFidelity(
  model: BinnedModel,
  used: readonly ModelParameter[],
  channel: ModelChannel,
): readonly Fidelity[] {
  const { name, likelihood } = channel;
  if (likelihood === "unbinned") {
    const free = used.filter(({ kind }) => kind === "free");
    return countsFidelity(model, free, channel);
  }
  const as = likelihood === "gaussian" ? "gaussian_dist per bin" : "histfactory_dist";
  return [{ subject: name, as, degree: "exact" }];
}

/** Limited statistics of Gaussian bins. */
function spreadFidelity(model: BinnedModel, one: Hs3Channel): readonly Fidelity[] {
  const { name, likelihood, variance, over } = one.channel;
  if (likelihood !== "gaussian" || variance === undefined) return [];
  const { centers, moves } = placesOf(model);
  const change = [centers, ...moves].reduce((most, at) => {
    const ours = model.evaluate(variance, over, at);
    const theirs = hs3Variance(model, one, at);
    return ours.reduce((worst, value, bin) => Math.max(worst, difference(value, theirs[bin]!)), most);
  }, 0);
  const subject = `${name}: limited statistics`;
  const moving = one.spread.length > 0;
  const as = moving ? "a shift per bin with a Gaussian constraint" : "in the sigma of the bins";
  if (change > exactTo) {
    const note = `their variance is off by up to ${change.toExponential(1)} of it within 1 sigma of the nuisances`;
    return [{ subject, as, degree: "approximate", note }];
  }
  const note = moving ? { note: "the spec has the likelihood at the best shifts" } : {};
  return [{ subject, as, degree: "exact", ...note }];
}
