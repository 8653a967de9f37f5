/**
 * The staging passes, from the symbolic rate expression to the kernel form. Each takes and gives expressions of
 * the same graph; `stage` is the list of them in order.
 */
import { negligibleCount } from "../../runtime/likelihood.ts";
import type { KernelProgram } from "../kernel/form.ts";
import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, IntegralPurpose, Node } from "../rate/node.ts";
import { gradientOf } from "./adjoint.ts";
import { buildKernel } from "./build-kernel.ts";
import { findCuts } from "./cuts.ts";
import { differentiator, NotDifferentiable } from "./differentiate.ts";
import { factorSums } from "./factor.ts";
import { findKinks } from "./kinks.ts";
import type { ParameterValues } from "./peaks.ts";
import { loopOrder, plan } from "./plan.ts";
import { rowsOfBins } from "./rows-of-bins.ts";
import { separateIntegrals } from "./separate.ts";
import { settleConditions } from "./settle.ts";

/** Expressions to compute, by key, each over the axes that its array has. */
export type Outputs = ReadonlyMap<string, Output>;

export interface Output {
  readonly node: Node;
  readonly axes: readonly Axis[];
  /** "value" when a likelihood reads it, "detail" when only tables and pictures do. */
  readonly purpose: "value" | "detail";
}

/** The experiment that a key of the outputs begins with; constraints are together. */
export function ownerOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** Outputs on their way through the passes. */
export interface Prepared {
  readonly graph: Graph;
  readonly outputs: Outputs;
  /** The same outputs with recoil integrals left whole, whatever is fitted: fewer, and as good for choosing their nodes. */
  readonly whole: Outputs;
  readonly isFitted: (parameter: string) => boolean;
}

/** What a fit of the outputs is made of. */
export interface FitRequest {
  /** Fitted parameters with the internal value of their unit: derivatives are per unit. */
  readonly parameters: readonly { readonly name: string; readonly factor: number }[];
  readonly terms: readonly LikelihoodTerm[];
  /** Outputs to differentiate in every bin, for the Jacobian. */
  readonly jacobian: readonly string[];
}

/**
 * One contribution to chi^2 from an output: of data that come with each evaluation, or of a Gaussian constraint. The
 * variance of the output and its density at events are outputs of the same experiment.
 */
export type LikelihoodTerm =
  | BinnedTerm
  | {
      readonly kind: "unbinned";
      readonly output: string;
      readonly name: string;
      /** For how many events each stands; one unless given. */
      readonly weight?: Node;
    }
  | { readonly kind: "constraint"; readonly output: string; readonly mean: number; readonly sigma: number };

interface BinnedTerm {
  readonly kind: "poisson" | "gaussian";
  readonly output: string;
  readonly name: string;
}

/** Keys of chi^2 and of its derivatives among the outputs. */
export const chiSquareKey = "chi2";
export function slopeKey(parameter: string): string {
  return `d ${chiSquareKey} / d ${parameter}`;
}

/** Names of the arrays that the data of an experiment are put into. */
export function dataNames(experiment: string): { readonly observed: string; readonly deviation: string } {
  return { observed: `observed_${experiment}`, deviation: `deviation_${experiment}` };
}

/** Key of the derivative of an output. */
export function derivativeKey(output: string, parameter: string): string {
  return `d ${output} / d ${parameter}`;
}

/** Parameters as the staging sees them: their values, and whether fits move them. */
export interface ParameterFacts extends ParameterValues {
  readonly isFitted: (name: string) => boolean;
}

/** Passes that no fit makes a difference to, with what they did to each expression so far. */
export interface CommonPasses {
  readonly settle: (root: Node) => Node;
  /** Takes every parameter out of the integrals over energies and observables. */
  readonly takeOut: (root: Node) => Node;
  readonly split: (root: Node) => Node;
  readonly rows: (root: Node) => Node;
  readonly factor: (root: Node) => Node;
}

export function commonPasses(graph: Graph, values: ParameterValues): CommonPasses {
  return {
    settle: settleConditions(graph),
    takeOut: separateIntegrals(graph, () => true, { isWanted: (purpose) => !isRecoil(purpose) }),
    split: findKinks(graph, values),
    rows: rowsOfBins(graph),
    factor: factorSums(graph),
  };
}

/** `passesFor` gives the passes for some of the outputs; analyses that hold the same with the same defaults share them. */
export function prepare(
  graph: Graph,
  outputs: Outputs,
  { isFitted, ...values }: ParameterFacts,
  passesFor: (outputs: Outputs) => CommonPasses = () => commonPasses(graph, values),
): Prepared {
  const inner = separateIntegrals(graph, isFitted, { isWanted: (purpose) => !isRecoil(purpose) });
  const recoils = separateIntegrals(graph, isFitted, { isWanted: isRecoil });
  const parts = byOwner(outputs).map(([, own]) => {
    const { settle, takeOut, split, rows, factor } = passesFor(own);
    const after = (...passes: readonly ((root: Node) => Node)[]): Outputs => passes.reduce(mapOutputs, own);
    return {
      fitted: after(settle, inner, recoils, split, rows, factor),
      whole: after(settle, takeOut, split, rows, factor),
    };
  });
  const joined = (all: readonly Outputs[]): Outputs => new Map(all.flatMap((one) => [...one]));
  return {
    graph,
    outputs: joined(parts.map(({ fitted }) => fitted)),
    whole: joined(parts.map(({ whole }) => whole)),
    isFitted,
  };
}

/** The outputs of each experiment, and the constraints. */
export function byOwner(outputs: Outputs): readonly (readonly [owner: string, own: Outputs])[] {
  const owners = [...new Set([...outputs.keys()].map(ownerOf))];
  return owners.map((owner) => [owner, new Map([...outputs].filter(([key]) => ownerOf(key) === owner))]);
}

function isRecoil(purpose: IntegralPurpose): boolean {
  return purpose === "recoil";
}

/** The kernel of outputs that have sums in the place of integrals. */
export function stage(
  { graph, outputs: discrete, isFitted }: Omit<Prepared, "whole">,
  fit: FitRequest,
): KernelProgram {
  const nodes = new Map([...discrete].map(([key, { node, axes }]) => [key, spread(graph, node, axes)]));
  const of = (purpose: Output["purpose"]): ReadonlyMap<string, Node> =>
    new Map([...nodes].filter(([key]) => discrete.get(key)?.purpose === purpose));
  const names = fit.parameters.map(({ name }) => name);
  const filled = new Map([...discrete].map(([key, output]) => [key, { ...output, node: nodes.get(key)! }]));
  const chi2 = fit.terms.length === 0 ? undefined : chiSquareNode(graph, filled, fit.terms);
  const slopes = chi2 === undefined ? undefined : slopesOf(graph, chi2, fit.parameters);
  const jacobian = slopes === undefined ? undefined : derivatives(graph, discrete, fit);
  const counts = of("value");
  const { cuts, couplings } = findCuts(graph, [...counts.values()], isFitted);
  const numbered = (list: readonly Node[]): ReadonlyMap<string, Node> =>
    new Map(list.map((node, i) => [`${i}`, node]));
  const planned = plan(graph, {
    isFitted,
    outputs: {
      direct: numbered(cuts.map(({ sum }) => sum)),
      templates: numbered(cuts.flatMap(({ templates }) => templates)),
      counts,
      likelihood: new Map(chi2 === undefined ? [] : [[chiSquareKey, chi2]]),
      slopes: slopes ?? new Map<string, Node>(),
      detail: of("detail"),
      jacobian: jacobian ?? new Map<string, Node>(),
    },
    instead: new Map(cuts.map(({ sum, polynomial }) => [sum, polynomial])),
  });
  return buildKernel(planned, {
    fitted: [...new Set(planned.definitions.flatMap(({ reads }) => reads))].filter(isFitted).sort(),
    couplings,
    templates: new Set(cuts.flatMap(({ templates }) => templates)).size,
    gradient: slopes === undefined ? [] : names,
  });
}

/** chi^2 of all terms at the data that are put in. */
function chiSquareNode(graph: Graph, outputs: Outputs, terms: readonly LikelihoodTerm[]): Node {
  const parts = terms.map((term): Node => {
    const output = outputs.get(term.output);
    if (output === undefined) throw new Error(`${term.output} is no output`);
    if (term.kind === "constraint")
      return pull(graph, output.node, graph.number(term.mean), graph.number(term.sigma));
    if (term.kind === "unbinned") {
      return unbinnedNode(graph, output, outputs.get(`${term.name}/density`), term.weight);
    }
    const variance = outputs.get(`${term.name}/variance`)?.node;
    return sumOver(graph, output.axes, binNode(graph, term, output, variance));
  });
  return graph.label(graph.add(...parts), "chi2");
}

/** The term of one bin. */
function binNode(
  graph: Graph,
  { kind, name }: BinnedTerm,
  { node, axes }: Output,
  variance: Node | undefined,
): Node {
  const names = dataNames(name);
  const observed = graph.data(names.observed, axes, { kind: "input" });
  if (kind === "poisson") {
    return variance === undefined
      ? graph.call("poisson_deviance", node, observed)
      : graph.call("template_deviance", node, variance, observed);
  }
  const sigma = graph.data(names.deviation, axes, { kind: "input" });
  if (variance === undefined) return pull(graph, node, observed, sigma);
  // The shift of the bin at its best value: errors add in quadrature.
  const square = graph.power(graph.subtract(node, observed), graph.number(2));
  return graph.divide(square, graph.add(graph.power(sigma, graph.number(2)), variance));
}

/** 2 (N - n - sum of the logarithms of the densities), densities in units of n events spread evenly. A place of no weight is empty. */
function unbinnedNode(
  graph: Graph,
  { node, axes }: Output,
  density: Output | undefined,
  weight: Node | undefined,
): Node {
  const [axis] = density?.axes ?? [];
  const number = sumOver(graph, axes, possible(graph, node));
  if (density === undefined || axis === undefined) return graph.multiply(graph.number(2), number);
  const [zero, one] = [graph.number(0), graph.number(1)];
  const filled = weight === undefined ? density.node : graph.select("<", zero, weight, density.node, one);
  const logarithm = graph.multiply(weight ?? one, graph.call("ln", filled));
  const events = weight === undefined ? graph.number(axis.size) : graph.sum(axis, weight);
  const excess = graph.subtract(graph.subtract(number, events), graph.sum(axis, logarithm));
  return graph.multiply(graph.number(2), excess);
}

/** The count of a bin, and no number where it is negative: no event may lie where the density is. */
function possible(graph: Graph, count: Node): Node {
  return graph.select("<", count, graph.number(-negligibleCount), graph.call("ln", count), count);
}

function sumOver(graph: Graph, axes: readonly Axis[], each: Node): Node {
  return loopOrder(new Set(axes)).reduceRight((inner, axis) => graph.sum(axis, inner), each);
}

function pull(graph: Graph, value: Node, mean: Node, sigma: Node): Node {
  return graph.power(graph.divide(graph.subtract(value, mean), sigma), graph.number(2));
}

/** Derivatives of chi^2; undefined when a function of the spec has no derivative. */
function slopesOf(
  graph: Graph,
  chi2: Node,
  parameters: FitRequest["parameters"],
): ReadonlyMap<string, Node> | undefined {
  try {
    const names = parameters.map(({ name }) => name);
    const factors = new Map(parameters.map(({ name, factor }) => [name, graph.number(factor)]));
    return new Map(
      [...gradientOf(graph, chi2, names)].map(([name, node]) => [
        slopeKey(name),
        graph.label(graph.multiply(factors.get(name)!, node), "slope"),
      ]),
    );
  } catch (problem) {
    if (problem instanceof NotDifferentiable) return undefined;
    throw problem;
  }
}

/** Derivatives that are not zero; undefined when a function of the spec has no derivative. */
function derivatives(
  graph: Graph,
  outputs: Outputs,
  request: FitRequest,
): ReadonlyMap<string, Node> | undefined {
  const found = new Map<string, Node>();
  try {
    for (const { name: parameter, factor } of request.parameters) {
      const derivative = differentiator(graph, parameter);
      for (const key of request.jacobian) {
        const output = outputs.get(key);
        if (output === undefined) continue;
        const node = graph.multiply(graph.number(factor), derivative(output.node));
        if (node.op === "number" && node.value === 0) continue;
        // A number is shared by all that it is equal to, and keeps no name.
        const named = node.op === "number" ? node : graph.label(node, "derivative");
        found.set(derivativeKey(key, parameter), spread(graph, named, output.axes));
      }
    }
  } catch (problem) {
    if (problem instanceof NotDifferentiable) return undefined;
    throw problem;
  }
  return found;
}

function mapOutputs(outputs: Outputs, change: (node: Node) => Node): Outputs {
  return new Map([...outputs].map(([key, output]) => [key, { ...output, node: change(output.node) }]));
}

/** Counts that are the same in all bins of an axis still fill every bin. */
function spread(graph: Graph, node: Node, axes: readonly Axis[]): Node {
  const own = dependence(node).axes;
  if (axes.every((axis) => own.has(axis))) return node;
  const size = axes.reduce((product, axis) => product * axis.size, 1);
  const name = `zeros_${axes.map((axis) => axis.name).join("_")}`;
  const zeros = graph.data(name, axes, { kind: "values", values: new Array<number>(size).fill(0) });
  return graph.add(node, zeros);
}
