/** What toys say, as text for people, as rows of CSV and as JSON. */

import picocolors from "picocolors";
import { chiSquareQuantile } from "../../runtime/chi-square.ts";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { square } from "../../runtime/power.ts";
import { coverageOf, criticalValue, pValueOf, type Share } from "../../runtime/toy-summary.ts";
import { estimatedParameters } from "../../runtime/toys.ts";
import type { TableRow } from "../scan/table.ts";
import type { HypothesisToys } from "../scan/toy-results.ts";
import type { Level } from "./levels.ts";
import type { EstimateOutput, LevelOutput, ShareOutput, ToysOutput, TruthOutput } from "./schemas/toys.ts";
import { type Column, figure, figureWithError, percent, plural, printTable, right } from "./tables.ts";
import { type MadeToys, nuisanceText } from "./toy-run.ts";

/** What toys are compared with. */
export interface Observed {
  readonly compiled: CompiledAnalysis;
  /** The profile of the data at each truth. */
  readonly rows: readonly TableRow[];
  /** χ² of the best fit of the data; undefined for a projection. */
  readonly chi2: number | undefined;
}

export function toysOutput(
  { plan, sets }: MadeToys,
  levels: readonly Level[],
  observed: Observed,
  nuisances: ToysOutput["nuisances"],
): ToysOutput {
  const { identity, request, tested } = plan;
  return {
    analysis: identity.analysis,
    seed: request.seed,
    count: request.count,
    nuisances,
    tested,
    truths: sets.map((set, h) => truthOutput(plan, set, h, levels, observed)),
  };
}

function truthOutput(
  plan: MadeToys["plan"],
  set: HypothesisToys,
  h: number,
  levels: readonly Level[],
  observed: Observed,
): TruthOutput {
  const { request, tested } = plan;
  const statistics = set.statistics.filter(Number.isFinite);
  const { deltaChi2 } = observed.rows[h]!;
  const { chi2 } = observed;
  return {
    at: request.hypotheses[h]!.tested,
    failed: set.failed,
    levels: levels.map(({ probability }) => levelOutput(statistics, probability, tested.length)),
    observed:
      chi2 === undefined
        ? null
        : {
            t: finite(deltaChi2),
            pValue: shareOutput(pValueOf(statistics, deltaChi2)),
            chi2: finite(chi2),
            goodness: goodnessOf(set, chi2, observed),
          },
    estimates: estimatesOf(plan, set, h, observed),
  };
}

/** None where events are fitted one by one: their density is compared with nothing. */
function goodnessOf({ chi2: all }: HypothesisToys, chi2: number, { compiled }: Observed): ShareOutput {
  const isBinned = compiled.experiments.every(({ likelihood }) => likelihood !== "unbinned");
  return isBinned ? shareOutput(pValueOf(all.filter(Number.isFinite), chi2)) : { value: null, error: null };
}

function levelOutput(statistics: readonly number[], level: number, dof: number): LevelOutput {
  const asymptotic = chiSquareQuantile(level, dof);
  const { value, low, high } = criticalValue(statistics, level);
  return {
    level,
    coverage: shareOutput(coverageOf(statistics, asymptotic)),
    critical: finite(value),
    criticalLow: finite(low),
    criticalHigh: finite(high),
    asymptotic,
  };
}

function estimatesOf(
  { request, estimated }: MadeToys["plan"],
  set: HypothesisToys,
  h: number,
  { compiled }: Observed,
): readonly EstimateOutput[] {
  const indices = estimatedParameters(compiled, request.parameters);
  const truth = request.truths[request.hypotheses[h]!.truth]!;
  return estimated.map(({ name, unit }, i) => {
    const values = set.best(i).filter(Number.isFinite);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + square(value - mean), 0);
    const deviation = Math.sqrt(squares / (values.length - 1));
    return { name, unit, truth: truth[indices[i]!]!, mean: finite(mean), deviation: finite(deviation) };
  });
}

function shareOutput({ value, error }: Share): ShareOutput {
  return { value: finite(value), error: finite(error) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function toysText(output: ToysOutput, color: boolean): string {
  const { bold } = picocolors.createColors(color);
  const { analysis, count, seed, nuisances, truths } = output;
  const remarks = failureRemarks(output);
  return [
    `${bold(analysis)}   ${plural(count, "toy")}, seed ${seed}, ${nuisanceText[nuisances]}\n`,
    levelTable(output, color),
    ...(truths.some(({ observed }) => observed !== null) ? [dataTable(output, color)] : []),
    estimateTable(output, color),
    ...remarks.map((remark) => `${remark}\n`),
  ].join("\n");
}

/** Columns of the tested parameters, and their values. */
function truthColumns({ tested }: ToysOutput): readonly Column[] {
  return tested.map(({ name, unit }) => right(unit === "" ? name : `${name} [${unit}]`));
}

const shownAt = ({ at }: TruthOutput): readonly string[] => at.map((value) => figure(value, 4));

function shareText({ value, error }: ShareOutput): readonly string[] {
  return [value, error].map((one) => (one === null ? "-" : `${(100 * one).toFixed(2)}%`));
}

function levelTable(output: ToysOutput, color: boolean): string {
  const columns = [
    ...truthColumns(output),
    right("level"),
    right("coverage"),
    right("error"),
    right("critical"),
    right("-"),
    right("+"),
    right("asymptotic"),
  ];
  const rows = output.truths.flatMap((truth) =>
    truth.levels.map((one) => {
      const critical = one.critical ?? Number.NaN;
      const errors = [
        critical - (one.criticalLow ?? Number.NaN),
        (one.criticalHigh ?? Number.NaN) - critical,
      ];
      return [
        ...shownAt(truth),
        percent(one.level),
        ...shareText(one.coverage),
        figureWithError(critical, errors),
        ...errors.map((error) => figure(error, 2)),
        figure(one.asymptotic, 4),
      ];
    }),
  );
  return printTable(columns, rows, { color });
}

function dataTable(output: ToysOutput, color: boolean): string {
  const columns = [
    ...truthColumns(output),
    right("t of the data"),
    right("p"),
    right("error"),
    right("chi2"),
    right("p"),
    right("error"),
  ];
  const rows = output.truths.flatMap((truth) => {
    const { observed } = truth;
    if (observed === null) return [];
    const { t, pValue, chi2, goodness } = observed;
    const numbers = [figure(t ?? Number.NaN, 4), ...shareText(pValue)];
    return [[...shownAt(truth), ...numbers, figure(chi2 ?? Number.NaN, 6), ...shareText(goodness)]];
  });
  return printTable(columns, rows, { color });
}

function estimateTable(output: ToysOutput, color: boolean): string {
  const columns = [
    ...truthColumns(output),
    { title: "estimate" },
    right("truth"),
    right("mean"),
    right("deviation"),
    { title: "unit" },
  ];
  const rows = output.truths.flatMap((truth) =>
    truth.estimates.map(({ name, unit, truth: value, mean, deviation }) => [
      ...shownAt(truth),
      name,
      figure(value, 5),
      figure(mean ?? Number.NaN, 5),
      figure(deviation ?? Number.NaN, 3),
      unit,
    ]),
  );
  return printTable(columns, rows, { color });
}

function failureRemarks({ truths, count }: ToysOutput): readonly string[] {
  const failed = truths.reduce((sum, one) => sum + one.failed, 0);
  return failed === 0 ? [] : [`${failed} of ${truths.length * count} toys have no fit and are left out`];
}

/** A row for each truth and level. */
export function toysCsv({ tested, truths }: ToysOutput): readonly (readonly (string | number)[])[] {
  const head = [
    ...tested.map(({ name, unit }) => (unit === "" ? name : `${name} [${unit}]`)),
    ...["level", "coverage", "coverage_error", "critical", "critical_low", "critical_high", "asymptotic"],
    ...["t", "p_value", "p_value_error", "chi2", "goodness", "goodness_error", "failed"],
  ];
  const rows = truths.flatMap(({ at, levels, observed, failed }) =>
    levels.map((one) => [
      ...at,
      one.level,
      ...[one.coverage.value, one.coverage.error, one.critical, one.criticalLow, one.criticalHigh].map(orNaN),
      one.asymptotic,
      ...(observed === null
        ? ["", "", "", "", "", ""]
        : [
            ...[observed.t, observed.pValue.value, observed.pValue.error],
            ...[observed.chi2, observed.goodness.value, observed.goodness.error],
          ].map(orNaN)),
      failed,
    ]),
  );
  return [head, ...rows];
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
