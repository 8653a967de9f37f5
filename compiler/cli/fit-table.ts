/** Fits as text for people, as rows of CSV and as JSON. */
import picocolors from "picocolors";
import { type FitResult, type FittedParameter, nuisanceErrors } from "../../runtime/fit.ts";
import type { Impact } from "../../runtime/impacts.ts";
import type { CrossingStatus } from "../../runtime/minos.ts";
import type { NotFinitePoints } from "../../runtime/not-finite.ts";
import type { RandomStarts } from "../../runtime/random-starts.ts";
import { kinkRemark, nuisanceTable } from "./nuisance-table.ts";
import type { AnalysisFit } from "./schemas/fit.ts";
import { figure, figureWithError, percent, printTable, right } from "./tables.ts";

const none = { names: [], matrix: [] };
const nothing = { correlation: none, covariance: { ...none, units: [] } };

/** A fit that did not converge says so and carries no numbers. */
export function outputOf(result: FitResult, all: Names, impacts?: readonly Impact[]): AnalysisFit {
  const { name, converged, reason, minimum, degreesOfFreedom, pValue, fitted, unbinned } = result;
  const { correlation, covariance } = result;
  const notFinite = { count: result.notFinite.count, values: result.notFinite.values ?? null };
  if (!converged) {
    const lists = { parameters: [], nuisances: [], intervals: [], undetermined: [], otherMinima: [] };
    const starts = { randomStarts: null, notFinite };
    const evidence = { edm: null, evaluations: null, condition: null, impacts: null };
    const quality = { degreesOfFreedom: null, pValue: null, covarianceFrom: null, ...evidence };
    return { name, minimum: null, converged, reason, ...quality, ...lists, ...nothing, ...starts };
  }
  return {
    name,
    minimum,
    converged,
    reason: null,
    degreesOfFreedom: unbinned ? null : degreesOfFreedom,
    pValue: finite(pValue),
    parameters: result.parameters.map(({ errors, status, parabolic, minima = [], ...one }) => ({
      name: one.name,
      value: one.value,
      unit: one.unit,
      errors: [finite(errors?.[0]), finite(errors?.[1])],
      status: status ?? ["failed", "failed"],
      parabolic: finite(parabolic),
      atBound: one.atBound,
      minima,
    })),
    nuisances: result.nuisances.map((one) => ({
      name: one.name,
      value: one.value,
      unit: one.unit,
      pull: finite(one.pull),
      error: finite(one.error),
      profile: one.profile === undefined ? null : [finite(one.profile[0]), finite(one.profile[1])],
    })),
    intervals: result.intervals.map(({ parameter, level, regions }) => ({
      parameter,
      level,
      regions: regions.map(({ low, high, status }) => ({ low: finite(low), high: finite(high), status })),
    })),
    correlation: { names: fitted, matrix: correlation.map((row) => row.map(finite)) },
    covariance: {
      names: fitted,
      units: fitted.map((name) => unitOf(result, name)),
      matrix: covariance.map((row) => row.map(finite)),
    },
    covarianceFrom: result.covarianceFrom ?? null,
    undetermined: result.undetermined,
    edm: finite(result.edm),
    evaluations: result.evaluations,
    condition: finite(result.condition),
    impacts: impacts?.map(impactOf) ?? null,
    otherMinima: result.otherMinima.map(({ above, values }) => ({ above, values: named(all, values) })),
    randomStarts: result.randomStarts ?? null,
    notFinite,
  };
}

function impactOf({ parameter, nuisance, shifts: [below, above] }: Impact) {
  return { parameter, nuisance, below: finite(below), above: finite(above) };
}

type Names = readonly { readonly name: string }[];

function named(all: Names, values: Float64Array): Readonly<Record<string, number>> {
  return Object.fromEntries(all.map(({ name }, i) => [name, values[i]!]));
}

function unitOf({ parameters, nuisances }: FitResult, name: string): string {
  return [...parameters, ...nuisances].find((one) => one.name === name)?.unit ?? "";
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

interface TextOptions {
  readonly color: boolean;
  /** Fitted to its own expectation. */
  readonly projection: boolean;
  readonly correlation: boolean;
  readonly impacts?: readonly Impact[];
}

export function fitText(
  result: FitResult,
  { color, projection, correlation, impacts = [] }: TextOptions,
): string {
  const { bold } = picocolors.createColors(color);
  const parts = [
    `${bold(result.name)}   ${projection ? "projection: a fit to the expectation itself" : quality(result)}\n`,
    ...(result.parameters.length > 0 ? [parameterTable(result, color)] : []),
    ...(result.intervals.length > 0 ? [intervalTable(result, color)] : []),
    ...(result.nuisances.length > 0 ? [nuisanceTable(result, color)] : []),
    ...(impacts.length > 0 ? [impactTable(result, impacts, color)] : []),
    ...(correlation && result.fitted.length > 1 ? [correlationTable(result, color)] : []),
    ...remarksOn(result).map((remark) => `${remark}\n`),
  ];
  return parts.join("\n");
}

function quality({ minimum, degreesOfFreedom, pValue, unbinned }: FitResult): string {
  if (unbinned) return `-2 ln L = ${figure(minimum, 6)} against events spread evenly: no test of the fit`;
  const test = pValue === undefined ? "" : `, p = ${figure(pValue, 3)}`;
  return `chi2 = ${figure(minimum, 6)} with ${freedomText(degreesOfFreedom)}${test}`;
}

/** `1 degree of freedom`, `no degrees of freedom`. */
export function freedomText(degrees: number): string {
  return `${degrees > 0 ? degrees : "no"} ${degrees === 1 ? "degree" : "degrees"} of freedom`;
}

function parameterTable({ parameters }: FitResult, color: boolean): string {
  const columns = [
    { title: "parameter" },
    right("value"),
    right("-"),
    right("+"),
    { title: "unit" },
    { title: "" },
  ];
  const rows = parameters.map((one) => {
    const { name, value, unit, errors = [Number.NaN, Number.NaN] } = one;
    const [minus, plus] = errors;
    return [name, figureWithError(value, errors), figure(minus, 3), figure(plus, 3), unit, remarkOn(one)];
  });
  return printTable(columns, rows, { color });
}

/** What a reader has to know about a parameter beside its numbers. */
export function remarkOn({ atBound, status }: FittedParameter): string {
  const ends = status?.map((one, i) => endText(one, i === 0 ? "below" : "above")) ?? [];
  return [...(atBound ? ["at its bound"] : []), ...ends].filter((text) => text !== "").join("; ");
}

export function endText(status: CrossingStatus, side: string): string {
  switch (status) {
    case "found":
      return "";
    case "at-bound":
      return `ends at the bound ${side}`;
    case "not-finite":
      return `ends ${side} where chi2 is no longer finite`;
    case "open":
      return `open ${side}`;
    case "new-minimum":
    case "failed":
      return `not found ${side}`;
  }
}

function intervalTable({ intervals, parameters }: FitResult, color: boolean): string {
  const columns = [
    { title: "interval" },
    right("level"),
    right("from"),
    right("to"),
    { title: "unit" },
    { title: "" },
  ];
  const rows = intervals.flatMap(({ parameter, level, regions }) => {
    const unit = parameters.find(({ name }) => name === parameter)?.unit ?? "";
    return regions.map(({ low, high, status }, i) => {
      const width = [high - low];
      const ends = status
        .map((one, k) => endText(one, k === 0 ? "below" : "above"))
        .filter((text) => text !== "");
      const values = [figureWithError(low, width), figureWithError(high, width)];
      const more = i > 0 ? ["and"] : [];
      return [parameter, percent(level), ...values, unit, [...more, ...ends].join("; ")];
    });
  });
  return printTable(columns, rows, { color });
}

function impactTable({ parameters }: FitResult, impacts: readonly Impact[], color: boolean): string {
  const columns = [
    { title: "impact on" },
    { title: "of" },
    right("at -1σ"),
    right("at +1σ"),
    { title: "unit" },
  ];
  const rows = impacts.map(({ parameter, nuisance, shifts }) => {
    const unit = parameters.find(({ name }) => name === parameter)?.unit ?? "";
    return [parameter, nuisance, ...shifts.map(signed), unit];
  });
  return printTable(columns, rows, { color });
}

function signed(value: number): string {
  const text = figure(value, 3);
  return value > 0 ? `+${text}` : text;
}

function correlationTable({ fitted, correlation }: FitResult, color: boolean): string {
  const columns = [{ title: "correlation" }, ...fitted.map(right)];
  const rows = fitted.map((name, i) => [
    name,
    ...fitted.map((_, j) => (correlation[i]?.[j] ?? Number.NaN).toFixed(2)),
  ]);
  return printTable(columns, rows, { color });
}

const sources: Readonly<Record<NonNullable<FitResult["covarianceFrom"]>, string>> = {
  "gradient-differences": "differences of the exact gradient",
  "value-differences": "differences of the value",
};

/** What a reader has to know besides the numbers. */
export function remarksOn({
  parameters,
  nuisances,
  undetermined,
  otherMinima,
  reason,
  covarianceFrom,
  randomStarts,
  edm,
  condition,
  notFinite,
}: FitResult): readonly string[] {
  const correlated = Number.isFinite(condition)
    ? `, condition ${figure(condition, 2)} of the correlations`
    : "";
  // What is far below any use of the number is not told to the digit.
  const left = Math.abs(edm) < 1e-6 ? "less than 1e-6" : figure(Math.abs(edm), 1);
  return [
    `${left} of chi2 is left to the minimum${correlated}`,
    ...(randomStarts === undefined ? [] : [startsRemark(randomStarts)]),
    ...(covarianceFrom === undefined
      ? []
      : [`errors of nuisances and correlations: second derivatives from ${sources[covarianceFrom]}`]),
    ...kinkRemark(nuisances),
    ...(reason === "converged" ? [] : [reason]),
    ...notFiniteRemark(notFinite, [...parameters, ...nuisances]),
    ...(undetermined.length === 0 ? [] : [`the data do not fix ${undetermined.join(", ")}`]),
    ...parameters.flatMap(profileRemark),
    ...othersRemarks(
      otherMinima
        .map(({ above }) => above)
        .filter((above) => !parameters.some((one) => isRemarked(one, above))),
    ),
  ];
}

/** Minima that are as low as this one are told of once: they may be places of one valley. */
function othersRemarks(heights: readonly number[]): readonly string[] {
  const equal = heights.filter((above) => above < SAME_HEIGHT);
  const places =
    equal.length === 1
      ? "another minimum is as low: two places, or a valley of equal minima"
      : `${equal.length} other minima are as low: as many places, or a valley of equal minima`;
  return [
    ...(equal.length === 0 ? [] : [places]),
    ...heights
      .filter((above) => above >= SAME_HEIGHT)
      .map((above) => `another minimum lies ${figure(above, 3)} above in chi2`),
  ];
}

/** `50 random starts (seed 1): 31 ended in the minimum, 19 in another 4.9 above`. */
function startsRemark({ count, seed, endedIn, higher, failed }: RandomStarts): string {
  const [best = 0, ...others] = endedIn;
  const parts = [
    `${best} ended in the minimum`,
    ...others.map((number, i) => `${number} in other minimum ${i + 1}`),
    ...(higher > 0 ? [`${higher} in minima more than 9 above in chi2`] : []),
    ...(failed > 0 ? [`${failed} did not converge`] : []),
  ];
  return `${count} random starts (seed ${seed}): ${parts.join(", ")}`;
}

/** `chi2 is not finite at 3 of the points tried, the first with R_n = 1 fm`. */
function notFiniteRemark(
  { count, values = {} }: NotFinitePoints,
  fitted: readonly { readonly name: string; readonly unit: string }[],
): readonly string[] {
  if (count === 0) return [];
  const first = fitted.map(({ name, unit }) => `${name} = ${figure(values[name] ?? 0, 4)} ${unit}`.trimEnd());
  const points = count === 1 ? "one of the points tried," : `${count} of the points tried, the first`;
  return [`chi2 is not finite at ${points} with ${first.join(", ")}`];
}

/** Minima of a profile are worth a remark up to three standard deviations. */
const REMARKED_HEIGHT = 9;
/** Minima whose heights differ by less are equal. */
const SAME_HEIGHT = 1e-3;

/** The minima of a profile that has several of them, one by one or in a valley. */
function profileRemark({ name, unit, minima = [] }: FittedParameter): readonly string[] {
  const near = minima.filter(({ above }) => above < REMARKED_HEIGHT);
  const valleyOf = ([low, high]: readonly [number, number]): string =>
    `a valley of equal minima from ${figure(low, 4)} to ${figure(high, 4)} ${unit}`.trimEnd();
  const [only] = near;
  if (near.length < 2) return only?.valley ? [`the profile of ${name} has ${valleyOf(only.valley)}`] : [];
  const places = near.map(({ value, above, valley }) => {
    return `${valley ? valleyOf(valley) : `${figure(value, 4)} ${unit}`} (+${figure(above, 3)})`;
  });
  return [`minima of the profile of ${name}, with chi2 above the lowest: ${places.join(", ")}`];
}

/** Whether a remark on a profile has this minimum already. */
function isRemarked({ minima = [] }: FittedParameter, height: number): boolean {
  return minima.some(({ above }) => above < REMARKED_HEIGHT && Math.abs(above - height) < 0.01);
}

/** A fit, with impacts if they were asked for. */
export interface FitWithImpacts {
  readonly result: FitResult;
  readonly impacts?: readonly Impact[];
}

/**
 * One row per fitted parameter, one per region of an interval, with the level, and one per impact of a nuisance, whose
 * shifts stand as `minus` and `plus`.
 */
export function fitRows(fits: readonly FitWithImpacts[]): readonly (readonly (string | number)[])[] {
  const head = [
    "analysis",
    "minimum",
    "kind",
    "name",
    "value",
    "unit",
    "minus",
    "plus",
    "level",
    "low",
    "high",
    "pull",
  ];
  const rows = fits.flatMap(
    ({ impacts = [], result: { name, minimum, parameters, nuisances, intervals } }) => [
      ...parameters.map((one) => {
        const [minus = "", plus = ""] = one.errors ?? [];
        return [name, minimum, "free", one.name, one.value, one.unit, minus, plus, "", "", "", ""];
      }),
      ...nuisances.map((one) => [
        ...[name, minimum, "nuisance", one.name, one.value, one.unit],
        ...[...nuisanceErrors(one), "", "", "", one.pull],
      ]),
      ...intervals.flatMap(({ parameter, level, regions }) => {
        const { value = "", unit = "" } = parameters.find((free) => free.name === parameter) ?? {};
        return regions.map(({ low, high }) => [
          ...[name, minimum, "interval", parameter, value, unit, "", ""],
          ...[level, low, high, ""],
        ]);
      }),
      ...impacts.map(({ parameter, nuisance, shifts }) => {
        const { unit = "" } = parameters.find((free) => free.name === parameter) ?? {};
        return [name, minimum, "impact", `${nuisance} on ${parameter}`, "", unit, ...shifts, "", "", "", ""];
      }),
    ],
  );
  return [head, ...rows];
}
