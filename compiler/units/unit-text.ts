/** Units as text outside the grammar: of constants, table columns and outputs (`cm^2/MeV`, `1/(keV kg day)`). */
import { type Exact, inverse, multiplyExact, one, powerExact, toNumber } from "./decimal.ts";
import { type Dimension, divide, formatProduct, multiply, naturallyEqual, none, power } from "./dimension.ts";
import { canonicalUnits, exactInternalFactor, findUnit, internalFactor } from "./units.ts";

export interface ParsedUnit {
  readonly dimension: Dimension;
  /** Exactly, in canonical units of the dimension. */
  readonly factor: Exact;
  readonly factorToCanonical: number;
  /** In powers of MeV, hbar = c = 1. */
  readonly factorToInternal: number;
}

export type UnitTextProblem =
  | { readonly problem: "malformed" }
  | { readonly problem: "unknown-unit"; readonly name: string };

interface Term {
  readonly dimension: Dimension;
  readonly factor: Exact;
}

const tokenPattern = /\s*(?:([A-Za-z_][A-Za-z_0-9]*|1)(?:\s*\^\s*([+-]?\d{1,2}))?|([*/()]))/y;
const MAX_DEPTH = 20;

type Token =
  | { readonly kind: "unit"; readonly name: string; readonly power: number }
  | { readonly kind: "*" | "/" | "(" | ")" };

/** Reads products, quotients (from left to right), integer powers and parentheses; a space multiplies. */
export function parseUnitText(text: string): ParsedUnit | UnitTextProblem {
  const tokens = tokenize(text);
  if (tokens === undefined) return { problem: "malformed" };
  const result = parseProduct(tokens, 0, 0);
  if ("problem" in result) return result;
  if (result.next !== tokens.length) return { problem: "malformed" };
  const { dimension, factor } = result.term;
  const toInternal = exactInternalFactor(dimension);
  const factorToCanonical = toNumber(factor);
  const factorToInternal =
    toInternal === undefined
      ? factorToCanonical * internalFactor(dimension)
      : toNumber(multiplyExact(factor, toInternal));
  return { dimension, factor, factorToCanonical, factorToInternal };
}

function tokenize(text: string): readonly Token[] | undefined {
  const source = text.trim();
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const match = tokenPattern.exec(source);
    if (match === null) return undefined;
    const [, name, exponent = "1", sign] = match;
    if (name !== undefined) tokens.push({ kind: "unit", name, power: Number(exponent) });
    else if (sign === "*" || sign === "/" || sign === "(" || sign === ")") tokens.push({ kind: sign });
  }
  return tokens;
}

type Parsed = { readonly term: Term; readonly next: number } | UnitTextProblem;

function parseProduct(tokens: readonly Token[], start: number, depth: number): Parsed {
  const first = parseFactor(tokens, start, depth);
  if ("problem" in first) return first;
  let { term, next } = first;
  for (let token = tokens[next]; token !== undefined && token.kind !== ")"; token = tokens[next]) {
    const operator = token.kind === "*" || token.kind === "/" ? token.kind : "";
    const factor = parseFactor(tokens, next + operator.length, depth);
    if ("problem" in factor) return factor;
    term = operator === "/" ? quotient(term, factor.term) : product(term, factor.term);
    next = factor.next;
  }
  return { term, next };
}

function parseFactor(tokens: readonly Token[], start: number, depth: number): Parsed {
  const token = tokens[start];
  if (token?.kind === "unit") {
    const term = termOf(token.name, token.power);
    return "problem" in term ? term : { term, next: start + 1 };
  }
  if (token?.kind !== "(" || depth >= MAX_DEPTH) return { problem: "malformed" };
  const inner = parseProduct(tokens, start + 1, depth + 1);
  if ("problem" in inner) return inner;
  return tokens[inner.next]?.kind === ")"
    ? { term: inner.term, next: inner.next + 1 }
    : { problem: "malformed" };
}

function termOf(name: string, exponent: number): Term | UnitTextProblem {
  if (name === "1") return { dimension: none, factor: one };
  const unit = findUnit(name);
  if (unit === undefined) return { problem: "unknown-unit", name };
  const factor = powerExact(unit.factor, exponent);
  return factor === undefined
    ? { problem: "malformed" }
    : { dimension: power(unit.dimension, exponent), factor };
}

function product(a: Term, b: Term): Term {
  return { dimension: multiply(a.dimension, b.dimension), factor: multiplyExact(a.factor, b.factor) };
}

function quotient(a: Term, b: Term): Term {
  return { dimension: divide(a.dimension, b.dimension), factor: multiplyExact(a.factor, inverse(b.factor)) };
}

/** A unit to print values in: divide an internal value by `factorToInternal`. */
export interface DisplayUnit {
  /** Empty for a pure number. */
  readonly text: string;
  readonly factorToInternal: number;
}

/** Units that people use for a dimension where the product of canonical ones would look odd. */
const customary: readonly string[] = ["cm^2", "1/(cm^2 s)", "MW", "1/s", "cm^2/MeV", "keVnr", "keVee"];

/**
 * The unit to print a dimension in: the preferred one when it fits (up to hbar = c = 1), else the customary one,
 * else the product of canonical units.
 */
export function displayUnit(d: Dimension, preferred?: string): DisplayUnit {
  if (preferred !== undefined) {
    const parsed = parseUnitText(preferred);
    if (!("problem" in parsed) && naturallyEqual(parsed.dimension, d)) {
      return { text: preferred, factorToInternal: parsed.factorToInternal };
    }
  }
  for (const text of customary) {
    const parsed = parseUnitText(text);
    if (!("problem" in parsed) && parsed.dimension === d)
      return { text, factorToInternal: parsed.factorToInternal };
  }
  const text = formatProduct(d, (name) => canonicalUnits[name]) ?? "";
  return { text, factorToInternal: internalFactor(d) };
}
