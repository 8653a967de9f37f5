/**
 * What differs between two versions of a spec, by its meaning: the canonical documents are compared declaration by
 * declaration, so that order, layout, names of files and the unit that a number is written in make no difference.
 */
import { printExpr } from "../../grammar/index.ts";
import { canonical, type Json } from "../interchange/canonical.ts";
import type { Document, ExprJson, StatementJson } from "../interchange/document.ts";
import { oneFieldMeaning, statementMeaning } from "../interchange/hash.ts";
import { readExpr } from "../interchange/read-expr.ts";
import { type FieldDescription, kinds, type StatementDescription } from "../kinds/index.ts";
import { fieldOf, isMany, plainStatement, plainWhole, type Scope, scopeOf } from "./plain-form.ts";

/**
 * `physics`: formulas, couplings, data, dimensions, what was removed. `numeric`: values, errors, ranges. `report`: what is
 * said of the same likelihood. `addition`: new declarations that change nothing of the old. `cosmetic`: docs, notes,
 * citations, names of variables, units and digits written otherwise.
 */
export const differenceKinds = ["physics", "numeric", "report", "addition", "cosmetic"] as const;
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
  const [old, now] = [declarationsOf(before), declarationsOf(after)];
  const analysed = before.declarations.some(({ kind }) => kind === "analysis");
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly SpecDifference[] => {
    const [a, b] = [old.get(key), now.get(key)];
    const found = { declaration: key, path: [] };
    if (b === undefined) return [{ ...found, kind: "physics", what: "removed" }];
    if (a === undefined) {
      // Without an analysis all interactions and experiments count.
      const counts = !analysed && ["interaction", "experiment", "analysis"].includes(b.description.keyword);
      return [{ ...found, kind: counts ? "physics" : "addition", what: "added" }];
    }
    return statementDifferences(a, b, found);
  });
}

/** A statement of one of the two documents. */
interface Side {
  readonly description: StatementDescription & Partial<FieldDescription>;
  readonly written: StatementJson;
  /** What it means without its fields, in plain form. */
  readonly meaning: ReturnType<typeof statementMeaning>;
  /** Names around it, and in its block. */
  readonly around: Scope;
  readonly inside: Scope;
}

function declarationsOf(document: Document): ReadonlyMap<string, Side> {
  const scope = scopeOf(document);
  const sides = document.declarations.map(({ kind, name, ...written }) => {
    const description = kinds[kind];
    const { statement, inside } = plainStatement(written, description, scope);
    const meaning = statementMeaning(ownParts(statement), description.block);
    return [`${kind} ${name}`, { description, written, meaning, around: scope, inside }] as const;
  });
  return new Map(sides);
}

/** A statement without words and fields. */
function ownParts(statement: StatementJson): StatementJson {
  const { doc: _doc, note: _note, cite: _cite, fields: _fields, ...rest } = statement;
  return rest;
}

interface Place {
  readonly declaration: string;
  readonly path: readonly string[];
}

const same = (a: unknown, b: unknown): boolean => canonical(json(a)) === canonical(json(b));

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

function statementDifferences(a: Side, b: Side, place: Place): readonly SpecDifference[] {
  const [old, now] = [a.written, b.written];
  const found: SpecDifference[] = [];
  const add = (kind: DifferenceKind, what: string): void => void found.push({ ...place, kind, what });
  if (old.doc !== now.doc || old.note !== now.note) add("cosmetic", "documentation");
  if (!same(old.cite, now.cite)) add("cosmetic", "citations");
  if (same(a.meaning, b.meaning)) {
    if (!same(ownParts(old), ownParts(now))) add("cosmetic", "written otherwise");
    return [...found, ...fieldDifferences(a, b, place)];
  }
  found.push(...valueDifferences(a, b, place));
  for (const [what, key] of ranges) if (!same(a.meaning[key], b.meaning[key])) add("numeric", what);
  for (const key of structure) {
    if (!same(a.meaning[key], b.meaning[key])) add("physics", structureNames[key]);
  }
  return [...found, ...fieldDifferences(a, b, place)];
}

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

function valueDifferences(a: Side, b: Side, place: Place): readonly SpecDifference[] {
  const [old, now] = [a.written.value, b.written.value];
  const [was, is] = [a.meaning.value, b.meaning.value];
  if (old === undefined || now === undefined || was === undefined || is === undefined) {
    return old === now
      ? []
      : [{ ...place, kind: "physics", what: old === undefined ? "value added" : "value removed" }];
  }
  if (same(was, is)) return [];
  const texts = { before: written(old), after: written(now) };
  const [kind, what] = classified(was, is, a.description);
  return [{ ...place, kind, what, ...texts }];
}

function classified(
  a: Json,
  b: Json,
  { keyword, reports }: Side["description"],
): readonly [DifferenceKind, string] {
  if (reports === true) return ["report", "value"];
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

function fieldDifferences(a: Side, b: Side, { declaration, path }: Place): readonly SpecDifference[] {
  const pairs = pairsOf(fieldsOf(a), fieldsOf(b));
  const found = pairs.flatMap(({ was, is, shown }): readonly SpecDifference[] => {
    const inner = { declaration, path: [...path, shown] };
    if (was !== undefined && is !== undefined) return statementDifferences(was, is, inner);
    const [only, what] = was === undefined ? [is, "added"] : [was, "removed"];
    if (only === undefined) return [];
    if (isDefault(only)) return [{ ...inner, kind: "cosmetic", what: "written otherwise" }];
    return [{ ...inner, kind: only.description.reports === true ? "report" : "physics", what }];
  });
  return [...found, ...orderDifferences(a, b, { declaration, path })];
}

/** True for a field that says what holds without it. */
function isDefault({ description, written: { value } }: Side): boolean {
  return value !== undefined && description.default === written(value);
}

/** Where the order means something, `bins` for one: the fields that both have stand in another order. */
function orderDifferences(a: Side, b: Side, place: Place): readonly SpecDifference[] {
  const ordered = a.description.block?.fields.filter((field) => field.ordered) ?? [];
  return ordered.flatMap(({ keyword }): readonly SpecDifference[] => {
    const [old, now] = [a, b].map((side) =>
      fieldsOf(side).filter((one) => one.description.keyword === keyword),
    );
    const keysOf = (own: readonly Field[] = [], others: readonly Field[] = []): string => {
      const known = new Set(others.map(({ key }) => key));
      return own.flatMap(({ key, shown }) => (known.has(key) ? [shown] : [])).join(", ");
    };
    const [before, after] = [keysOf(old, now), keysOf(now, old)];
    return before === after ? [] : [{ ...place, kind: "physics", what: "order", before, after }];
  });
}

/** A field of a block. */
interface Field extends Side {
  readonly description: FieldDescription;
  /** What tells it from others whatever its variables are called, and how people are told. */
  readonly key: string;
  readonly shown: string;
}

function fieldsOf({ description, written: { fields }, inside }: Side): readonly Field[] {
  return Object.entries(fields ?? {}).flatMap(([keyword, json]) => {
    const field = fieldOf(description, keyword);
    if (field === undefined) throw new Error(`no field \`${keyword}\``);
    const all: readonly StatementJson[] = isMany(json) ? json : [json];
    return all.map((written): Field => {
      const plain = plainStatement(written, field, inside);
      const head = `${keyword}${written.label === undefined ? "" : ` ${written.label}`}`;
      return {
        description: field,
        written,
        meaning: oneFieldMeaning(ownParts(plain.statement), field),
        around: inside,
        inside: plain.inside,
        key: `${head}${flavoursOf(plain.statement)}`,
        shown: `${head}${flavoursOf(written)}`,
      };
    });
  });
}

function flavoursOf({ index }: StatementJson): string {
  if (index === undefined) return "";
  return "from" in index ? `[${index.from} -> ${index.to}]` : `[${index.join(", ")}]`;
}

interface Pair {
  readonly was?: Side | undefined;
  readonly is?: Side | undefined;
  readonly shown: string;
}

/** Fields that stand for each other: of several under one key equal ones first, then in their order. */
function pairsOf(old: readonly Field[], now: readonly Field[]): readonly Pair[] {
  const [before, after] = [groups(old, ({ key }) => key), groups(now, ({ key }) => key)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) => pairsOfKey(before.get(key) ?? [], after.get(key) ?? []));
}

function groups(fields: readonly Field[], keyOf: (field: Field) => string): ReadonlyMap<string, Field[]> {
  const found = new Map<string, Field[]>();
  for (const field of fields) {
    const key = keyOf(field);
    const known = found.get(key);
    if (known === undefined) found.set(key, [field]);
    else known.push(field);
  }
  return found;
}

function pairsOfKey(old: readonly Field[], now: readonly Field[]): readonly Pair[] {
  const single = old.length <= 1 && now.length <= 1;
  const equal = single ? new Map<Field, Field>() : equalPairs(old, now);
  const taken = new Set(equal.values());
  const rest = now.filter((one) => !taken.has(one));
  const pairs = old.map((was) => ({ was, is: equal.get(was) ?? rest.shift(), shown: was.shown }));
  const all: readonly Pair[] = [...pairs, ...rest.map((is) => ({ is, shown: is.shown }))];
  return all.map((pair, at) => (at === 0 ? pair : { ...pair, shown: `${pair.shown} (${at + 1})` }));
}

function equalPairs(old: readonly Field[], now: readonly Field[]): Map<Field, Field> {
  const waiting = groups(now, wholeMeaning);
  return new Map(
    old.flatMap((was) => {
      const is = waiting.get(wholeMeaning(was))?.shift();
      return is === undefined ? [] : [[was, is] as const];
    }),
  );
}

/** What a field means, those in its block as well. */
function wholeMeaning({ written: text, description, around }: Field): string {
  return canonical(json(oneFieldMeaning(plainWhole(text, description, around), description)));
}

/** Longest text of an expression that is shown. */
const longest = 70;

function written(json: ExprJson): string {
  const text = printExpr(readExpr(json, { file: "", node: undefined })).replaceAll(/\s+/g, " ");
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
