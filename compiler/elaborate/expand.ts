import { parseExpression } from "../../grammar/index.ts";
import type { Expr } from "../../grammar/syntax.ts";
import type { Signature } from "../../runtime/signatures.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { none } from "../units/index.ts";
import { budgetOf, type Context } from "./context.ts";
import { elaborate } from "./expression.ts";
import { type Binding, quantity, Scope } from "./value.ts";

const parsed = new Map<string, Expr>();

function expressionOf(text: string): Expr {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const { expr } = parseExpression(text, "signature");
  parsed.set(text, expr);
  return expr;
}

/** A formula of the signature table (an expansion or a derivative) at symbolic arguments. */
export function instantiate(graph: Graph, signature: Signature, text: string, args: readonly Node[]): Node {
  const names = new Map<string, Binding>([
    ["pi", { kind: "value", value: quantity(graph.number(Math.PI), none) }],
  ]);
  signature.args.forEach(({ name }, i) => {
    const node = args[i];
    if (node !== undefined) names.set(name, { kind: "value", value: quantity(node, none) });
  });
  const context: Context = {
    graph,
    report: ({ message }) => {
      throw new Error(`signature of ${signature.name}: ${message}`);
    },
    budget: budgetOf(10_000),
    unchecked: true,
  };
  const value = elaborate(expressionOf(text), { context, scope: new Scope(names), rule: "natural" });
  if (value.kind !== "quantity") throw new Error(`signature of ${signature.name}: ${text} is no quantity`);
  return value.node;
}
