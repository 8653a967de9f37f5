/** Results to be recorded in a bundle, and whether a second computation gives the same to the last bit. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { type FitResult, fit as fitAnalysis } from "../../runtime/fit.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { instantiate } from "../pipeline.ts";
import type { Unit } from "../unit.ts";

/** A number as JSON says it, or the name of one that JSON has not. */
export type RecordedNumber = number | "NaN" | "Infinity" | "-Infinity";

export interface RecordedResult {
  /** An analysis, or an experiment of a spec without one. */
  readonly name: string;
  readonly fitted: boolean;
  /** Numbers by what they are: `counts of CsI2021`, `best Rn`. */
  readonly numbers: Readonly<Record<string, readonly RecordedNumber[]>>;
}

/** A result, and the fit that numbers of it come from. */
export interface ComputedResult {
  readonly result: RecordedResult;
  readonly fit?: FitResult;
}

/** Counts and χ² at the values of the spec, and the best fit of an analysis. */
export function resultOf(unit: Unit, fitting: boolean): ComputedResult {
  const compiled = instantiate(unit);
  const fit = fitting && unit.kind === "analysis" ? fitAnalysis(compiled) : undefined;
  const numbers = [...ratesOf(compiled), ...(fit === undefined ? [] : fitNumbers(fit))];
  const recorded = numbers.map(([what, values]) => [what, values.map(recordedNumber)] as const);
  const result = { name: unit.name, fitted: fit !== undefined, numbers: Object.fromEntries(recorded) };
  return { result, ...(fit && { fit }) };
}

/** The first that is no number. Errors and ends of intervals may be infinite, where nothing bounds them. */
export function notNumber({ numbers }: RecordedResult): { what: string; found: string } | undefined {
  for (const [what, values] of Object.entries(numbers)) {
    const found = values.find((value, i) => value === "NaN" || (!isNumber(value) && !mayBeOpen(what, i)));
    if (found !== undefined) return { what, found: String(found) };
  }
  return undefined;
}

const mayBeOpen = (what: string, index: number): boolean =>
  what.startsWith("interval of ") || (what.startsWith("best ") && index > 0);

/** True for what stands as a number in the record. */
export const isNumber = (value: RecordedNumber): value is number => typeof value === "number";

type Named = readonly [what: string, values: readonly number[]];

function ratesOf(compiled: CompiledAnalysis): readonly Named[] {
  const values = Float64Array.from(compiled.parameters, ({ value }) => value);
  const counts = compiled.counts(values);
  const rates = compiled.experiments.flatMap(({ name, components }): readonly Named[] => {
    const own = counts[name];
    if (own === undefined) return [];
    return [
      [`counts of ${name}`, Array.from(own.total)],
      ...components.map(
        (one): Named => [`counts of ${one.name} in ${name}`, Array.from(own.components[one.name] ?? [])],
      ),
    ];
  });
  const measured = compiled.experiments.every(({ data }) => data !== undefined);
  return measured
    ? [...rates, ["chi2 at the values of the spec", [chiSquare(compiled).value(values)]]]
    : rates;
}

function fitNumbers({ converged, minimum, parameters, nuisances, intervals }: FitResult): readonly Named[] {
  return [
    ["converged", [converged ? 1 : 0]],
    ["chi2 of the best fit", [minimum]],
    ...parameters.map((one): Named => [`best ${one.name}, errors`, [one.value, ...(one.errors ?? [])]]),
    ...nuisances.map((one): Named => [`best ${one.name}, error`, [one.value, one.error]]),
    ...intervals.map(
      (one): Named => [
        `interval of ${one.parameter} at ${one.level}`,
        one.regions.flatMap(({ low, high }) => [low, high]),
      ],
    ),
  ];
}

function recordedNumber(value: number): RecordedNumber {
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** A number that did not come out as recorded; undefined where there is none. */
export interface Difference {
  readonly result: string;
  /** `counts of CsI2021, number 3`. */
  readonly what: string;
  readonly recorded: RecordedNumber | string | undefined;
  readonly found: RecordedNumber | string | undefined;
  /** Doubles from one to the other; undefined when one of them is no number. */
  readonly steps?: number;
}

/** All differences of the results of a bundle and those of now. */
export function differences(
  recorded: readonly RecordedResult[],
  found: readonly RecordedResult[],
): readonly Difference[] {
  const names = [...new Set([...recorded, ...found].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [before, after] = [recorded, found].map(
      (all) => new Map(Object.entries(all.find((one) => one.name === name)?.numbers ?? {})),
    );
    const keys = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
    return keys.flatMap((key) => differing(name, key, before?.get(key), after?.get(key)));
  });
}

function differing(
  result: string,
  key: string,
  recorded: readonly RecordedNumber[] | undefined,
  found: readonly RecordedNumber[] | undefined,
): readonly Difference[] {
  const length = Math.max(recorded?.length ?? 0, found?.length ?? 0);
  if (length === 0 && recorded !== found && (recorded === undefined || found === undefined)) {
    const [before, after] = [recorded, found].map((one) => one && "an empty list");
    return [{ result, what: key, recorded: before, found: after }];
  }
  return Array.from({ length }, (_, i) => i).flatMap((i) => {
    const [a, b] = [recorded?.[i], found?.[i]];
    if (a === b) return [];
    const what = length === 1 ? key : `${key}, number ${i + 1}`;
    const steps = typeof a === "number" && typeof b === "number" ? { steps: stepsBetween(a, b) } : {};
    return [{ result, what, recorded: a, found: b, ...steps }];
  });
}

/** How many doubles lie from one to another. */
function stepsBetween(a: number, b: number): number {
  const places = new BigInt64Array(new Float64Array([a, b]).buffer);
  const [x, y] = [...places].map((bits) => (bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits));
  const steps = (x ?? 0n) - (y ?? 0n);
  return Number(steps < 0n ? -steps : steps);
}
