/** A declared form factor with arguments such as nuclei have. */
import { typeDimension } from "../elaborate/functions.ts";
import { type QuantityValue, quantity } from "../elaborate/value.ts";
import type { Declaration } from "../model/model.ts";
import type { VariableNode } from "../rate/node.ts";
import { base, type Dimension, displayUnit, none } from "../units/index.ts";
import { type Checking, valueAt } from "./checking.ts";
import { formfactorWith } from "./formfactor-formulas.ts";

/** F of the radius in fm and the momentum transfer in MeV; undefined when it is in error. */
export function typicalFormfactor(
  checking: Checking,
  declaration: Declaration,
): ((radius: number, q: number) => number) | undefined {
  const { library, graph } = checking;
  const q = graph.variable("q");
  const given = new Map<string, QuantityValue>();
  const variables: { name: string; dimension: Dimension; node: VariableNode }[] = [];
  for (const { name, type, default: fallback } of declaration.statement.params ?? []) {
    if (fallback !== undefined) continue;
    const dimension = type === undefined ? none : (typeDimension(type, library.site("natural")) ?? none);
    const node = graph.variable(name.text);
    variables.push({ name: name.text, dimension, node });
    given.set(name.text, quantity(node, dimension));
  }
  const value = formfactorWith(library, declaration, given, q);
  if (value.kind !== "quantity") return undefined;
  return (radius, momentum) =>
    valueAt(checking, value.node, [
      [q, momentum],
      ...variables.map(({ name, dimension, node }) => [node, typical(name, dimension, radius)] as const),
    ]);
}

function typical(name: string, dimension: Dimension, radius: number): number {
  if (dimension !== base.length) return displayUnit(dimension).factorToInternal;
  return (name.startsWith("R") ? radius : 1) * displayUnit(base.length, "fm").factorToInternal;
}
