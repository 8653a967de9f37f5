/** What every rule works with: the model, its scopes, values at the defaults, and where findings go. */
import type { Span, SyntaxTree } from "../../grammar/syntax.ts";
import { RuntimeError } from "../../runtime/errors.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { Library, ParameterValue } from "../elaborate/library.ts";
import type { Declaration, KindName, Model } from "../model/model.ts";
import { evaluate } from "../rate/evaluate.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node, VariableNode } from "../rate/node.ts";

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
  /** True once an error was reported: what goes through the whole model may be left out. */
  readonly failed: () => boolean;
}

/** One thing that a spec has to keep to. */
export type Rule = (checking: Checking) => void;

/** The declarations of a kind that are whole: what misses in the others was reported. */
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
): number {
  return orNaN(() => evaluate(node, { parameters: defaults, variables: new Map(variables), accuracy: 1e-6 }));
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

/** A number as people write it: six digits at most. */
export function shown(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
