/** The JSON Schema (draft 07) of documents, generated from the kind descriptions. */
import {
  type BlockDescription,
  type FieldDescription,
  type KindDescription,
  kinds,
  type StatementDescription,
  species,
  type ValueType,
  type Word,
} from "../kinds/index.ts";
import { kindNames } from "../model/model.ts";
import { documentVersion, schemaAddress } from "./document.ts";
import {
  array,
  citeKey,
  expr,
  exprDefinitions,
  name,
  object,
  path,
  ref,
  type Schema,
} from "./schema-expr.ts";
import { fieldName } from "./write.ts";

const draft = "http://json-schema.org/draft-07/schema#";

/** What holds of a document before its declarations are looked at one by one. */
export const envelopeSchema: Schema = object(
  {
    $schema: { type: "string" },
    sevens: { const: documentVersion },
    hash: { type: "string", pattern: "^[0-9a-f]{64}$" },
    declarations: array({
      type: "object",
      properties: { kind: { enum: kindNames }, name },
      required: ["kind", "name"],
    }),
    roots: array(name),
  },
  ["sevens", "declarations"],
);

/** The published schema. */
export function documentSchema(): Schema {
  const own = kindNames.map((kind) => [`kind_${kind}`, kindSchema(kinds[kind])] as const);
  const items = {
    type: "object",
    required: ["kind", "name"],
    properties: { kind: { enum: kindNames } },
    allOf: kindNames.map((kind) => ({
      if: { properties: { kind: { const: kind } } },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: ref(`kind_${kind}`),
    })),
  };
  const { properties } = envelopeSchema;
  return {
    $schema: draft,
    $id: schemaAddress,
    title: "Sevens model",
    description:
      "A self-contained model of the Sevens language for coherent elastic neutrino-nucleus scattering.",
    ...envelopeSchema,
    properties: { ...(typeof properties === "object" ? properties : {}), declarations: array(items) },
    definitions: { ...exprDefinitions, ...Object.fromEntries(own) },
  };
}

function kindSchema(kind: KindDescription): Schema {
  const { label: _label, ...parts } = statementParts(kind);
  const properties = { kind: { const: kind.keyword }, name, ...parts };
  const required = ["kind", "name", ...requiredParts(kind).filter((part) => part !== "label")];
  const choice = kind.valueOrBlock ? { oneOf: [{ required: ["value"] }, { required: ["fields"] }] } : {};
  return object(properties, required, { description: kind.doc, ...choice });
}

function statementSchema(description: StatementDescription): Schema {
  return object(statementParts(description), requiredParts(description), { description: description.doc });
}

function requiredParts(description: StatementDescription): readonly string[] {
  const { label, index, operators, annotation, params, valueRequired, blockRequired, requiredClauses } =
    description;
  const needs: readonly (readonly [string, boolean])[] = [
    ["label", label.kind !== "none"],
    ["index", index.kind === "species" || (index.kind === "flavor" && index.least > 0)],
    [
      "params",
      (params.kind === "formal" && params.required) ||
        (params.kind === "arguments" && params.each === undefined),
    ],
    ["type", annotation.kind === "words" || (annotation.kind === "unit" && annotation.required)],
    ["op", operators.length > 0 && !operators.includes("=")],
    ["value", valueRequired],
    ["fields", blockRequired],
  ];
  return [...needs.flatMap(([part, needed]) => (needed ? [part] : [])), ...requiredClauses];
}

function statementParts(description: StatementDescription): Readonly<Record<string, Schema>> {
  const { label, index, params, annotation, operators, value, clauses, block } = description;
  const others = operators.filter((operator) => operator !== "=");
  return {
    doc: { type: "string" },
    note: { type: "string", pattern: "^[^\\n\\r]*$" },
    cite: array(citeKey, 1),
    ...(label.kind === "none" ? {} : { label: label.kind === "parameter" ? path : name }),
    ...(index.kind === "none" ? {} : { index: indexSchema(description) }),
    ...(params.kind === "none" ? {} : { params: array(ref("param"), 1) }),
    ...(annotation.kind === "none"
      ? {}
      : { type: annotation.kind === "words" ? wordSchema(annotation.words) : expr }),
    ...(others.length === 0 ? {} : { op: { enum: others } }),
    ...(value === undefined ? {} : { value: valueSchema(value) }),
    ...Object.fromEntries(
      clauses.flatMap((clause) => (clause === "from" ? [] : [[clause, clauseSchemas[clause]]])),
    ),
    ...(block === undefined ? {} : { fields: blockSchema(block) }),
  };
}

const clauseSchemas: Readonly<Record<"in" | "log" | "on" | "for" | "where", Schema>> = {
  in: ref("range"),
  log: { const: true },
  on: array(path, 1),
  for: object({ variable: name, from: expr, to: expr, step: expr }, ["variable", "from", "to"]),
  where: array(ref("binding"), 1),
};

function indexSchema({ index }: StatementDescription): Schema {
  if (index.kind !== "flavor") return { ...array(wordEnum(species), 1), maxItems: 1 };
  const names = { ...array(name, 1), maxItems: index.arrow ? 1 : index.most };
  return index.arrow
    ? // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      { if: { type: "array" }, then: names, else: object({ from: name, to: name }, ["from", "to"]) }
    : names;
}

function blockSchema(block: BlockDescription): Schema {
  const fields = block.fields.filter((field) => !field.inlined);
  const properties = Object.fromEntries(fields.map((field) => [fieldName(field), fieldSchema(field)]));
  const required = fields.filter((field) => field.required).map(fieldName);
  const open =
    block.open === undefined
      ? {}
      : { additionalProperties: fieldSchema({ ...block.open, repeatable: false }) };
  return object(properties, required, {
    ...open,
    ...(block.open === undefined ? {} : { propertyNames: name }),
  });
}

function fieldSchema(field: FieldDescription): Schema {
  return field.repeatable ? array(statementSchema(field), 1) : statementSchema(field);
}

const wordEnum = (words: readonly Word[]): Schema => ({ enum: words.map(({ word }) => word) });
const wordSchema = (words: readonly Word[]): Schema => object({ name: wordEnum(words) }, ["name"]);

function valueSchema(type: ValueType): Schema {
  switch (type.kind) {
    case "words":
      return wordSchema(type.words);
    case "reference":
      return type.several === true ? expr : object({ name }, ["name"]);
    case "call":
      return ref("expr_call");
    case "numbers":
    case "rows":
      return ref("expr_list");
    case "map":
      return object({ map: mapSchema(type) }, ["map"]);
    case "string":
      return ref("expr_string");
    default:
      return expr;
  }
}

function mapSchema({ keys, value }: Extract<ValueType, { kind: "map" }>): Schema {
  if (keys.kind === "reference") {
    return { type: "object", propertyNames: name, additionalProperties: valueSchema(value) };
  }
  const entries = keys.words.map(({ word, doc }) => [word, { ...valueSchema(value), description: doc }]);
  return object(Object.fromEntries(entries), keys.closed ? keys.words.map(({ word }) => word) : []);
}
