/** How far limited statistics as a format has them are from those of the spec. */
import { largestOf } from "../../runtime/extremes.ts";
import type { Place } from "./chi-square.ts";
import type { Moves } from "./compare.ts";
import { type Bound, exactTo, type Fidelity } from "./fidelity.ts";

export interface VarianceComparison {
  readonly record: Pick<Fidelity, "subject" | "as">;
  /** What is to be known where the variances agree. */
  readonly exactly: string | undefined;
  /** Variances of the bins, as the spec and as the format have them. */
  readonly ours: (at: Place) => Float64Array;
  readonly theirs: (at: Place) => Float64Array;
  /** χ² of the counts of the spec, with a variance. */
  readonly chi2: (at: Place, variance: Float64Array) => number;
  readonly centers: Place;
  readonly moves: readonly Moves[];
}

/** Exact where the variances are equal at all places, else with the largest changes of differences of χ² from the centres. */
export function varianceFidelity(comparison: VarianceComparison): Fidelity {
  const { record, exactly, ours, theirs, chi2, centers, moves } = comparison;
  const changes = [{ places: [centers] }, ...moves].map(({ places }) =>
    largestOf(
      places.map((at) => changeAt(ours(at), theirs(at))),
      0,
    ),
  );
  if (changes.every((change) => change <= exactTo)) {
    return { ...record, degree: "exact", ...(exactly === undefined ? {} : { note: exactly }) };
  }
  const excess = (at: Place): number => chi2(at, theirs(at)) - chi2(at, ours(at));
  const start = excess(centers);
  const bounds = moves.map(({ within, places }): Bound => {
    const found = places.map((at) => Math.abs(excess(at) - start));
    // Impossible counts have no χ², in either of both.
    return { within, perError: 0, relative: 0, chi2: largestOf(found.filter(Number.isFinite), 0) };
  });
  const note = `their variance is off by up to ${(changes[1] ?? 0).toExponential(1)} of it within 1 sigma of the nuisances`;
  return { ...record, degree: "approximate", bounds, note };
}

/** Largest difference of a bin, as a part of the larger number. */
function changeAt(ours: Float64Array, theirs: Float64Array): number {
  const part = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.max(a, b));
  return largestOf(
    [...ours].map((value, bin) => part(value, theirs[bin]!)),
    0,
  );
}
