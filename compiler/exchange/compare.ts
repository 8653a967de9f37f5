/** How far the counts of a format are from those of the spec, found by trying. */
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { type Bound, exactTo, type Fidelity } from "./fidelity.ts";

/** Nuisances in standard deviations, by full name. */
export type Pulls = ReadonlyMap<string, number>;

/** A channel as a format has it. */
export interface Approximation {
  readonly channel: ModelChannel;
  /** Nuisances that move it, by full name. */
  readonly reads: ReadonlySet<string>;
  /** Expected counts with nuisances pulled, everything else where it stands. */
  readonly expected: (pulls: Pulls) => Float64Array;
}

interface Difference {
  readonly perError: number;
  readonly relative: number;
}

/** Largest difference of a bin at some pulls, less those at others. */
export type Compare = (pulls: Pulls, less?: readonly Pulls[]) => Difference;

/** `standing` has the values where everything else is. */
export function comparison(
  model: BinnedModel,
  approximations: readonly Approximation[],
  standing: ReadonlyMap<string, number> = new Map(),
): Compare {
  const byKey = new Map(model.parameters.map((one) => [one.key, one]));
  const nuisances = model.parameters.filter(({ kind }) => kind === "nuisance");
  const centers = new Map([...nuisances.map(({ key, mean }) => [key, mean] as const), ...standing]);
  const oursAt = ({ channel }: Approximation, pulls: Pulls): Float64Array => {
    const at = new Map(centers);
    for (const [key, pull] of pulls) at.set(key, centers.get(key)! + pull * byKey.get(key)!.sigma);
    return model.evaluate(channel.total, channel.over, at);
  };
  const differences = (one: Approximation, pulls: Pulls): Float64Array => {
    const ours = oursAt(one, pulls);
    return one.expected(pulls).map((count, bin) => count - ours[bin]!);
  };
  return (pulls, less = []) => {
    const moved = approximations.filter(({ reads }) => [...pulls.keys()].some((key) => reads.has(key)));
    return moved.reduce<Difference>(
      (most, one) => {
        const ours = oursAt(one, pulls);
        const difference = differences(one, pulls);
        for (const other of less) {
          differences(one, other).forEach((alone, bin) => {
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

/** A nuisance by itself, at 13 places within one and within three standard deviations. */
export function pullFidelity(
  parameter: ModelParameter,
  as: string,
  note: string,
  compare: Compare,
): Fidelity {
  const { name, key } = parameter;
  const at = (pull: number): Difference => compare(new Map([[key, pull]]));
  const allowed = (pull: number): boolean => isIn(parameter, pull);
  const within = (farthest: number): Bound => {
    const places = Array.from({ length: 13 }, (_, i) => ((i - 6) * farthest) / 6);
    return largest(farthest, places.filter(allowed).map(at));
  };
  const bounds = [within(1), within(3)];
  if (bounds.every(({ relative }) => relative <= exactTo)) return { subject: name, as, degree: "exact" };
  const atOne = largest(1, [-1, 1].filter(allowed).map(at));
  const degree = atOne.relative <= exactTo ? "matched at ±1σ" : "approximate";
  return { subject: name, as, degree, bounds, note };
}

/** What two nuisances moved at once add to the differences of each alone, at the corners; nothing when that is rounding. */
export function pairFidelity(
  a: ModelParameter,
  b: ModelParameter,
  as: string,
  compare: Compare,
): readonly Fidelity[] {
  const within = (size: number): Bound => {
    const corners = [-size, size].flatMap((x) => [-size, size].map((y) => [x, y] as const));
    const both = corners.filter(([x, y]) => isIn(a, x) && isIn(b, y));
    return largest(
      size,
      both.map(([x, y]) => {
        const alone = [new Map([[a.key, x]]), new Map([[b.key, y]])];
        return compare(new Map([...alone[0]!, ...alone[1]!]), alone);
      }),
    );
  };
  const bounds = [within(1), within(2)];
  if (bounds.every(({ relative }) => relative <= exactTo)) return [];
  const note = "each shift is that of the other at its centre";
  return [{ subject: `${a.name} with ${b.name}`, as, degree: "approximate", bounds, note }];
}

function isIn({ mean, sigma, range }: ModelParameter, pull: number): boolean {
  const value = mean + pull * sigma;
  return value >= range[0] && value <= range[1];
}

/** Pairs of nuisances that are in a set together. */
export function pairsIn(
  parameters: readonly ModelParameter[],
  sets: readonly ReadonlySet<string>[],
): readonly (readonly [ModelParameter, ModelParameter])[] {
  return parameters.flatMap((a, i) =>
    parameters.slice(i + 1).flatMap((b) => {
      const meet = sets.some((keys) => keys.has(a.key) && keys.has(b.key));
      return meet ? [[a, b] as const] : [];
    }),
  );
}
