/**
 * A document in which what is written differently and means the same is the same: variables that a formula binds itself
 * (arguments, names behind `where`, variables of `sum`, `integral` and `root`, flavours of an index) are numbered, named
 * arguments stand in the order of the function, relative errors of numbers are absolute.
 */
import { signatures } from "../../runtime/signatures.ts";
import type {
  BindingJson,
  CallJson,
  Document,
  ExprJson,
  ParamJson,
  RangeJson,
  StatementJson,
} from "../interchange/document.ts";
import { fieldName } from "../interchange/write.ts";
import { type FieldDescription, flavors, type StatementDescription } from "../kinds/index.ts";
import { absoluteError, signed } from "./plain-numbers.ts";

/** What a name of a formula stands for. */
type Meaning =
  /** A variable, by its number. */
  | { readonly as: string }
  /** Something behind `where`: it gets its number where it is used first, so that the order of the list means nothing. */
  | { readonly binding: BindingJson; readonly formula: Formula }
  /** Something under its own name; what its arguments are called. */
  | { readonly formals: readonly string[] };

export type Scope = ReadonlyMap<string, Meaning>;

/** Of one document: what its functions are called with. */
export function scopeOf({ declarations }: Document): Scope {
  const own = declarations.map(({ name, params = [] }) => [name, { formals: namesOf(params) }] as const);
  const built = signatures.map(({ name, args }) => [name, { formals: namesOf(args) }] as const);
  return new Map<string, Meaning>([...built, ...own]);
}

const namesOf = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);

/** A statement and the scope of the fields of its block. */
export interface PlainStatement {
  readonly statement: StatementJson;
  readonly inside: Scope;
}

/** A statement in plain form, its fields left as they are. */
export function plainStatement(
  written: StatementJson,
  description: StatementDescription | undefined,
  around: Scope,
): PlainStatement {
  const { index, params, value, in: range, for: domain, where = [], ...rest } = written;
  const formula = new Formula(around);
  const family = description?.index.kind === "flavor" && index !== undefined;
  if (family) for (const name of "from" in index ? [index.from, index.to] : index) formula.bindFlavor(name);
  // The form factor of an analysis is called with its `R`, by this name.
  const fixed = description?.keyword === "formfactor" ? ["R"] : [];
  for (const { name, given } of params ?? []) if (given !== true && !fixed.includes(name)) formula.bind(name);
  formula.define(where);
  const outside = new Formula(around);
  const statement: StatementJson = {
    ...rest,
    ...(index === undefined ? {} : { index: family ? formula.index(index) : index }),
    ...(params === undefined ? {} : { params: params.map((one) => formula.param(one, outside)) }),
    ...(value === undefined ? {} : { value: formula.expr(value) }),
    ...(range === undefined ? {} : { in: outside.range(range) }),
    ...(domain === undefined
      ? {}
      : { for: { ...outside.range(domain), variable: formula.named(domain.variable) } }),
  };
  const used = formula.used();
  return {
    statement: used.length === 0 ? statement : { ...statement, where: used },
    inside: new Map([...formula.scope, ...localsOf(written)]),
  };
}

/** Parameters, inputs and `let`s of a block: they hide what has their name around it. */
function localsOf({ fields = {} }: StatementJson): readonly (readonly [string, Meaning])[] {
  return ["parameter", "input", "let"].flatMap((keyword) => {
    const all = fields[keyword] ?? [];
    const statements: readonly StatementJson[] = isMany(all) ? all : [all];
    return statements.flatMap(({ label, params = [] }) =>
      label === undefined ? [] : [[label, { formals: namesOf(params) }] as const],
    );
  });
}

/** A statement in plain form, with its fields. */
export function plainWhole(
  written: StatementJson,
  description: StatementDescription | undefined,
  around: Scope,
): StatementJson {
  const { statement, inside } = plainStatement(written, description, around);
  const { fields } = statement;
  if (fields === undefined) return statement;
  const plain = Object.entries(fields).map(([key, json]) => {
    const one = (field: StatementJson): StatementJson => plainWhole(field, fieldOf(description, key), inside);
    return [key, isMany(json) ? json.map(one) : one(json)] as const;
  });
  return { ...statement, fields: Object.fromEntries(plain) };
}

/** The description of a field by its key in a document. */
export function fieldOf(
  description: StatementDescription | undefined,
  key: string,
): FieldDescription | undefined {
  const { block } = description ?? {};
  return block?.fields.find((one) => fieldName(one) === key) ?? block?.open;
}

export const isMany = (json: StatementJson | readonly StatementJson[]): json is readonly StatementJson[] =>
  Array.isArray(json);

const binders: ReadonlySet<string> = new Set(["integral", "sum", "root"]);
const fixedFlavors: ReadonlySet<string> = new Set(flavors.map(({ word }) => word));

/** One formula, with the variables that it binds. */
class Formula {
  readonly scope: Map<string, Meaning>;
  #next: number;
  readonly #used = new Map<BindingJson, { readonly as: string; value?: BindingJson }>();

  constructor(around: Scope) {
    this.scope = new Map(around);
    this.#next = [...around.values()].filter((meaning) => "as" in meaning).length;
  }

  bind(name: string): void {
    this.scope.set(name, { as: this.#number() });
  }

  bindFlavor(name: string): void {
    if (!fixedFlavors.has(name)) this.bind(name);
  }

  define(bindings: readonly BindingJson[]): void {
    for (const binding of bindings) this.scope.set(binding.name, { binding, formula: this });
  }

  /** What of `where` is used, in the order of use. */
  used(): readonly BindingJson[] {
    return [...this.#used.values()].flatMap(({ value }) => (value === undefined ? [] : [value]));
  }

  index(index: NonNullable<StatementJson["index"]>): NonNullable<StatementJson["index"]> {
    return "from" in index
      ? { from: this.named(index.from), to: this.named(index.to) }
      : index.map((name) => this.named(name));
  }

  param({ name, default: initial, ...rest }: ParamJson, outside: Formula): ParamJson {
    const own = rest.given === true ? name : this.named(name);
    return { ...rest, name: own, ...(initial === undefined ? {} : { default: outside.expr(initial) }) };
  }

  range(range: RangeJson, scope: Scope = this.scope): RangeJson {
    const { from, to, step } = range;
    const ends = { from: this.expr(from, scope), to: this.expr(to, scope) };
    return step === undefined ? ends : { ...ends, step: this.expr(step, scope) };
  }

  /** A variable by its number; every other name as it is. */
  named(name: string, scope: Scope = this.scope): string {
    const meaning = scope.get(name);
    if (meaning === undefined || "formals" in meaning) return name;
    return "as" in meaning ? meaning.as : meaning.formula.#numbered(meaning.binding);
  }

  expr(json: ExprJson, scope: Scope = this.scope): ExprJson {
    const inner = (part: ExprJson): ExprJson => this.expr(part, scope);
    if ("num" in json || "string" in json) return json;
    if ("center" in json) return absoluteError({ center: inner(json.center), error: inner(json.error) });
    if ("list" in json) return { ...json, list: json.list.map(inner) };
    if ("from" in json) return this.range(json, scope);
    if ("op" in json) return signed({ op: json.op, args: json.args.map(inner) });
    if ("if" in json)
      // biome-ignore lint/suspicious/noThenProperty: the word of the language
      return { if: inner(json.if), then: inner(json.then), else: inner(json.else) };
    if ("call" in json) return this.#call(json, scope);
    if ("map" in json) {
      return {
        map: Object.fromEntries(Object.entries(json.map).map(([key, value]) => [key, inner(value)])),
      };
    }
    if ("sequence" in json) return { sequence: json.sequence.map(inner) };
    const name = this.named(json.name, scope);
    return json.index === undefined ? { name } : { name, index: this.#flavors(json.index, scope) };
  }

  #flavors(index: readonly string[], scope: Scope): readonly string[] {
    return index.map((name) => this.named(name, scope));
  }

  #call(json: CallJson, scope: Scope): ExprJson {
    const index = json.index === undefined ? {} : { index: this.#flavors(json.index, scope) };
    const call = this.named(json.call, scope);
    const meaning = scope.get(json.call);
    if (meaning === undefined && binders.has(call)) return { call, ...index, args: this.#bound(json, scope) };
    let next = 0;
    const args = json.args.map((argument) => {
      const named = "arg" in argument;
      const is = this.expr(named ? argument.is : argument, scope);
      const place = named ? formalsOf(meaning).indexOf(argument.arg) : next++;
      return place < 0 && named ? { arg: argument.arg, is } : { arg: `#${place}`, is };
    });
    return { call, ...index, args: args.sort((a, b) => (a.arg < b.arg ? -1 : 1)) };
  }

  /** `integral(f(x), x = a .. b)`: the name of its range stands in the other argument. */
  #bound({ args }: CallJson, scope: Scope): CallJson["args"] {
    const inside = new Map(scope);
    const names = args.flatMap((argument) => ("arg" in argument ? [argument.arg] : []));
    for (const name of names) inside.set(name, { as: this.#number() });
    return args.map((argument) =>
      "arg" in argument
        ? { arg: this.named(argument.arg, inside), is: this.expr(argument.is, scope) }
        : this.expr(argument, inside),
    );
  }

  #numbered(binding: BindingJson): string {
    const known = this.#used.get(binding);
    if (known !== undefined) return known.as;
    const entry: { readonly as: string; value?: BindingJson } = { as: this.#number() };
    this.#used.set(binding, entry);
    const { params, value } = binding;
    const scope = new Map(this.scope);
    for (const { name } of params ?? []) scope.set(name, { as: this.#number() });
    const own = (name: string): string => this.named(name, scope);
    const formal = params?.map(({ name, default: initial, ...rest }) => ({
      ...rest,
      name: own(name),
      ...(initial === undefined ? {} : { default: this.expr(initial) }),
    }));
    entry.value = {
      name: entry.as,
      ...(formal === undefined ? {} : { params: formal }),
      value: this.expr(value, scope),
    };
    return entry.as;
  }

  #number(): string {
    return `#${this.#next++}`;
  }
}

function formalsOf(meaning: Meaning | undefined): readonly string[] {
  if (meaning === undefined || "as" in meaning) return [];
  return "formals" in meaning ? meaning.formals : namesOf(meaning.binding.params ?? []);
}
