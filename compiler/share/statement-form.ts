/** Statements of a document in resolved form: see `resolved-form.ts`. */
import { printExpr } from "../../grammar/index.ts";
import { canonical, type Json } from "../interchange/canonical.ts";
import type { ExprJson, StatementJson } from "../interchange/document.ts";
import { meaning } from "../interchange/hash.ts";
import { readExpr } from "../interchange/read-expr.ts";
import type { ContextName, FieldDescription, StatementDescription, ValueType } from "../kinds/index.ts";
import {
  dimensionOfWord,
  exact,
  multiplyExact,
  type ParsedUnit,
  parseDecimal,
  parseUnitText,
  toNumber,
} from "../units/index.ts";
import {
  centerOf,
  fieldOf,
  manyOf,
  type Names,
  type Scope,
  termOf,
  withBindings,
  withNames,
} from "./names-of-document.ts";
import { isFixedFlavor, numberedVariables, Resolver, rangeNumbers } from "./resolved-form.ts";

/** Where a statement stands. */
export interface Surroundings {
  readonly names: Names;
  readonly scope: Scope;
  /** The declaration around it. */
  readonly owner: string;
  readonly kind: string;
  /** The units of the columns of a table. */
  readonly columns?: { readonly x: ColumnUnit; readonly y: ColumnUnit };
}

type ColumnUnit = Pick<ParsedUnit, "dimension" | "factor">;

export type StatementForm = { readonly [key in (typeof formParts)[number]]?: Json };

export const formParts = ["params", "type", "op", "value", "in", "log", "on", "for", "index"] as const;

type Described = StatementDescription & Partial<FieldDescription>;

/** What surrounds the fields of a statement: its arguments, and what its block defines. */
export function surroundingsInside(
  written: StatementJson,
  description: Described | undefined,
  around: Surroundings,
): Surroundings {
  const context = contextNames(description?.block?.context ?? []);
  const scope = withNames(argumentsOf(written, description, around.scope), context);
  const inside = around.names.inside(written, scope, around.owner, around.kind === "analysis");
  const columns = around.kind === "table" ? columnsOf(written) : undefined;
  return { ...around, scope: inside, ...(columns === undefined ? {} : { columns }) };
}

/** The units of the columns of a table. */
function columnsOf({ params, type }: StatementJson): Surroundings["columns"] {
  const [x, y] = [unitOf(params?.[0]?.type), unitOf(type)];
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** Names that the compiler defines hide those of declarations. */
const contextNames = (names: readonly ContextName[]) =>
  names.map(({ name }) => [name, termOf(name)] as const);

function contextOf(type: ValueType | undefined): readonly ContextName[] {
  if (type?.kind === "formula") return type.context;
  return type?.kind === "either" ? type.options.flatMap(contextOf) : [];
}

function argumentsOf(
  { params = [], index = [] }: StatementJson,
  description: Described | undefined,
  scope: Scope,
): Scope {
  const family = description?.index.kind === "flavor";
  const flavours = !family ? [] : "from" in index ? [index.from, index.to] : index;
  // The form factor of an analysis is called with its `R`, by this name.
  const fixed = new Set(description?.keyword === "formfactor" ? ["R"] : []);
  for (const { name, given } of params) if (given === true) fixed.add(name);
  const variables = [...flavours.filter((name) => !isFixedFlavor(name)), ...params.map(({ name }) => name)];
  const context = contextNames(contextOf(description?.value));
  return numberedVariables(withNames(scope, context), variables, fixed);
}

/** A statement without its words and fields. `open`: names are what they stand for, and what is not said is what holds then. */
export function statementForm(
  written: StatementJson,
  description: Described | undefined,
  around: Surroundings,
  open: boolean,
): StatementForm {
  const { index, params, type, value, op, log, on, for: domain, where = [] } = written;
  const resolver = new Resolver(around.names, open);
  const own = argumentsOf(written, description, around.scope);
  const inner = withBindings(own, where);
  const implied = open ? impliedBy(written, description, around) : {};
  const range = written.in;
  const inParameter = implied.in === undefined ? {} : { in: implied.in };
  return {
    ...implied,
    ...(index === undefined ? {} : { index: indexForm(index, description, resolver, own) }),
    ...(params === undefined
      ? {}
      : {
          params: params.map(({ type: one, default: initial, given = false, name }) => ({
            type: one === undefined ? null : typeForm(one, written, around),
            default: initial === undefined ? null : resolver.expr(initial, around.scope),
            name: given ? name : "",
          })),
        }),
    ...(type === undefined
      ? {}
      : { type: description?.keyword === "observable" ? meaning(type) : typeForm(type, written, around) }),
    ...(op === undefined ? {} : { op }),
    ...(value === undefined ? {} : { value: valueForm(value, description, around, resolver, inner) }),
    ...(range === undefined ? inParameter : { in: resolver.range(range, around.scope) }),
    ...(log === undefined ? {} : { log }),
    ...(on === undefined ? {} : { on: [...on].sort() }),
    ...(domain === undefined
      ? {}
      : {
          for: {
            ...resolver.range(domain, around.scope),
            variable: resolver.expr({ name: domain.variable }, own),
          },
        }),
  };
}

function indexForm(
  index: NonNullable<StatementJson["index"]>,
  description: Described | undefined,
  resolver: Resolver,
  scope: Scope,
): Json {
  if (description?.index.kind !== "flavor") return meaningOfIndex(index);
  if (!("from" in index)) return resolver.flavors(index, scope);
  return { arrow: resolver.flavors([index.from, index.to], scope) };
}

const meaningOfIndex = (index: NonNullable<StatementJson["index"]>): Json =>
  "from" in index ? { from: index.from, to: index.to } : [...index];

/** What `free` and `fix` leave to the parameter that they name. */
function impliedBy(
  { label }: StatementJson,
  description: Described | undefined,
  around: Surroundings,
): StatementForm {
  if (description?.label.kind !== "parameter" || label === undefined) return {};
  const { names, owner } = around;
  const parameter = names.parameters.get(names.parameterOf(label, owner));
  if (parameter === undefined) return {};
  if (description.keyword === "free") {
    const { in: range, log } = parameter;
    const own = range === undefined ? {} : { in: new Resolver(names, true).range(range, names.globals) };
    return { ...own, ...(log === undefined ? {} : { log }) };
  }
  const value = description.keyword === "fix" ? centerOf(parameter) : undefined;
  return value === undefined ? {} : { value };
}

/** The label of a field: full names of parameters in analyses, new names of parameters and declarations. */
export function labelOf(
  { label }: StatementJson,
  description: Described | undefined,
  { names, owner, kind }: Surroundings,
): string {
  if (label === undefined) return "";
  const type = description?.label.kind;
  if (type === "parameter" && kind === "analysis") return names.renamed(names.parameterOf(label, owner));
  if (description?.keyword === "parameter") return names.renamedWithin(owner, label);
  return type === "reference" ? names.renamed(label) : label;
}

/** Types are dimensions: the unit that says one is no matter, but for the numbers of a table whose points are not converted. */
function typeForm(type: ExprJson, table: StatementJson, { kind }: Surroundings): Json {
  const unconverted = kind === "table" && columnsOf(table) === undefined;
  const dimension = unconverted ? undefined : unitOf(type)?.dimension;
  return dimension === undefined ? meaning(type) : { dimension: dimension.key };
}

/** A unit, or the word of a dimension, which means the canonical one. */
function unitOf(type: ExprJson | undefined): ColumnUnit | undefined {
  if (type === undefined) return undefined;
  const parsed = parseUnitText(printExpr(readExpr(type, { file: "", node: undefined })));
  if (!("problem" in parsed)) return parsed;
  const dimension = "name" in type ? dimensionOfWord(type.name) : undefined;
  return dimension === undefined ? undefined : { dimension, factor: exact("1") };
}

function valueForm(
  value: ExprJson,
  description: Described | undefined,
  around: Surroundings,
  resolver: Resolver,
  scope: Scope,
): Json {
  const { names, columns } = around;
  const type = description?.value;
  switch (type?.kind) {
    case "words":
    case "names":
    case "string":
      return meaning(value);
    case "rows":
      return columns === undefined ? meaning(value) : rowsForm(value, columns);
    case "numbers":
      return listForm(value, resolver, scope);
    case "reference":
    case "sum": {
      const form = new Resolver(names, false).expr(value, names.globals);
      return type.kind === "reference" && type.several === true ? unordered(form) : form;
    }
    case "call":
      // Names of declarations are not hidden by others, those of its arguments are.
      return "call" in value
        ? resolver.expr(value, withNames(scope, globalEntry(names, value.call)))
        : resolver.expr(value, scope);
    case "map":
      return mapForm(value, type, names, resolver, scope);
    default:
      return resolver.expr(value, scope);
  }
}

function globalEntry(names: Names, name: string) {
  const found = names.globals.names.get(name);
  return found === undefined ? [] : [[name, found] as const];
}

/** A range alone is a list of its numbers. */
function listForm(value: ExprJson, resolver: Resolver, scope: Scope): Json {
  const alone = rangeNumbers(value, undefined) !== undefined;
  return resolver.expr(alone ? { list: [value] } : value, scope);
}

function unordered(form: Json): Json {
  if (typeof form !== "object" || form === null || !("sequence" in form)) return form;
  const { sequence } = form;
  return { sequence: Array.isArray(sequence) ? sorted(sequence) : sequence };
}

export const sorted = (items: readonly Json[]): readonly Json[] =>
  items
    .map((item) => [canonical(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);

function mapForm(
  value: ExprJson,
  { keys }: Extract<ValueType, { kind: "map" }>,
  names: Names,
  resolver: Resolver,
  scope: Scope,
): Json {
  const form = resolver.expr(value, scope);
  if (keys.kind !== "reference" || typeof form !== "object" || form === null || !("map" in form)) return form;
  const entries = Object.entries(form.map ?? {}).map(([key, one]) => [names.renamed(key), one] as const);
  return { map: Object.fromEntries(entries) };
}

/** Points of a table in canonical units: the last column is the value. */
function rowsForm(value: ExprJson, { x, y }: NonNullable<Surroundings["columns"]>): Json {
  if (!("list" in value)) return meaning(value);
  const rows = value.list.map((row): Json => {
    if (!("list" in row)) return meaning(row);
    return row.list.map((cell, at) => cellForm(cell, at === row.list.length - 1 ? y : x));
  });
  return { rows };
}

function cellForm(cell: ExprJson, { factor, dimension }: ColumnUnit): Json {
  const plain = meaning(cell);
  if (typeof plain !== "object" || plain === null || !("op" in cell || "num" in cell)) return plain;
  const sign = "op" in cell && cell.op === "-" ? "-" : "";
  const [number] = "op" in cell ? cell.args : [cell];
  if (number === undefined || !("num" in number) || number.unit !== undefined || number.percent === true)
    return plain;
  const decimal = parseDecimal(`${sign}${number.num}`);
  if (typeof decimal === "string") return plain;
  return { num: toNumber(multiplyExact(decimal, factor)), dimension: dimension.key };
}

/** A statement with its fields, as one form. */
export function wholeForm(
  written: StatementJson,
  description: Described | undefined,
  around: Surroundings,
  open: boolean,
): Json {
  const own: Json = { ...statementForm(written, description, around, open) };
  if (written.fields === undefined) return own;
  const inside = surroundingsInside(written, description, around);
  const fields = Object.entries(written.fields).flatMap(
    ([key, json]): readonly (readonly [string, Json])[] => {
      const field = fieldOf(description, key);
      // What its formulas read of it is in them.
      if (open && key === "let") return [];
      const all = manyOf(json).map(
        (one): Json => ({ label: labelOf(one, field, inside), form: wholeForm(one, field, inside, open) }),
      );
      return [[key, field?.ordered === true ? all : sorted(all)]];
    },
  );
  return { ...own, fields: Object.fromEntries(fields) };
}
