/** Specs to numbers in this process: what the physics, stage and golden tests share. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type CompileOptions,
  compile,
  type Diagnostic,
  type Host,
  instantiate,
  type Loaded,
  load,
  loadText,
  type Model,
  type Unit,
} from "../../compiler/index.ts";
import {
  type CompiledAnalysis,
  type FitOptions,
  type FitResult,
  fit as minimum,
} from "../../runtime/index.ts";

/** The root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Files on disk with the library of this repository. */
export const host: Host = {
  library: `${root}/models`,
  readFile: (path) => (existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined),
};

/** A spec under test compiled, with what it evaluates. */
export interface Compiled {
  readonly model: Model;
  readonly unit: Unit;
  readonly analysis: CompiledAnalysis;
}

function describe({ code, message, span }: Diagnostic): string {
  return `${code} ${span.file}:${span.start} ${message}`;
}

/** Fails on any diagnostic that is an error. */
function mustBeFree(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter((one) => one.severity === "error");
  if (errors.length > 0) throw new Error(errors.map(describe).join("\n"));
}

export function modelOf({ model, diagnostics }: Loaded): Model {
  mustBeFree(diagnostics);
  if (model === undefined) throw new Error("no model");
  return model;
}

/** The model of a spec that is written in the test. */
export function modelOfText(text: string, file = `${root}/examples/in-a-test.sevens`): Model {
  return modelOf(loadText(`sevens 1\n${text}`, file, host));
}

/** The model of an example of the repository. */
export function modelOfExample(path: string): Model {
  return modelOf(load(`${root}/examples/${path}`, host));
}

/** The first unit of a model, compiled without a complaint. */
export function compiled(model: Model, options: CompileOptions = {}): Compiled {
  const { units, diagnostics } = compile(model, options);
  mustBeFree(diagnostics);
  const unit = units[0];
  if (unit === undefined) throw new Error("nothing to compile");
  return { model, unit, analysis: instantiate(unit) };
}

/** A parameter vector: the values of the spec, with changes. */
export function vector(
  analysis: CompiledAnalysis,
  changes: Readonly<Record<string, number>> = {},
): Float64Array {
  for (const name of Object.keys(changes)) {
    if (!analysis.parameters.some((one) => one.name === name)) throw new Error(`no parameter ${name}`);
  }
  return Float64Array.from(analysis.parameters, ({ name, value }) => changes[name] ?? value);
}

/** Counts of one experiment, copied so that the next evaluation does not overwrite them. */
export interface CountsCopy {
  readonly total: readonly number[];
  readonly components: Readonly<Record<string, readonly number[]>>;
  readonly channels: Readonly<Record<string, readonly number[]>>;
}

export function countsOf(
  analysis: CompiledAnalysis,
  changes: Readonly<Record<string, number>> = {},
): CountsCopy {
  const name = analysis.experiments[0]?.name ?? "";
  const found = analysis.counts(vector(analysis, changes))[name];
  if (found === undefined) throw new Error(`no experiment ${name}`);
  const copy = (arrays: Readonly<Record<string, Float64Array>>): Record<string, readonly number[]> =>
    Object.fromEntries(Object.entries(arrays).map(([key, values]) => [key, [...values]]));
  return { total: [...found.total], components: copy(found.components), channels: copy(found.channels) };
}

export function sum(values: readonly number[] | undefined): number {
  return (values ?? [Number.NaN]).reduce((total, value) => total + value, 0);
}

/** Sums over the last axis: row totals of a flattened table. */
export function rowSums(values: readonly number[] | undefined, columns: number): readonly number[] {
  const all = values ?? [];
  return Array.from({ length: all.length / columns }, (_, row) =>
    sum(all.slice(row * columns, (row + 1) * columns)),
  );
}

export function mustFit(analysis: CompiledAnalysis, options: FitOptions = {}): FitResult {
  const result = minimum(analysis, options);
  if (!result.converged) throw new Error(result.reason);
  return result;
}

/** Compiles the text of a spec and fits its first analysis. */
export function fitText(text: string): FitResult {
  return mustFit(compiled(modelOfText(text)).analysis);
}

/** Relative difference, against the larger of the two. */
export function difference(found: number | undefined, expected: number | undefined): number {
  const a = found ?? Number.NaN;
  const b = expected ?? Number.NaN;
  if (a === b) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
