/**
 * Expressions of a document in resolved form: equal forms, equal meanings. Numbers are in canonical units, ranges in lists are
 * filled in, variables that a formula binds itself are numbered, names behind `where` are what they stand for, names of
 * parameters are full, arguments stand in the order of the function with its defaults. `open`: names of blocks and
 * functions as well are what they stand for.
 */

import type { Json } from "../interchange/canonical.ts";
import type { CallJson, ExprJson, NumberJson, RangeJson } from "../interchange/document.ts";
import { meaning } from "../interchange/hash.ts";
import { readExpr } from "../interchange/read-expr.ts";
import { flavors } from "../kinds/index.ts";
import { listNumbers } from "../lower/lists.ts";
import {
  type Meaning,
  type Names,
  type Scope,
  termOf,
  withBindings,
  withNames,
} from "./names-of-document.ts";
import { absoluteError, signed } from "./plain-numbers.ts";

/** Thrown when a form grows beyond what is compared. */
export class TooLong extends Error {}

/** Parts of the form of one statement; names that stand for formulas multiply them. */
const mostParts = 200_000;
const deepest = 1000;

const binders: ReadonlySet<string> = new Set(["integral", "sum", "root"]);
const fixedFlavors: ReadonlySet<string> = new Set(flavors.map(({ word }) => word));

export class Resolver {
  readonly names: Names;
  readonly open: boolean;
  #parts = 0;
  #depth = 0;
  #fresh = 0;

  constructor(names: Names, open: boolean) {
    this.names = names;
    this.open = open;
  }

  /** `unit` is that of the list or the error around it. */
  expr(json: ExprJson, scope: Scope, unit?: string): Json {
    if ("num" in json) return meaning(json, unit);
    this.#parts += 1;
    this.#depth += 1;
    if (this.#parts > mostParts || this.#depth > deepest) throw new TooLong();
    const form = this.#expr(json, scope, unit);
    this.#depth -= 1;
    return form;
  }

  #expr(json: ExprJson, scope: Scope, unit: string | undefined): Json {
    const inner = (part: ExprJson): Json => this.expr(part, scope);
    if ("num" in json || "string" in json) return meaning(json, unit);
    if ("center" in json) return this.#uncertain(json, scope, unit);
    if ("list" in json) {
      const own = json.unit ?? unit;
      return { list: json.list.flatMap((item) => this.#items(item, scope, own)) };
    }
    if ("from" in json) return this.range(json, scope, unit);
    if ("op" in json) {
      const whole = signed({ op: json.op, args: json.args });
      if ("num" in whole) return meaning(whole, unit);
      // A sign hands the unit on; arithmetic has units of its own.
      const handed = json.args.length === 1 ? unit : undefined;
      return { op: json.op, args: json.args.map((arg) => this.expr(arg, scope, handed)) };
    }
    if ("if" in json) return { if: inner(json.if), then_: inner(json.then), else: inner(json.else) };
    if ("call" in json) return this.#call(json, scope);
    if ("map" in json)
      return { map: Object.fromEntries(Object.entries(json.map).map(([key, one]) => [key, inner(one)])) };
    if ("sequence" in json) return { sequence: json.sequence.map(inner) };
    return this.#name(json.name, json.index, scope);
  }

  /** `4.8 +- 0.1 fm` means `4.8 fm +- 0.1 fm`, and an error in percent is one of the value. */
  #uncertain(
    json: { readonly center: ExprJson; readonly error: ExprJson },
    scope: Scope,
    unit: string | undefined,
  ): Json {
    const absolute = absoluteError(json);
    const { center, error } = "center" in absolute ? absolute : json;
    const shared = "num" in error ? (error.unit ?? unit) : unit;
    const relative = "num" in error && error.percent === true;
    const value = this.expr(center, scope, shared);
    return relative
      ? { center: value, relative: meaning(error) }
      : { center: value, error: this.expr(error, scope, shared) };
  }

  /** An item of a list; a range with a step is all its numbers. */
  #items(item: ExprJson, scope: Scope, unit: string | undefined): readonly Json[] {
    const numbers = rangeNumbers(item, unit);
    return numbers === undefined ? [this.expr(item, scope, unit)] : numbers.map((one) => meaning(one));
  }

  range({ from, to, step }: RangeJson, scope: Scope, unit?: string): { readonly [key: string]: Json } {
    const ends = { from: this.expr(from, scope, unit), to: this.expr(to, scope, unit) };
    return step === undefined ? ends : { ...ends, step: this.expr(step, scope, unit) };
  }

  #name(name: string, index: readonly string[] | undefined, scope: Scope): Json {
    const flavours = index === undefined ? {} : { index: this.flavors(index, scope) };
    const found = scope.names.get(name);
    if (found === undefined) return { name: this.names.renamed(name), ...flavours };
    if (found.kind === "term") return index === undefined ? found.term : { of: found.term, ...flavours };
    if (found.kind === "opaque") return { name: found.as, ...flavours };
    const { params, value } = found.written;
    if (params !== undefined || index !== undefined || value === undefined || !this.#opens(found))
      return { name: found.as, ...flavours };
    return this.#body(found, found.scope());
  }

  #opens(found: Meaning & { kind: "formula" }): boolean {
    return found.hidden || this.open;
  }

  /** What a name stands for, with its arguments in the scope. */
  #body({ written }: Meaning & { kind: "formula" }, scope: Scope): Json {
    const { value, where = [], for: domain } = written;
    if (value === undefined) throw new Error("a formula has a value");
    const form = this.expr(value, withBindings(scope, where));
    if (domain === undefined) return form;
    const within = { ...this.range(domain, scope), variable: this.#name(domain.variable, undefined, scope) };
    return { within, value: form };
  }

  flavors(index: readonly string[], scope: Scope): readonly Json[] {
    return index.map((name) => {
      const found = fixedFlavors.has(name) ? undefined : scope.names.get(name);
      return found?.kind === "term" ? found.term : { name };
    });
  }

  #call(json: CallJson, scope: Scope): Json {
    const { call, args } = json;
    const index = json.index === undefined ? {} : { index: this.flavors(json.index, scope) };
    const found = scope.names.get(call);
    if (found === undefined && binders.has(call)) return { call, ...index, ...this.#bound(args, scope) };
    if (found === undefined || found.kind === "term") {
      const of = found === undefined ? this.names.renamed(call) : found.term;
      return { call: of, ...index, args: args.map((one) => this.#argument(one, scope)) };
    }
    const formals = found.kind === "opaque" ? found.formals : (found.written.params ?? []);
    const outer = found.kind === "opaque" ? this.names.globals : found.scope();
    const given = this.#inOrder(args, formals, scope, outer);
    const opened = found.kind === "formula" && this.#opens(found) && found.written.value !== undefined;
    if (given === undefined || !opened) {
      const plain = given ?? args.map((one) => this.#argument(one, scope));
      return { call: found.as, ...index, args: plain };
    }
    const actual = formals.flatMap(({ name }, at) => {
      const term = given[at];
      return term === undefined ? [] : [[name, { kind: "term", term }] as const];
    });
    return this.#body(found, withNames(outer, actual));
  }

  #argument(argument: CallJson["args"][number], scope: Scope): Json {
    if (!("arg" in argument)) return this.expr(argument, scope);
    return { arg: argument.arg, is: this.expr(argument.is, scope) };
  }

  /** Arguments in the order of the function, defaults where none is given; undefined when they do not fit. */
  #inOrder(
    args: CallJson["args"],
    formals: readonly { readonly name: string; readonly default?: ExprJson }[],
    scope: Scope,
    outer: Scope,
  ): readonly Json[] | undefined {
    const places = formals.map(({ default: initial }): Json | undefined =>
      initial === undefined ? undefined : this.expr(initial, outer),
    );
    let next = 0;
    for (const argument of args) {
      const named = "arg" in argument;
      const at = named ? formals.findIndex(({ name }) => name === argument.arg) : next++;
      if (at < 0 || at >= formals.length) return undefined;
      places[at] = this.expr(named ? argument.is : argument, scope);
    }
    const given = places.findLastIndex((one) => one !== undefined) + 1;
    const known = places.slice(0, given).filter((one) => one !== undefined);
    return known.length === given ? known : undefined;
  }

  /** `integral(f(x), x = a .. b)`: a variable is numbered by how many others are bound inside of it. */
  #bound(args: CallJson["args"], scope: Scope): { readonly [key: string]: Json } {
    const variables = args.flatMap((one) => ("arg" in one ? [[one.arg, `!${this.#fresh++}`] as const] : []));
    const inside = withNames(
      scope,
      variables.map(([name, as]) => [name, termOf(as)] as const),
    );
    const bodies = args.flatMap((one) => ("arg" in one ? [] : [this.expr(one, inside)]));
    const ranges = args.flatMap((one) => ("arg" in one ? [this.expr(one.is, scope)] : []));
    const height = heightOf(bodies) + 1;
    const numbered = new Map(variables.map(([, as], at) => [as, `~${height}.${at}`] as const));
    return { over: ranges, args: bodies.map((one) => renamedIn(one, numbered)), height };
  }
}

/** All numbers of a range with a step, in the unit of the list; undefined where units do not say the same. */
export function rangeNumbers(item: ExprJson, unit: string | undefined): readonly NumberJson[] | undefined {
  if (!("from" in item) || item.step === undefined) return undefined;
  const units = new Set<string | undefined>(unit === undefined ? [] : [unit]);
  for (const end of [item.from, item.to, item.step]) {
    const whole = "op" in end ? signed(end) : end;
    if (!("num" in whole) || whole.percent === true) return undefined;
    if (whole.unit !== undefined) units.add(whole.unit);
  }
  const [only, ...others] = units;
  if (others.length > 0) return undefined;
  const numbers = listNumbers(readExpr(item, { file: "", node: undefined }));
  return numbers.map((one) => ({ num: String(one), ...(only === undefined ? {} : { unit: only }) }));
}

function heightOf(json: Json): number {
  if (typeof json !== "object" || json === null) return 0;
  let most = "height" in json && typeof json.height === "number" ? json.height : 0;
  for (const part of Object.values(json)) most = Math.max(most, heightOf(part));
  return most;
}

function renamedIn(json: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof json === "string") return names.get(json) ?? json;
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map((part) => renamedIn(part, names));
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, renamedIn(part, names)]));
}

/** Formal arguments and flavours of a statement as numbered variables; those of fixed names keep them. */
export function numberedVariables(scope: Scope, names: readonly string[], fixed: ReadonlySet<string>): Scope {
  let next = scope.variables;
  const more = names.map((name) => [name, termOf(fixed.has(name) ? name : `$${next++}`)] as const);
  return { ...withNames(scope, more), variables: next };
}

export const isFixedFlavor = (name: string): boolean => fixedFlavors.has(name);
