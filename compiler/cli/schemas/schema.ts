/** Pieces of which the schemas of the verbs' outputs are made (JSON Schema, draft-07 as ajv reads it). */

/** A JSON Schema as plain data. */
export type Schema = Readonly<Record<string, unknown>>;

export const text: Schema = { type: "string" };
export const number: Schema = { type: "number" };
export const count: Schema = { type: "integer", minimum: 0 };
export const flag: Schema = { type: "boolean" };
/** A number that may be infinite or undefined, which JSON says as null. */
export const anyNumber: Schema = { type: ["number", "null"] };
export const textOrNull: Schema = { type: ["string", "null"] };

export function described(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

export function oneOf(...values: readonly (string | number | null)[]): Schema {
  return { enum: values };
}

export function anyOf(...schemas: readonly Schema[]): Schema {
  return { anyOf: schemas };
}

export function listOf(items: Schema): Schema {
  return { type: "array", items };
}

/** An array of exactly these. */
export function tuple(...items: readonly Schema[]): Schema {
  return { type: "array", items, minItems: items.length, maxItems: items.length };
}

export function mapOf(values: Schema): Schema {
  return { type: "object", additionalProperties: values };
}

/** All fields are required but those in `optional`. */
export function record(fields: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return {
    type: "object",
    properties: fields,
    required: Object.keys(fields).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

/** A whole schema, with its published address. */
export function published(verb: string, title: string, schema: Schema): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: `https://sevens.dev/schema/1/${verb}.json`,
    title,
    ...schema,
  };
}
