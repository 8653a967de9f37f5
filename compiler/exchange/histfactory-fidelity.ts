/** How far the HistFactory form is from the counts of the spec, found by trying. */
import { inUnit } from "../emit/view.ts";
import type { BinnedModel, ModelParameter } from "./binned-model.ts";
import { type Bound, exactTo, type Fidelity } from "./fidelity.ts";
import { expectedCounts, type HistChannel, type HistModel } from "./histfactory.ts";

/** Nuisances in standard deviations, by full name. */
type Pulls = ReadonlyMap<string, number>;

export function histFidelity(model: BinnedModel, hist: HistModel): readonly Fidelity[] {
  const compare = comparison(model, hist);
  return [
    ...hist.norms.map(
      ({ parameter, isUnique }): Fidelity => ({
        subject: parameter.name,
        as: "normfactor",
        degree: "exact",
        ...(isUnique ? {} : { note: "several values of the parameter have the same factor" }),
      }),
    ),
    ...hist.pulls.map((one) => pullFidelity(hist, one, compare)),
    ...pairsOf(hist).flatMap((pair) => pairFidelity(pair, compare)),
    ...hist.held.map(heldFidelity),
  ];
}

function heldFidelity({ name, value, unit, factor }: ModelParameter): Fidelity {
  const at = `${inUnit(value, factor)} ${unit}`.trim();
  const note =
    "HistFactory has no function that says how the counts depend on it: a grid of values is a patch set";
  return { subject: name, as: `held at ${at}`, degree: "unsupported", note };
}

/** What the modifiers of a pull are called, for people. */
function modifiersOf({ channels }: HistModel, key: string): readonly string[] {
  const all = channels.flatMap(({ samples }) => samples.flatMap(({ modifiers }) => modifiers));
  return [...new Set(all.filter((one) => one.key === key).map(({ type }) => type))];
}

function pullFidelity(hist: HistModel, { name, key, ...rest }: ModelParameter, compare: Compare): Fidelity {
  const allowed = (pull: number): boolean => {
    const value = rest.mean + pull * rest.sigma;
    return value >= rest.range[0] && value <= rest.range[1];
  };
  const within = (farthest: number): Bound => {
    const steps = Array.from({ length: 13 }, (_, i) => ((i - 6) * farthest) / 6).filter(allowed);
    return largest(
      farthest,
      steps.map((pull) => compare(new Map([[key, pull]]))),
    );
  };
  const bounds = [within(1), within(3)];
  const as = modifiersOf(hist, key).join(" and ");
  if (bounds.every(({ relative }) => relative <= exactTo)) return { subject: name, as, degree: "exact" };
  const atOne = largest(
    1,
    [-1, 1].filter(allowed).map((pull) => compare(new Map([[key, pull]]))),
  );
  const degree = atOne.relative <= exactTo ? "matched at ±1σ" : "approximate";
  return { subject: name, as, degree, bounds, note: "code 4p between and beyond" };
}

/** Pairs of nuisances whose shifts of a sample add; what multiplies is as in the spec. */
function pairsOf({ channels, pulls }: HistModel): readonly (readonly [ModelParameter, ModelParameter])[] {
  const together = channels.flatMap(({ samples }) =>
    samples.map(({ modifiers }) => {
      const added = modifiers.filter(({ type }) => type === "histosys");
      return new Set(added.map(({ key }) => key));
    }),
  );
  return pulls.flatMap((a, i) =>
    pulls.slice(i + 1).flatMap((b) => {
      const meet = together.some((keys) => keys.has(a.key) && keys.has(b.key));
      return meet ? [[a, b] as const] : [];
    }),
  );
}

/** What two nuisances moved at once add to the differences of each alone. */
function pairFidelity(
  [a, b]: readonly [ModelParameter, ModelParameter],
  compare: Compare,
): readonly Fidelity[] {
  const within = (size: number): Bound => {
    const corners = [-size, size].flatMap((x) => [-size, size].map((y) => [x, y] as const));
    const both = corners
      .filter(([x, y]) => isIn(a, x) && isIn(b, y))
      .map(([x, y]) =>
        compare(
          new Map([
            [a.key, x],
            [b.key, y],
          ]),
          [new Map([[a.key, x]]), new Map([[b.key, y]])],
        ),
      );
    return largest(size, both);
  };
  const bounds = [within(1), within(2)];
  if (bounds.every(({ relative }) => relative <= exactTo)) return [];
  const note = "each shift is that of the other at its centre";
  return [
    { subject: `${a.name} with ${b.name}`, as: "histosys that add", degree: "approximate", bounds, note },
  ];
}

function isIn({ mean, sigma, range }: ModelParameter, pull: number): boolean {
  const value = mean + pull * sigma;
  return value >= range[0] && value <= range[1];
}

interface Difference {
  readonly perError: number;
  readonly relative: number;
}

/** Largest difference of a bin at some pulls, less those at others. */
type Compare = (pulls: Pulls, less?: readonly Pulls[]) => Difference;

function comparison(model: BinnedModel, hist: HistModel): Compare {
  const centers = new Map(
    model.parameters.filter(({ kind }) => kind === "nuisance").map(({ key, mean }) => [key, mean]),
  );
  for (const { parameter, unity } of hist.norms) centers.set(parameter.key, unity);
  const byKey = new Map(hist.pulls.map((one) => [one.key, one]));
  const oursAt = ({ channel }: HistChannel, pulls: Pulls): Float64Array => {
    const at = new Map(centers);
    for (const [key, pull] of pulls) at.set(key, centers.get(key)! + pull * byKey.get(key)!.sigma);
    return model.evaluate(channel.total, channel.over, at);
  };
  const differences = (channel: HistChannel, pulls: Pulls): Float64Array => {
    const theirs = expectedCounts(channel, pulls, hist.lumi);
    const ours = oursAt(channel, pulls);
    return theirs.map((count, bin) => count - ours[bin]!);
  };
  return (pulls, less = []) => {
    const all = hist.channels.filter(({ samples }) =>
      samples.some(({ modifiers }) => modifiers.some(({ key }) => pulls.has(key))),
    );
    return all.reduce<Difference>(
      (most, channel) => {
        const ours = oursAt(channel, pulls);
        const difference = differences(channel, pulls);
        for (const one of less) {
          differences(channel, one).forEach((alone, bin) => {
            difference[bin] = difference[bin]! - alone;
          });
        }
        return difference.reduce((worst, d, bin) => worse(worst, Math.abs(d), Math.abs(ours[bin]!)), most);
      },
      { perError: 0, relative: 0 },
    );
  };
}

/** Counts below this are no counts: a difference relative to them says nothing. */
const fewest = 1e-12;

function worse({ perError, relative }: Difference, difference: number, counts: number): Difference {
  if (difference <= fewest) return { perError, relative };
  return {
    perError: Math.max(perError, difference / Math.sqrt(Math.max(counts, fewest))),
    relative: Math.max(relative, difference / Math.max(counts, fewest)),
  };
}

function largest(within: number, found: readonly Difference[]): Bound {
  return {
    within,
    perError: Math.max(0, ...found.map(({ perError }) => perError)),
    relative: Math.max(0, ...found.map(({ relative }) => relative)),
  };
}
