/** Values of constants and functions by themselves, at points of variables: straight from their definitions. */
import type { Expr } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { budgetOf } from "../elaborate/context.ts";
import { elaborateQuantity } from "../elaborate/expression.ts";
import { Library } from "../elaborate/library.ts";
import { type Binding, quantity } from "../elaborate/value.ts";
import type { Model } from "../model/model.ts";
import { evaluate } from "../rate/evaluate.ts";
import { Graph } from "../rate/graph.ts";
import type { VariableNode } from "../rate/node.ts";
import { type Dimension, displayUnit } from "../units/index.ts";

/** A free variable of the expressions. */
export interface Variable {
  readonly name: string;
  readonly dimension: Dimension;
  /** Internal value of one unit of its values. */
  readonly factor: number;
}

export interface ValueRequest {
  readonly expressions: readonly Expr[];
  readonly variables: readonly Variable[];
  /** Per point, the values of the variables in their units. */
  readonly points: readonly (readonly number[])[];
  /** Unit to print values in where it fits. */
  readonly unit?: string;
}

export interface ValueTable {
  /** Per expression; empty for a pure number. */
  readonly units: readonly string[];
  /** Per point, the value of each expression in its unit. */
  readonly rows: readonly (readonly number[])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The table of the expressions; without rows when one of them is wrong. Natural units, as in formulas of a spec. */
export function valueTable(model: Model, request: ValueRequest): ValueTable {
  const diagnostics: Diagnostic[] = [];
  const graph = new Graph();
  const library = new Library(model, {
    graph,
    report: (one) => void diagnostics.push(one),
    budget: budgetOf(5_000_000),
  });
  const names = new Map<string, Binding>();
  const nodes = request.variables.map(({ name, dimension }): VariableNode => {
    const node = graph.variable(name);
    names.set(name, { kind: "value", value: quantity(node, dimension) });
    return node;
  });
  const site = library.site("natural");
  const inner = { ...site, scope: site.scope.with(names) };
  const found = request.expressions.flatMap((expr) => elaborateQuantity(expr, inner) ?? []);
  if (found.length < request.expressions.length) return { units: [], rows: [], diagnostics };
  const units = found.map(({ dimension }) => displayUnit(dimension, request.unit));
  const parameters = (name: string): never => {
    throw new Error(`parameter ${name} in a constant or a function`);
  };
  const rows = request.points.map((point) => {
    const variables = new Map(nodes.map((node, i) => [node, point[i]! * request.variables[i]!.factor]));
    return found.map(({ node }, i) => evaluate(node, { parameters, variables }) / units[i]!.factorToInternal);
  });
  return { units: units.map(({ text }) => text), rows, diagnostics };
}
