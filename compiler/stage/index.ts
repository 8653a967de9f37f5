/**
 * The staging passes, from the symbolic rate expression to the kernel form. Each takes and gives expressions of
 * the same graph; `stage` is the list of them in order.
 */
import type { KernelProgram } from "../kernel/form.ts";
import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, Node } from "../rate/node.ts";
import { buildKernel } from "./build-kernel.ts";
import { differentiator, NotDifferentiable } from "./differentiate.ts";
import { factorSums } from "./factor.ts";
import { findKinks } from "./kinks.ts";
import { plan } from "./plan.ts";
import { baseOrders, discretise, type Orders } from "./quadrature.ts";
import { separateIntegrals } from "./separate.ts";

/** Expressions to compute, by key, each over the axes that its array has. */
export type Outputs = ReadonlyMap<string, Output>;

export interface Output {
  readonly node: Node;
  readonly axes: readonly Axis[];
  /** "value" when a likelihood reads it, "detail" when only tables and pictures do. */
  readonly purpose: "value" | "detail";
}

/** What is independent of the number of quadrature points. */
export interface Prepared {
  readonly graph: Graph;
  readonly outputs: Outputs;
}

/** Outputs to differentiate, and by which parameters. */
export interface GradientRequest {
  readonly outputs: readonly string[];
  /** With the internal value of their unit: derivatives are per unit. */
  readonly parameters: readonly { readonly name: string; readonly factor: number }[];
}

/** Key of the derivative of an output. */
export function derivativeKey(output: string, parameter: string): string {
  return `d ${output} / d ${parameter}`;
}

/** Parameters as the staging sees them: their defaults, and whether fits move them. */
export interface ParameterFacts {
  readonly defaultOf: (name: string) => number;
  readonly isFitted: (name: string) => boolean;
}

export function prepare(graph: Graph, outputs: Outputs, { defaultOf, isFitted }: ParameterFacts): Prepared {
  const separated = mapOutputs(outputs, separateIntegrals(graph, isFitted));
  const split = mapOutputs(separated, findKinks(graph, defaultOf));
  return { graph, outputs: mapOutputs(split, factorSums(graph)) };
}

/** The kernel with `refinement` times the least number of quadrature points. */
export function stage(
  { graph, outputs }: Prepared,
  refinement: number,
  gradient: GradientRequest = { outputs: [], parameters: [] },
): KernelProgram {
  const discrete = mapOutputs(outputs, discretise(graph, refine(refinement)));
  const nodes = new Map([...discrete].map(([key, { node, axes }]) => [key, spread(graph, node, axes)]));
  const slopes = derivatives(graph, discrete, gradient);
  const names = slopes === undefined ? [] : gradient.parameters.map(({ name }) => name);
  const of = (purpose: Output["purpose"]): ReadonlyMap<string, Node> =>
    new Map([...nodes].filter(([key]) => discrete.get(key)?.purpose === purpose));
  const planned = { value: of("value"), detail: of("detail"), gradient: slopes ?? new Map<string, Node>() };
  return buildKernel(plan(graph, planned), names);
}

/** Derivatives that are not zero; undefined when a function of the spec has no derivative. */
function derivatives(
  graph: Graph,
  outputs: Outputs,
  request: GradientRequest,
): ReadonlyMap<string, Node> | undefined {
  const found = new Map<string, Node>();
  try {
    for (const { name: parameter, factor } of request.parameters) {
      const derivative = differentiator(graph, parameter);
      for (const key of request.outputs) {
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

function refine(factor: number): Orders {
  const scaled = (order: number): number => Math.ceil(order * factor);
  return {
    energy: scaled(baseOrders.energy),
    recoil: scaled(baseOrders.recoil),
    observable: scaled(baseOrders.observable),
    background: scaled(baseOrders.background),
    general: scaled(baseOrders.general),
  };
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
