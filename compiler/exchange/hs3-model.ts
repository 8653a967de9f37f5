/** The binned model as HS3 can say it: templates times closed functions of the parameters. */
import { dependence } from "../rate/analyse.ts";
import type { Node } from "../rate/node.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import type { Place } from "./chi-square.ts";
import { expressionText } from "./hs3-expression.ts";
import { parabola } from "./interpolate.ts";
import { factorsOf } from "./terms.ts";

/** A nuisance inside a template: half of the difference, and half of the sum, of its variations by one standard deviation. */
export interface Hs3Morph {
  readonly key: string;
  readonly odd: Float64Array;
  readonly even: Float64Array;
}

export interface Hs3Term {
  readonly component: string;
  /** Closed functions of the parameters, which multiply. */
  readonly closed: readonly Node[];
  readonly nominal: Float64Array;
  readonly morphs: readonly Hs3Morph[];
}

export interface Hs3Channel {
  readonly channel: ModelChannel;
  readonly terms: readonly Hs3Term[];
  /** The variance from limited statistics of templates that adds to errors of the data: what stays as it is. */
  readonly fixed: Float64Array;
  /** The rest of it, which shifts of the bins have: what moves with parameters, and of Poisson bins all. */
  readonly spread: readonly Spread[];
}

/** A part of a variance: numbers per bin times closed functions. */
export interface Spread {
  readonly closed: readonly Node[];
  readonly nominal: Float64Array;
}

export interface Hs3Model {
  readonly channels: readonly Hs3Channel[];
  /** Free parameters inside templates. */
  readonly held: readonly ModelParameter[];
  /** The other fitted parameters that are read, by functions or by templates. */
  readonly used: readonly ModelParameter[];
}

interface RawTerm {
  readonly component: string;
  /** Factors that are closed functions. */
  readonly closed: readonly Node[];
  /** The others, which multiply the template. */
  readonly factors: readonly Node[];
  readonly template: Node;
}

/** Takes coefficients that are closed functions out of the templates; nuisances that stay inside become variations. */
export function hs3Model(model: BinnedModel): Hs3Model {
  const byKey = new Map(model.parameters.map((one) => [one.key, one]));
  const raw = model.channels.map(({ components }) =>
    components.flatMap(({ name, terms }) =>
      terms.map(({ coefficient, template }): RawTerm => {
        const all = factorsOf(coefficient);
        const closed = all.filter((factor) => expressionText(factor, (key) => key) !== undefined);
        return { component: name, closed, factors: all.filter((one) => !closed.includes(one)), template };
      }),
    ),
  );
  const inTemplates = new Set(
    raw
      .flat()
      .flatMap(({ factors, template }) =>
        [...factors, template].flatMap((node) => [...dependence(node).parameters]),
      ),
  );
  const held = model.parameters.filter(({ kind, key }) => kind === "free" && inTemplates.has(key));
  const centers = centersOf(model);
  const channels = model.channels.map((channel, c) => ({
    channel,
    terms: raw[c]!.map((term) => termOf(model, byKey, channel, term)),
    ...spreadOf(model, channel, centers),
  }));
  const read = new Set(raw.flat().flatMap((term) => readBy(term)));
  for (const { node } of model.constraints) for (const key of dependence(node).parameters) read.add(key);
  const isHeld = new Set(held.map(({ key }) => key));
  return { channels, held, used: model.parameters.filter(({ key }) => read.has(key) && !isHeld.has(key)) };
}

/** The centres of nuisances. */
export function centersOf({ parameters }: BinnedModel): Place {
  const nuisances = parameters.filter(({ kind }) => kind === "nuisance");
  return new Map(nuisances.map(({ key, mean }) => [key, mean]));
}

/** The variance of the bins from limited statistics. */
function spreadOf(
  model: BinnedModel,
  { spread, over, bins, likelihood }: ModelChannel,
  centers: Place,
): Pick<Hs3Channel, "fixed" | "spread"> {
  const fixed = new Float64Array(bins);
  const all = spread.map(({ coefficient, template }): Spread => {
    const factors = factorsOf(coefficient);
    const closed = factors.filter((factor) => expressionText(factor, (key) => key) !== undefined);
    const others = factors.filter((one) => !closed.includes(one));
    const scale = others.reduce((product, one) => product * model.evaluate(one, [], centers)[0]!, 1);
    return { closed, nominal: model.evaluate(template, over, centers).map((value) => value * scale) };
  });
  const isFixed = ({ closed }: Spread): boolean => likelihood === "gaussian" && closed.length === 0;
  for (const { nominal } of all.filter(isFixed)) {
    nominal.forEach((value, bin) => {
      fixed[bin] = fixed[bin]! + value;
    });
  }
  return { fixed, spread: all.filter((one) => !isFixed(one)) };
}

function readBy({ closed, factors, template }: RawTerm): readonly string[] {
  return [...closed, ...factors, template].flatMap((node) => [...dependence(node).parameters]);
}

function termOf(
  model: BinnedModel,
  byKey: ReadonlyMap<string, ModelParameter>,
  { over, bins }: ModelChannel,
  { component, closed, factors, template }: RawTerm,
): Hs3Term {
  const inside = new Set([...factors, template].flatMap((node) => [...dependence(node).parameters]));
  const nuisances = [...inside].flatMap((key) => {
    const parameter = byKey.get(key);
    return parameter?.kind === "nuisance" ? [parameter] : [];
  });
  const centers = new Map(nuisances.map(({ key, mean }) => [key, mean]));
  const at = (changes: ReadonlyMap<string, number>): Float64Array => {
    const places = new Map([...centers, ...changes]);
    const factor = factors.reduce((product, one) => product * model.evaluate(one, [], places)[0]!, 1);
    return model.evaluate(template, over, places).map((count) => count * factor);
  };
  const nominal = at(new Map());
  const morphs = nuisances.map(({ key, mean, sigma }): Hs3Morph => {
    const [low, high] = [-1, 1].map((pull) => at(new Map([[key, mean + pull * sigma]])));
    const each = (of: (bin: number) => number): Float64Array =>
      Float64Array.from({ length: bins }, (_, b) => of(b));
    return {
      key,
      odd: each((bin) => (high![bin]! - low![bin]!) / 2),
      even: each((bin) => withoutRounding((high![bin]! + low![bin]!) / 2 - nominal[bin]!, nominal[bin]!)),
    };
  });
  return { component, closed, nominal, morphs };
}

function withoutRounding(difference: number, size: number): number {
  return Math.abs(difference) <= 1e-14 * Math.abs(size) ? 0 : difference;
}

/** Expected counts as the document has them, at pulls of the nuisances by full name. */
export function hs3Counts(
  model: BinnedModel,
  { channel, terms }: Hs3Channel,
  pulls: ReadonlyMap<string, number>,
): Float64Array {
  const at = new Map<string, number>();
  for (const { key, kind, mean, sigma } of model.parameters) {
    if (kind === "nuisance") at.set(key, mean + (pulls.get(key) ?? 0) * sigma);
  }
  const sum = new Float64Array(channel.bins);
  for (const { closed, nominal, morphs } of terms) {
    const factor = closed.reduce((product, one) => product * model.evaluate(one, [], at)[0]!, 1);
    nominal.forEach((count, bin) => {
      const shifts = morphs.reduce((shift, { key, odd, even }) => {
        const [low, high] = [even[bin]! - odd[bin]!, even[bin]! + odd[bin]!];
        return shift + parabola(pulls.get(key) ?? 0, low, high);
      }, 0);
      sum[bin] = sum[bin]! + factor * (count + shifts);
    });
  }
  return sum;
}

/** The variance of the bins as the document has it. */
export function hs3Variance(model: BinnedModel, { fixed, spread }: Hs3Channel, at: Place): Float64Array {
  const sum = Float64Array.from(fixed);
  for (const { closed, nominal } of spread) {
    const factor = closed.reduce((product, one) => product * model.evaluate(one, [], at)[0]!, 1);
    nominal.forEach((value, bin) => {
      sum[bin] = sum[bin]! + factor * value;
    });
  }
  return sum;
}
