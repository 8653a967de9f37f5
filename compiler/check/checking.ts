/** What every rule works with: the model, its scopes, values at the defaults, and where findings go. */
import type { Expr, Span, SyntaxTree } from "../../grammar/syntax.ts";
import { RuntimeError } from "../../runtime/errors.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { Library, ParameterValue } from "../elaborate/library.ts";
import type { Declaration, KindName, Model } from "../model/model.ts";
import { evaluate, functionOf as functionAt } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { rewriter } from "../rate/rewrite.ts";
import { type Dimension, displayUnit } from "../units/index.ts";

export interface Checking {
  readonly model: Model;
  readonly library: Library;
  readonly graph: Graph;
  /** The text of the file as it was written, imports not followed; absent for a JSON document. */
  readonly tree?: SyntaxTree;
  /** Default of a parameter, internal units. */
  readonly defaults: (name: string) => number;
  /** Every parameter stands for itself. */
  readonly value: ParameterValue;
  readonly report: (diagnostic: Diagnostic) => void;
  /** True once an error was found, here or in loading: what goes through the whole model is left out. */
  readonly failed: () => boolean;
}

/** One thing that a spec has to keep to. */
export type Rule = (checking: Checking) => void;

/** The declarations of a kind, in the order of the model. */
export function declarationsOf({ model }: Checking, kind: KindName): readonly Declaration[] {
  return model.declarations.filter((one) => one.kind === kind);
}

/** True when the place is in the file that is checked, not in one that it uses. */
export const isOwn = ({ model }: Checking, { file }: Span): boolean => file === model.file;

/** Value of a node at the defaults of all parameters; NaN where it has none. */
export function valueAt(
  { defaults }: Checking,
  node: Node,
  variables: readonly (readonly [VariableNode, number])[] = [],
  accuracy = 1e-6,
): number {
  return orNaN(() => evaluate(node, { parameters: defaults, variables: new Map(variables), accuracy }));
}

/** The function of one variable that a node is at the defaults: everything else is folded into it first. */
export function functionOf(
  checking: Checking,
  node: Node,
  variable: VariableNode,
  others: readonly (readonly [VariableNode, number])[] = [],
): (x: number) => number {
  const { graph, defaults } = checking;
  const values = new Map(others);
  const fold = rewriter(graph, (inner) => {
    const value = inner.op === "variable" ? values.get(inner) : undefined;
    if (value !== undefined) return graph.number(value);
    return inner.op === "parameter" ? graph.number(defaults(inner.name)) : inner;
  });
  const value = functionAt(fold(node), variable, { parameters: defaults, accuracy: 1e-6 });
  return (x) => orNaN(() => value(x));
}

/** Tables and integrals refuse arguments beyond their range. */
export function orNaN(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RuntimeError || error instanceof RangeError) return Number.NaN;
    throw error;
  }
}

/** Where a declaration is named. */
export function nameSpan({ statement }: Declaration): Span {
  return statement.label?.span ?? statement.keyword.span;
}

/** A value as it stands in the text, or in its usual unit where that is more than a literal. */
export function writtenAs({ model }: Checking, { span }: Expr, value: number, dimension: Dimension): string {
  const text = model.sources.get(span.file)?.slice(span.start, span.end) ?? "";
  if (/^[-+]?[\d.][-+\d.\s\w%]{0,29}$/.test(text)) return text;
  const unit = displayUnit(dimension);
  return `${shown(value / unit.factorToInternal, 6)} ${unit.text}`.trim();
}

/** A number as people write it: six digits at most. */
export function shown(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
