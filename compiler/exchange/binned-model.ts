/** What an analysis says as a binned model: channels, samples as templates with coefficients, nuisances, observations. */
import type { AxisInfo } from "../../runtime/compiled.ts";
import { inUnit } from "../emit/view.ts";
import type { AnalysisForm, AnalysisParameter } from "../lower/analysis.ts";
import type { ConstraintForm } from "../lower/constraints.ts";
import type { ExperimentForm } from "../lower/experiment.ts";
import { dependence } from "../rate/analyse.ts";
import { ArrayEvaluator, KnownSums } from "../rate/evaluate-arrays.ts";
import type { Axis, Node } from "../rate/node.ts";
import type { Unit } from "../unit.ts";
import { type Term, termsOf } from "./terms.ts";

/** A fitted parameter that something reads. Numbers are in internal units unless their name says otherwise. */
export interface ModelParameter {
  /** The full name, as expressions have it. */
  readonly key: string;
  /** The name that the analysis uses. */
  readonly name: string;
  readonly unit: string;
  /** Internal value of one `unit`. */
  readonly factor: number;
  readonly kind: "free" | "nuisance";
  /** The value of the spec, of `--set`, or of the best fit: where templates are taken. */
  readonly value: number;
  /** Of the Gaussian constraint of a nuisance. */
  readonly mean: number;
  readonly sigma: number;
  readonly range: readonly [low: number, high: number];
  readonly doc: string;
}

/** One contribution to the counts of a channel; its counts are the sum of its terms. */
export interface ModelComponent {
  readonly name: string;
  readonly kind: "signal" | "background";
  readonly terms: readonly Term[];
  readonly total: Node;
  /** Variance of the total from limited statistics of its template. */
  readonly variance: Node | undefined;
}

/** An experiment: bins, what is expected in them, what was observed. */
export interface ModelChannel {
  readonly name: string;
  readonly axes: readonly AxisInfo[];
  readonly bins: number;
  /** The axes that templates run over. */
  readonly over: readonly Axis[];
  readonly components: readonly ModelComponent[];
  readonly total: Node;
  readonly likelihood: "poisson" | "gaussian" | "unbinned";
  /** Variance of the total, the sum over the components. */
  readonly variance: Node | undefined;
  /** The terms of that variance. */
  readonly spread: readonly Term[];
  /** Density at each event, of an unbinned likelihood. */
  readonly events: { readonly density: Node; readonly over: readonly Axis[] } | undefined;
  /** Observed counts; those expected at the values of the spec for a projection. */
  readonly observed: Float64Array;
  /** False for a projection. */
  readonly isMeasured: boolean;
  /** Standard deviations of the data, of a Gaussian likelihood. */
  readonly errors: Float64Array | undefined;
}

/** A Gaussian measurement of an expression of the parameters. */
export type ModelConstraint = ConstraintForm;

export interface BinnedModel {
  readonly name: string;
  readonly kind: "analysis" | "experiment";
  readonly channels: readonly ModelChannel[];
  readonly parameters: readonly ModelParameter[];
  readonly constraints: readonly ModelConstraint[];
  /** Values of all parameters that the model reads, fitted or not, in their units: where it stands. */
  readonly values: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
  /** Numbers per bin, or one number, of an expression; parameters by full name, internal units, others as in the model. */
  readonly evaluate: (
    node: Node,
    over: readonly Axis[],
    changes?: ReadonlyMap<string, number>,
  ) => Float64Array;
}

/** Values in the place of those of the spec, by the name that the analysis uses, in the unit of the parameter. */
export type Values = Readonly<Record<string, number>>;

/** The binned model of a compiled unit. Names in `values` that it does not have are ignored. */
export function binnedModel(unit: Unit, values: Values = {}): BinnedModel {
  const { form } = unit.emitted;
  const { discrete } = unit;
  const nodes = [...discrete.values()].map(({ node }) => node);
  const read = new Set(nodes.flatMap((node) => [...dependence(node).parameters]));
  const used = form.parameters.filter(({ parameter }) => read.has(parameter.name));
  const placeOf = (one: AnalysisParameter): number =>
    values[one.name] === undefined ? one.value : values[one.name]! * one.parameter.factor;
  const standing = new Map(used.map((one) => [one.parameter.name, placeOf(one)]));
  const parameters = used.filter(({ role }) => role !== "fixed").map((one) => parameterOf(one, placeOf(one)));
  const fitted = new Set(parameters.map(({ key }) => key));
  const evaluate = evaluatorAt(standing);
  const asSpec = new Map(used.map((one) => [one.parameter.name, one.value]));
  const channelOf = (experiment: ExperimentForm): ModelChannel => {
    const { over, total, ...nodes } = nodesOf(unit, experiment, (key) => fitted.has(key));
    const measured = form.asimov ? undefined : experiment.data;
    const observed = measured === undefined ? evaluate(total, over, asSpec) : Float64Array.from(measured);
    return {
      ...shapeOf(experiment),
      ...nodes,
      over,
      total,
      observed,
      isMeasured: measured !== undefined,
      ...errorsOf(experiment, observed),
    };
  };
  return {
    name: unit.name,
    kind: unit.kind,
    channels: form.experiments.map(channelOf),
    parameters,
    constraints: constraintsOf(form, (i) => discrete.get(`constraint/${i}`)!.node),
    values: Object.fromEntries(
      used.map((one) => [
        one.name,
        { value: inUnit(placeOf(one), one.parameter.factor), unit: one.parameter.unit },
      ]),
    ),
    evaluate,
  };
}

/** Standard deviations of counts from limited statistics of templates, by bin; undefined where there are none. */
export function templateErrors(
  { evaluate }: BinnedModel,
  { over }: ModelChannel,
  { variance }: Pick<ModelComponent, "variance">,
): Float64Array | undefined {
  return variance && evaluate(variance, over).map(Math.sqrt);
}

/** The expressions of an experiment that are evaluated, with sums in the place of integrals. */
function nodesOf({ graph, discrete }: Unit, experiment: ExperimentForm, isFitted: (key: string) => boolean) {
  const output = (key: string) => discrete.get(`${experiment.name}/${key}`);
  const { node: total, axes: over } = output("total")!;
  const variance = output("variance")?.node;
  const density = output("density");
  const isShared = experiment.components.filter((one) => one.variance !== undefined).length > 1;
  const components = experiment.components.map((one): ModelComponent => {
    const { name, kind } = one;
    const { node } = output(name)!;
    const own = one.variance === undefined || isShared ? one.variance : variance;
    return { name, kind, total: node, terms: termsOf(graph, node, isFitted), variance: own };
  });
  const events = density === undefined ? undefined : { density: density.node, over: density.axes };
  const spread = variance === undefined ? [] : termsOf(graph, variance, isFitted);
  return { over, components, total, variance, spread, events };
}

function shapeOf({ name, axes, likelihood }: ExperimentForm) {
  return {
    name,
    axes: axes.map(({ name, unit, edges }) => ({ name, unit, edges })),
    bins: axes.reduce((product, { edges }) => product * (edges.length - 1), 1),
    likelihood,
  };
}

/** As the likelihood has them: a projection without errors fluctuates as its counts do. */
function errorsOf({ likelihood, errors }: ExperimentForm, observed: Float64Array) {
  if (likelihood !== "gaussian") return { errors: undefined };
  return { errors: errors === undefined ? observed.map(Math.sqrt) : Float64Array.from(errors) };
}

function parameterOf({ parameter, name, role, range }: AnalysisParameter, value: number): ModelParameter {
  return {
    key: parameter.name,
    name,
    unit: parameter.unit,
    factor: parameter.factor,
    kind: role === "nuisance" ? "nuisance" : "free",
    value,
    mean: parameter.value,
    sigma: parameter.sigma ?? Number.NaN,
    range,
    doc: parameter.doc,
  };
}

function constraintsOf(form: AnalysisForm, nodeOf: (i: number) => Node): readonly ModelConstraint[] {
  return form.constraints.map((one, i) => ({ ...one, node: nodeOf(i) }));
}

/** Evaluates at a standing point with changes; sums that the changes do not touch are kept. */
function evaluatorAt(standing: ReadonlyMap<string, number>): BinnedModel["evaluate"] {
  const sums = new KnownSums();
  return (node, over, changes = new Map()) => {
    const at = (name: string): number => changes.get(name) ?? standing.get(name) ?? Number.NaN;
    return new ArrayEvaluator(at, sums).over(node, over);
  };
}
