import { elaborateQuantity } from "../elaborate/expression.ts";
import { typeDimension } from "../elaborate/functions.ts";
import { addLets, type Library } from "../elaborate/library.ts";
import { type Binding, type QuantityValue, quantity, type Value } from "../elaborate/value.ts";
import { formfactorAt } from "../lower/nucleus.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { none } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets } from "./generic.ts";

/** A form factor is a number at every momentum transfer: its names are known and its units cancel. */
export function formfactorFormulas(checking: Checking): void {
  const { library, graph } = checking;
  for (const declaration of declarationsOf(checking, "formfactor")) {
    const args = symbolicArguments(library, declaration);
    formfactorWith(library, declaration, args, graph.variable("q"));
    const names = new Map(
      [...args].map(([name, value]): [string, Binding] => [name, { kind: "value", value }]),
    );
    const site = { ...library.site("natural"), scope: library.globals.with(names) };
    addLets(names, fieldsOf(declaration, "let"), site);
    exerciseLets(fieldsOf(declaration, "let"), site);
    for (const { default: value } of declaration.statement.params ?? []) {
      if (value !== undefined) elaborateQuantity(value, library.site("natural"));
    }
  }
}

/** One variable for each argument. */
function symbolicArguments(library: Library, { statement }: Declaration): ReadonlyMap<string, QuantityValue> {
  const site = library.site("natural");
  return new Map(
    (statement.params ?? []).map(({ name, type }) => {
      const dimension = type === undefined ? none : (typeDimension(type, site) ?? none);
      return [name.text, quantity(library.context.graph.variable(name.text), dimension)];
    }),
  );
}

/** The form factor at given arguments. */
export function formfactorWith(
  library: Library,
  declaration: Declaration,
  args: ReadonlyMap<string, QuantityValue>,
  q: Node,
): Value {
  return formfactorAt(library, declaration, args, q, { span: declaration.statement.span });
}
