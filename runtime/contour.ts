/** Contours of the profile of χ² in a plane of two parameters, the others at their best values. */
import type { CompiledAnalysis } from "./compiled.ts";
import { type ContourAxis, ContourLattice, type ContourLine, mostHalvings } from "./contour-lines.ts";
import { descents, placeOn, type Seed, type SeedAxis } from "./contour-seeds.ts";
import { areAlike } from "./contour-shape.ts";
import type { Place } from "./marching-squares.ts";
import type { Minimum } from "./minimise.ts";
import { power } from "./power.ts";
import type { RandomStartOptions } from "./random-starts.ts";
import { freeGrid, profiler, scanStart, withValues } from "./scan.ts";

export interface ContourParameter extends ContourAxis {
  readonly parameter: string;
}

export interface ContourOptions {
  /** Rises of χ² above the smallest one whose contours are wanted. */
  readonly rises: readonly number[];
  /** How often cells with a contour are cut into four, 3 unless given; more where that does not settle the lines. */
  readonly halvings?: number;
  /** Count the rises from this χ², not from the smallest one in the plane. */
  readonly minimum?: number;
  /** Points from which minima are looked for as well. */
  readonly random?: RandomStartOptions | undefined;
  /** Called after each fit with their number so far. */
  readonly progress?: (fits: number) => void;
}

/** A level whose lines may lack some, or be in pieces, although as many fits were made as are. */
export interface Unsettled {
  readonly level: number;
  /** A minimum below the level that no line was found around; without one the last cut still changed the lines. */
  readonly hidden?: Place;
}

export interface Contours {
  /** χ² that the rises are counted from. */
  readonly chi2: number;
  /** Where the smallest χ² was found. */
  readonly best: Place;
  readonly lines: readonly ContourLine[];
  /** The smallest χ² in the plane. */
  readonly lowest: number;
  readonly unsettled: readonly Unsettled[];
  /** Fits that were made, one per node of the lattice, and how many of them found no minimum. */
  readonly fits: number;
  readonly failed: number;
}

/** A closed line with fewer points is not known well. */
const FEWEST_POINTS = 12;
/** So many fits beyond those of the cuts that were asked for, cells are not made smaller. */
const MOST_MORE = 20_000;
/** A minimum that is less than this share of a level below it has an island too small to be looked for. */
const BARELY = 1e-2;

/** A smallest χ² that was found on the way this much lower than the one before moves the contours. */
const NOTICED = 1e-4;

/**
 * Contours of a profile over the ranges of two parameters: as curves, islands and strips included, open where they leave the
 * ranges. Undefined when there is no best fit to count from.
 */
export function contours(
  analysis: CompiledAnalysis,
  axes: readonly [ContourParameter, ContourParameter],
  options: ContourOptions,
): Contours | undefined {
  const { rises, halvings = 3, minimum } = options;
  const plane = new ProfiledPlane(analysis, axes, options);
  const { lattice } = plane;
  let first: number | undefined;
  for (let cuts = halvings; ; ) {
    const { best } = plane;
    if (best === undefined) return undefined;
    const base = minimum ?? best.chi2;
    const { lines, unsettled } = linesAround(plane, rises, base, cuts);
    if (minimum === undefined && plane.best!.chi2 < base - NOTICED) continue;
    first ??= lattice.size;
    const isCoarse = lines.some(({ closed, points }) => closed && points.length < FEWEST_POINTS);
    const mayCut = cuts < mostHalvings && lattice.size < first + MOST_MORE;
    if ((isCoarse || unsettled.length > 0) && mayCut) cuts += 1;
    else {
      const { lowest, failed } = plane;
      return {
        chi2: base,
        best: plane.best!.place,
        lines,
        lowest,
        unsettled,
        fits: lattice.size,
        failed,
      };
    }
  }
}

/** The profile in the plane, with the minima that are known. */
class ProfiledPlane {
  readonly lattice: ContourLattice;
  readonly axes: readonly [SeedAxis, SeedAxis];
  readonly seeds: readonly Seed[];
  failed = 0;
  best: Seed | undefined;

  constructor(
    analysis: CompiledAnalysis,
    [x, y]: readonly [ContourParameter, ContourParameter],
    { rises, minimum, progress, random }: ContourOptions,
  ) {
    const start = scanStart(analysis, [x, y], random);
    const profile = profiler(analysis, [x, y], start);
    const minima = new Map<number, Minimum>();
    this.lattice = new ContourLattice({
      x,
      y,
      value: ({ key, place }, near) => {
        const found = profile(place, near === undefined ? undefined : minima.get(near.key));
        progress?.(this.lattice.size + 1);
        if (!found?.converged || !Number.isFinite(found.value)) {
          this.failed += 1;
          return Number.NaN;
        }
        minima.set(key, found);
        this.#notice({ chi2: found.value, place });
        return found.value;
      },
    });
    const withIndex = (axis: ContourParameter): SeedAxis => ({
      ...axis,
      index: analysis.parameters.findIndex(({ name }) => name === axis.parameter),
    });
    const axes = [withIndex(x), withIndex(y)] as const;
    const indices = axes.map(({ index }) => index);
    this.axes = axes;
    if (start.isFit && start.chi2 !== null)
      this.#notice({ chi2: start.chi2, place: placeOn(axes, start.values) });
    const starts = this.lattice.starts().flatMap(({ place, near }) => {
      const found = minima.get(near);
      return found === undefined ? [] : [withValues(found.x, indices, place)];
    });
    const highest = Math.max(0, ...rises);
    const isLow = (chi2: number): boolean => chi2 < (minimum ?? this.best?.chi2 ?? chi2) + highest;
    const fitted = [start, ...start.others].map(({ values }) => Float64Array.from(values));
    this.seeds = descents(freeGrid(analysis, [x, y]), axes, [...fitted, ...starts], isLow);
    for (const seed of this.seeds) this.#notice(seed);
  }

  /** The smallest χ² known in the plane. */
  get lowest(): number {
    return this.seeds.reduce((lowest, { chi2 }) => Math.min(lowest, chi2), this.lattice.lowest);
  }

  #notice(one: Seed): void {
    if (this.best === undefined || one.chi2 < this.best.chi2) this.best = one;
  }
}

/** The lines after so many cuts, and the levels for which these were not enough. */
function linesAround(
  { lattice, seeds, axes }: ProfiledPlane,
  rises: readonly number[],
  base: number,
  cuts: number,
): Pick<Contours, "lines" | "unsettled"> {
  const below = (level: number): readonly Seed[] =>
    seeds.filter(({ chi2 }) => chi2 - base < (1 - BARELY) * level);
  const places = below(Math.max(0, ...rises)).map(({ place }) => place);
  const before = cuts === 0 ? undefined : lattice.lines(rises, places, base, cuts - 1);
  const lines = lattice.lines(rises, places, base, cuts);
  const unsettled = rises.flatMap((level): Unsettled[] => {
    const hidden = below(level).find(({ place }) => lattice.hides(place, level));
    const isOwn = (line: ContourLine): boolean => line.level === level;
    if (hidden !== undefined) return [{ level, hidden: hidden.place }];
    return before === undefined ||
      areAlike(before.filter(isOwn), lines.filter(isOwn), axes, power(2, 1 - cuts))
      ? []
      : [{ level }];
  });
  return { lines, unsettled };
}
