/** How far the counts of a format, and χ², are from those of the spec, found by trying. */
import { largestOf } from "../../runtime/extremes.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { binnedChiSquare, type Place } from "./chi-square.ts";
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

/** χ² of the counts of a format less that of the spec. */
interface Excess {
  readonly size: number;
  /** As a part of χ², or of 1 where χ² is smaller. */
  readonly relative: number;
}

interface Compare {
  /** Largest difference of a bin at some pulls, less those at others. */
  readonly counts: (pulls: Pulls, less?: readonly Pulls[]) => Difference;
  /** How much more χ² changes from the centres to some pulls. */
  readonly chi2: (pulls: Pulls) => Excess;
}

/** `standing` has the values where everything else is. */
export function comparison(
  model: BinnedModel,
  approximations: readonly Approximation[],
  standing: ReadonlyMap<string, number> = new Map(),
): Compare {
  const byKey = new Map(model.parameters.map((one) => [one.key, one]));
  const nuisances = model.parameters.filter(({ kind }) => kind === "nuisance");
  const centers = new Map([...nuisances.map(({ key, mean }) => [key, mean] as const), ...standing]);
  const placeOf = (pulls: Pulls): Place => {
    const at = new Map(centers);
    for (const [key, pull] of pulls) at.set(key, centers.get(key)! + pull * byKey.get(key)!.sigma);
    return at;
  };
  const oursAt = ({ channel }: Approximation, pulls: Pulls): Float64Array =>
    model.evaluate(channel.total, channel.over, placeOf(pulls));
  const differences = (one: Approximation, pulls: Pulls): Float64Array => {
    const ours = oursAt(one, pulls);
    return one.expected(pulls).map((count, bin) => count - ours[bin]!);
  };
  const moved = (pulls: Pulls) =>
    approximations.filter(({ reads }) => [...pulls.keys()].some((key) => reads.has(key)));
  return { counts, chi2 };

  function counts(pulls: Pulls, less: readonly Pulls[] = []): Difference {
    return moved(pulls).reduce<Difference>(
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
  }

  function chi2(pulls: Pulls): Excess {
    const ofBoth = (at: Pulls): readonly [theirs: number, ours: number] => {
      const place = placeOf(at);
      const sum = (countsOf: (one: Approximation) => Float64Array): number =>
        moved(pulls).reduce((all, one) => all + binnedChiSquare(model, one.channel, countsOf(one), place), 0);
      return [sum((one) => one.expected(at)), sum((one) => oursAt(one, at))];
    };
    const [start, there] = [ofBoth(new Map()), ofBoth(pulls)];
    const size = Math.abs(there[0] - there[1] - (start[0] - start[1]));
    // Impossible counts have no χ², in either of both.
    return Number.isFinite(size)
      ? { size, relative: size / Math.max(1, there[1]) }
      : { size: 0, relative: 0 };
  }
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
    perError: largestOf(
      found.map(({ perError }) => perError),
      0,
    ),
    relative: largestOf(
      found.map(({ relative }) => relative),
      0,
    ),
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
  const only = (pull: number): Pulls => new Map([[key, pull]]);
  const among = (farthest: number, places: readonly number[]) => {
    const allowed = places.filter((pull) => isIn(parameter, pull)).map(only);
    const excesses = allowed.map((pulls) => compare.chi2(pulls));
    const bound: Bound = {
      ...largest(
        farthest,
        allowed.map((pulls) => compare.counts(pulls)),
      ),
      chi2: Math.max(0, ...excesses.map(({ size }) => size)),
    };
    const isExact = bound.relative <= exactTo && excesses.every(({ relative }) => relative <= exactTo);
    return { bound, isExact };
  };
  const within = [1, 3].map((farthest) => among(farthest, pullsWithin(farthest)));
  if (within.every(({ isExact }) => isExact)) return { subject: name, as, degree: "exact" };
  const degree = among(1, [-1, 1]).isExact ? "matched at ±1σ" : "approximate";
  return { subject: name, as, degree, bounds: within.map(({ bound }) => bound), note };
}

const pullsWithin = (farthest: number): readonly number[] =>
  Array.from({ length: 13 }, (_, i) => ((i - 6) * farthest) / 6);

const cornersOf = (size: number): readonly (readonly [number, number])[] =>
  [-size, size].flatMap((x) => [-size, size].map((y) => [x, y] as const));

/** Places within so many standard deviations of the centres. */
export interface Moves {
  readonly within: number;
  readonly places: readonly Place[];
}

/** Each nuisance by itself at 13 places, pairs at the corners: within one and within three standard deviations. */
export function movesAround(nuisances: readonly ModelParameter[], centers: Place): readonly Moves[] {
  const moved = (one: ModelParameter, pull: number): Place =>
    isIn(one, pull) ? new Map([[one.key, centers.get(one.key)! + pull * one.sigma]]) : new Map();
  return [1, 3].map((within) => {
    const alone = nuisances.flatMap((one) => pullsWithin(within).map((pull) => moved(one, pull)));
    const pairs = pairsIn(nuisances, [new Set(nuisances.map(({ key }) => key))]).flatMap(([a, b]) =>
      cornersOf(within).map(([x, y]) => new Map([...moved(a, x), ...moved(b, y)])),
    );
    return { within, places: [...alone, ...pairs].map((at) => new Map([...centers, ...at])) };
  });
}

/** What two nuisances moved at once add to the differences of each alone, at the corners; nothing when that is rounding. */
export function pairFidelity(
  a: ModelParameter,
  b: ModelParameter,
  as: string,
  compare: Compare,
): readonly Fidelity[] {
  const within = (size: number): Bound => {
    const both = cornersOf(size).filter(([x, y]) => isIn(a, x) && isIn(b, y));
    return largest(
      size,
      both.map(([x, y]) => {
        const alone = [new Map([[a.key, x]]), new Map([[b.key, y]])];
        return compare.counts(new Map([...alone[0]!, ...alone[1]!]), alone);
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
