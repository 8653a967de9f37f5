/** How far the counts of an HS3 document are from those of the spec. */
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { binnedChiSquare } from "./chi-square.ts";
import { comparison, movesAround, pairFidelity, pairsIn, pullFidelity } from "./compare.ts";
import type { Fidelity } from "./fidelity.ts";
import { centersOf, type Hs3Channel, type Hs3Model, hs3Counts, hs3Variance } from "./hs3-model.ts";
import { countsFidelity } from "./poisson-counts.ts";
import { varianceFidelity } from "./variance-fidelity.ts";

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

/** Limited statistics of templates. */
function spreadFidelity(model: BinnedModel, one: Hs3Channel): readonly Fidelity[] {
  const { channel, spread } = one;
  const { name, total, variance, over } = channel;
  if (variance === undefined) return [];
  const read = new Set([total, variance].flatMap((node) => [...dependence(node).parameters]));
  const nuisances = model.parameters.filter(({ kind, key }) => kind === "nuisance" && read.has(key));
  const centers = centersOf(model);
  const moving = spread.length > 0;
  const impossible = channel.likelihood === "poisson" ? "; a bin with a negative mean is impossible" : "";
  return [
    varianceFidelity({
      record: {
        subject: `${name}: limited statistics`,
        as: moving ? "a shift per bin with a Gaussian constraint" : "in the sigma of the bins",
      },
      exactly: moving ? `the spec has the likelihood at the best shifts${impossible}` : undefined,
      ours: (at) => model.evaluate(variance, over, at),
      theirs: (at) => hs3Variance(model, one, at),
      chi2: (at, spread) => binnedChiSquare(model, channel, model.evaluate(total, over, at), at, spread),
      centers,
      moves: movesAround(nuisances, centers),
    }),
  ];
}
