/** Counts as sums of (function of the fitted parameters alone) × (numbers per bin). */
import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { isSmallPower } from "../stage/separate.ts";

/** One term: `coefficient` has no bins, `template` has all of them. */
export interface Term {
  readonly coefficient: Node;
  readonly template: Node;
}

/** Beyond this many terms a product is left as it is. */
const mostTerms = 128;

/**
 * Takes counts apart into terms, one for each function of the fitted parameters that multiplies a template: the monomials of
 * couplings, and the shifts of nuisances. A parameter that cannot be taken out, because it is inside an integral together with the
 * variable of that integral, stays in the templates. The sum of the terms is the node.
 */
export function termsOf(graph: Graph, root: Node, isFitted: (parameter: string) => boolean): readonly Term[] {
  const one = graph.number(1);
  const known = new Map<Node, readonly Term[]>();
  const isFree = (node: Node): boolean => ![...dependence(node).parameters].some(isFitted);
  return expand(root).filter(({ template }) => template.op !== "number" || template.value !== 0);

  function expand(node: Node): readonly Term[] {
    const found = known.get(node);
    if (found !== undefined) return found;
    const made = grouped(graph, parts(node));
    const [only] = made;
    // Taken apart for nothing.
    const terms =
      made.length === 1 && only?.coefficient === one ? [{ coefficient: one, template: node }] : made;
    known.set(node, terms);
    return terms;
  }

  function parts(node: Node): readonly Term[] {
    if (isFree(node)) return [{ coefficient: one, template: node }];
    if (dependence(node).axes.size === 0) return [{ coefficient: node, template: one }];
    if (node.op === "add") return node.args.flatMap(expand);
    if (node.op === "multiply") return product(node.args, node);
    if (isSmallPower(node)) {
      const [base, { value }] = node.args;
      return product(new Array<Node>(value).fill(base), node);
    }
    if (node.op === "sum") {
      return expand(node.args[0]).map(({ coefficient, template }) => ({
        coefficient,
        template: graph.sum(node.axis, template),
      }));
    }
    return [{ coefficient: one, template: node }];
  }

  function product(factors: readonly Node[], whole: Node): readonly Term[] {
    let terms: readonly Term[] = [{ coefficient: one, template: one }];
    for (const factor of factors.map(expand)) {
      if (terms.length * factor.length > mostTerms) return [{ coefficient: one, template: whole }];
      const all = terms.flatMap((left) =>
        factor.map((right) => ({
          coefficient: graph.multiply(left.coefficient, right.coefficient),
          template: graph.multiply(left.template, right.template),
        })),
      );
      terms = grouped(graph, all);
    }
    return terms;
  }
}

/** Terms with the same coefficient become one; its numeric factor goes to the template. */
function grouped(graph: Graph, terms: readonly Term[]): readonly Term[] {
  const byCoefficient = new Map<Node, Node[]>();
  for (const { coefficient, template } of terms) {
    const [factor, rest] = numericFactor(graph, coefficient);
    const scaled = graph.multiply(factor, template);
    const list = byCoefficient.get(rest);
    if (list === undefined) byCoefficient.set(rest, [scaled]);
    else list.push(scaled);
  }
  return [...byCoefficient].map(([coefficient, templates]) => ({
    coefficient,
    template: graph.add(...templates),
  }));
}

function numericFactor(graph: Graph, node: Node): readonly [Node, Node] {
  if (node.op === "number") return [node, graph.number(1)];
  const [first, ...rest] = node.op === "multiply" ? node.args : [];
  return first?.op === "number" ? [first, graph.multiply(...rest)] : [graph.number(1), node];
}

/** The factors of a coefficient. */
export function factorsOf(coefficient: Node): readonly Node[] {
  if (coefficient.op === "multiply") return coefficient.args;
  return coefficient.op === "number" && coefficient.value === 1 ? [] : [coefficient];
}
