/** From a model to things that can be evaluated: lower, prepare, stage, emit, choose the number of nodes. */
import type { Span } from "../grammar/syntax.ts";
import type { CompiledAnalysis } from "../runtime/compiled.ts";
import { calibrate, Workbench } from "./calibrate.ts";
import { type Diagnostic, diagnostic, hasErrors } from "./diagnostics/diagnostic.ts";
import { lineMap } from "./diagnostics/line-map.ts";
import { budgetOf, type Context } from "./elaborate/context.ts";
import { Library } from "./elaborate/library.ts";
import { instantiateCode } from "./emit/instantiate.ts";
import { expectation } from "./expectation.ts";
import { type AnalysisForm, AnalysisLowering, type AnalysisRequest, type Setting } from "./lower/analysis.ts";
import type { ExperimentForm } from "./lower/experiment.ts";
import { interactionsOf } from "./lower/model-sum.ts";
import { valuesOf } from "./lower/parameter-values.ts";
import type { Declaration, Model } from "./model/model.ts";
import { mostElements, TooLarge } from "./rate/arrays.ts";
import type { Graph, SpecLine } from "./rate/graph.ts";
import type { Node } from "./rate/node.ts";
import {
  type FitRequest,
  type LikelihoodTerm,
  type Output,
  type Outputs,
  prepare,
  stage,
} from "./stage/index.ts";
import { separationReport } from "./stage/separation.ts";
import { type Unit, unitOnDemand } from "./unit.ts";

export interface CompileOptions {
  /** Relative quadrature error asked for, 1e-6 unless given. */
  readonly precision?: number;
  /** New defaults of parameters. */
  readonly set?: readonly Setting[];
  readonly analyses?: readonly string[];
  readonly experiments?: readonly string[];
  /** Bin in these observables only; the others are not measured, their efficiencies do not act. */
  readonly observables?: readonly string[];
  /**
   * How many events can be put in the place of those of the spec, by experiment with an unbinned likelihood: toys and Asimov
   * data are events as well.
   */
  readonly places?: Readonly<Record<string, number>>;
  /**
   * Exact derivatives by the fitted parameters: of χ² alone, which is what fits and scans need, or also of the counts in
   * every bin. All of them unless given.
   */
  readonly derivatives?: "none" | "likelihood" | "counts";
}

export interface Compilation {
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
}

export function compile(model: Model, options: CompileOptions = {}): Compilation {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const report = (one: Diagnostic): void => {
    const key = `${one.code} ${one.span.file} ${one.span.start} ${one.span.end}`;
    if (!seen.has(key)) diagnostics.push(one);
    seen.add(key);
  };
  const units: Unit[] = [];
  const workbench = new Workbench();
  for (const request of requestsOf(model, options)) {
    const form = lowerRequest(model, request, workbench, report);
    if (form === undefined || hasErrors(diagnostics)) continue;
    try {
      units.push(unitOf(form, request, options, workbench, report));
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      report(tooLarge(request, error));
    }
  }
  return { units, diagnostics };
}

/** Bins and the points of integrals over them need an array that no machine holds. */
function tooLarge({ name, declaration, experiments }: AnalysisRequest, { size }: TooLarge): Diagnostic {
  const { statement } = declaration ?? experiments[0]!;
  const items = "numbers in one array, bins times points of integrals";
  const found = { what: `\`${name}\``, found: size, items, most: mostElements };
  return diagnostic("SV1422", statement.label?.span ?? statement.keyword.span, found);
}

export function instantiate(unit: Unit): CompiledAnalysis {
  return instantiateCode(unit.code, unit.name);
}

/** What there is to evaluate in a file: its analyses, or its experiments when it has none. */
export function requestsOf(model: Model, options: CompileOptions): readonly AnalysisRequest[] {
  const find = (kind: Declaration["kind"]): readonly Declaration[] =>
    model.declarations.filter((one) => one.kind === kind);
  const wanted = (one: Declaration, names: readonly string[] | undefined): boolean =>
    names === undefined || names.includes(one.name);
  const common = {
    ...(options.observables === undefined ? {} : { observables: options.observables }),
    ...(options.set === undefined ? {} : { set: options.set }),
    ...(options.places === undefined ? {} : { places: options.places }),
  };
  const analyses = find("analysis").filter((one) => wanted(one, options.analyses));
  if (analyses.length > 0) {
    return analyses.flatMap((declaration) => {
      const { name } = declaration;
      const { interactions, experiments: all } = interactionsOf(model, declaration);
      const experiments = all.filter((one) => wanted(one, options.experiments));
      const leftOut = all.filter((one) => !experiments.includes(one));
      if (experiments.length === 0 && leftOut.length > 0) return [];
      return [{ name, declaration, interactions, experiments, leftOut, ...common }];
    });
  }
  const interactions = find("interaction");
  return find("experiment")
    .filter((one) => wanted(one, options.experiments))
    .map((experiment) => ({ name: experiment.name, interactions, experiments: [experiment], ...common }));
}

interface Lowered {
  readonly form: AnalysisForm;
  readonly graph: Graph;
  readonly lowering: AnalysisLowering;
}

function lowerRequest(
  model: Model,
  request: AnalysisRequest,
  { graph, experiments }: Workbench,
  report: (one: Diagnostic) => void,
): Lowered | undefined {
  const context: Context = { graph, report, budget: budgetOf(5_000_000), lineOf: lineIn(model) };
  const lowering = new AnalysisLowering(new Library(model, context), request, experiments);
  return { form: lowering.lower(), graph, lowering };
}

/** `StandardModel.sevens:53: charge[l] += …`: fit for a comment, whatever the text holds. */
function lineIn(model: Model): (span: Span) => SpecLine {
  return (span) => {
    const { file, start, end } = span;
    const text = model.sources.get(file) ?? "";
    const { line } = lineMap(text).position(start);
    const shown = text
      .slice(start, end)
      .replace(/\s+/g, " ")
      .replace(/[^\x20-\x7e]/g, "?")
      .slice(0, 100);
    const name = file
      .split("/")
      .pop()
      ?.replace(/[^\w.-]/g, "?");
    return { text: `${name ?? ""}:${line}: ${shown}`, span };
  };
}

/** Symbolic counts and constraints of an analysis, by key. */
export function outputsOf(form: AnalysisForm, graph: Graph): Outputs {
  const outputs = new Map<string, Output>();
  for (const experiment of form.experiments) {
    const { name, variance, events } = experiment;
    const binned = experiment.axes.map(({ axis }) => axis);
    const axes = binned.length > 0 ? binned : [graph.axis(`${experiment.name}_count`, 1, true)];
    for (const [key, node] of experimentOutputs(experiment)) {
      outputs.set(key, { node, axes, purpose: key.endsWith("/total") ? "value" : "detail" });
    }
    if (variance !== undefined) outputs.set(`${name}/variance`, { node: variance, axes, purpose: "value" });
    if (events !== undefined) {
      outputs.set(`${name}/density`, { node: events.density, axes: [events.axis], purpose: "value" });
    }
  }
  form.constraints.forEach(({ node }, i) => {
    outputs.set(`constraint/${i}`, { node, axes: [], purpose: "value" });
  });
  return outputs;
}

function experimentOutputs({ name, components, total }: ExperimentForm): [string, Node][] {
  return [
    ...components.flatMap((component): [string, Node][] => [
      ...component.channels.map((channel): [string, Node] => [
        `${name}/${component.name}/${channel.name}`,
        channel.node,
      ]),
      [`${name}/${component.name}`, component.node],
    ]),
    [`${name}/total`, total],
  ];
}

function unitOf(
  { form, graph, lowering }: Lowered,
  request: AnalysisRequest,
  options: CompileOptions,
  workbench: Workbench,
  report: (one: Diagnostic) => void,
): Unit {
  const precision = options.precision ?? 1e-6;
  const moved = form.parameters.filter(({ role }) => role !== "fixed").map((one) => one.parameter);
  const fitted = new Set(moved.map(({ name }) => name));
  const facts = {
    ...valuesOf(form.parameters, lowering.default),
    isFitted: (name: string): boolean => fitted.has(name),
  };
  const outputs = outputsOf(form, graph);
  const prepared = prepare(graph, outputs, facts, (own) => workbench.passesFor(own, facts));
  const declaration = request.declaration ?? request.experiments[0];
  const doc = (declaration?.statement.doc?.text ?? form.name).split("\n").map(commentSafe);
  const { valuesOf: countsOf, rulesOf, ...calibrated } = calibrate(prepared, facts, precision, workbench);
  const { discrete, reached } = calibrated;
  if (reached > precision && declaration !== undefined) {
    const parameters = {
      experiment: form.name,
      found: reached.toExponential(1),
      tolerance: precision.toExponential(0),
    };
    report(diagnostic("SV1805", declaration.statement.span, parameters));
  }
  const fit = fitRequest(form, outputs, options);
  const kind = request.declaration === undefined ? "experiment" : "analysis";
  return unitOnDemand(
    { name: form.name, kind, graph, outputs, ...calibrated },
    {
      emitted: () => ({
        form,
        kernel: stage({ ...prepared, outputs: discrete }, fit),
        precision,
        doc,
      }),
      integrals: () => separationReport(graph, prepared.outputs, facts.isFitted),
      rules: rulesOf,
      expectation: () => expectation(form, discrete, countsOf),
    },
  );
}

function fitRequest(form: AnalysisForm, outputs: Outputs, options: CompileOptions): FitRequest {
  const derivatives = options.derivatives ?? "counts";
  const fitted = form.parameters.filter(({ role }) => role !== "fixed");
  const differentiated = [...outputs.keys()].filter(
    (key) => key.endsWith("/total") || key.startsWith("constraint/"),
  );
  return {
    parameters:
      derivatives === "none" ? [] : fitted.map(({ parameter: { name, factor } }) => ({ name, factor })),
    terms: [
      ...form.experiments.map(
        ({ name, likelihood: kind, events }): LikelihoodTerm => ({
          kind,
          output: `${name}/total`,
          name,
          ...(events?.weight && { weight: events.weight }),
        }),
      ),
      ...form.constraints.map(
        ({ mean, sigma }, i): LikelihoodTerm => ({
          kind: "constraint",
          output: `constraint/${i}`,
          mean,
          sigma,
        }),
      ),
    ],
    jacobian: derivatives === "counts" ? differentiated : [],
  };
}

function commentSafe(line: string): string {
  return line.replace(/\*\//g, "* /");
}
