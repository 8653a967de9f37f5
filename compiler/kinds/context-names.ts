/** Names that the compiler defines for formulas. */
import type { BlockDescription, ContextName, StatementDescription, ValueType } from "./description.ts";

/** Those of the formula that a value is. */
export function contextOf(value: ValueType | undefined): readonly ContextName[] {
  if (value?.kind === "formula") return value.context;
  return value?.kind === "either" ? value.options.flatMap(contextOf) : [];
}

/** Those of all formulas of a declaration. */
export function contextNamesIn({ value, block }: StatementDescription): readonly ContextName[] {
  return [...contextOf(value), ...(block === undefined ? [] : contextNamesOf(block))];
}

const contextNamesOf = ({ context, fields, open }: BlockDescription): readonly ContextName[] => [
  ...context,
  ...fields.flatMap(contextNamesIn),
  ...(open === undefined ? [] : contextNamesIn(open)),
];
