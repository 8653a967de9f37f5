/**
 * What differs between two versions of a spec, by its meaning: the canonical documents are compared declaration by
 * declaration, so that order, layout, names of files and the unit that a number is written in make no difference.
 */
import { printExpr } from "../../grammar/index.ts";
import { canonical, type Json } from "../interchange/canonical.ts";
import type { DeclarationJson, Document, ExprJson, StatementJson } from "../interchange/document.ts";
import { meaning, statementMeaning } from "../interchange/hash.ts";
import { readExpr } from "../interchange/read-expr.ts";
import { fieldName } from "../interchange/write.ts";
import { type BlockDescription, kinds } from "../kinds/index.ts";

/**
 * `physics`: formulas, couplings, data, dimensions, what was removed. `numeric`: values, errors, ranges. `addition`: new
 * declarations that change nothing of the old. `cosmetic`: docs, notes, citations, units and digits written otherwise.
 */
export const differenceKinds = ["physics", "numeric", "addition", "cosmetic"] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export interface SpecDifference {
  readonly kind: DifferenceKind;
  readonly declaration: string;
  /** Fields down to what differs: `mediator Zp`, `mass`; empty for the declaration itself. */
  readonly path: readonly string[];
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** All differences, in the order of the documents. */
export function specDifferences(before: Document, after: Document): readonly SpecDifference[] {
  const keyOf = ({ kind, name }: DeclarationJson): string => `${kind} ${name}`;
  const [old, now] = [before, after].map(
    ({ declarations }) => new Map(declarations.map((one) => [keyOf(one), one])),
  );
  const analysed = before.declarations.some(({ kind }) => kind === "analysis");
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap(
    (key): readonly SpecDifference[] => {
      const [a, b] = [old?.get(key), now?.get(key)];
      const found = { declaration: key, path: [] };
      if (b === undefined) return [{ ...found, kind: "physics", what: "removed" }];
      if (a === undefined) {
        // Without an analysis all interactions and experiments count.
        const counts = !analysed && ["interaction", "experiment", "analysis"].includes(b.kind);
        return [{ ...found, kind: counts ? "physics" : "addition", what: "added" }];
      }
      const place: Place = { declaration: key, path: [] };
      return statementDifferences(bare(a), bare(b), kinds[a.kind].block, place, a.kind);
    },
  );
}

const bare = ({ kind: _kind, name: _name, ...statement }: DeclarationJson): StatementJson => statement;

interface Place {
  readonly declaration: string;
  readonly path: readonly string[];
}

const same = (a: Json, b: Json): boolean => canonical(a) === canonical(b);

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

function statementDifferences(
  a: StatementJson,
  b: StatementJson,
  block: BlockDescription | undefined,
  place: Place,
  keyword: string,
): readonly SpecDifference[] {
  if (same(plain(a), plain(b))) return [];
  const found: SpecDifference[] = [];
  const add = (kind: DifferenceKind, what: string): void => void found.push({ ...place, kind, what });
  if (a.doc !== b.doc || a.note !== b.note) add("cosmetic", "documentation");
  if (!same(plain(a.cite), plain(b.cite))) add("cosmetic", "citations");
  const [fewer, less] = [withoutWords(a), withoutWords(b)];
  if (same(plain(statementMeaning(fewer, block)), plain(statementMeaning(less, block)))) {
    if (!same(plain(valuesOf(fewer)), plain(valuesOf(less)))) add("cosmetic", "written otherwise");
    return [...found, ...fieldDifferences(a, b, block, place)];
  }
  found.push(...valueDifferences(a, b, place, keyword));
  for (const [what, key] of ranges) if (!same(plain(a[key]), plain(b[key]))) add("numeric", what);
  for (const key of structure) if (!same(plain(a[key]), plain(b[key]))) add("physics", structureNames[key]);
  return [...found, ...fieldDifferences(a, b, block, place)];
}

const withoutWords = ({ doc: _doc, note: _note, cite: _cite, ...rest }: StatementJson): StatementJson => rest;
const valuesOf = ({ fields: _fields, ...rest }: StatementJson): StatementJson => rest;

const ranges = [
  ["range", "in"],
  ["sampling", "log"],
] as const;

const structure = ["params", "type", "op", "on", "for", "where", "index"] as const;
const structureNames: Readonly<Record<(typeof structure)[number], string>> = {
  params: "arguments",
  type: "type",
  op: "how it joins what is there",
  on: "what it acts on",
  for: "domain",
  where: "formula",
  index: "flavours",
};

/** Fields whose numbers are data or couplings, not settings. */
const dataFields: ReadonlySet<string> = new Set([
  "data",
  "events",
  "points",
  "errors",
  "shape",
  "plus",
  "minus",
  "bins",
]);
const couplingFields: ReadonlySet<string> = new Set(["charges", "charge", "coupling"]);

function valueDifferences(
  a: StatementJson,
  b: StatementJson,
  place: Place,
  keyword: string,
): readonly SpecDifference[] {
  if (a.value === undefined || b.value === undefined) {
    return a.value === b.value
      ? []
      : [{ ...place, kind: "physics", what: a.value === undefined ? "value added" : "value removed" }];
  }
  const [was, is] = [meaning(a.value), meaning(b.value)];
  if (same(plain(was), plain(is))) return [];
  const texts = { before: written(a.value), after: written(b.value) };
  const [kind, what] = classified(was, is, keyword);
  return [{ ...place, kind, what, ...texts }];
}

function classified(a: Json, b: Json, keyword: string): readonly [DifferenceKind, string] {
  if (couplingFields.has(keyword)) return ["physics", "couplings"];
  if (dataFields.has(keyword)) return ["physics", "data"];
  if (hasNames(a) || hasNames(b)) return ["physics", "formula"];
  if (!same([...dimensionsOf(a)].sort(), [...dimensionsOf(b)].sort())) return ["physics", "dimension"];
  if (centerOf(a) !== undefined && same(centerOf(a) ?? null, centerOf(b) ?? null))
    return ["numeric", "error"];
  return ["numeric", "value"];
}

/** The central value of a number with an error. */
function centerOf(json: Json): Json | undefined {
  if (typeof json !== "object" || json === null || !("center" in json)) return undefined;
  return json.center;
}

/** True for what is more than numbers: names, calls, words. */
function hasNames(json: Json): boolean {
  if (typeof json !== "object" || json === null) return false;
  if (Array.isArray(json)) return json.some(hasNames);
  return (
    "name" in json || "call" in json || "string" in json || "if" in json || Object.values(json).some(hasNames)
  );
}

/** Dimensions of all numbers; zero fits any. */
function dimensionsOf(json: Json): ReadonlySet<string> {
  if (typeof json !== "object" || json === null) return new Set();
  if ("num" in json) return json.num === 0 ? new Set() : new Set([String(json.dimension ?? "1")]);
  return new Set(Object.values(json).flatMap((part: Json) => [...dimensionsOf(part)]));
}

function fieldDifferences(
  a: StatementJson,
  b: StatementJson,
  block: BlockDescription | undefined,
  place: Place,
): readonly SpecDifference[] {
  const [old, now] = [fieldsOf(a), fieldsOf(b)];
  const found = [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly SpecDifference[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const inner = { ...place, path: [...place.path, key] };
    const keyword = was?.keyword ?? is?.keyword ?? "";
    if (was === undefined || is === undefined) {
      return [{ ...inner, kind: "physics", what: was === undefined ? "added" : "removed" }];
    }
    const field = block?.fields.find((one) => fieldName(one) === keyword) ?? block?.open;
    return statementDifferences(was.statement, is.statement, field?.block, inner, keyword);
  });
  return [...found, ...orderDifferences(old, now, block, place)];
}

/** Where the order means something, `bins` for one: the fields that both have stand in another order. */
function orderDifferences(
  old: ReadonlyMap<string, KeyedField>,
  now: ReadonlyMap<string, KeyedField>,
  block: BlockDescription | undefined,
  place: Place,
): readonly SpecDifference[] {
  const ordered = block?.fields.filter((field) => field.ordered).map(fieldName) ?? [];
  return ordered.flatMap((keyword): readonly SpecDifference[] => {
    const keysOf = (fields: typeof old, others: typeof old): string =>
      [...fields]
        .filter(([key, field]) => field.keyword === keyword && others.has(key))
        .map(([key]) => key)
        .join(", ");
    const [before, after] = [keysOf(old, now), keysOf(now, old)];
    return before === after ? [] : [{ ...place, kind: "physics", what: "order", before, after }];
  });
}

interface KeyedField {
  readonly keyword: string;
  readonly statement: StatementJson;
}

/** Fields by what tells them apart: `parameter g`, `charge[l]`, and a number where that is not enough. */
function fieldsOf({ fields }: StatementJson): ReadonlyMap<string, KeyedField> {
  const found = new Map<string, KeyedField>();
  for (const [keyword, json] of Object.entries(fields ?? {})) {
    const all: readonly StatementJson[] = isMany(json) ? json : [json];
    for (const statement of all) {
      const { label, index } = statement;
      const flavours =
        index === undefined
          ? ""
          : "from" in index
            ? `[${index.from} -> ${index.to}]`
            : `[${index.join(", ")}]`;
      const name = `${keyword}${label === undefined ? "" : ` ${label}`}${flavours}`;
      let key = name;
      for (let count = 2; found.has(key); count++) key = `${name} (${count})`;
      found.set(key, { keyword, statement });
    }
  }
  return found;
}

const isMany = (json: StatementJson | readonly StatementJson[]): json is readonly StatementJson[] =>
  Array.isArray(json);

/** Longest text of an expression that is shown. */
const longest = 70;

function written(json: ExprJson): string {
  const text = printExpr(readExpr(json, { file: "", node: undefined })).replaceAll(/\s+/g, " ");
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
