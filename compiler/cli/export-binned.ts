/** `sevens export --to pyhf|hs3|…`: from a spec to the files of another format, with the record of what they keep. */
import { basename, join } from "node:path";
import type { FitResult } from "../../runtime/fit.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { version } from "../disk/version.ts";
import { type BinnedModel, binnedModel, type Values } from "../exchange/binned-model.ts";
import { boundText, type Fidelity } from "../exchange/fidelity.ts";
import { type Exported, type Origin, provenanceOf } from "../exchange/provenance.ts";
import type { Unit } from "../index.ts";
import { citationsOf } from "./citations.ts";
import type { Context } from "./context.ts";
import { impossibleCounts, ratesOfSpec } from "./counts.ts";
import { documentOf } from "./document.ts";
import { wrongUsage } from "./exit.ts";
import type { BinnedForm, BinnedOptions } from "./export-forms.ts";
import { compileOptions } from "./options.ts";
import { makeFolder, type OutputFile, printJson, writeFiles, writeResult } from "./output.ts";
import { compileSpec, lacking, placeOf, readSound, type Spec, settle, start, withoutFit } from "./spec.ts";
import { fitOne } from "./verbs/fit.ts";

/** What there is to export, as a format takes it. */
export interface Request {
  readonly context: Context;
  readonly spec: Spec;
  readonly options: BinnedOptions;
  readonly units: readonly StandingUnit[];
  readonly origin: Origin;
}

/** A unit with the values where templates are taken. */
export interface StandingUnit {
  readonly unit: Unit;
  readonly values: Values;
  readonly model: BinnedModel;
  /** The fit whose best values these are. */
  readonly fit: FitResult | undefined;
}

/** The files of an export: the result, and others that go beside it. */
export interface Files {
  readonly result: string | Uint8Array;
  /** Others, by what is put in the place of the result's ending. */
  readonly beside: readonly { readonly ending: string; readonly data: string | Uint8Array }[];
  readonly exported: readonly Exported[];
  /** True when the result has its provenance in itself. */
  readonly isComplete?: boolean;
}

/** The files of an export that is a folder. */
export interface Folder {
  readonly files: readonly { readonly name: string; readonly data: string }[];
  readonly exported: readonly Exported[];
}

type Maker = (request: Request) => Files | Folder | Promise<Files>;

const makers: Readonly<Record<BinnedForm, () => Promise<Maker>>> = {
  pyhf: async () => (await import("./export-pyhf.ts")).pyhfFiles,
  hs3: async () => (await import("./export-hs3.ts")).hs3Files,
  csv: async () => (await import("./export-tables.ts")).csvFiles,
  "json-tables": async () => (await import("./export-tables.ts")).jsonFiles,
  parquet: async () => (await import("./export-tables.ts")).parquetFiles,
  hepdata: async () => (await import("./export-hepdata.ts")).hepdataFiles,
};

/** Writes the binned model of a spec in a form, and warns of what the form does not keep. */
export async function exportBinned(
  context: Context,
  file: string,
  form: BinnedForm,
  options: BinnedOptions,
): Promise<void> {
  refuseStray(context, form, options);
  const spec = await readSound(context, file);
  const request = requestOf(context, spec, form, options);
  const maker = await makers[form]();
  const made = await maker(request);
  if ("files" in made) writeFolder(context, made, options);
  else writeResultWithOthers(request, made);
  settle(
    context,
    spec,
    made.exported.flatMap((one) => losses(spec, one)),
  );
}

function writeFolder(context: Context, { files }: Folder, { output = "" }: BinnedOptions): void {
  makeFolder(context, output);
  writeFiles(
    context,
    files.map(({ name, data }): OutputFile => ({ path: join(output, name), data })),
  );
}

function writeResultWithOthers(
  { context, origin, options: { output } }: Request,
  { result, beside, exported, isComplete = false }: Files,
): void {
  if (output === undefined || output === "-") {
    writeResult(context, output, result);
    if (!isComplete) context.note("the provenance and the record of fidelity go beside a file: give `-o`");
    return;
  }
  const provenance = { ending: ".provenance.json", data: printJson(provenanceOf(origin, exported)) };
  const others = isComplete ? beside : [...beside, provenance];
  writeFiles(context, [
    { path: output, data: result },
    ...others.map(({ ending, data }): OutputFile => ({ path: besidePath(output, ending), data })),
  ]);
}

/** The path of a file beside another: with another ending. */
export function besidePath(path: string, ending: string): string {
  return path.replace(/\.[^./\\]*$/, "") + ending;
}

function refuseStray({ line }: Context, form: BinnedForm, { grid, inspire, output }: BinnedOptions): void {
  if (form === "hepdata" && (output === undefined || output === "-")) {
    throw wrongUsage(line, line.end, "a submission is a folder of files: give `-o` with its name");
  }
  const stray = grid !== undefined ? "--grid" : inspire !== undefined ? "--inspire" : undefined;
  if (stray === undefined || form === "pyhf") return;
  throw wrongUsage(line, stray, `\`${stray}\` is for patch sets of pyhf, not for \`--to ${form}\``);
}

function requestOf(context: Context, spec: Spec, form: BinnedForm, options: BinnedOptions): Request {
  const chosen = compileOptions(context, spec, options);
  const atFit = options.at === "fit";
  const compiled = compileSpec(context, spec, { ...chosen, derivatives: atFit ? "likelihood" : "none" });
  const found = compiled.filter(({ emitted }) => emitted.form.experiments.length > 0);
  if (found.length === 0) throw lacking(context, spec, "experiment");
  if ((form === "pyhf" || form === "hs3") && found.length > 1) throw several(context, form, found);
  for (const unit of found) settle(context, spec, impossibleCounts(spec, unit, ratesOfSpec(unit)));
  const units = found.map((unit): StandingUnit => {
    const fit = atFit ? fitOf(context, spec, unit, form) : undefined;
    const values = fit === undefined ? {} : bestValues(unit, fit);
    return { unit, values, model: binnedModel(unit, values), fit };
  });
  return { context, spec, options, units, origin: originOf(spec, options) };
}

function several({ line }: Context, form: BinnedForm, units: readonly Unit[]): Error {
  const names = units.map(({ name }) => name);
  const kind = units[0]!.kind;
  const problem = `a document of ${form} is of one ${kind}, there are ${names.join(", ")}`;
  return wrongUsage(line, form, problem, `say which one: \`--${kind} ${names[0]}\``);
}

/** The fit of an analysis; errors of its parameters only where they are written. */
function fitOf(context: Context, spec: Spec, unit: Unit, form: BinnedForm): FitResult {
  const [running] = start([unit]);
  const result = fitOne(context, running!, { errors: form === "hepdata", levels: [] });
  if (!result.converged) throw withoutFit(spec, unit.name, result.reason);
  return result;
}

function bestValues({ expectation }: Unit, { values }: FitResult): Values {
  return Object.fromEntries(expectation.parameters.map(({ name }, i) => [name, values[i]!]));
}

function originOf(spec: Spec, { set, observables, precision, at, experiment }: BinnedOptions): Origin {
  return {
    spec: basename(spec.name),
    hash: documentOf(spec.model).hash ?? "",
    version: version(),
    settings: {
      at: at ?? "spec",
      ...(set === undefined ? {} : { set }),
      ...(experiment === undefined ? {} : { experiment }),
      ...(observables === undefined ? {} : { observables }),
      ...(precision === undefined ? {} : { precision }),
    },
    citations: citationsOf(spec.model),
  };
}

/** What the export does not say as the spec does, as warnings. */
function losses(spec: Spec, { analysis, format, fidelity }: Exported): readonly Diagnostic[] {
  const place = placeOf(spec, analysis);
  const told = fidelity.filter(({ byNature }) => byNature !== true);
  const lost = told.filter(({ degree }) => degree === "unsupported");
  const near = told.filter(({ degree }) => degree === "approximate" || degree === "matched at ±1σ");
  const parts = ({ length }: readonly Fidelity[]): string => `${length} ${length === 1 ? "part" : "parts"}`;
  return [
    ...(lost.length === 0
      ? []
      : [diagnostic("SV2001", place, { format, analysis, parts: parts(lost) }, { notes: lost.map(noteOf) })]),
    ...(near.length === 0
      ? []
      : [diagnostic("SV2002", place, { format, analysis, parts: parts(near) }, { notes: near.map(noteOf) })]),
  ];
}

function noteOf({ subject, as, degree, bounds = [], note }: Fidelity): string {
  const head = degree === "matched at ±1σ" ? `${as}, ${degree}` : as;
  const tail = bounds.length > 0 ? bounds.map(boundText).join("; ") : (note ?? "");
  return `${subject}: ${head}${tail === "" ? "" : `: ${tail}`}`;
}
