/** Citations of a model: which declarations rest on which key. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Model } from "../model/model.ts";

/** Names of declarations by citation, both in the order in which they appear. */
export function citationsOf({ declarations }: Model): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, statement } of declarations) {
    for (const key of new Set(keysIn(statement))) {
      const names = found.get(key);
      if (names === undefined) found.set(key, [name]);
      else names.push(name);
    }
  }
  return found;
}

function keysIn(statement: Statement): readonly string[] {
  const inner = statement.block?.statements.flatMap(keysIn) ?? [];
  return [...statement.cites.map(({ key }) => key), ...inner];
}
