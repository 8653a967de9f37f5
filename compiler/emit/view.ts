import { implementations } from "../../runtime/implementations.ts";
import { signatures } from "../../runtime/signatures.ts";
import type { KernelData, KernelExpr, KernelProgram, Purpose } from "../kernel/form.ts";
import { type PrintOptions, printNumber, printStatements } from "../kernel/print.ts";
import type { AnalysisForm, AnalysisParameter } from "../lower/analysis.ts";
import type { DataSource } from "../rate/node.ts";
import { parts, walk } from "../stage/dead-stores.ts";
import { derivativeKey } from "../stage/index.ts";

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
  if (name === "pow") return "Math.pow";
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

export function optionsFor(analysis: EmittedAnalysis, typescript: boolean): PrintOptions {
  const variables = parameterVariables(usedParameters(analysis));
  return {
    typescript,
    callee,
    parameter: (name) => variables.get(name) ?? "NaN",
    table: (name) => `table_${name}`,
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

function list(values: readonly number[]): string {
  return `[${values.map(printNumber).join(", ")}]`;
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
      if (source.kind === "panels") names.add("panels");
      if (source.kind === "unit-panels") names.add("unitPanels");
    }
    for (const { statements } of kernel.stages) walk(statements, visit);
  }
  return [...names].sort();
}

function ruleKey(source: DataSource & { kind: "panels" | "unit-panels" }): string {
  const rows = source.boundaries.map((row) => `[${row.map(printNumber).join(", ")}]`).join(", ");
  return `${source.kind === "panels" ? "panels" : "unitPanels"}([${rows}], ${source.order})`;
}

/** Rules are made once and their parts named. */
function dataView(data: readonly KernelData[]): { rules: object[]; data: object[] } {
  const rules = new Map<string, string>();
  const rows = data.map(({ name, source }) => {
    if (source.kind === "values")
      return { variable: name, value: `Float64Array.of(${source.values.map(printNumber).join(", ")})` };
    const key = ruleKey(source);
    const rule = rules.get(key) ?? `rule${rules.size + 1}`;
    rules.set(key, rule);
    return { variable: name, value: `${rule}.${source.what}` };
  });
  return { rules: [...rules].map(([call, variable]) => ({ variable, call })), data: rows };
}

/** What the template shows of one analysis. */
export function analysisView(analysis: EmittedAnalysis, typescript: boolean): object {
  const { form, kernel, precision } = analysis;
  const options = optionsFor(analysis, typescript);
  const parameters = usedParameters(analysis);
  const index = new Map(parameters.map(({ parameter }, i) => [parameter.name, i]));
  const output = (key: string): string => kernel.outputs.get(key)?.name ?? "new Float64Array(0)";
  const asArray = (key: string): string =>
    kernel.scalars.includes(output(key)) ? `Float64Array.of(${output(key)})` : output(key);
  return {
    name: form.name,
    quoted: quote(form.name),
    doc: analysis.doc,
    parameterCount: parameters.length,
    parameters: parameters.map((one, i) => ({
      variable: options.parameter(one.parameter.name),
      index: i,
      value: printNumber(one.value),
      scale: one.parameter.factor === 1 ? "" : ` * ${printNumber(one.parameter.factor)}`,
      comment: `${one.name}${one.parameter.unit === "" ? "" : ` in ${one.parameter.unit}`}`,
      info: parameterInfo(one),
    })),
    tables: kernel.tables.map(({ name, table }) => ({
      variable: options.table(name),
      kind: table.interpolation,
      outside: table.outside,
      x: list(table.x),
      y: list(table.y),
    })),
    ...dataView(kernel.data),
    arrays: kernel.arrays.map(({ name, sizes, doc }) => ({
      name,
      size: sizes.join(" * "),
      doc: `${doc} ${sizes.join(" x ")}`,
    })),
    scalars: kernel.scalars,
    stages: kernel.stages.map((stage) => ({
      name: stage.name,
      doc: stage.reads.length === 0 ? "Once: free of parameters." : `Reads ${stage.reads.join(", ")}.`,
      body: printStatements(stage.statements, options, "    "),
    })),
    load: kernel.stages.some((stage) => stage.name === "load"),
    updates: updatesView(analysis, index, typescript),
    ...gradientView(analysis, index),
    counts: form.experiments.map((experiment) => ({
      name: experiment.name,
      total: asArray(`${experiment.name}/total`),
      components: experiment.components
        .map(({ name }) => `${quote(name)}: ${asArray(`${experiment.name}/${name}`)}`)
        .join(", "),
      channels: experiment.components
        .flatMap(({ name, channels }) => channels.map((channel) => `${name}/${channel.name}`))
        .map((key) => `${quote(key)}: ${asArray(`${experiment.name}/${key}`)}`)
        .join(", "),
    })),
    experiments: form.experiments.map((experiment) => ({
      name: quote(experiment.name),
      axes: JSON.stringify(experiment.axes.map(({ name, unit, edges }) => ({ name, unit, edges }))),
      components: JSON.stringify(
        experiment.components.map(({ name, kind, channels }) => ({
          name,
          kind,
          channels: channels.map((c) => c.name),
        })),
      ),
      bins: experiment.axes.reduce((product, { edges }) => product * (edges.length - 1), 1),
      data: floats(form.asimov ? undefined : experiment.data),
      errors: floats(experiment.errors),
      likelihood: experiment.likelihood,
    })),
    constraints: JSON.stringify(form.constraints.map(({ name, mean, sigma }) => ({ name, mean, sigma }))),
    intervals: JSON.stringify(form.intervals),
    precision: printNumber(precision),
    constrainedValues: form.constraints.map((_, i) => output(`constraint/${i}`)).join(", "),
  };
}

/** One function per purpose that brings its stages up to date. */
function updatesView(
  analysis: EmittedAnalysis,
  index: ReadonlyMap<string, number>,
  typescript: boolean,
): object[] {
  const { kernel } = analysis;
  const view = (
    purpose: Purpose,
    name: string,
    last: string,
    doc: string,
    assigns: readonly string[],
  ): object => ({
    name,
    last,
    doc,
    first: purpose === "value",
    before: purpose === "value" ? "" : "update",
    stages: stageTests(kernel, purpose, index),
    assigns,
  });
  const slopes = constraintAssignments(analysis, index, typescript);
  return [
    view("value", "update", "last", "Totals and constraints.", []),
    view("detail", "updateDetails", "lastDetails", "Components and channels.", []),
    ...(kernel.gradient.length > 0
      ? [view("gradient", "updateSlopes", "lastSlopes", "Derivatives.", slopes)]
      : []),
  ];
}

/** Which stages run when which parameters changed. Those beyond the totals that read nothing run with the first. */
function stageTests(
  { stages }: KernelProgram,
  purpose: Purpose,
  index: ReadonlyMap<string, number>,
): readonly { stage: string; test: string }[] {
  return stages
    .filter((stage) => stage.purpose === purpose && stage.name !== "load")
    .map((stage) => ({
      stage: stage.name,
      test:
        stage.reads.length === 0
          ? "any"
          : stage.reads.map((name) => `changed[${index.get(name) ?? -1}] === 1`).join(" || "),
    }));
}

/** Writes the derivatives of the constraints, which are scalars, to where the caller sees them. */
function constraintAssignments(
  { form, kernel }: EmittedAnalysis,
  index: ReadonlyMap<string, number>,
  typescript: boolean,
): readonly string[] {
  const names = kernel.gradient.filter((name) => index.has(name));
  return form.constraints.flatMap((_, row) =>
    names.flatMap((name, column) => {
      const value = kernel.outputs.get(derivativeKey(`constraint/${row}`, name))?.name;
      return value === undefined
        ? []
        : [`constraintSlopes[${row}]${typescript ? "!" : ""}[${column}] = ${value};`];
    }),
  );
}

/** The derivatives, by experiment and parameter. */
function gradientView({ form, kernel }: EmittedAnalysis, index: ReadonlyMap<string, number>): object {
  const names = kernel.gradient.filter((name) => index.has(name));
  const slope = (output: string, name: string): string | undefined =>
    kernel.outputs.get(derivativeKey(output, name))?.name;
  const asArray = (name: string | undefined): string =>
    name === undefined ? "undefined" : kernel.scalars.includes(name) ? `Float64Array.of(${name})` : name;
  return {
    gradient: names.length > 0,
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
