/** Upper limits in the limit of many events, and those that are expected without a signal (arXiv:1007.1727). */

import { type Distances, exclusionOf, expectedRoot, type LimitMethod } from "./asymptotics.ts";
import type { CompiledAnalysis } from "./compiled.ts";
import { type BestFit, bestFit } from "./fit-search.ts";
import { chiSquare, type Objective } from "./likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
import { type CrossingStatus, minos } from "./minos.ts";
import { square } from "./power.ts";
import { sampleAt } from "./profile-sample.ts";
import { type ProfileScan, type Region, regionsBelow, scanProfile } from "./profile-scan.ts";
import { expectedAt, withErrors, withMeasured } from "./pseudo-experiment.ts";
import type { RandomStartOptions } from "./random-starts.ts";
import { findRoot } from "./roots.ts";

/** Where nuisances are when a truth is made up. */
export type NuisancesAt =
  /** At their best values given the data, with the tested parameters held. */
  | "fitted"
  /** At the values of the spec. */
  | "nominal";

export interface LimitRequest {
  readonly parameter: string;
  /** Confidence level as a fraction. */
  readonly level: number;
  readonly method: LimitMethod;
  /** The value without a signal. */
  readonly null: number;
  readonly nuisances: NuisancesAt;
  /** Points from which minima are looked for as well. */
  readonly random?: RandomStartOptions | undefined;
}

/** A limit that is expected of experiments without a signal. */
export interface ExpectedLimit {
  /** Standard deviations by which the experiment is luckless: 0 for the median, ±1 and ±2 for the bands. */
  readonly shift: number;
  readonly value: number;
}

export const SHIFTS: readonly number[] = [-2, -1, 0, 1, 2];

export interface Limit {
  /** False when a minimum was not found; `reason` says which. */
  readonly converged: boolean;
  readonly reason: string;
  /** The best value. */
  readonly best: number;
  /** Minima of the profile of the data that no such limit tells apart, the lowest first. */
  readonly minima: readonly number[];
  /** Values that are not excluded, rising and disjoint: more than one where the likelihood has several minima. */
  readonly regions: readonly Region[];
  readonly expected: readonly ExpectedLimit[];
}

/** How often a better minimum may be met on the way. */
const RESTARTS = 3;
const EXTRA_STARTS = 2;
/** Shares below this are as good as none. */
const LEAST = 1e-300;

/** χ² as a function of one parameter that is free, at its best values of the others. */
interface Line {
  readonly objective: Objective;
  readonly index: number;
  readonly scan: ProfileScan;
}

/**
 * The upper limit on a parameter. With the `profile` method a value is excluded when q̃, or one further from it, has a probability below
 * 1 − level; with `cls` when that, divided by the same probability without a signal, is. Unknown names are a RangeError.
 */
export function upperLimit(compiled: CompiledAnalysis, request: LimitRequest): Limit {
  const analysis = withErrors(compiled);
  const up = square(expectedRoot(request.method, request.level, 2));
  const observed = lineOf(analysis, request, up);
  if (observed === undefined) return without("there is no minimum of the data");
  const truth = truthAt(analysis, { [request.parameter]: request.null }, request.nuisances, request.random);
  if (truth === undefined) return without("there is no minimum without a signal");
  const asimov = withMeasured(analysis, expectedAt(analysis, truth));
  const expected = lineOf(asimov, request, up, truth);
  if (expected === undefined) return without("there is no minimum of the Asimov data");
  return {
    converged: true,
    reason: "converged",
    best: observed.scan.profile.minimum.x[observed.index]!,
    minima: observed.scan.minima.filter(({ above }) => above < up).map(({ at }) => at),
    regions: allowed(observed, expected, request),
    expected: SHIFTS.map((shift) => ({ shift, value: expectedLimit(expected, request, shift) })),
  };
}

function without(reason: string): Limit {
  return { converged: false, reason, best: Number.NaN, minima: [], regions: [], expected: [] };
}

/** All parameters with some of them held, the others at their best values or at those of the spec; undefined without a minimum. */
export function truthAt(
  analysis: CompiledAnalysis,
  held: Readonly<Record<string, number>>,
  nuisances: NuisancesAt,
  random?: RandomStartOptions,
): Float64Array | undefined {
  const objective = chiSquare(analysis, { fix: Object.keys(held), values: held });
  if (nuisances === "nominal") return objective.start;
  const { minimum } = bestFit(objective, EXTRA_STARTS, { random });
  return minimum.converged ? minimum.x : undefined;
}

function lineOf(
  analysis: CompiledAnalysis,
  { parameter, random }: LimitRequest,
  up: number,
  start?: Float64Array,
): Line | undefined {
  const objective = chiSquare(analysis, { free: isFixed(analysis, parameter) ? [parameter] : [] });
  const index = objective.names.indexOf(parameter);
  if (index < 0) throw new RangeError(`${analysis.name} has no parameter ${parameter}`);
  const from = start === undefined ? objective : { ...objective, start };
  const scan = wholeProfile(objective, bestFit(from, EXTRA_STARTS, { random }), index, up);
  return scan && { objective, index, scan };
}

function isFixed({ parameters }: CompiledAnalysis, wanted: string): boolean {
  return parameters.some(({ name, role }) => name === wanted && role === "fixed");
}

/** The profile over the range of a parameter; undefined without a minimum. */
function wholeProfile(
  objective: Objective,
  { minimum: first, others }: BestFit,
  index: number,
  up: number,
): ProfileScan | undefined {
  let minimum: Minimum = first;
  for (let restart = 0; minimum.converged; restart++) {
    const { low, high, newMinimum } = minos(objective, minimum, index);
    const scan =
      newMinimum === undefined
        ? scanProfile(objective, minimum, index, {
            up,
            crossings: [low, high].map((end) => ({ ...end, up: 1 })),
            seeds: others.map(({ values }) => values),
          })
        : undefined;
    const lower = newMinimum?.x ?? scan?.newMinimum;
    if (scan !== undefined && (lower === undefined || restart === RESTARTS)) return scan;
    if (lower === undefined || restart === RESTARTS) return undefined;
    minimum = minimise({ ...objective, start: lower });
  }
  return undefined;
}

/** χ² above its minimum at a value of the parameter. */
function heightAt({ scan: { profile } }: Line, at: number): number {
  return Math.max(0, sampleAt(profile, at, true).height);
}

/** Of less, rounding of χ² is a share that matters. */
const LEAST_HEIGHT = 1e-6;

/** The root of t of the Asimov data; next to the null hypothesis, where t is lost in rounding, that of a place further away in proportion. */
function rootAt(asimov: Line, tested: number, nothing: number): number {
  const { low, high } = asimov.scan.profile;
  for (let factor = 1; ; factor *= 8) {
    const at = nothing + factor * (tested - nothing);
    const isInside = low <= at && at <= high && at !== nothing;
    const height = isInside ? heightAt(asimov, at) : 0;
    if (height >= LEAST_HEIGHT) return Math.sqrt(height) / factor;
    if (!isInside) break;
  }
  return Math.sqrt(heightAt(asimov, tested));
}

/** How far a tested value is from the null hypothesis and from the lower end of its range. */
function distancesAt(asimov: Line, tested: number, nothing: number): Distances {
  const low = asimov.objective.lower[asimov.index]!;
  const away = Math.sign(tested - nothing) * rootAt(asimov, tested, nothing);
  if (!Number.isFinite(low)) return { null: away, bound: Number.POSITIVE_INFINITY };
  if (tested === nothing) return { null: 0, bound: nothing > low ? Number.POSITIVE_INFINITY : 0 };
  return { null: away, bound: (away * (tested - low)) / (tested - nothing) };
}

/** The values that are not excluded: those below the best one, and above it those with a large enough share. */
function allowed(
  observed: Line,
  asimov: Line,
  { method, level, null: nothing }: LimitRequest,
): readonly Region[] {
  const { profile } = observed.scan;
  const best = profile.minimum.x[observed.index]!;
  const excess = (at: number): number => {
    const share = exclusionOf(method, heightAt(observed, at), distancesAt(asimov, at, nothing));
    return Math.log(Math.max(share, LEAST) / (1 - level));
  };
  const above = [...profile.samples, ...asimov.scan.profile.samples]
    .map(({ at }) => at)
    .filter((at) => at > best && at <= profile.high)
    .sort((a, b) => a - b);
  const places = [best, ...new Set(above)];
  const inside = places.map((at, i) => i === 0 || excess(at) >= 0);
  const regions: Region[] = [];
  let open: Omit<Region, "high"> = startOf(observed, profile.low);
  let isOpen = true;
  places.forEach((at, i) => {
    if (i === 0 || inside[i] === inside[i - 1]) return;
    const [inner, outer] = isOpen ? [places[i - 1]!, at] : [at, places[i - 1]!];
    const hasValue = (value: number): boolean =>
      [observed, asimov].every((line) => Number.isFinite(heightAt(line, value)));
    const end = hasValue(outer)
      ? ({ at: endBetween(inner, findRoot(excess, inner, outer) ?? outer, outer), status: "found" } as const)
      : lastFinite(inner, outer, hasValue, excess);
    if (isOpen) regions.push({ ...open, high: end.at, status: [open.status[0], end.status] });
    else open = { low: end.at, status: [end.status, "found"] };
    isOpen = !isOpen;
  });
  if (isOpen) regions.push({ ...open, ...endOf(observed, profile.high, open.status[0]) });
  return regions;
}

/** A jump at the inner end itself is found next to it. */
const JUMP = 1e-9;

function endBetween(inner: number, found: number, outer: number): number {
  return Math.abs(found - inner) < JUMP * Math.abs(outer - inner) ? inner : found;
}

/** Steps that halve the way to where there is no value. */
const HALVINGS = 40;

/** The end of a region towards a place without a finite χ²: before the edge, or at it. */
function lastFinite(
  inner: number,
  outer: number,
  hasValue: (value: number) => boolean,
  excess: (value: number) => number,
): { readonly at: number; readonly status: CrossingStatus } {
  let [inside, outside] = [inner, outer];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (inside + outside) / 2;
    if (hasValue(middle)) inside = middle;
    else outside = middle;
  }
  return excess(inside) < 0
    ? { at: findRoot(excess, inner, inside) ?? inside, status: "found" }
    : { at: inside, status: "not-finite" };
}

function startOf({ objective, index }: Line, low: number): Omit<Region, "high"> {
  const bounded = Number.isFinite(objective.lower[index]);
  return bounded
    ? { low, status: ["at-bound", "found"] }
    : { low: Number.NEGATIVE_INFINITY, status: ["open", "found"] };
}

function endOf(
  { objective, index }: Line,
  high: number,
  first: CrossingStatus,
): Pick<Region, "high" | "status"> {
  const bounded = Number.isFinite(objective.upper[index]);
  return bounded
    ? { high, status: [first, "at-bound"] }
    : { high: Number.POSITIVE_INFINITY, status: [first, "open"] };
}

/** The end of the values around the null hypothesis that the Asimov data do not exclude. */
function expectedLimit(
  { scan, objective, index }: Line,
  { method, level, null: nothing }: LimitRequest,
  shift: number,
): number {
  const root = expectedRoot(method, level, shift);
  if (!(root > 0)) return Math.max(nothing, objective.lower[index]!);
  const around = regionsBelow(scan, square(root)).filter(({ low }) => !(low > nothing));
  return around.at(-1)?.high ?? Number.NaN;
}
