/** How far the HistFactory form is from the counts of the spec. */
import { inUnit } from "../emit/view.ts";
import type { BinnedModel, ModelParameter } from "./binned-model.ts";
import type { Place } from "./chi-square.ts";
import { comparison, pairFidelity, pairsIn, pullFidelity } from "./compare.ts";
import type { Fidelity } from "./fidelity.ts";
import { expectedCounts, type HistModel } from "./histfactory.ts";
import { factorsFidelity } from "./template-statistics.ts";

/** The record of a HistFactory form: every parameter, pairs of nuisances, limited statistics. */
export function histFidelity(model: BinnedModel, hist: HistModel): readonly Fidelity[] {
  const standing = new Map(hist.norms.map(({ parameter, unity }) => [parameter.key, unity]));
  const approximations = hist.channels.map((one) => ({
    channel: one.channel,
    reads: new Set(one.samples.flatMap(({ modifiers }) => modifiers.map(({ key }) => key))),
    expected: (pulls: ReadonlyMap<string, number>) => expectedCounts(one, pulls, hist.lumi),
  }));
  const compare = comparison(model, approximations, standing);
  return [
    ...hist.norms.map(
      ({ parameter, isUnique }): Fidelity => ({
        subject: parameter.name,
        as: "normfactor",
        degree: "exact",
        ...(isUnique ? {} : { note: "several values of the parameter have the same factor" }),
      }),
    ),
    ...hist.pulls.map((one) => {
      const modifiers = modifiersOf(hist, one.key);
      return pullFidelity(one, modifiers.join(" and "), interpolationOf(modifiers), compare);
    }),
    ...pairsIn(hist.pulls, addedTogether(hist)).flatMap(([a, b]) =>
      pairFidelity(a, b, "histosys that add", compare),
    ),
    ...statisticsFidelity(model, hist, standing),
    ...hist.held.map((one) => heldFidelity(one, "HistFactory")),
  ];
}

/** Limited statistics, at other values of the norms too. */
function statisticsFidelity(
  model: BinnedModel,
  { channels, norms }: HistModel,
  standing: Place,
): readonly Fidelity[] {
  const nuisances = model.parameters.filter(({ kind }) => kind === "nuisance");
  const centers = new Map([...nuisances.map(({ key, mean }) => [key, mean] as const), ...standing]);
  const places = norms.flatMap(({ parameter: { key, value, factor }, unity }) => {
    const step = (Math.abs(value) || factor) / 2;
    return [-1, 1].map((sign) => new Map([...centers, [key, unity + sign * step]]));
  });
  return channels.flatMap(({ channel, factors }) =>
    factors.map((one) => factorsFidelity(model, channel, one, centers, places)),
  );
}

/** A free parameter whose templates are those of one value. */
export function heldFidelity(parameter: ModelParameter, format: string): Fidelity {
  const note = `${format} has no function that says how the counts depend on it, only a grid of values would`;
  return { subject: parameter.name, as: heldAt(parameter), degree: "unsupported", note };
}

/** `held at 5.06 fm`. */
export function heldAt({ value, unit, factor }: ModelParameter): string {
  return `held at ${Number(inUnit(value, factor).toPrecision(6))} ${unit}`.trim();
}

/** What the modifiers of a pull are called, for people. */
function modifiersOf({ channels }: HistModel, key: string): readonly string[] {
  const all = channels.flatMap(({ samples }) => samples.flatMap(({ modifiers }) => modifiers));
  return [...new Set(all.filter((one) => one.key === key).map(({ type }) => type))];
}

/** How pyhf interpolates, for people. */
function interpolationOf(modifiers: readonly string[]): string {
  const codes = [
    ...(modifiers.includes("histosys") ? ["code 4p between and beyond"] : []),
    ...(modifiers.includes("normsys") ? ["code 4 between"] : []),
  ];
  return codes.join(", ");
}

/** By sample, the nuisances whose shifts add; what multiplies is as in the spec. */
function addedTogether({ channels }: HistModel): readonly ReadonlySet<string>[] {
  return channels.flatMap(({ samples }) =>
    samples.map(({ modifiers }) => {
      const added = modifiers.filter(({ type }) => type === "histosys");
      return new Set(added.map(({ key }) => key));
    }),
  );
}
