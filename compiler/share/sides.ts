/** Statements of the two versions of a spec, with the forms in which they are compared. */
import { canonical, type Json } from "../interchange/canonical.ts";
import type { Document, StatementJson } from "../interchange/document.ts";
import { statementMeaning } from "../interchange/hash.ts";
import { type FieldDescription, kinds, type StatementDescription } from "../kinds/index.ts";
import { centerOf, fieldOf, type Meaning, manyOf, type Names, wordsOf } from "./names-of-document.ts";
import { TooLong } from "./resolved-form.ts";
import { sameToRounding } from "./same-to-rounding.ts";
import {
  type formParts,
  labelOf,
  type StatementForm,
  type Surroundings,
  statementForm,
  surroundingsInside,
  wholeForm,
} from "./statement-form.ts";

/** A statement of one of the two documents. */
export interface Side {
  readonly description: StatementDescription & Partial<FieldDescription>;
  readonly written: StatementJson;
  /** What it means without its fields, names of blocks and functions as they are. */
  readonly form: StatementForm;
  /** The same with all names as what they stand for; undefined when that is too long. */
  readonly opened: () => StatementForm | undefined;
  readonly around: Surroundings;
}

export interface Declared extends Side {
  readonly name: string;
}

/** A field of a block. */
export interface Field extends Side {
  readonly description: FieldDescription;
  /** What tells it from others whatever its variables are called, and how people are told. */
  readonly key: string;
  readonly shown: string;
}

export function declarationsOf(names: Names): ReadonlyMap<string, Declared> {
  return new Map(
    names.document.declarations.map(({ kind, name, ...written }) => {
      const around = { names, scope: names.globals, owner: name, kind };
      const key = `${kind} ${names.renamed(name)}`;
      return [key, { ...sideOf(written, kinds[kind], around), description: kinds[kind], name }] as const;
    }),
  );
}

function sideOf(
  written: StatementJson,
  description: StatementDescription,
  around: Surroundings,
): Omit<Side, "description"> {
  let opened: { readonly form: StatementForm | undefined } | undefined;
  return {
    written,
    form: formOf(written, description, around, false) ?? rawForm(written, description, around),
    opened: () => {
      opened ??= { form: formOf(written, description, around, true) };
      return opened.form;
    },
    around,
  };
}

/** What is too long to be resolved is compared as it is written, with what each of its names is where it stands. */
function rawForm(
  written: StatementJson,
  description: StatementDescription,
  { names, scope }: Surroundings,
): StatementForm {
  const own = ownParts(written);
  const { value = null, where = null, ...rest } = statementMeaning(own, description.block);
  const known = [...textsIn(own)].sort().flatMap((name): readonly Json[] => {
    const [inside, atTop] = [scope.names.get(name), names.globals.names.get(name)];
    return inside === undefined && atTop === undefined ? [] : [[name, identityOf(inside), identityOf(atTop)]];
  });
  return { ...rest, value: { value, where, known } };
}

/** All texts in a statement; its names are among them. */
function textsIn(json: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof json === "string") found.add(json);
  else if (typeof json === "object" && json !== null)
    for (const part of Object.values(json)) textsIn(part, found);
  return found;
}

/** What tells the meaning of a name from others of that name. */
function identityOf(found: Meaning | undefined): Json {
  if (found === undefined) return null;
  return found.kind === "term" ? found.term : found.as;
}

function formOf(
  written: StatementJson,
  description: StatementDescription,
  around: Surroundings,
  open: boolean,
): StatementForm | undefined {
  return unlessTooLong(() => statementForm(written, description, around, open));
}

function unlessTooLong<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

/** A statement without words and fields. */
export function ownParts(statement: StatementJson): StatementJson {
  const { doc: _doc, note: _note, cite: _cite, fields: _fields, ...rest } = statement;
  return rest;
}

/** The same as it would be written with the new names of parameters. */
export function renamedParts({ written, around: { names, owner, kind } }: Side): unknown {
  const own = ownParts(written);
  const renames = [...names.renames].filter(([full]) => full.includes("."));
  if (renames.length === 0) return own;
  const label = (full: string): string => full.slice(full.indexOf(".") + 1);
  const short = renames.filter(([full]) => kind === "analysis" || full.startsWith(`${owner}.`));
  const known = new Map([...short.map(([full, now]) => [label(full), label(now)] as const), ...renames]);
  return JSON.parse(JSON.stringify(own), (key, value) =>
    (key === "name" || key === "label") && typeof value === "string" ? (known.get(value) ?? value) : value,
  );
}

/** Whether two values say the same as JSON. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return (a ?? null) === (b ?? null);
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => same(part, b[i]))
    );
  }
  const others = new Map<string, unknown>(Object.entries(b));
  const own = Object.entries(a).filter(([, part]) => part !== undefined);
  const known = [...others.values()].filter((part) => part !== undefined).length;
  return own.length === known && own.every(([key, part]) => others.has(key) && same(part, others.get(key)));
}

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

/** `otherwise`: in other words the same; `rounding`: the same but for the rounding of its numbers. */
export type Sameness = "same" | "otherwise" | "rounding" | "other";

/** How far a part of one statement is that of the other. */
export function samenessOf(a: Side, b: Side, part: (typeof formParts)[number]): Sameness {
  if (same(a.form[part], b.form[part])) return "same";
  const [old, now] = [a.opened(), b.opened()];
  if (old === undefined || now === undefined) return "other";
  if (same(old[part], now[part])) return "otherwise";
  return unlessTooLong(() => sameToRounding(old[part] ?? null, now[part] ?? null)) === true
    ? "rounding"
    : "other";
}

export function fieldsOf({ description, written, around }: Side): readonly Field[] {
  const inside = surroundingsInside(written, description, around);
  return Object.entries(written.fields ?? {}).flatMap(([keyword, all]) => {
    const field = fieldOf(description, keyword);
    if (field === undefined) throw new Error(`no field \`${keyword}\``);
    return manyOf(all).map((one): Field => {
      const side = sideOf(one, field, inside);
      const { label } = one;
      const full = labelOf(one, field, inside);
      return {
        ...side,
        description: field,
        key: `${keyword} ${full} ${canonical(side.form.index ?? null)}`,
        shown: `${keyword}${label === undefined ? "" : ` ${label}`}${flavoursOf(one)}`,
      };
    });
  });
}

function flavoursOf({ index }: StatementJson): string {
  if (index === undefined) return "";
  return "from" in index ? `[${index.from} -> ${index.to}]` : `[${index.join(", ")}]`;
}

/** What a field means, those in its block as well. */
export function wholeMeaning({ written, description, around }: Side): string {
  const form = unlessTooLong(() => wholeForm(written, description, around, false));
  return canonical(json(form ?? statementMeaning(written, description.block)));
}

/** True for what means the same when all names are what they stand for. */
export function sameMeaning(a: Side, b: Side): boolean {
  const [old, now] = [a, b].map(({ written, description, around }) =>
    unlessTooLong(() => wholeForm(written, description, around, true)),
  );
  return old !== undefined && now !== undefined && same(old, now);
}

/** True for a field that says what holds without it. */
export function isDefault({ description, written, form, around }: Side): boolean {
  const { value } = form;
  if (value === undefined || written.for !== undefined || description.valueRequired !== true) return false;
  if (description.keyword === "fix") return isValueOfParameter(written, value, around);
  const usual = description.default ?? impliedLikelihood(description.keyword, around);
  if (usual === undefined) return false;
  return same(value, /^\d/.test(usual) ? { num: Number(usual) } : { name: usual });
}

/**
 * True for the value that a parameter of others has by itself: it is not searched where the analysis does not say so, and one that it
 * fixes it cannot free, profile or tie as well.
 */
function isValueOfParameter(
  { label, index }: StatementJson,
  value: Json,
  { names, owner, kind }: Surroundings,
): boolean {
  if (kind !== "analysis" || label === undefined || index !== undefined) return false;
  const full = names.parameterOf(label, owner);
  const parameter = names.parameters.get(full);
  if (parameter === undefined || parameter.index !== undefined || full.startsWith(`${owner}.`)) return false;
  const [own, fixed] = [numberIn(centerOf(parameter)), numberIn(value)];
  // Zero fits any dimension.
  return own !== undefined && fixed !== undefined && ((own.num === 0 && fixed.num === 0) || same(own, fixed));
}

function numberIn(json: Json | undefined): { readonly num: Json } | undefined {
  if (typeof json !== "object" || json === null || !("num" in json)) return undefined;
  return json.num === undefined ? undefined : { ...json, num: json.num };
}

/** The likelihood of an analysis that gives none, if it is one of all its experiments. */
function impliedLikelihood(keyword: string, { names, owner, kind }: Surroundings): string | undefined {
  if (kind !== "analysis" || keyword !== "likelihood") return undefined;
  const declarations: Document["declarations"] = names.document.declarations;
  const analysis = declarations.find((one) => one.kind === kind && one.name === owner);
  const experiments = manyOf(analysis?.fields?.experiments).flatMap(({ value }) =>
    value === undefined ? [] : wordsOf(value),
  );
  const errors = experiments.map(
    (name) => declarations.find((one) => one.name === name)?.fields?.errors !== undefined,
  );
  if (errors.every((one) => one)) return "gaussian";
  return errors.some((one) => one) ? undefined : "poisson";
}
