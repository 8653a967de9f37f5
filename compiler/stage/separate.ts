import { dependence, dependsOn } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type {
  Axis,
  IntegralNode,
  IntegralPurpose,
  Node,
  NumberNode,
  PowerNode,
  VariableNode,
} from "../rate/node.ts";
import { rewriter } from "../rate/rewrite.ts";

/** One term of a separated expression: `coefficient` is free of the variable, `factor` holds all of it. */
export interface Term {
  readonly coefficient: Node;
  readonly factor: Node;
}

/** Beyond this many terms a product is left as it is. */
const maximalTerms = 64;

/**
 * Writes an expression as a sum of (free of the variable) x (function of the variable); the variable may also be
 * the axis that an integral became. A factor that depends on the variable alone (and on parameters that no fit moves) is never taken apart; one that mixes it with fitted
 * parameters or other variables is expanded where it is a sum, a product or a small power, and otherwise stays whole.
 */
export function separate(
  graph: Graph,
  node: Node,
  variable: VariableNode | Axis,
  isFitted: (parameter: string) => boolean,
): readonly Term[] {
  const one = graph.number(1);
  const merged = new Map<Node, Node>();
  for (const { coefficient, factor } of expand(node)) {
    const known = merged.get(factor);
    merged.set(factor, known === undefined ? coefficient : graph.add(known, coefficient));
  }
  return [...merged].map(([factor, coefficient]) => ({ coefficient, factor }));

  function expand(inner: Node): readonly Term[] {
    if (!runsWith(inner, variable)) return [{ coefficient: inner, factor: one }];
    if (isPure(inner, variable, isFitted)) return [{ coefficient: one, factor: inner }];
    if (inner.op === "add") return inner.args.flatMap(expand);
    if (inner.op === "multiply") return product(inner.args.map(expand), inner);
    if (isSmallPower(inner)) {
      const base = expand(inner.args[0]);
      const factors = Array.from({ length: inner.args[1].value }, () => base);
      if (base.length > 1) return product(factors, inner);
    }
    return [{ coefficient: one, factor: inner }];
  }

  function product(factors: readonly (readonly Term[])[], whole: Node): readonly Term[] {
    let terms: readonly Term[] = [{ coefficient: one, factor: one }];
    for (const factor of factors) {
      if (terms.length * factor.length > maximalTerms) return [{ coefficient: one, factor: whole }];
      terms = terms.flatMap((left) =>
        factor.map((right) => ({
          coefficient: graph.multiply(left.coefficient, right.coefficient),
          factor: graph.multiply(left.factor, right.factor),
        })),
      );
    }
    return terms;
  }
}

/** A square, cube or fourth power, which is multiplied out. */
export function isSmallPower(node: Node): node is PowerNode & { readonly args: readonly [Node, NumberNode] } {
  if (node.op !== "power" || node.args[1].op !== "number") return false;
  const { value } = node.args[1];
  return Number.isInteger(value) && value >= 2 && value <= 4;
}

/** More templates than this cost more than a pass over the nodes. */
export const maximalTemplates = 24;

function runsWith(node: Node, variable: VariableNode | Axis): boolean {
  const { variables, axes } = dependence(node);
  return "op" in variable ? variables.has(variable) : axes.has(variable);
}

/** Depends on no other variable and on no parameter that a fit moves. */
function isPure(
  node: Node,
  variable: VariableNode | Axis,
  isFitted: (parameter: string) => boolean,
): boolean {
  const { variables, parameters } = dependence(node);
  const others = variables.size - ("op" in variable && variables.has(variable) ? 1 : 0);
  return runsWith(node, variable) && others === 0 && ![...parameters].some(isFitted);
}

/** The factors of each coefficient; its numeric factor goes to them. */
export function byCoefficient(graph: Graph, terms: readonly Term[]): ReadonlyMap<Node, readonly Node[]> {
  const grouped = new Map<Node, Node[]>();
  for (const { coefficient, factor } of terms) {
    const [constant, rest] = splitConstant(graph, coefficient);
    add(grouped, rest, graph.multiply(constant, factor));
  }
  return grouped;
}

/**
 * Takes out of every integral what does not depend on its variable, so that an integral is done again only when
 * a parameter inside it moves. An integral over the energy becomes one for each function of the energy. An
 * integral over the recoil becomes templates times polynomials of the couplings when no parameter that a fit
 * moves is left in the templates; otherwise it stays whole, since one pass over the nodes serves all terms.
 */
export function separateIntegrals(
  graph: Graph,
  isFitted: (parameter: string) => boolean,
  { note = () => {}, isWanted = () => true }: SeparationOptions = {},
): (root: Node) => Node {
  return rewriter(graph, (node) =>
    node.op === "integral" && isWanted(node.purpose) ? separateIntegral(graph, node, isFitted, note) : node,
  );
}

export interface SeparationOptions {
  /** Told of each integral. */
  readonly note?: (one: Separated) => void;
  /** The integrals to separate, all of them unless given. */
  readonly isWanted?: (purpose: IntegralPurpose) => boolean;
}

/** What became of one integral. */
export interface Separated {
  readonly integral: IntegralNode;
  /** What the integrals are multiplied by that it became; undefined when it stays whole. */
  readonly coefficients: readonly Node[] | undefined;
}

function separateIntegral(
  graph: Graph,
  node: IntegralNode,
  isFitted: (parameter: string) => boolean,
  note: (one: Separated) => void,
): Node {
  const [low, high, body, ...splits] = node.args;
  const terms = termsOf(graph, node, isFitted);
  const templates = byCoefficient(graph, terms);
  const fixed = terms.every(({ factor }) => ![...dependence(factor).parameters].some(isFitted));
  const whole = node.purpose === "recoil" && (!fixed || templates.size > maximalTemplates);
  note({ integral: node, coefficients: whole ? undefined : [...templates.keys()] });
  if (whole) return pullOut(body);
  const parts = [...templates].map(([coefficient, factors]) =>
    graph.multiply(coefficient, integralOf(graph.add(...factors))),
  );
  return graph.add(...parts);

  function integralOf(factor: Node): Node {
    if (factor.op === "number" && factor.value === 1) {
      return graph.call("max", graph.number(0), graph.subtract(high, low));
    }
    const made = graph.integral(node.purpose, node.variable, low, high, factor, splits);
    const label = graph.labelOf(node);
    return label === undefined ? made : graph.label(made, label);
  }

  /** A single product keeps its constant factors outside. */
  function pullOut(inner: Node): Node {
    if (inner.op !== "multiply") return integralOf(inner);
    const outside = inner.args.filter((arg) => !dependsOn(arg, node.variable));
    const inside = inner.args.filter((arg) => dependsOn(arg, node.variable));
    return graph.multiply(...outside, integralOf(graph.multiply(...inside)));
  }
}

/**
 * Terms of the body by what fits move; of an integral over the energy by all parameters, when what is left in the integrals
 * are functions of the energy alone: sums of spectra in fractions that are held, each a tail of its own.
 */
function termsOf(
  graph: Graph,
  node: IntegralNode,
  isFitted: (parameter: string) => boolean,
): readonly Term[] {
  const [, , body] = node.args;
  if (node.purpose === "energy") {
    const terms = separate(graph, body, node.variable, () => true);
    if (terms.every(({ factor }) => dependence(factor).parameters.size === 0)) return terms;
  }
  return separate(graph, body, node.variable, isFitted);
}

function add<K>(map: Map<K, Node[]>, key: K, node: Node): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [node]);
  else list.push(node);
}

/** The numeric factor of a coefficient, and the rest. */
function splitConstant(graph: Graph, node: Node): readonly [Node, Node] {
  if (node.op === "number") return [node, graph.number(1)];
  const [first, ...rest] = node.op === "multiply" ? node.args : [];
  return first?.op === "number" ? [first, graph.multiply(...rest)] : [graph.number(1), node];
}
