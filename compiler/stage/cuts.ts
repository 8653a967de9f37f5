import { dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type Node, operands, type SumNode } from "../rate/node.ts";
import { byCoefficient, maximalTemplates, separate } from "./separate.ts";

/** A sum over nodes that is also a polynomial of couplings with sums free of them, its templates. */
export interface Cut {
  readonly sum: SumNode;
  /** Equal to the sum: coefficients times templates. */
  readonly polynomial: Node;
  readonly templates: readonly SumNode[];
}

export interface Cuts {
  readonly cuts: readonly Cut[];
  /** Fitted parameters that only coefficients read; empty without cuts. */
  readonly couplings: readonly string[];
}

/**
 * Finds the outermost sums in which some fitted parameters are mere couplings: the sum is a polynomial of functions of
 * them, with coefficients that do not change while only they move.
 */
export function findCuts(
  graph: Graph,
  roots: readonly Node[],
  isFitted: (parameter: string) => boolean,
): Cuts {
  const fittedOf = (node: Node): string[] => [...dependence(node).parameters].filter(isFitted);
  const candidates = outermostSums(roots, (node) => fittedOf(node).length > 0).map((sum) => {
    const found = cutOf(graph, sum, isFitted);
    const reads = fittedOf(sum);
    const inTemplates = new Set(found?.templates.flatMap(fittedOf) ?? reads);
    return { found: inTemplates.size < reads.length ? found : undefined, reads, inTemplates };
  });
  const frozen = new Set(
    candidates.flatMap(({ found, reads, inTemplates }) => (found ? [...inTemplates] : reads)),
  );
  const cuts = candidates.flatMap(({ found, reads }) =>
    found !== undefined && reads.some((name) => !frozen.has(name)) ? [found] : [],
  );
  const moving = cuts.flatMap(({ sum }) => fittedOf(sum).filter((name) => !frozen.has(name)));
  return { cuts, couplings: [...new Set(moving)].sort() };
}

function cutOf(graph: Graph, sum: SumNode, isFitted: (parameter: string) => boolean): Cut | undefined {
  const [body] = sum.args;
  const terms = separate(graph, body, sum.axis, isFitted);
  const grouped = byCoefficient(graph, terms);
  if (grouped.size > maximalTemplates) return undefined;
  const parts = [...grouped].map(([coefficient, factors]) => ({
    coefficient,
    template: graph.sum(sum.axis, graph.add(...factors)),
  }));
  const templates = parts.flatMap(({ template }) => (template.op === "sum" ? [template] : []));
  const polynomial = graph.add(
    ...parts.map(({ coefficient, template }) => graph.multiply(coefficient, template)),
  );
  if (polynomial === sum || templates.length < parts.length) return undefined;
  return { sum, polynomial, templates };
}

function outermostSums(roots: readonly Node[], counts: (node: Node) => boolean): readonly SumNode[] {
  const seen = new Set<Node>();
  const found: SumNode[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node) || !counts(node)) return;
    seen.add(node);
    if (node.op === "sum" && !node.axis.bins) found.push(node);
    else operands(node).forEach(visit);
  };
  roots.forEach(visit);
  return found;
}
