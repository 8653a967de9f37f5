/** Combinators to write kind descriptions with: everything not said is not allowed. */
import type {
  BlockDescription,
  Choice,
  ContextName,
  DimensionText,
  FieldDescription,
  KindDescription,
  ParamsType,
  StatementDescription,
  UnitRule,
  ValueType,
  Word,
} from "./description.ts";

type Quantity = Extract<ValueType, { kind: "quantity" }>;

export const quantity = (
  dimension: DimensionText,
  limits: Omit<Quantity, "kind" | "dimension"> = {},
): ValueType => ({ kind: "quantity", dimension, ...limits });

export const formula = (
  dimension: DimensionText,
  units: UnitRule,
  context: readonly ContextName[] = [],
): ValueType => ({ kind: "formula", dimension, units, context });

/** `words({ step: "constant from lo to hi", … })`. */
export const wordList = (docs: Readonly<Record<string, string>>): readonly Word[] =>
  Object.entries(docs).map(([word, doc]) => ({ word, doc }));

export const words = (docs: Readonly<Record<string, string>>): ValueType => ({
  kind: "words",
  words: wordList(docs),
});

export const either = (...options: readonly ValueType[]): ValueType => ({ kind: "either", options });

/** Names of the arguments of a formula: `args(argument("q", "energy", "…"))`. */
export const args = (...names: readonly ContextName[]): ParamsType => ({
  kind: "arguments",
  names,
  given: [],
});

export const name = (text: string, dimension: DimensionText, doc: string): ContextName => ({
  name: text,
  dimension,
  doc,
});

const bare = {
  label: { kind: "none" },
  index: { kind: "none" },
  params: { kind: "none" },
  annotation: { kind: "none" },
  operators: [],
  valueRequired: false,
  clauses: [],
  requiredClauses: [],
  blockRequired: false,
} as const satisfies Partial<StatementDescription>;

/** A field from the parts it has. A field with a value takes `=` and needs the value unless it says otherwise. */
export function field(
  keyword: string,
  doc: string,
  parts: Partial<Omit<FieldDescription, "keyword" | "doc">>,
): FieldDescription {
  const value = parts.value === undefined ? {} : ({ operators: ["="], valueRequired: true } as const);
  return {
    ...bare,
    ...value,
    keyword,
    doc,
    required: false,
    repeatable: false,
    ordered: false,
    inlined: false,
    ...parts,
  };
}

export function block(
  fields: readonly FieldDescription[],
  rest: Partial<Omit<BlockDescription, "fields">> = {},
): BlockDescription {
  return { choices: [], context: [], ...rest, fields };
}

export const exactlyOne = (...ways: readonly (readonly string[])[]): Choice => ({ ways, required: true });
export const atMostOne = (...ways: readonly (readonly string[])[]): Choice => ({ ways, required: false });

type KindParts = Pick<KindDescription, "keyword" | "doc" | "example"> & Partial<KindDescription>;

/** A declaration kind: a new name, `from` another one. A kind with a block only needs it. */
export function kind(parts: KindParts): KindDescription {
  const both = parts.value !== undefined && parts.block !== undefined;
  const value = parts.value === undefined ? {} : ({ operators: ["="], valueRequired: !both } as const);
  return {
    ...bare,
    label: { kind: "name", meaning: `name of the ${parts.keyword}` },
    clauses: ["from"],
    ...value,
    blockRequired: parts.block !== undefined && !both,
    valueOrBlock: both,
    ...parts,
  };
}
