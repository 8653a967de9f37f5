/** Contours of the profile of χ² in a plane of two parameters, the others at their best values. */
import type { CompiledAnalysis } from "./compiled.ts";
import { type ContourAxis, ContourLattice, type ContourLine, mostHalvings } from "./contour-lines.ts";
import type { Place } from "./marching-squares.ts";
import type { Minimum } from "./minimise.ts";
import { profiler, scanStart } from "./scan.ts";

export interface ContourParameter extends ContourAxis {
  readonly parameter: string;
}

export interface ContourOptions {
  /** Rises of χ² above the smallest one whose contours are wanted. */
  readonly rises: readonly number[];
  /** How often cells with a contour are cut into four, 3 unless given; more where a line has few points. */
  readonly halvings?: number;
  /** Count the rises from this χ², not from the smallest one in the plane. */
  readonly minimum?: number;
  /** Called after each fit with their number so far. */
  readonly progress?: (fits: number) => void;
}

export interface Contours {
  /** χ² that the rises are counted from. */
  readonly chi2: number;
  /** Where the smallest χ² in the plane was found. */
  readonly best: Place;
  readonly lines: readonly ContourLine[];
  /** Fits that were made, one per node of the lattice, and how many of them found no minimum. */
  readonly fits: number;
  readonly failed: number;
}

/** A closed line with fewer points is not known well; a strip that is narrower than the cells falls into such. */
const FEWEST_POINTS = 12;
/** Cells are not made smaller when there were so many fits. */
const MOST_FITS = 100_000;

/** A smallest χ² that was found on the way this much lower than the one before moves the contours. */
const NOTICED = 1e-4;

/**
 * Contours of a profile over the ranges of two parameters: as curves, islands and strips included, open where they leave the
 * ranges. Undefined when there is no best fit to count from.
 */
export function contours(
  analysis: CompiledAnalysis,
  [x, y]: readonly [ContourParameter, ContourParameter],
  { rises, halvings = 3, minimum, progress }: ContourOptions,
): Contours | undefined {
  const start = scanStart(analysis, [x, y]);
  const profile = profiler(analysis, [x, y], start);
  const minima = new Map<number, Minimum>();
  let failed = 0;
  let best: { readonly chi2: number; readonly place: Place } | undefined =
    start.chi2 === null ? undefined : { chi2: start.chi2, place: placeOf(analysis, [x, y], start.values) };
  const lattice = new ContourLattice({
    x,
    y,
    value: ({ key, place }, near) => {
      const found = profile(place, near === undefined ? undefined : minima.get(near.key));
      progress?.(lattice.size + 1);
      if (!found?.converged || !Number.isFinite(found.value)) {
        failed += 1;
        return Number.NaN;
      }
      minima.set(key, found);
      if (best === undefined || found.value < best.chi2) best = { chi2: found.value, place };
      return found.value;
    },
  });
  for (let cuts = halvings; ; ) {
    const base = minimum ?? best?.chi2;
    const seeds =
      best === undefined || !isWithin(x, best.place[0]) || !isWithin(y, best.place[1]) ? [] : [best.place];
    // Without a best fit to begin with, the lattice itself finds the lowest point.
    const lines = lattice.lines(base === undefined ? [] : rises, seeds, base ?? 0, cuts);
    if (best === undefined) return undefined;
    const isSettled = base !== undefined && (minimum !== undefined || best.chi2 > base - NOTICED);
    const isCoarse = lines.some(({ closed, points }) => closed && points.length < FEWEST_POINTS);
    if (isSettled && isCoarse && cuts < mostHalvings && lattice.size < MOST_FITS) cuts += 1;
    else if (isSettled) {
      return { chi2: base, best: best.place, lines, fits: lattice.size, failed };
    }
  }
}

function isWithin({ values }: ContourAxis, value: number): boolean {
  return value >= values[0]! && value <= values.at(-1)!;
}

function placeOf(
  { parameters }: CompiledAnalysis,
  axes: readonly [ContourParameter, ContourParameter],
  values: readonly number[],
): Place {
  const [x, y] = axes.map(({ parameter }) => values[parameters.findIndex(({ name }) => name === parameter)]!);
  return [x!, y!];
}
