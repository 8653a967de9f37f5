import { implementations } from "../../runtime/implementations.ts";
import { signatures } from "../../runtime/signatures.ts";
import type { KernelData, KernelExpr, KernelProgram, KernelStage } from "../kernel/form.ts";
import { type PrintOptions, printNumber, printNumbers, printStatements } from "../kernel/print.ts";
import type { AnalysisForm, AnalysisParameter } from "../lower/analysis.ts";
import type { ExperimentForm } from "../lower/experiment.ts";
import type { DataSource } from "../rate/node.ts";
import { parts, walk } from "../stage/dead-stores.ts";
import { derivativeKey } from "../stage/index.ts";
import type { Layout } from "../wasm/layout.ts";
import { listedView, placesView } from "./places-view.ts";
import { updatePlan } from "./update-plan.ts";
import { chiSquareView, updateView } from "./update-view.ts";
import { runsInWasm, type WasmPart, wasmPart } from "./wasm-view.ts";

/** One analysis with its kernel, ready to be printed. */
export interface EmittedAnalysis {
  readonly form: AnalysisForm;
  readonly kernel: KernelProgram;
  readonly precision: number;
  readonly doc: readonly string[];
}

const javascriptNames = new Map(signatures.map(({ name, javascript }) => [name, javascript]));

/** How generated code calls a function of the language. */
function callee(name: string): string {
  if (name === "pow") return "power";
  const known = javascriptNames.get(name);
  if (known === undefined || implementations[name] === undefined)
    throw new Error(`no runtime function ${name}`);
  return known;
}

/** Parameters that the kernel or a constraint reads, in the order of the model. */
export function usedParameters({ form, kernel }: EmittedAnalysis): readonly AnalysisParameter[] {
  const read = new Set(kernel.stages.flatMap((stage) => stage.reads));
  return form.parameters.filter(({ parameter }) => read.has(parameter.name));
}

function parameterVariable(name: string): string {
  return `p_${name.replace(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "")}`;
}

/** Distinct identifiers for the parameters. */
function parameterVariables(parameters: readonly AnalysisParameter[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { parameter } of parameters) {
    const base = parameterVariable(parameter.name);
    let variable = base;
    for (let i = 2; taken.has(variable); i++) variable = `${base}_${i}`;
    taken.add(variable);
    names.set(parameter.name, variable);
  }
  return names;
}

/** What is in the memory of WebAssembly is read and written there. */
export function optionsFor(
  analysis: EmittedAnalysis,
  typescript: boolean,
  layout?: Layout,
  mark?: PrintOptions["mark"],
): PrintOptions {
  const variables = parameterVariables(usedParameters(analysis));
  const place = (places: ReadonlyMap<string, number> | undefined, name: string): string | undefined => {
    const found = places?.get(name);
    return found === undefined ? undefined : `numbers[${found}]`;
  };
  return {
    typescript,
    callee,
    parameter: (name) => place(layout?.parameters, name) ?? variables.get(name) ?? "NaN",
    scalar: (name) => place(layout?.scalars, name) ?? name,
    table: (name) => `table_${name}`,
    ...(mark === undefined ? {} : { mark }),
  };
}

/** A number in the parameter's own unit, free of the noise of conversion. */
export function inUnit(value: number, factor: number): number {
  const plain = value / factor;
  const rounded = Number(plain.toPrecision(15));
  return rounded * factor === value || Math.abs(rounded - plain) <= Math.abs(plain) * 1e-15 ? rounded : plain;
}

function parameterInfo({ parameter, name, role, value, range, log }: AnalysisParameter): string {
  const { unit, factor, sigma, doc } = parameter;
  const number = (internal: number): string => printNumber(inUnit(internal, factor));
  const constraint =
    sigma === undefined ? "" : ` constraint: { mean: ${number(parameter.value)}, sigma: ${number(sigma)} },`;
  return (
    `{ name: ${quote(name)}, unit: ${quote(unit)}, value: ${number(value)}, ` +
    `range: [${number(range[0])}, ${number(range[1])}], role: "${role}",${constraint} log: ${log}, doc: ${quote(doc)} }`
  );
}

export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029\u007f-\u009f]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Names that the module imports from the runtime. */
export function importsOf(analyses: readonly EmittedAnalysis[]): readonly string[] {
  const names = new Set<string>();
  const visit = (value: KernelExpr): void => {
    if (value.kind === "call" && !callee(value.function).startsWith("Math."))
      names.add(callee(value.function));
    if (value.kind === "root") names.add("rootOr");
    parts(value).forEach(visit);
  };
  for (const { kernel } of analyses) {
    if (kernel.tables.length > 0) names.add("interpolant");
    for (const { source } of kernel.data) {
      if (source.kind === "places") names.add("eventPlaces");
      if (source.kind === "panels") names.add("panels");
      if (source.kind === "unit-panels") names.add("unitPanels");
    }
    for (const { statements } of kernel.stages) walk(statements, visit);
  }
  return [...names].sort();
}

type RuleSource = DataSource & { readonly kind: "panels" | "unit-panels" };

function ruleKey(source: RuleSource): string {
  const rows = source.boundaries.map(printNumbers).join(", ");
  const order = typeof source.order === "number" ? source.order : printNumbers(source.order);
  return `${source.kind === "panels" ? "panels" : "unitPanels"}([${rows}], ${order})`;
}

/** Rules are made once and their parts named. Arrays in the memory of WebAssembly are filled there. */
function dataView(
  data: readonly KernelData[],
  layout: Layout | undefined,
): { rules: object[]; data: object[] } {
  const rules = new Map<string, string>();
  const rows = data.map(({ name, source, size }) => {
    const place = layout?.arrays.get(name);
    if (source.kind === "input" || source.kind === "places")
      return { variable: name, value: storage(size, place) };
    const value = source.kind === "values" ? floats(source.values) : partOf(rules, source);
    if (place === undefined) return { variable: name, value };
    return { variable: name, value: storage(size, place), fill: `${name}.set(${value});` };
  });
  return { rules: [...rules].map(([call, variable]) => ({ variable, call })), data: rows };
}

function partOf(rules: Map<string, string>, source: RuleSource): string {
  const key = ruleKey(source);
  const rule = rules.get(key) ?? `rule${rules.size + 1}`;
  rules.set(key, rule);
  return `${rule}.${source.what}`;
}

/** An array of its own, or a part of the memory. */
function storage(size: number | string, place: number | undefined): string {
  return place === undefined ? `new Float64Array(${size})` : `view(${place}, ${size})`;
}

/** What the template shows of one analysis. */
export function analysisView(
  analysis: EmittedAnalysis,
  typescript: boolean,
  withWasm: boolean,
  mark?: PrintOptions["mark"],
): object {
  const { form, kernel, precision } = analysis;
  const parameters = usedParameters(analysis);
  const index = new Map(parameters.map(({ parameter }, i) => [parameter.name, i]));
  const plan = updatePlan(kernel, index, withWasm ? runsInWasm(kernel) : () => false);
  const wasm = wasmPart(kernel, plan, callee);
  const options = optionsFor(analysis, typescript, wasm?.layout, mark);
  const updates = updateView(kernel, plan, index, typescript);
  const chiSquare = chiSquareView(kernel, form.experiments, index, typescript, options.scalar);
  const places = placesView(form, kernel, typescript);
  return {
    name: form.name,
    quoted: quote(form.name),
    doc: analysis.doc,
    parameterCount: parameters.length,
    parameters: parameters.map((one, i) => parameterView(one, i, options)),
    ...storageView(kernel, options, wasm),
    ...stagesView(kernel, options, wasm),
    moving: kernel.fitted.map((name) => index.get(name)).join(", "),
    ...updates,
    places,
    chiSquare: chiSquare && { ...chiSquare, forget: updates.forget, updates: updates.slopeUpdates },
    assigns: constraintAssignments(analysis, index, options),
    ...gradientView(analysis, index, options),
    counts: form.experiments.map((experiment) => countsView(experiment, kernel, options)),
    inputs: inputsView(form, kernel, options),
    experiments: form.experiments.map((experiment) => experimentView(experiment, form)),
    constraints: JSON.stringify(form.constraints.map(({ name, mean, sigma }) => ({ name, mean, sigma }))),
    intervals: JSON.stringify(form.intervals),
    precision: printNumber(precision),
    constrainedValues: form.constraints
      .map((_, i) => options.scalar(kernel.outputs.get(`constraint/${i}`)?.name ?? "NaN"))
      .join(", "),
  };
}

function parameterView(one: AnalysisParameter, index: number, options: PrintOptions): object {
  const { parameter, name, value } = one;
  const variable = options.parameter(parameter.name);
  return {
    declare: variable.startsWith("numbers[") ? "" : "let ",
    variable,
    index,
    value: printNumber(value),
    scale: parameter.factor === 1 ? "" : ` * ${printNumber(parameter.factor)}`,
    comment: `${name}${parameter.unit === "" ? "" : ` in ${parameter.unit}`}${options.mark?.(parameter.statement.span) ?? ""}`,
    info: parameterInfo(one),
  };
}

function storageView(kernel: KernelProgram, options: PrintOptions, wasm: WasmPart | undefined): object {
  return {
    tables: kernel.tables.map(({ name, table }) => ({
      variable: options.table(name),
      kind: table.interpolation,
      outside: table.outside,
      x: printNumbers(table.x),
      y: printNumbers(table.y),
    })),
    ...dataView(kernel.data, wasm?.layout),
    arrays: kernel.arrays.map(({ name, sizes, doc }) => ({
      name,
      value: storage(sizes.join(" * "), wasm?.layout.arrays.get(name)),
      doc: `${doc} ${sizes.join(" x ")}`,
    })),
    scalars: kernel.scalars.filter((name) => options.scalar(name) === name),
  };
}

function stagesView(kernel: KernelProgram, options: PrintOptions, wasm: WasmPart | undefined): object {
  const named = (stage: KernelStage): { name: string; doc: string } => ({
    name: stage.name,
    doc: stage.reads.length === 0 ? "Once: free of parameters." : `Reads ${stage.reads.join(", ")}.`,
  });
  return {
    stages: kernel.stages
      .filter((stage) => wasm?.stages.has(stage) !== true)
      .map((stage) => ({ ...named(stage), body: printStatements(stage.statements, options, "    ") })),
    wasm: wasm && {
      pages: wasm.pages,
      code: wasm.code,
      host: wasm.host,
      stages: [...wasm.stages].map(named),
      runs: wasm.runs,
      dirty: 8 * wasm.layout.dirty,
    },
  };
}

/** Where an output of the kernel is, as an array. */
function arrayOf({ outputs, scalars }: KernelProgram, { scalar }: PrintOptions, key: string): string {
  const name = outputs.get(key)?.name ?? "new Float64Array(0)";
  return scalars.includes(name) ? `Float64Array.of(${scalar(name)})` : name;
}

/** What likelihoods read besides the totals. */
function inputsView({ experiments }: AnalysisForm, kernel: KernelProgram, options: PrintOptions): object[] {
  return experiments.flatMap(({ name, variance, events }) => {
    const of = (key: string): string => `${key}: ${arrayOf(kernel, options, `${name}/${key}`)}`;
    const arrays = [...(variance ? [of("variance")] : []), ...(events ? [of("density")] : [])];
    return arrays.length === 0 ? [] : [{ name: quote(name), arrays: arrays.join(", ") }];
  });
}

function countsView(
  { name: experiment, components }: ExperimentForm,
  kernel: KernelProgram,
  options: PrintOptions,
): object {
  const asArray = (key: string): string => arrayOf(kernel, options, key);
  return {
    name: experiment,
    total: asArray(`${experiment}/total`),
    components: components
      .map(({ name }) => `${quote(name)}: ${asArray(`${experiment}/${name}`)}`)
      .join(", "),
    channels: components
      .flatMap(({ name, channels }) => channels.map((channel) => `${name}/${channel.name}`))
      .map((key) => `${quote(key)}: ${asArray(`${experiment}/${key}`)}`)
      .join(", "),
  };
}

function experimentView(experiment: ExperimentForm, { asimov }: AnalysisForm): object {
  const { name, axes, components, data, errors, likelihood } = experiment;
  return {
    name: quote(name),
    axes: JSON.stringify(axes.map((one) => ({ name: one.name, unit: one.unit, edges: one.edges }))),
    components: JSON.stringify(
      components.map((one) => ({
        name: one.name,
        kind: one.kind,
        channels: one.channels.map((c) => c.name),
      })),
    ),
    bins: axes.reduce((product, { edges }) => product * (edges.length - 1), 1),
    data: floats(asimov ? undefined : data),
    errors: floats(errors),
    likelihood,
    events: listedView(experiment),
  };
}

/** Writes the derivatives of the constraints, which are scalars, to where the caller sees them. */
function constraintAssignments(
  { form, kernel }: EmittedAnalysis,
  index: ReadonlyMap<string, number>,
  { typescript, scalar }: PrintOptions,
): readonly string[] {
  const names = kernel.gradient.filter((name) => index.has(name));
  return form.constraints.flatMap((_, row) =>
    names.flatMap((name, column) => {
      const value = kernel.outputs.get(derivativeKey(`constraint/${row}`, name))?.name;
      return value === undefined
        ? []
        : [`constraintSlopes[${row}]${typescript ? "!" : ""}[${column}] = ${scalar(value)};`];
    }),
  );
}

/** The derivatives, by experiment and parameter. */
function gradientView(
  { form, kernel }: EmittedAnalysis,
  index: ReadonlyMap<string, number>,
  { scalar }: PrintOptions,
): object {
  const names = kernel.gradient.filter((name) => index.has(name));
  const slope = (output: string, name: string): string | undefined =>
    kernel.outputs.get(derivativeKey(output, name))?.name;
  const asArray = (name: string | undefined): string =>
    name === undefined
      ? "undefined"
      : kernel.scalars.includes(name)
        ? `Float64Array.of(${scalar(name)})`
        : name;
  return {
    gradient: kernel.stages.some(({ group }) => group === "jacobian"),
    gradientIndices: names.map((name) => index.get(name)).join(", "),
    slopes: form.experiments.map(({ name: experiment }) => ({
      name: experiment,
      arrays: names.map((name) => asArray(slope(`${experiment}/total`, name))).join(", "),
    })),
    constraintRows: form.constraints.map(() => `new Float64Array(${names.length})`).join(", "),
  };
}

function floats(values: readonly number[] | undefined): string {
  return values === undefined ? "undefined" : `Float64Array.of(${values.map(printNumber).join(", ")})`;
}
