import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { rewriter } from "../rate/rewrite.ts";

/** Takes out of every sum the factors that all of its terms have: a*c + b*c becomes (a + b)*c. */
export function factorSums(
  graph: Graph,
  note: (terms: number, factors: number) => void = () => {},
): (root: Node) => Node {
  return rewriter(graph, (node) => (node.op === "add" ? factored(graph, node.args, note) : node));
}

function factored(
  graph: Graph,
  terms: readonly Node[],
  note: (terms: number, factors: number) => void,
): Node {
  const factors = terms.map((term) => (term.op === "multiply" ? term.args : [term]));
  const [first, ...others] = factors;
  const common = (first ?? []).filter(
    (factor) => factor.op !== "number" && others.every((one) => one.includes(factor)),
  );
  if (common.length === 0) return graph.add(...terms);
  note(terms.length, common.length);
  const rest = factors.map((one) => graph.multiply(...one.filter((factor) => !common.includes(factor))));
  return graph.multiply(...common, graph.add(...rest));
}
