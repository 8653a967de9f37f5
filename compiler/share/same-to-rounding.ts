/**
 * Whether two resolved forms mean the same number up to rounding: factors and terms stand in one order, powers with whole
 * exponents are products, comparisons look in one direction.
 */
import { canonical, type Json } from "../interchange/canonical.ts";
import { TooLong } from "./resolved-form.ts";

/** Where units were converted, numbers are a few roundings apart. */
const roundings = 16;

export function sameToRounding(a: Json, b: Json): boolean {
  return close(ordered(a), ordered(b));
}

/** Numbers are compared to rounding, all else exactly. */
function close(a: Json, b: Json): boolean {
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= roundings * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [old, now] = [Object.entries(a), Object.entries(b)];
  if (Array.isArray(a) !== Array.isArray(b) || old.length !== now.length) return false;
  const others = new Map<string, Json>(now);
  return old.every(([key, part]) => {
    const other = others.get(key);
    return other !== undefined && close(part, other);
  });
}

/** Larger exponents stay powers. */
const largestPower = 12;

function ordered(json: Json): Json {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(ordered);
  if ("op" in json && Array.isArray(json.args)) return orderedOperation(String(json.op), json.args);
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, ordered(part)]));
}

function orderedOperation(op: string, args: readonly Json[]): Json {
  const [left, right] = args;
  if (left === undefined) return { op, args };
  switch (op) {
    case "+":
    case "-":
      return sumOf({ op, args });
    case "*":
    case "/":
    case "^":
      return new Product({ op, args }).form();
    case ">":
    case ">=":
      if (right !== undefined) return { op: op === ">" ? "<" : "<=", args: [ordered(right), ordered(left)] };
      break;
    case "==":
    case "!=":
    case "and":
    case "or":
      return { op, args: sorted(args.map(ordered)) };
  }
  return { op, args: args.map(ordered) };
}

function sumOf(json: Json): Json {
  const terms: { readonly negative: boolean; readonly of: Json }[] = [];
  const add = (part: Json, negative: boolean): void => {
    const { op, args } = operationOf(part);
    const [left, right] = args;
    if ((op === "+" || op === "-") && left !== undefined) {
      add(left, right === undefined && op === "-" ? !negative : negative);
      if (right !== undefined) add(right, op === "-" ? !negative : negative);
    } else terms.push({ negative, of: ordered(part) });
  };
  add(json, false);
  const all = terms.map(({ negative, of }): Json => (negative ? negated(of) : of));
  const [only, ...others] = all;
  return only !== undefined && others.length === 0 ? only : { sum: sorted(all) };
}

/** `-a*b` is `a*-b`: a product has one number. */
function negated(of: Json): Json {
  if (typeof of !== "object" || of === null) return { negative: of };
  if ("product" in of && typeof of.times === "number") return { ...of, times: -of.times };
  return new Product(of).form(-1);
}

/** Longer products are not taken apart. */
const mostFactors = 1000;

/** Factors above and below the line; but for numbers nothing is cancelled, so that what is 0/0 stays so. */
class Product {
  readonly #factors: Json[] = [];
  readonly #divisors: Json[] = [];
  #times = 1;

  constructor(json: Json) {
    this.#add(json, false);
  }

  form(sign = 1): Json {
    const [only, ...others] = this.#factors;
    const times = sign * this.#times;
    if (only !== undefined && others.length + this.#divisors.length === 0 && times === 1) return only;
    if (only === undefined && this.#divisors.length === 0) return { num: times };
    const unit = unitOf(only);
    if (unit !== undefined && others.length + this.#divisors.length === 0) return { num: times, ...unit };
    return { product: sorted(this.#factors), over: sorted(this.#divisors), times };
  }

  #add(part: Json, below: boolean): void {
    const { op, args } = operationOf(part);
    const [left, right] = args;
    const power = op === "^" && right !== undefined ? wholePower(right) : undefined;
    if ((op === "*" || op === "/") && left !== undefined && right !== undefined) {
      this.#add(left, below);
      this.#add(right, op === "/" ? !below : below);
    } else if (power !== undefined && left !== undefined) {
      for (let i = 0; i < Math.abs(power); i++) this.#add(left, power < 0 ? !below : below);
    } else {
      this.#addOrdered(op === "^" ? { op, args: args.map(ordered) } : ordered(part), below);
    }
  }

  #addOrdered(form: Json, below: boolean): void {
    if (this.#factors.length + this.#divisors.length > mostFactors) throw new TooLong();
    const number = numberOf(form);
    if (number !== undefined && this.#multiply(number.num, below)) {
      const { dimension } = number;
      if (dimension !== undefined) (below ? this.#divisors : this.#factors).push({ dimension });
      return;
    }
    if (typeof form === "object" && form !== null && "product" in form && typeof form.times === "number") {
      if (this.#multiply(form.times, below)) {
        (below ? this.#divisors : this.#factors).push(...partsOf(form.product));
        (below ? this.#factors : this.#divisors).push(...partsOf(form.over));
        return;
      }
    }
    (below ? this.#divisors : this.#factors).push(form);
  }

  /** False where the product would be no number or lose the others. */
  #multiply(number: number, below: boolean): boolean {
    const times = below ? this.#times / number : this.#times * number;
    if (!Number.isFinite(times) || Math.abs(times) < smallestNumber) return false;
    this.#times = times;
    return true;
  }
}

/** Smaller numbers lose digits. */
const smallestNumber = 1e-290;

/** A number, whose dimension is a factor of its own. */
function numberOf(json: Json): { readonly num: number; readonly dimension?: Json } | undefined {
  if (typeof json !== "object" || json === null || !("num" in json)) return undefined;
  const { num, dimension } = json;
  if (typeof num !== "number") return undefined;
  return dimension === undefined ? { num } : { num, dimension };
}

function unitOf(json: Json | undefined): { readonly dimension: Json } | undefined {
  if (typeof json !== "object" || json === null || Object.keys(json).length !== 1) return undefined;
  return "dimension" in json && json.dimension !== undefined ? { dimension: json.dimension } : undefined;
}

const partsOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? json : []);

function operationOf(json: Json): { readonly op: string; readonly args: readonly Json[] } {
  if (typeof json !== "object" || json === null || !("op" in json)) return { op: "", args: [] };
  return { op: String(json.op), args: partsOf(json.args) };
}

function wholePower(exponent: Json): number | undefined {
  const { num, dimension } = numberOf(exponent) ?? { num: 0 };
  if (dimension !== undefined) return undefined;
  return Number.isInteger(num) && num !== 0 && Math.abs(num) <= largestPower ? num : undefined;
}

/** In an order that a rounding does not change. */
function sorted(items: readonly Json[]): readonly Json[] {
  return items
    .map((item) => [canonical(blurred(item)), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

function blurred(json: Json): Json {
  if (typeof json === "number") return Number(json.toPrecision(10));
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(blurred);
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, blurred(part)]));
}
