/** From the argument of a verb to a model that is sound, and on to code that runs. */
import type { Span } from "../../grammar/syntax.ts";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import {
  type Code,
  type Diagnostic,
  diagnostic,
  didYouMean,
  hasErrors,
  inFiles,
  inOwnFiles,
} from "../diagnostics/index.ts";
import { diskHost } from "../disk/host.ts";
import {
  type CompileOptions,
  check,
  compile,
  type DumpStage,
  dump,
  instantiate,
  load,
  type Unit,
} from "../index.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { type Declaration, fieldsOf, type KindName, type Model } from "../model/model.ts";
import type { Bundle } from "../share/bundle.ts";
import type { HashOf } from "../share/lock.ts";
import type { LibraryOf } from "../share/used-files.ts";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";
import { noteManyBins } from "./many-bins.ts";
import { type OpenOptions, openInput } from "./open-input.ts";
import { progressOn } from "./progress.ts";
import { type Input, readInput } from "./read.ts";

/** A spec that was read, with what was found about it so far. */
export interface Reading {
  readonly input: Input;
  /** As the user knows it. */
  readonly name: string;
  /** Absent when not even its text could be taken apart. */
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts that diagnostics quote, by the names that they use. */
  readonly sources: ReadonlyMap<string, string>;
  /** Names of files as the user would write them, instead of the compiler's. */
  readonly naming: (file: string) => string;
  /** The path on disk of a file of the model. */
  readonly pathOf: (file: string) => string;
  /** Files on disk that it was read from, or would have been. */
  readonly files: readonly string[];
  readonly library: LibraryOf;
  readonly hashOf: HashOf;
  /** That it was read from. */
  readonly bundle?: Bundle;
}

/** A spec without errors. */
export interface Spec extends Reading {
  readonly model: Model;
}

/** Loads and checks the argument of a verb. Stops only when there is no text to load. */
export async function readSpec(
  context: Context,
  argument: string,
  options: OpenOptions = {},
): Promise<Reading> {
  const onDisk = await readInput(context, argument);
  const input = { ...onDisk, text: options.texts?.get(onDisk.real) ?? onDisk.text };
  const opened = await openInput(context, argument, input, options);
  const { loaded, naming, findings, library, hashOf } = opened;
  const { model } = loaded;
  if (model !== undefined) noteManyBins(context, model);
  const found = [...loaded.diagnostics, ...(model === undefined ? [] : check(model)), ...findings];
  const foreign = [library.folder, ...(model?.packages ?? []).map(({ folder }) => folder)];
  const sources = new Map(
    [...(model?.sources ?? []), ...opened.texts].map(([key, text]) => [naming(key), text]),
  );
  for (const [name, text] of sources) context.texts.set(name, text);
  return {
    input,
    name: input.stdin ? "<stdin>" : argument,
    ...(model === undefined ? {} : { model }),
    diagnostics: unique(found).map((one) => inFiles(inOwnFiles(one, foreign), naming)),
    sources: new Map([...sources, ...context.line.sources]),
    naming,
    library,
    hashOf,
    pathOf: opened.pathOf,
    files: opened.files,
    ...(opened.bundle === undefined ? {} : { bundle: opened.bundle }),
  };
}

/** The same for verbs that need a sound spec: warnings are printed, errors stop. */
export async function readSound(context: Context, argument: string): Promise<Spec> {
  return soundOf(context, await readSpec(context, argument));
}

/** A spec that was read, if it is sound. */
export function soundOf(context: Context, reading: Reading): Spec {
  const { model } = reading;
  if (model === undefined || hasErrors(reading.diagnostics))
    throw new Stop(reading.diagnostics, reading.sources);
  context.report(reading.diagnostics, reading.sources);
  return { ...reading, model };
}

/** The declarations of a file of the library. */
export function readLibrary(context: Context, file: string): readonly Declaration[] {
  const host = diskHost(context.io.cwd);
  const { model, diagnostics } = load(`${host.library}/${file}`, host, { project: "" });
  if (model === undefined || hasErrors(diagnostics)) throw new Stop(diagnostics, model?.sources);
  return model.declarations;
}

/** Something to evaluate, ready to run. */
export interface Running {
  readonly unit: Unit;
  readonly compiled: CompiledAnalysis;
}

/** The analyses (or, without any, the experiments) of a spec, and what was found that was not known. */
export function compiled(
  spec: Spec,
  options: CompileOptions,
): { readonly units: readonly Unit[]; readonly fresh: readonly Diagnostic[] } {
  const { units, diagnostics } = compile(spec.model, options);
  return { units, fresh: freshIn(spec, diagnostics) };
}

/** The same for verbs that need them: warnings are printed, errors stop. */
export function compileSpec(context: Context, spec: Spec, options: CompileOptions): readonly Unit[] {
  const progress = progressOn(context.io);
  progress.show(`compiling ${spec.name}`);
  const { units, fresh } = compiled(spec, options);
  progress.clear();
  if (hasErrors(fresh)) throw new Stop(fresh, spec.sources);
  context.report(fresh, spec.sources);
  return units;
}

/** A stage of the compiler as text; only the later ones need the spec to be compiled. */
export function dumped(context: Context, spec: Spec, stage: DumpStage, options: CompileOptions): string {
  const early = stage === "syntax" || stage === "model";
  return dump(stage, spec.model, early ? [] : compileSpec(context, spec, options));
}

export function start(units: readonly Unit[]): readonly Running[] {
  return units.map((unit) => ({ unit, compiled: instantiate(unit) }));
}

/** Prints what is new among the warnings; stops when there is an error. */
export function settle(context: Context, spec: Spec, diagnostics: readonly Diagnostic[]): void {
  const fresh = freshIn(spec, diagnostics);
  if (hasErrors(fresh)) throw new Stop(fresh, spec.sources);
  context.report(fresh, spec.sources);
}

/** With the names that a user knows, without what was reported before. */
export function freshIn(spec: Spec, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Set(spec.diagnostics.map(identity));
  return unique(diagnostics)
    .map((one) => inFiles(one, spec.naming))
    .filter((one) => !known.has(identity(one)));
}

/** Stops because an analysis has no fit that is needed. */
export function withoutFit(spec: Spec, analysis: string, reason: string): Stop {
  return stopAt(spec, analysis, "SV1803", { analysis, reason });
}

/** Stops with a diagnostic at a declaration. */
export function stopAt(
  spec: Spec,
  name: string,
  code: Code,
  parameters: Readonly<Record<string, string>>,
): Stop {
  const found = [diagnostic(code, placeOf(spec, name), parameters)];
  return new Stop(freshIn(spec, found), spec.sources);
}

/** Where a declaration is, to say something about it. */
export function placeOf({ model }: Spec, name: string): Span {
  const statement = model.byName.get(name)?.statement;
  return statement?.label?.span ?? statement?.keyword.span ?? { file: model.file, start: 0, end: 0 };
}

/** Stops unless the spec declares (or imports) each of the names as that kind. */
export function requireDeclared(
  context: Context,
  { model }: Spec,
  kind: KindName,
  names: readonly string[],
): void {
  const known = model.declarations.filter((one) => one.kind === kind).map(({ name }) => name);
  requireKnown(context, kind, names, known);
}

/** Stops unless each of the experiments is in one of these analyses, or of all; without analyses, in the spec. */
export function requireExperiments(
  context: Context,
  spec: Spec,
  names: readonly string[],
  analyses: readonly string[] | undefined,
): void {
  const { model } = spec;
  requireDeclared(context, spec, "experiment", names);
  const all = model.declarations.filter(({ kind }) => kind === "analysis");
  if (all.length === 0) return;
  const chosen = all.filter(({ name }) => analyses?.includes(name) ?? true);
  const known = chosen.flatMap((one) => interactionsOf(model, one).experiments.map(({ name }) => name));
  requireKnown(context, "analysis with the experiment", names, known);
}

/** Stops unless the experiments of the spec have bins in each of the observables. */
export function requireObservables(context: Context, { model }: Spec, names: readonly string[]): void {
  const known = model.declarations
    .flatMap((one) => fieldsOf(one, "bins"))
    .flatMap(({ label }) => label?.parts.map(({ text }) => text) ?? []);
  requireKnown(context, "observable with bins", names, known);
}

function requireKnown(
  context: Context,
  kind: string,
  names: readonly string[],
  known: readonly string[],
): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const found = unknown.map((name) => {
    const span = context.line.spanOf(name);
    const { help } = didYouMean(span, name, known);
    const notes =
      help === undefined && known.length > 0 ? [`there is ${[...new Set(known)].join(", ")}`] : [];
    return diagnostic("SV1903", span, { kind, name }, { ...(help === undefined ? {} : { help }), notes });
  });
  throw new Stop(found, context.line.sources);
}

/** Stops with the remark that the spec lacks what the verb works on. */
export function lacking(context: Context, { name, input }: Spec, needed: string): Stop {
  const span = context.line.spanOf(input.stdin ? "-" : name);
  return new Stop([diagnostic("SV1902", span, { what: `\`${name}\``, needed })], context.line.sources);
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [identity(one), one])).values()];
}

function identity({ code, span, message }: Diagnostic): string {
  return `${code} ${span.file} ${span.start} ${span.end} ${message}`;
}
