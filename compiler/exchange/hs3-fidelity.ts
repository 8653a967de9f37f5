/** How far the counts of an HS3 document are from those of the spec. */
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { comparison, pairFidelity, pairsIn, pullFidelity } from "./compare.ts";
import type { Fidelity } from "./fidelity.ts";
import { type Hs3Model, hs3Counts } from "./hs3-model.ts";
import { countsFidelity } from "./poisson-counts.ts";

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
