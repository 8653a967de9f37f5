/**
 * The content hash: SHA-256 of the RFC 8785 canonical JSON of what a model means.
 *
 * In it are all declarations with their citations. Out of it are doc comments, notes, spans, the order of
 * declarations and fields, the list of roots, and the unit and digits a number was written in: a literal counts as
 * its value in canonical units, correctly rounded from the exact decimal.
 */
import { type BlockDescription, type FieldDescription, kinds } from "../kinds/index.ts";
import { readQuantity } from "../units/index.ts";
import { canonical, type Json } from "./canonical.ts";
import type { Document, ExprJson, FieldsJson, NumberJson, StatementJson } from "./document.ts";
import { fieldName } from "./write.ts";

/** SHA-256 of the UTF-8 bytes of a text, as 64 hexadecimal digits. Given by the caller: `nodeSha256` on Node. */
export type Sha256 = (text: string) => string;

export function contentHash(document: Document, sha256: Sha256): string {
  return sha256(semanticText(document));
}

/** The document with its hash in it. */
export function withHash(document: Document, sha256: Sha256): Document {
  return { ...document, hash: contentHash(document, sha256) };
}

/** Canonical JSON of what the document means: equal texts, equal models. */
export function semanticText({ sevens, declarations }: Document): string {
  const projected = declarations.map(({ kind, name, ...statement }) => ({
    kind,
    name,
    ...statementMeaning(statement, kinds[kind].block),
  }));
  return canonical({ sevens, declarations: sorted(projected) });
}

const sorted = (items: readonly Json[]): readonly Json[] =>
  items
    .map((item) => [canonical(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);

/** What a statement means: equal meanings, equal results. */
export function statementMeaning(statement: StatementJson, block: BlockDescription | undefined) {
  const {
    doc: _doc,
    note: _note,
    cite,
    fields,
    type,
    value,
    in: range,
    for: domain,
    on,
    where,
    params,
    index,
    ...rest
  } = statement;
  return {
    ...rest,
    ...(cite === undefined ? {} : { cite: [...new Set(cite)].sort() }),
    ...(index === undefined ? {} : { index: indexMeaning(index) }),
    ...(params === undefined ? {} : { params: params.map(paramMeaning) }),
    ...(type === undefined ? {} : { type: meaning(type) }),
    ...(value === undefined ? {} : { value: meaning(value) }),
    ...(range === undefined ? {} : { in: meaning(range) }),
    ...(domain === undefined ? {} : { for: { ...rangeMeaning(domain), variable: domain.variable } }),
    ...(on === undefined ? {} : { on: [...on].sort() }),
    ...(where === undefined ? {} : { where: sorted(where.map(bindingMeaning)) }),
    ...(fields === undefined || block === undefined ? {} : { fields: fieldsMeaning(fields, block) }),
  };
}

const indexMeaning = (index: NonNullable<StatementJson["index"]>): Json =>
  "from" in index ? { from: index.from, to: index.to } : [...index];

function bindingMeaning({ name, params, value }: NonNullable<StatementJson["where"]>[number]): Json {
  const formal = params === undefined ? {} : { params: params.map(paramMeaning) };
  return { name, ...formal, value: meaning(value) };
}

function paramMeaning({
  name,
  type,
  default: initial,
  given,
}: NonNullable<StatementJson["params"]>[number]): Json {
  return {
    name,
    ...(type === undefined ? {} : { type: meaning(type) }),
    ...(initial === undefined ? {} : { default: meaning(initial) }),
    ...(given === undefined ? {} : { given }),
  };
}

function fieldsMeaning(fields: FieldsJson, block: BlockDescription): Json {
  const entries = Object.entries(fields).map(([key, json]) => {
    const field = block.fields.find((one) => fieldName(one) === key) ?? block.open;
    return [key, fieldMeaning(json, field)] as const;
  });
  return Object.fromEntries(entries);
}

function fieldMeaning(json: FieldsJson[string], field: FieldDescription | undefined): Json {
  if (!isMany(json)) return oneFieldMeaning(json, field);
  const all = json.map((one) => statementMeaning(one, field?.block));
  return field?.ordered === true ? all : sorted(all);
}

/** What one field means. */
export function oneFieldMeaning(json: StatementJson, field: FieldDescription | undefined) {
  return unordered(statementMeaning(json, field?.block), field);
}

/** `experiments = A, B`: the order of several references means nothing. */
function unordered<T extends { readonly value?: Json }>(
  statement: T,
  field: FieldDescription | undefined,
): T {
  const { value } = statement;
  const several = field?.value?.kind === "reference" && field.value.several === true;
  if (!several || typeof value !== "object" || value === null || !("sequence" in value)) return statement;
  const { sequence } = value;
  return Array.isArray(sequence) ? { ...statement, value: { sequence: sorted(sequence) } } : statement;
}

const isMany = (json: FieldsJson[string]): json is readonly StatementJson[] => Array.isArray(json);

/** What an expression means. A number without a unit gets `unit`, that of the list or the error around it. */
export function meaning(json: ExprJson, unit?: string): Json {
  if ("num" in json) return numberMeaning(json, unit);
  if ("center" in json) return uncertainMeaning(json, unit);
  if ("list" in json) return { list: json.list.map((item) => meaning(item, json.unit ?? unit)) };
  if ("from" in json) return rangeMeaning(json, unit);
  if ("op" in json) {
    // A sign hands the unit on; arithmetic has units of its own.
    const inner = json.args.length === 1 ? unit : undefined;
    return { op: json.op, args: json.args.map((arg) => meaning(arg, inner)) };
  }
  if ("if" in json) return { if: meaning(json.if), else: meaning(json.else), then_: meaning(json.then) };
  if ("call" in json) {
    const args = json.args.map((arg) =>
      "arg" in arg ? { arg: arg.arg, is: meaning(arg.is) } : meaning(arg),
    );
    return { call: json.call, ...(json.index === undefined ? {} : { index: [...json.index] }), args };
  }
  if ("map" in json) {
    return { map: Object.fromEntries(Object.entries(json.map).map(([key, value]) => [key, meaning(value)])) };
  }
  if ("sequence" in json) return { sequence: json.sequence.map((item) => meaning(item)) };
  if ("string" in json) return { string: json.string };
  return json.index === undefined ? { name: json.name } : { name: json.name, index: [...json.index] };
}

function rangeMeaning(
  { from, to, step }: { from: ExprJson; to: ExprJson; step?: ExprJson },
  unit?: string,
): { readonly [key: string]: Json } {
  const ends = { from: meaning(from, unit), to: meaning(to, unit) };
  return step === undefined ? ends : { ...ends, step: meaning(step, unit) };
}

/** `4.8 +- 0.1 fm` means `4.8 fm +- 0.1 fm`, and an error in percent is one of the value. */
function uncertainMeaning({ center, error }: { center: ExprJson; error: ExprJson }, unit?: string): Json {
  const shared = "num" in error ? (error.unit ?? unit) : unit;
  const relative = "num" in error && error.percent === true;
  const value = meaning(center, shared);
  return relative
    ? { center: value, relative: meaning(error) }
    : { center: value, error: meaning(error, shared) };
}

/** In canonical units; a level in standard deviations by their number; what cannot be converted stays as it was written. */
function numberMeaning({ num, percent, unit }: NumberJson, outer?: string): Json {
  if (unit === "sigma") {
    const deviations = readQuantity({ text: num, percent: percent === true });
    if (typeof deviations !== "string") return { num: deviations.canonical, dimension: "sigma" };
  }
  const [name, power = "1"] = (unit ?? outer ?? "").split("^");
  const own = name === undefined || name === "" ? {} : { unit: { name, power: Number(power) } };
  const quantity = readQuantity({ text: num, percent: percent === true, ...own });
  if (typeof quantity === "string") {
    return { written: num, percent: percent === true, unit: unit ?? outer ?? "" };
  }
  const { canonical: value, dimension } = quantity;
  return dimension.key === "1" ? { num: value } : { num: value, dimension: dimension.key };
}
