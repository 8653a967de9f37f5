/** JSON Schema of names and expressions. */
import { keywords } from "../../grammar/index.ts";
import { binaryOperators, unaryOperators } from "./read-expr.ts";

/** Plain data of a JSON Schema. */
export type Schema = { readonly [key: string]: unknown };

const letters = "A-Za-z_\\u00B5\\u0391-\\u03A9\\u03B1-\\u03C9\\u03D1\\u03D5\\u03D6\\u03F1\\u03F5";
const word = `(?!(?:${keywords.join("|")})(?![${letters}0-9]))[${letters}][${letters}0-9]*`;

export const name: Schema = { type: "string", pattern: `^${word}$` };
export const path: Schema = { type: "string", pattern: `^${word}(?:\\.${word})*$` };
export const citeKey: Schema = { type: "string", pattern: "^[^\\s,;{}]+$" };

const number: Schema = { type: "string", pattern: "^\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?$" };
const unit: Schema = { type: "string", pattern: `^${word}(?:\\^-?\\d{1,3})?$` };
const text: Schema = { type: "string", pattern: "^[^\\n\\r]*$" };

export const ref = (definition: string): Schema => ({ $ref: `#/definitions/${definition}` });
export const expr = ref("expr");

/** An object with these properties and no others. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
  more: Schema = {},
): Schema {
  const needs = required.length === 0 ? {} : { required };
  return { type: "object", properties, ...needs, additionalProperties: false, ...more };
}

export const array = (items: Schema, minItems = 0): Schema =>
  minItems === 0 ? { type: "array", items } : { type: "array", items, minItems };

/** Every form of an expression by the key that tells it from the others. */
const forms: Readonly<Record<string, Schema>> = {
  num: object({ num: number, percent: { const: true }, unit }, ["num"]),
  name: object({ name: path, index: array(path, 1) }, ["name"]),
  string: object({ string: text }, ["string"]),
  center: object({ center: expr, error: expr }, ["center", "error"]),
  op: object(
    { op: { enum: [...new Set([...binaryOperators, ...unaryOperators])] }, args: array(expr, 1) },
    ["op", "args"],
    {
      if: { properties: { args: { type: "array", minItems: 2 } } },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: { properties: { op: { enum: [...binaryOperators] }, args: { type: "array", maxItems: 2 } } },
      else: { properties: { op: { enum: [...unaryOperators] } } },
    },
  ),
  // biome-ignore lint/suspicious/noThenProperty: the word of the language
  if: object({ if: expr, then: expr, else: expr }, ["if", "then", "else"]),
  call: object({ call: path, index: array(path, 1), args: array(ref("argument")) }, ["call", "args"]),
  from: object({ from: expr, to: expr, step: expr }, ["from", "to"]),
  list: object({ list: array(expr), unit }, ["list"]),
  map: object({ map: { type: "object", propertyNames: name, additionalProperties: expr } }, ["map"]),
  sequence: object({ sequence: array(expr, 1) }, ["sequence"]),
};

/** The keys that begin an expression. */
export const exprKeys: readonly string[] = Object.keys(forms);

/** Dispatch by key, so that a fault inside a form is reported there. */
function dispatch(known: Readonly<Record<string, Schema>>): Schema {
  const keys = Object.keys(known);
  return {
    type: "object",
    anyOf: keys.map((key) => ({ required: [key] })),
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    allOf: keys.map((key) => ({ if: { required: [key] }, then: known[key] })),
  };
}

export const exprDefinitions: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(Object.entries(forms).map(([key, schema]) => [`expr_${key}`, schema])),
  expr: dispatch(Object.fromEntries(exprKeys.map((key) => [key, ref(`expr_${key}`)]))),
  argument: {
    type: "object",
    if: { required: ["arg"] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
    then: object({ arg: name, is: expr }, ["arg", "is"]),
    else: expr,
  },
  range: forms.from ?? {},
  param: object({ name, type: expr, default: expr, given: { const: true } }, ["name"]),
  binding: object({ name, params: array(ref("param")), value: expr }, ["name", "value"]),
};
