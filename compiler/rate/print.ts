/** The rate form as text: one line per shared expression, in words of the language. */
import type { Graph } from "./graph.ts";
import type { Node } from "./node.ts";
import { operands } from "./node.ts";

/** Shared subexpressions as `name = formula`, then the outputs. */
export function dumpExpressions(graph: Graph, outputs: ReadonlyMap<string, { readonly node: Node }>): string {
  const roots = [...outputs.values()].map(({ node }) => node);
  const uses = countUses(roots);
  const names = new Map<Node, string>();
  const lines: string[] = [];
  const show = (node: Node): string => {
    const known = names.get(node);
    if (known !== undefined) return known;
    const text = printNode(node, show);
    const shared = (uses.get(node) ?? 0) > 1 && operands(node).length > 0;
    if (!shared && graph.labelOf(node) === undefined) return text;
    const name = `${graph.labelOf(node) ?? "x"}#${names.size + 1}`;
    names.set(node, name);
    lines.push(`${name} = ${text}`);
    return name;
  };
  for (const [key, { node }] of outputs) lines.push(`${key} := ${show(node)}`);
  return `${lines.join("\n")}\n`;
}

function countUses(roots: readonly Node[]): ReadonlyMap<Node, number> {
  const uses = new Map<Node, number>();
  const visit = (node: Node): void => {
    const count = uses.get(node) ?? 0;
    uses.set(node, count + 1);
    if (count === 0) operands(node).forEach(visit);
  };
  roots.forEach(visit);
  return uses;
}

/** One expression on one line, with names of its parameters for people and numbers to four digits. */
export function printExpression(node: Node, nameOf: (parameter: string) => string): string {
  const show = (inner: Node): string => {
    if (inner.op === "parameter") return nameOf(inner.name);
    return inner.op === "number" ? `${Number(inner.value.toPrecision(4))}` : printNode(inner, show);
  };
  return show(node);
}

function printNode(node: Node, show: (node: Node) => string): string {
  switch (node.op) {
    case "number":
      return String(node.value);
    case "parameter":
      return node.name;
    case "variable":
      return node.name;
    case "add":
      return `(${node.args.map(show).join(" + ")})`;
    case "multiply":
      return node.args.map(show).join("*");
    case "power":
      return `${show(node.args[0])}^${show(node.args[1])}`;
    case "call":
      return `${node.name}(${node.args.map(show).join(", ")})`;
    case "select": {
      const [left, right, then, otherwise] = node.args.map(show);
      return `(if ${left} ${node.relation} ${right} then ${then} else ${otherwise})`;
    }
    case "table":
      return `${node.table.name}${node.order === 0 ? "" : "'"}(${show(node.args[0])})`;
    case "delta":
      return `delta(${show(node.args[0])})`;
    case "integral": {
      const [low, high, body, ...splits] = node.args;
      const at = splits.length === 0 ? "" : `, split at ${splits.length} points`;
      return `integral(${show(body)}, ${node.variable.name} = ${show(low)} .. ${show(high)}${at})`;
    }
    case "data":
      return node.name;
    case "sum":
      return `sum(${show(node.args[0])}, ${node.axis.name})`;
    case "root": {
      const [low, high, body] = node.args;
      return `root(${show(body)}, ${node.variable.name} = ${show(low)} .. ${show(high)})`;
    }
  }
}
