/**
 * What differs between two versions of a spec, by its meaning: the canonical documents are compared declaration by
 * declaration in resolved form, so that order of declarations, layout, names of files, the unit that a number is written in and names of
 * what stands for a formula make no difference.
 */
import { printExpr } from "../../grammar/index.ts";
import type { Json } from "../interchange/canonical.ts";
import type { Document, ExprJson } from "../interchange/document.ts";
import { readExpr } from "../interchange/read-expr.ts";
import { Names } from "./names-of-document.ts";
import { renamesOf } from "./renames.ts";
import {
  type Declared,
  declarationsOf,
  type Field,
  fieldsOf,
  isDefault,
  ownParts,
  renamedParts,
  type Side,
  same,
  sameMeaning,
  samenessOf,
  wholeMeaning,
} from "./sides.ts";
import { formParts } from "./statement-form.ts";

/**
 * `physics`: formulas, couplings, data, dimensions, what was removed. `numeric`: values, errors, ranges,
 * roundings. `interface`: the same under other names, by which other files and scripts know it. `report`: what is said of the same
 * likelihood. `addition`: new declarations that change nothing of the old. `cosmetic`: docs, notes,
 * citations, names of variables, units and digits written otherwise.
 */
export const differenceKinds = ["physics", "numeric", "interface", "report", "addition", "cosmetic"] as const;
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
  const renames = renamesOf(before, after);
  const [old, now] = [declarationsOf(new Names(before, renames)), declarationsOf(new Names(after))];
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
    return [...renamed(a, b, found), ...statementDifferences(a, b, found)];
  });
}

/** Names of declarations are those that other files use, and that results have. */
function renamed(a: Declared, b: Declared, place: Place): readonly SpecDifference[] {
  if (a.name === b.name) return [];
  return [{ ...place, kind: "interface", what: "renamed", before: a.name, after: b.name }];
}

interface Place {
  readonly declaration: string;
  readonly path: readonly string[];
}

/** Of all parts, the gravest. */
function statementDifferences(a: Side, b: Side, place: Place): readonly SpecDifference[] {
  const [old, now] = [a.written, b.written];
  const found: SpecDifference[] = [];
  const add = (kind: DifferenceKind, what: string): void => void found.push({ ...place, kind, what });
  if (old.doc !== now.doc || old.note !== now.note) add("cosmetic", "documentation");
  if (!same(old.cite, now.cite)) add("cosmetic", "citations");
  const parts = new Map(formParts.map((key) => [key, samenessOf(a, b, key)] as const));
  const kinds = new Set(parts.values());
  if (kinds.has("other")) {
    if (parts.get("value") === "other") found.push(...valueDifferences(a, b, place));
    for (const [what, key] of ranges) if (parts.get(key) === "other") add("numeric", what);
    for (const key of structure) if (parts.get(key) === "other") add("physics", structureNames[key]);
  } else if (kinds.has("rounding"))
    // Where large numbers cancel, a rounding is no small change.
    add(a.description.reports === true ? "report" : "numeric", "the same up to rounding");
  else if (kinds.has("otherwise") || !same(renamedParts(a), ownParts(now)))
    add("cosmetic", "written otherwise");
  return [...found, ...fieldDifferences(a, b, place)];
}

const ranges = [
  ["range", "in"],
  ["sampling", "log"],
] as const;

const structure = ["params", "type", "op", "on", "for", "index"] as const;
const structureNames: Readonly<Record<(typeof structure)[number], string>> = {
  params: "arguments",
  type: "type",
  op: "how it joins what is there",
  on: "what it acts on",
  for: "domain",
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
  const [was, is] = [a.form.value, b.form.value];
  if (old === undefined || now === undefined || was === undefined || is === undefined) {
    return [{ ...place, kind: "physics", what: old === undefined ? "value added" : "value removed" }];
  }
  const [before, after] = [written(old), written(now)];
  const [kind, what] = classified(was, is, a.description);
  return [{ ...place, kind, what, ...(before === after ? {} : { before, after }) }];
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

/** What another name of a field is, where only the name is another: nothing but its formulas reads a `let`. */
const kindOfName: Readonly<Record<string, DifferenceKind>> = { let: "cosmetic", parameter: "interface" };

function fieldDifferences(a: Side, b: Side, { declaration, path }: Place): readonly SpecDifference[] {
  const [old, now] = [fieldsOf(a), fieldsOf(b)];
  const pairs = withRenamed(pairsOf(old, now));
  const found = pairs.flatMap(({ was, is, shown }): readonly SpecDifference[] => {
    const inner = { declaration, path: [...path, shown] };
    if (was !== undefined && is !== undefined) {
      const kind = kindOfName[was.description.keyword];
      const [before = "", after = ""] = [was.written.label, is.written.label];
      if (kind === undefined || before === after) return statementDifferences(was, is, inner);
      const name = { ...inner, kind, what: "renamed", before, after };
      return kind === "cosmetic" ? [name] : [name, ...statementDifferences(was, is, inner)];
    }
    const [only, what] = was === undefined ? [is, "added"] : [was, "removed"];
    if (only === undefined) return [];
    if (isDefault(only)) return [{ ...inner, kind: "cosmetic", what: "written otherwise" }];
    return [{ ...inner, kind: kindOfOne(only), what }];
  });
  const place = { declaration, path };
  return [...found, ...termsInOtherOrder(pairs, old, now, place), ...orderDifferences(a, b, place)];
}

/** `charge[l] += …` twice is a sum, which another order changes by a rounding. */
function termsInOtherOrder(
  pairs: readonly Pair[],
  old: readonly Side[],
  now: readonly Side[],
  { declaration, path }: Place,
): readonly SpecDifference[] {
  const places = new Map<string, { readonly before: number; readonly after: number }[]>();
  for (const { was, is } of pairs) {
    if (was?.written.op !== "+=" || is === undefined) continue;
    const { keyword } = was.description;
    const known = places.get(keyword) ?? [];
    places.set(keyword, [...known, { before: old.indexOf(was), after: now.indexOf(is) }]);
  }
  return [...places].flatMap(([keyword, terms]): readonly SpecDifference[] => {
    const sorted = terms.toSorted((one, other) => one.before - other.before);
    const kept = sorted.every(({ after }, at) => at === 0 || after > (sorted[at - 1]?.after ?? 0));
    if (kept) return [];
    return [{ declaration, path: [...path, keyword], kind: "numeric", what: "the same up to rounding" }];
  });
}

/** Of a field that only one has. What a `let` stands for is compared in the formulas that read it. */
function kindOfOne({ description: { reports, keyword } }: Side): DifferenceKind {
  if (reports === true) return "report";
  return keyword === "let" ? "cosmetic" : "physics";
}

/** A `let` that only one has, and one that only the other has and means the same. */
function withRenamed(pairs: readonly Pair[]): readonly Pair[] {
  const lets = pairs.filter(({ was, is }) => (was ?? is)?.description.keyword === "let");
  const added = lets.filter(({ was }) => was === undefined);
  const removed = lets.filter(({ is }) => is === undefined);
  const taken = new Set<Pair>();
  const found = new Map<Pair, Pair>();
  for (const pair of removed) {
    const other = added.find(
      ({ is }, at) =>
        pair.was !== undefined &&
        is !== undefined &&
        !taken.has(added[at] ?? pair) &&
        sameMeaning(pair.was, is),
    );
    if (other === undefined) continue;
    taken.add(other);
    found.set(pair, { ...pair, is: other.is });
  }
  return pairs.flatMap((pair) => (taken.has(pair) ? [] : [found.get(pair) ?? pair]));
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

/** Longest text of an expression that is shown. */
const longest = 70;

function written(json: ExprJson): string {
  const text = printExpr(readExpr(json, { file: "", node: undefined })).replaceAll(/\s+/g, " ");
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
