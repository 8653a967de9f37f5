/** The fit of an analysis: best values, errors, intervals, pulls and goodness of fit. */
import { chiSquareQuantile, chiSquareSurvival } from "./chi-square.ts";
import type { CompiledAnalysis } from "./compiled.ts";
import { areParted, type BestFit, bestFit, type OtherMinimum, REPORTED_HEIGHT } from "./fit-search.ts";
import { scanWithHeldValleys } from "./held-valleys.ts";
import { chiSquare, type Objective, type ObjectiveOptions } from "./likelihood.ts";
import { eigenSymmetric } from "./linear-algebra.ts";
import { type HessianSource, type Minimum, minimise } from "./minimise.ts";
import { type CrossingStatus, type MinosErrors, minos } from "./minos.ts";
import { lookAround, type NotFinitePoints, watched } from "./not-finite.ts";
import { type NuisanceErrors, profileErrors } from "./nuisance-errors.ts";
import { type ProfileScan, type Region, regionsBelow } from "./profile-scan.ts";
import type { RandomStartOptions, RandomStarts } from "./random-starts.ts";

export type { OtherMinimum } from "./fit-search.ts";
export type { Region } from "./profile-scan.ts";

export interface FitOptions extends ObjectiveOptions {
  /** Called before each part of the work. */
  readonly progress?: (progress: FitProgress) => void;
  /** Profile-likelihood errors and intervals of the free parameters; true by default. */
  readonly errors?: boolean;
  /** Confidence levels, as fractions, instead of those of the analysis. */
  readonly levels?: readonly number[];
  /** Most starting points besides the spec's that a coarse scan may add; 2 by default, 0 for none. */
  readonly extraStarts?: number;
  /** Most evaluations of one minimisation. */
  readonly maxEvaluations?: number;
  /** Minimise from random points of the ranges as well, and say where that ended. */
  readonly randomStarts?: RandomStartOptions;
}

export interface FitProgress {
  readonly stage: "minimum" | "errors" | "interval";
  /** The parameter whose errors are sought. */
  readonly parameter?: string;
  /** Evaluations so far. */
  readonly evaluations: number;
}

/** A fitted parameter, in `unit`. */
export interface FittedParameter {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /**
   * Distances down and up to where the profile of χ² has risen by 1: magnitudes, both ≥ 0. Infinite where it
   * never does, NaN where the search failed; absent when the fit was asked for none.
   */
  readonly errors?: readonly [minus: number, plus: number];
  /** How each of the errors was found: at a bound it is the distance to the bound. */
  readonly status?: readonly [minus: CrossingStatus, plus: CrossingStatus];
  /** Error from the second derivatives: 0 at a bound, infinite when nothing fixes the parameter. */
  readonly parabolic: number;
  /** True when the best value lies on a bound and χ² falls beyond it. */
  readonly atBound: boolean;
  /**
   * Minima of the profile in the parameter's range, at its ends too, up to three standard deviations above the lowest,
   * which is the first; absent when the fit was
   * asked for no intervals.
   */
  readonly minima?: readonly FitMinimum[];
}

/** A constrained parameter after the fit, in `unit`. */
export interface FittedNuisance {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** (value − mean)/sigma. */
  readonly pull: number;
  /** Error from the second derivatives. */
  readonly error: number;
  /**
   * Distances down and up to where the profile of χ² has risen by 1, where χ² is no parabola and `error` says little: absent elsewhere, and
   * when the fit was asked for no errors.
   */
  readonly profile?: readonly [minus: number, plus: number];
}

/** Distances down and up to the ends of the error of a nuisance. */
export function nuisanceErrors({ error, profile }: FittedNuisance): readonly [minus: number, plus: number] {
  return profile ?? [error, error];
}

/** A confidence interval of one free parameter, from the profile of χ² with one degree of freedom. */
export interface FitInterval {
  readonly parameter: string;
  /** Confidence level as a fraction. */
  readonly level: number;
  /**
   * The parts of the parameter's range in which the profile of χ² lies below the level, rising and disjoint: more
   * than one where it has several minima. Ends are a crossing of the level, a bound, an infinity or NaN as
   * their status says.
   */
  readonly regions: readonly Region[];
}

/** A minimum of the profile of a parameter. */
export interface FitMinimum {
  readonly value: number;
  /** χ² above the best minimum. */
  readonly above: number;
  /** From where to where the profile is as low, when that is more than a point. */
  readonly valley?: readonly [low: number, high: number];
}

export interface FitResult {
  readonly name: string;
  /** False when no minimum was found: `reason` says why, and the numbers must not be shown as a result. */
  readonly converged: boolean;
  readonly reason: string;
  /** χ² at the minimum. */
  readonly minimum: number;
  /** Best values of all parameters, fixed ones too, in the order of the analysis. */
  readonly values: Float64Array;
  readonly degreesOfFreedom: number;
  /** True when events were fitted one by one: χ² is then relative to as many spread evenly, and no test. */
  readonly unbinned: boolean;
  /** Probability of a larger χ²; absent for a projection, for events one by one, or without degrees of freedom. */
  readonly pValue?: number;
  readonly parameters: readonly FittedParameter[];
  readonly nuisances: readonly FittedNuisance[];
  /** Names of the rows of the matrices: the fitted parameters, free and constrained, in the analysis's order. */
  readonly fitted: readonly string[];
  readonly covariance: readonly (readonly number[])[];
  readonly correlation: readonly (readonly number[])[];
  /** How the second derivatives of χ² were taken that the covariance is the inverse of; absent without one. */
  readonly covarianceFrom?: HessianSource;
  readonly intervals: readonly FitInterval[];
  /** Other minima met, with χ² less than 9 above the best. */
  readonly otherMinima: readonly OtherMinimum[];
  /** Where minimisations from random points ended, when they were asked for. */
  readonly randomStarts?: RandomStarts;
  /** Parameters that the data do not fix, alone or in a combination. */
  readonly undetermined: readonly string[];
  /** Points met on the way at which χ² was NaN or infinite. */
  readonly notFinite: NotFinitePoints;
  /** Estimated distance to the minimum that is left, in units of χ². */
  readonly edm: number;
  /**
   * Largest eigenvalue of the correlation matrix over the smallest, without the undetermined parameters and those at a bound: 1 without
   * correlations, above 10⁶ the combination that the data hardly fix has no digits. NaN without a covariance.
   */
  readonly condition: number;
  readonly evaluations: number;
}

/** How often the search for errors may find a better minimum and start again. */
const RESTARTS = 3;

/**
 * Fits an analysis. Bad data or physics never throw: a fit that has not converged says so. Wrong parameter
 * names and a nuisance without a constraint are RangeErrors.
 */
export function fit(analysis: CompiledAnalysis, options: FitOptions = {}): FitResult {
  const { objective, notFinite } = watched(chiSquare(analysis, options));
  const levels = options.levels ?? analysis.intervals;
  options.progress?.({ stage: "minimum", evaluations: 0 });
  let best = bestFit(objective, options.extraStarts ?? 2, {
    maxEvaluations: options.maxEvaluations,
    random: options.randomStarts,
  });
  let { evaluations } = best;
  for (let restart = 0; ; restart++) {
    const wanted = best.minimum.converged && (options.errors ?? true);
    const outcome = wanted ? allErrors(objective, best, levels, evaluations, options) : NO_ERRORS;
    evaluations += outcome.evaluations;
    const met = outcome.newMinimum || restart === RESTARTS ? [] : unknownMinima(objective, best, outcome);
    if (met.length > 0) {
      best = { ...best, others: [...best.others, ...met] };
      continue;
    }
    if (!outcome.newMinimum || restart === RESTARTS) {
      if (wanted) evaluations += lookAround(objective, best.minimum.x);
      return { ...summary(analysis, objective, best, outcome, evaluations), notFinite: notFinite() };
    }
    const again = minimise({ ...objective, start: outcome.newMinimum });
    evaluations += again.evaluations + again.gradients;
    best = { ...best, minimum: again };
  }
}

/** Minima of the profile of one parameter that those of the others do not know of: one that is a minimum for all. */
function unknownMinima(
  objective: Objective,
  { minimum, others }: BestFit,
  { scans }: ErrorOutcome,
): readonly OtherMinimum[] {
  const placeOf = ({ above, values }: OtherMinimum) => ({ x: values, value: minimum.value + above });
  const known = [minimum, ...others.map(placeOf)];
  const found: OtherMinimum[] = [];
  for (const { minima } of scans.values()) {
    for (const { x, above } of minima) {
      const one = { above, values: x };
      if (above >= REPORTED_HEIGHT || !known.every((other) => areParted(objective, placeOf(one), other)))
        continue;
      known.push(placeOf(one));
      found.push(one);
    }
  }
  return found;
}

interface ErrorOutcome {
  /** By index of the parameter. */
  readonly errors: ReadonlyMap<number, MinosErrors>;
  /** Of nuisances in which χ² is no parabola. */
  readonly ofNuisances: NuisanceErrors["errors"];
  readonly scans: ReadonlyMap<number, ProfileScan>;
  readonly intervals: readonly FitInterval[];
  /** All parameters at a value below the minimum, when one was met. */
  readonly newMinimum?: Float64Array;
  readonly evaluations: number;
}

const NO_ERRORS: ErrorOutcome = {
  errors: new Map(),
  ofNuisances: new Map(),
  scans: new Map(),
  intervals: [],
  evaluations: 0,
};

/** Profile errors, then intervals, of every free parameter; stops at a new minimum. */
function allErrors(
  objective: Objective,
  { minimum, others }: BestFit,
  levels: readonly number[],
  before: number,
  options: FitOptions,
): ErrorOutcome {
  const errors = new Map<number, MinosErrors>();
  const scans = new Map<number, ProfileScan>();
  const intervals: FitInterval[] = [];
  const { errors: ofNuisances, evaluations: first } = profileErrors(objective, minimum);
  let evaluations = first;
  const outcome = (newMinimum?: Float64Array): ErrorOutcome => {
    return { errors, ofNuisances, scans, intervals, evaluations, ...(newMinimum && { newMinimum }) };
  };
  for (const index of objective.fitted.filter((i) => objective.roles[i] === "free")) {
    const parameter = objective.names[index]!;
    options.progress?.({ stage: "errors", parameter, evaluations: before + evaluations });
    const found = minos(objective, minimum, index);
    evaluations += found.evaluations;
    if (found.newMinimum) return outcome(found.newMinimum.x);
    errors.set(index, found);
    if (levels.length === 0) continue;
    options.progress?.({ stage: "interval", parameter, evaluations: before + evaluations });
    const scan = scanFrom(objective, minimum, index, found, levels, others);
    scans.set(index, scan);
    intervals.push(
      ...levels.map((level) => ({ parameter, level, regions: regionsBelow(scan, chiSquareQuantile(level)) })),
    );
    evaluations += scan.profile.evaluations;
    if (scan.newMinimum) return outcome(scan.newMinimum);
  }
  return outcome();
}

/** The profile over the whole range, from where its errors were found. */
function scanFrom(
  objective: Objective,
  minimum: Minimum,
  index: number,
  { low, high }: MinosErrors,
  levels: readonly number[],
  others: readonly OtherMinimum[],
): ProfileScan {
  return scanWithHeldValleys(objective, minimum, index, {
    up: Math.max(...levels.map((level) => chiSquareQuantile(level))),
    crossings: [low, high].map((end) => ({ ...end, up: 1 })),
    seeds: others.map(({ values }) => values),
  });
}

function summary(
  analysis: CompiledAnalysis,
  objective: Objective,
  { minimum, others, randomStarts }: BestFit,
  { errors, ofNuisances, scans, intervals }: ErrorOutcome,
  evaluations: number,
): Omit<FitResult, "notFinite"> {
  const { degreesOfFreedom, projection, unbinned, fitted, names } = objective;
  const covariance = matrixOf(minimum, fitted);
  const width = (row: number): number => Math.sqrt(covariance[row]?.[row] ?? Number.NaN);
  const correlation = covariance.map((line, i) =>
    line.map((element, j) => (i === j ? 1 : element / (width(i) * width(j)) || 0)),
  );
  const rows = fitted.map((index, row) => ({ index, error: width(row) }));
  const tested = degreesOfFreedom > 0 && !projection && !unbinned && minimum.converged;
  return {
    name: analysis.name,
    converged: minimum.converged,
    reason: reasonFor(objective, minimum),
    minimum: minimum.value,
    values: minimum.x,
    degreesOfFreedom,
    unbinned,
    ...(tested && { pValue: chiSquareSurvival(minimum.value, degreesOfFreedom) }),
    parameters: rows
      .filter(({ index }) => objective.roles[index] === "free")
      .map(({ index, error }) => ({
        ...freeParameter(objective, minimum, index, error, errors.get(index)),
        ...minimaOf(scans.get(index)),
      })),
    nuisances: rows
      .filter(({ index }) => objective.roles[index] === "nuisance")
      .map(({ index, error }) => nuisance(objective, minimum, index, error, ofNuisances.get(index))),
    fitted: fitted.map((i) => names[i]!),
    covariance,
    correlation,
    ...(minimum.covariance && { covarianceFrom: minimum.covariance.source }),
    intervals,
    otherMinima: others,
    ...(randomStarts && { randomStarts }),
    undetermined: (minimum.covariance?.flat ?? []).map((i) => names[i]!),
    edm: minimum.edm,
    condition: conditionOf(covariance),
    evaluations,
  };
}

/** Of the correlations of what has a finite error that is not zero. */
function conditionOf(covariance: readonly (readonly number[])[]): number {
  const kept = covariance.flatMap((row, i) => (row[i]! > 0 && Number.isFinite(row[i]!) ? [i] : []));
  if (kept.length === 0) return Number.NaN;
  const correlations = kept.flatMap((i) =>
    kept.map((j) => covariance[i]![j]! / Math.sqrt(covariance[i]![i]! * covariance[j]![j]!)),
  );
  const { values } = eigenSymmetric(Float64Array.from(correlations), kept.length);
  return Math.max(...values) / Math.min(...values);
}

function minimaOf(scan: ProfileScan | undefined): Pick<FittedParameter, "minima"> {
  return scan ? { minima: scan.minima.map(({ at, x, ...rest }) => ({ value: at, ...rest })) } : {};
}

/** The covariance of the fitted parameters; NaN where there is none. */
function matrixOf({ covariance, x }: Minimum, fitted: readonly number[]): number[][] {
  return fitted.map((i) => fitted.map((j) => covariance?.matrix[i * x.length + j] ?? Number.NaN));
}

function freeParameter(
  { parameters }: Objective,
  minimum: Minimum,
  index: number,
  parabolic: number,
  errors: MinosErrors | undefined,
): FittedParameter {
  const { name, unit } = parameters[index]!;
  const atBound = minimum.atBound.includes(index);
  const value = minimum.x[index]!;
  if (!errors) return { name, value, unit, parabolic, atBound };
  const { minus, plus, status } = errors;
  return {
    name,
    value,
    unit,
    errors: [minus, plus],
    status: [status.minus, status.plus],
    parabolic,
    atBound,
  };
}

function nuisance(
  { parameters }: Objective,
  minimum: Minimum,
  index: number,
  error: number,
  profile: FittedNuisance["profile"],
): FittedNuisance {
  const { name, unit, constraint } = parameters[index]!;
  const value = minimum.x[index]!;
  const pull = constraint ? (value - constraint.mean) / constraint.sigma : Number.NaN;
  return { name, value, unit, pull, error, ...(profile && { profile }) };
}

/** Why the fit ended, in words, with the parameter values at fault when a value was not finite. */
function reasonFor({ names }: Objective, { reason, edm, evaluations, notFinite }: Minimum): string {
  switch (reason) {
    case "converged":
      return "converged";
    case "precision":
      return `converged to working precision (estimated distance ${edm.toExponential(1)})`;
    case "call-limit":
      return `no minimum after ${evaluations} evaluations (estimated distance ${edm.toExponential(1)})`;
    case "stuck":
      return `the value no longer falls, at an estimated distance of ${edm.toExponential(1)} from the minimum`;
    case "not-finite": {
      const where = names.map((name, i) => `${name} = ${notFinite?.x[i]}`).join(", ");
      return `the likelihood is ${notFinite?.value} at ${where}`;
    }
  }
}
