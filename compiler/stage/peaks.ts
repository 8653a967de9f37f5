/** Gaussian peaks that are narrow against the bins they are integrated over: panels must end around them. */
import { largestOf } from "../../runtime/extremes.ts";
import { dependence, dependsOn, reachable } from "../rate/analyse.ts";
import { evaluate } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { IntegralNode, Node, VariableNode } from "../rate/node.ts";
import { linearIn } from "../rate/rewrite.ts";

/** What is known of parameters before they are fitted, in internal units. */
export interface ParameterValues {
  readonly defaultOf: (name: string) => number;
  /** The least value that fits may move it to: the default when they do not. */
  readonly leastOf: (name: string) => number;
}

/** Of parameters that stay where they are. */
export function resting(defaultOf: (name: string) => number): ParameterValues {
  return { defaultOf, leastOf: defaultOf };
}

/** A Gaussian of the integration variable, exp(-(x - mean)²/(2 sigma²)). */
export interface Peak {
  readonly mean: Node;
  readonly sigma: Node;
}

/** A value in the middle of what each integration variable runs over, at the defaults of the parameters. */
export type Middles = ReadonlyMap<VariableNode, number>;

/** Bins wider than this many standard deviations get panels around the peak. */
const widest = 20;
/** Where those panels end, in standard deviations from the mean: nothing is left beyond the last. */
const panelEnds = [-6, 0, 6];
/** Around an edge of a bin, where the smeared bin rises from nothing to all. */
const edgePanelEnds = [-4, 0, 4];

/** Adds the integrals below a node; those whose limits need more than parameters are left out. */
export function addMiddles(
  middles: Map<VariableNode, number>,
  root: Node,
  parameters: (name: string) => number,
): void {
  for (const node of reachable([root])) {
    if (node.op !== "integral" || middles.has(node.variable)) continue;
    const [low, high] = node.args;
    const ends = [dependence(low), dependence(high)];
    if (ends.some(({ variables, axes }) => variables.size > 0 || axes.size > 0)) continue;
    middles.set(node.variable, (evaluate(low, { parameters }) + evaluate(high, { parameters })) / 2);
  }
}

/** The narrow peaks of an integral over an observable, of the signal or of a background. */
export function narrowPeaks(
  graph: Graph,
  integral: IntegralNode,
  middles: Middles,
  { defaultOf, leastOf }: ParameterValues,
): readonly Peak[] {
  const { purpose } = integral;
  const bins = purpose === "observable" || purpose === "background" ? binsOf(integral) : [];
  if (bins.length === 0) return [];
  const span = largestOf(bins.map(([low, high]) => high - low));
  return reachable([integral.args[2]]).flatMap((node) => {
    const peak = peakOf(graph, node, integral.variable);
    if (peak === undefined) return [];
    const { variables } = dependence(peak.sigma);
    if (![...variables].every((variable) => middles.has(variable))) return [];
    const sigmaAt = (parameters: (name: string) => number): number =>
      evaluate(peak.sigma, { parameters, variables: middles });
    // A fit may make that of a background narrow, which has panels to spare.
    const sigmas = [sigmaAt(defaultOf), ...(purpose === "background" ? [sigmaAt(leastOf)] : [])];
    return sigmas.some((sigma) => !(span <= widest * sigma)) ? [peak] : [];
  });
}

/** Parameters that the widths of the Gaussian peaks of backgrounds depend on. */
export function widthParameters(graph: Graph, roots: readonly Node[]): ReadonlySet<string> {
  const integrals = reachable(roots).filter(
    (node): node is IntegralNode => node.op === "integral" && node.purpose === "background",
  );
  const peaks = integrals.flatMap(({ variable, args }) =>
    reachable([args[2]]).flatMap((node) => peakOf(graph, node, variable) ?? []),
  );
  return new Set(peaks.flatMap(({ sigma }) => [...dependence(sigma).parameters]));
}

/** Ends of the panels around a peak. */
export function peakSplits(graph: Graph, { mean, sigma }: Peak): readonly Node[] {
  return panelEnds.map((distance) => graph.add(mean, graph.multiply(graph.number(distance), sigma)));
}

/** Expressions whose zeros are where the share of a peak in a bin changes quickly. */
export function edgeConditions(graph: Graph, integral: IntegralNode, { mean, sigma }: Peak): readonly Node[] {
  const edges = new Set(binsOf(integral).flat());
  return [...edges].flatMap((edge) =>
    edgePanelEnds.map((distance) =>
      graph.add(mean, graph.multiply(graph.number(distance), sigma), graph.number(-edge)),
    ),
  );
}

/** exp of a negative multiple of the square of something linear in the variable. */
function peakOf(graph: Graph, node: Node, variable: VariableNode): Peak | undefined {
  if (node.op !== "call" || node.name !== "exp" || node.args[0]?.op !== "multiply") return undefined;
  const factors = node.args[0].args;
  const inside = factors.filter((factor) => dependsOn(factor, variable));
  const [square] = inside;
  if (inside.length !== 1 || square?.op !== "power") return undefined;
  const [base, exponent] = square.args;
  const linear = linearIn(graph, base, variable);
  if (exponent.op !== "number" || exponent.value !== 2 || linear?.slope.op !== "number") return undefined;
  const strength = graph.multiply(graph.number(-2), ...factors.filter((factor) => factor !== square));
  return {
    mean: graph.negate(graph.divide(linear.offset, linear.slope)),
    sigma: graph.divide(
      graph.power(strength, graph.number(-0.5)),
      graph.number(Math.abs(linear.slope.value)),
    ),
  };
}

/** Edges of the bins that an integral runs over. */
function binsOf({ args: [low, high] }: IntegralNode): readonly (readonly [low: number, high: number])[] {
  if (low.op === "number" && high.op === "number") return [[low.value, high.value]];
  if (low.op !== "data" || high.op !== "data") return [];
  if (low.source.kind !== "values" || high.source.kind !== "values") return [];
  const ends = high.source.values;
  return low.source.values.map((start, i) => [start, ends[i] ?? start] as const);
}
