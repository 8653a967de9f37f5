/** The binned model in the terms of HistFactory: samples whose modifiers are added or multiplied. */
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { code4, code4p } from "./interpolate.ts";
import { type Norm, normsOf } from "./norms.ts";
import { type PullShape, pullShape, type ScaledTerm, scaledTerm, scalingAt } from "./scalings.ts";
import { type BinFactors, binFactors } from "./template-statistics.ts";

export type HistModifier =
  | { readonly type: "normfactor"; readonly key: string }
  /** Multiplies by a parameter with a Gaussian constraint around 1. */
  | { readonly type: "lumi"; readonly key: string }
  /** Multiplies by an interpolation between lo, 1 and hi at α = −1, 0 and 1. */
  | { readonly type: "normsys"; readonly key: string; readonly lo: number; readonly hi: number }
  /** Multiplies each bin by a factor of its own with a Gaussian constraint; `key` names the factors. */
  | { readonly type: "staterror"; readonly key: string; readonly errors: Float64Array }
  /** Adds the interpolation between these yields and the nominal one. */
  | { readonly type: "histosys"; readonly key: string; readonly lo: Float64Array; readonly hi: Float64Array };

export interface HistSample {
  readonly name: string;
  readonly component: string;
  readonly nominal: Float64Array;
  readonly modifiers: readonly HistModifier[];
}

export interface HistChannel {
  readonly channel: ModelChannel;
  readonly samples: readonly HistSample[];
  readonly factors: readonly BinFactors[];
}

export interface HistModel {
  readonly channels: readonly HistChannel[];
  /** Nuisances that some modifier reads. */
  readonly pulls: readonly ModelParameter[];
  readonly norms: readonly Norm[];
  /** The one pull that multiplies, and its relative standard deviation. */
  readonly lumi: { readonly parameter: ModelParameter; readonly sigma: number } | undefined;
  /** Free parameters that no modifier can say: templates are those at their values. */
  readonly held: readonly ModelParameter[];
}

/** A term, its scalings told apart by what they can be said with. */
interface Part {
  readonly term: ScaledTerm;
  readonly norms: readonly Norm[];
  readonly linear: ReadonlyMap<string, number>;
  readonly logNormal: ReadonlyMap<string, number>;
  /** Nuisances that move the template in another way. */
  readonly morphs: readonly string[];
}

/**
 * Takes the terms of each component apart: what scales becomes a factor, what is linear or log-normal in a nuisance one of the pulls that
 * HistFactory has for it, the rest variations by one standard deviation. Free parameters that do more than scale are held.
 */
export function histFactory(model: BinnedModel): HistModel {
  const byKey = new Map(model.parameters.map((one) => [one.key, one]));
  const isFitted = (key: string): boolean => byKey.has(key);
  const scaled = model.channels.map(({ components }) =>
    components.map(({ terms }) => terms.map((term) => scaledTerm(term, isFitted))),
  );
  const norms = normsOf(model, scaled.flat(2));
  const context: Context = { model, byKey, norms: new Map(norms.map((one) => [one.parameter.key, one])) };
  const groups = model.channels.map((channel, c) =>
    channel.components.map(({ name }, k) =>
      groupsOf(
        name,
        scaled[c]![k]!.map((term) => partOf(context, term)),
      ),
    ),
  );
  const lumi = lumiOf(groups.flat(2));
  const centers = centersOf(context);
  const channels = model.channels.map((channel, c): HistChannel => {
    const samples = groups[c]!.flat().map((group) => sampleOf(context, channel, group, lumi?.key));
    const factors = binFactors(model, channel, centers);
    return { channel, samples: withFactors(samples, factors), factors };
  });
  const used = new Set(
    channels.flatMap(({ samples }) => samples.flatMap(({ modifiers }) => modifiers.map(({ key }) => key))),
  );
  const free = model.parameters.filter(({ kind }) => kind === "free");
  return {
    channels,
    pulls: model.parameters.filter(({ kind, key }) => kind === "nuisance" && used.has(key)),
    norms,
    lumi: lumi === undefined ? undefined : { parameter: byKey.get(lumi.key)!, sigma: lumi.slope },
    held: free.filter(({ key }) => !context.norms.has(key)),
  };
}

interface Context {
  readonly model: BinnedModel;
  readonly byKey: ReadonlyMap<string, ModelParameter>;
  readonly norms: ReadonlyMap<string, Norm>;
}

function partOf({ model, byKey, norms }: Context, term: ScaledTerm): Part {
  const linear = new Map<string, number>();
  const logNormal = new Map<string, number>();
  const morphs = new Set([...term.mixed].filter((key) => byKey.get(key)?.kind === "nuisance"));
  const own: Norm[] = [];
  for (const [key, factors] of term.scalings) {
    const parameter = byKey.get(key)!;
    const norm = norms.get(key);
    if (norm !== undefined) own.push(norm);
    if (parameter.kind === "free") continue;
    const shape = shapeOf(model, parameter, factors);
    if (shape.kind === "linear" && shape.slope !== 0) linear.set(key, shape.slope);
    else if (shape.kind === "log-normal") logNormal.set(key, shape.ratio);
    else if (shape.kind === "other") morphs.add(key);
  }
  return { term, norms: own, linear, logNormal, morphs: [...morphs] };
}

function shapeOf(
  model: BinnedModel,
  { key, mean, sigma }: ModelParameter,
  factors: ScaledTerm["rest"],
): PullShape {
  return pullShape((pull) => scalingAt(model, factors, key, mean + pull * sigma));
}

/** Terms of a component that are multiplied by the same: one sample. */
interface Group {
  readonly name: string;
  readonly component: string;
  readonly parts: readonly Part[];
  readonly morphs: readonly string[];
}

function groupsOf(component: string, parts: readonly Part[]): readonly Group[] {
  const byKey = new Map<string, Part[]>();
  for (const part of parts) {
    const key = JSON.stringify([
      part.norms.map(({ parameter }) => parameter.key).sort(),
      [...part.linear].sort(),
      [...part.logNormal].sort(),
    ]);
    byKey.set(key, [...(byKey.get(key) ?? []), part]);
  }
  const groups = [...byKey.values()];
  return groups.map((own, i) => ({
    name: groups.length === 1 ? component : `${component}_${i + 1}`,
    component,
    parts: own,
    morphs: [...new Set(own.flatMap(({ morphs }) => morphs))],
  }));
}

/**
 * The linear pull that is to be the one that multiplies: of those that scale all of their samples alike, the one that is in the way
 * of most others.
 */
function lumiOf(groups: readonly Group[]): { readonly key: string; readonly slope: number } | undefined {
  const found = new Map<string, { slope: number; others: number }>();
  const barred = new Set(groups.flatMap(({ morphs }) => morphs));
  for (const { parts, morphs } of groups) {
    const { linear } = parts[0]!;
    for (const [key, slope] of linear) {
      const known = found.get(key) ?? { slope, others: 0 };
      if (Math.abs(known.slope - slope) > 1e-12) barred.add(key);
      known.others += linear.size + morphs.length - 1;
      found.set(key, known);
    }
    for (const part of parts) for (const key of part.logNormal.keys()) barred.add(key);
  }
  const fit = [...found].filter(([key, { others, slope }]) => !barred.has(key) && others > 0 && slope > 0);
  const [best] = fit.sort(([, a], [, b]) => b.others - a.others);
  return best === undefined ? undefined : { key: best[0], slope: best[1].slope };
}

/** Nuisances at their means, norms at 1. */
function centersOf({ model, norms }: Context): ReadonlyMap<string, number> {
  const nuisances = model.parameters.filter(({ kind }) => kind === "nuisance");
  return new Map([
    ...nuisances.map(({ key, mean }) => [key, mean] as const),
    ...[...norms].map(([key, { unity }]) => [key, unity] as const),
  ]);
}

/** The factors of a component are those of all of its samples; the first one has the errors. */
function withFactors(samples: readonly HistSample[], factors: readonly BinFactors[]): readonly HistSample[] {
  const seen = new Set<string>();
  return samples.map((sample) => {
    const own = factors.find(({ component }) => component.name === sample.component);
    if (own === undefined) return sample;
    const isFirst = !seen.has(own.name);
    seen.add(own.name);
    const errors = isFirst ? own.errors : own.errors.map(() => 0);
    return { ...sample, modifiers: [...sample.modifiers, { type: "staterror", key: own.name, errors }] };
  });
}

function sampleOf(
  context: Context,
  channel: ModelChannel,
  { name, component, parts, morphs }: Group,
  lumi: string | undefined,
): HistSample {
  const { model, byKey } = context;
  const { norms, linear, logNormal } = parts[0]!;
  const centers = centersOf(context);
  const yields = (key?: string, pull = 0): Float64Array => {
    const at = new Map(centers);
    if (key !== undefined) at.set(key, centers.get(key)! + pull * byKey.get(key)!.sigma);
    return sumOf(model, channel, parts, at);
  };
  const nominal = yields();
  const scaled = (factor: number): Float64Array => nominal.map((count) => count * factor);
  const modifiers: HistModifier[] = norms.map(({ parameter: { key } }) => ({ type: "normfactor", key }));
  for (const [key, slope] of linear) {
    if (key === lumi) modifiers.push({ type: "lumi", key });
    else modifiers.push({ type: "histosys", key, lo: scaled(1 - slope), hi: scaled(1 + slope) });
  }
  for (const [key, ratio] of logNormal) modifiers.push({ type: "normsys", key, lo: 1 / ratio, hi: ratio });
  for (const key of morphs)
    modifiers.push({ type: "histosys", key, lo: yields(key, -1), hi: yields(key, 1) });
  return { name, component, nominal, modifiers };
}

function sumOf(
  model: BinnedModel,
  { over, bins }: ModelChannel,
  parts: readonly Part[],
  at: ReadonlyMap<string, number>,
): Float64Array {
  const sum = new Float64Array(bins);
  for (const { term } of parts) {
    const factors = [...term.rest, ...[...term.scalings.values()].flat()];
    const scale = factors.reduce((product, factor) => product * model.evaluate(factor, [], at)[0]!, 1);
    const template = model.evaluate(term.template, over, at);
    for (let bin = 0; bin < bins; bin++) sum[bin] = sum[bin]! + scale * template[bin]!;
  }
  return sum;
}

/** Expected counts of a channel by the rules of HistFactory, at norms and pulls by full name; norms are 1 unless given. */
export function expectedCounts(
  { channel, samples }: HistChannel,
  pulls: ReadonlyMap<string, number>,
  lumi: HistModel["lumi"],
): Float64Array {
  const sum = new Float64Array(channel.bins);
  for (const { nominal, modifiers } of samples) {
    let factor = 1;
    const counts = Float64Array.from(nominal);
    for (const modifier of modifiers) {
      const pull = pulls.get(modifier.key) ?? 0;
      if (modifier.type === "normsys") factor *= code4(pull, modifier.lo, modifier.hi);
      if (modifier.type === "lumi") factor *= 1 + (lumi?.sigma ?? 0) * pull;
      if (modifier.type !== "histosys") continue;
      const { lo, hi } = modifier;
      nominal.forEach((count, bin) => {
        counts[bin] = counts[bin]! + code4p(pull, lo[bin]! - count, hi[bin]! - count);
      });
    }
    for (let bin = 0; bin < sum.length; bin++) sum[bin] = sum[bin]! + factor * counts[bin]!;
  }
  return sum;
}
