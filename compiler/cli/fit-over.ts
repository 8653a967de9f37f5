/** Fits of one analysis with another value of a parameter each: sensitivities against exposure, thresholds, distances. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import type { FitResult } from "../../runtime/fit.ts";
import type { ScanAxis } from "../../runtime/scan.ts";
import { columnName } from "../scan/journal.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import { outputOf } from "./fit-table.ts";
import { gridOf } from "./scan-plan.ts";
import type { FitOverOutput } from "./schemas/fit-over.ts";
import type { Running, Spec } from "./spec.ts";
import { type Column, figure, percent, printTable } from "./tables.ts";

/** The fits, in the order of the values. */
export interface FitsOver {
  readonly axis: ScanAxis;
  readonly unit: string;
  readonly compiled: CompiledAnalysis;
  readonly fits: readonly { readonly at: number; readonly running: Running; readonly result: FitResult }[];
}

/**
 * Fits with a parameter held at each value of a grid. A projection is made anew for each: its data are the expectation with
 * that value.
 */
export function fitsOver(
  context: Context,
  spec: Spec,
  running: Running,
  grid: string,
  fitOne: (running: Running) => FitResult,
): FitsOver {
  const { compiled } = running;
  const [axis] = gridOf(context, spec, running, [grid]);
  const { role, unit = "" } = compiled.parameters.find(({ name }) => name === axis!.parameter) ?? {};
  if (role !== "fixed") {
    const problem = `\`${axis!.parameter}\` is fitted: \`--over\` goes over values of a fixed parameter`;
    throw wrongUsage(context.line, grid, problem, "`sevens scan` has the profile of a fitted one");
  }
  const fits = axis!.values.map((at) => {
    const there = { ...running, compiled: withValue(compiled, axis!.parameter, at) };
    return { at, running: there, result: fitOne(there) };
  });
  return { axis: axis!, unit, compiled, fits };
}

/** The same analysis with another value of a parameter in its spec. */
function withValue(analysis: CompiledAnalysis, name: string, value: number): CompiledAnalysis {
  const parameters = analysis.parameters.map((one) => (one.name === name ? { ...one, value } : one));
  return { ...analysis, parameters };
}

export function jsonOver({ axis, unit, compiled, fits }: FitsOver): FitOverOutput {
  return {
    analysis: compiled.name,
    parameter: { name: axis.parameter, unit },
    points: fits.map(({ at, result }) => ({ at, fit: outputOf(result, compiled.parameters) })),
  };
}

/** A row for each value: χ², and for each free parameter its value, errors and the outermost ends of its intervals. */
export function rowsOver({ axis, unit, fits }: FitsOver): readonly (readonly (string | number)[])[] {
  const [first] = fits;
  const parameters = first?.result.parameters ?? [];
  const levels = [...new Set(first?.result.intervals.map(({ level }) => level))];
  const named = (name: string, of: { readonly unit: string }): string => columnName({ name, unit: of.unit });
  const head = [
    columnName({ name: axis.parameter, unit }),
    "chi2",
    ...parameters.flatMap((one) => [
      named(one.name, one),
      named(`${one.name}_minus`, one),
      named(`${one.name}_plus`, one),
      ...levels.flatMap((level) =>
        ["low", "high"].map((end) => named(`${one.name}_${percent(level)}_${end}`, one)),
      ),
    ]),
    "converged",
  ];
  const rows = fits.map(({ at, result }) => [
    at,
    result.minimum,
    ...parameters.flatMap(({ name }) => numbersOf(result, name, levels)),
    String(result.converged),
  ]);
  return [head, ...rows];
}

function numbersOf(result: FitResult, name: string, levels: readonly number[]): readonly number[] {
  const found = result.converged ? result.parameters.find((one) => one.name === name) : undefined;
  const [minus = Number.NaN, plus = Number.NaN] = found?.errors ?? [];
  const ends = levels.flatMap((level) => {
    const regions =
      result.intervals.find((one) => one.parameter === name && one.level === level)?.regions ?? [];
    return [regions[0]?.low ?? Number.NaN, regions.at(-1)?.high ?? Number.NaN];
  });
  return [found?.value ?? Number.NaN, minus, plus, ...ends];
}

export function textOver(over: FitsOver, color: boolean): string {
  const [head = [], ...rows] = rowsOver(over);
  const columns = head.map((title): Column => ({ title: String(title), align: "right" }));
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? figure(cell, 5) : cell)));
  return printTable(columns, cells, { color });
}
