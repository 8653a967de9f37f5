import { changes, replacement, safely } from "../../grammar/fixes.ts";
import { printExpr } from "../../grammar/print-expr.ts";
import type { Expr, Fix, RangeExpr, Statement } from "../../grammar/syntax.ts";
import { diagnostic, type Extra } from "../diagnostics/diagnostic.ts";
import type { Declaration } from "../model/model.ts";
import { fieldsOf } from "../model/model.ts";
import { type Dimension, describe, displayUnit, findUnit, readQuantity } from "../units/index.ts";
import { fits } from "./context.ts";
import { elaborateQuantity, type Site } from "./expression.ts";
import { endInUnit } from "./functions.ts";
import { asFlavor, flavors, type QuantityValue } from "./value.ts";

/** A parameter of the model: one number that an analysis may change. Numbers are in internal units. */
export interface Parameter {
  /** `Cs133.Rn`, `MagneticMoment.mu_nu[e]`. */
  readonly name: string;
  readonly owner: string;
  readonly dimension: Dimension;
  /** The unit that the spec writes it in, for people. */
  readonly unit: string;
  /** Internal value of one unit. */
  readonly factor: number;
  readonly value: number;
  readonly sigma?: number;
  readonly range: readonly [number, number];
  readonly log: boolean;
  readonly doc: string;
  readonly statement: Statement;
}

/** All parameters of one `parameter` statement: one, one per flavour, or a symmetric matrix. */
export function parametersOf(declaration: Declaration, site: Site): readonly Parameter[] {
  return fieldsOf(declaration, "parameter").flatMap((statement) =>
    parameterFamily(declaration.name, statement, site),
  );
}

export function parameterFamily(owner: string, statement: Statement, site: Site): readonly Parameter[] {
  const base = readParameter(owner, statement, site);
  if (base === undefined) return [];
  return keysOf(statement).map((key) => (key === "" ? base : { ...base, name: `${base.name}[${key}]` }));
}

/** `""`, or `e`, `mu`, `tau`, or the pairs of a symmetric matrix `e,e` … `tau,tau`. */
export function keysOf(statement: Statement): readonly string[] {
  const names = statement.index?.names ?? [];
  const options = names.map(({ text }) => {
    const fixed = asFlavor(text);
    return fixed === undefined ? flavors : [fixed];
  });
  const [first, second] = options;
  if (first === undefined) return [""];
  if (second === undefined) return first;
  return first.flatMap((a, i) => second.slice(i).map((b) => `${a},${b}`));
}

/** The key under which a symmetric family keeps a pair. */
export function symmetricKey(key: string): string {
  const [a, b] = key.split(",");
  if (a === undefined || b === undefined) return key;
  const rank = (text: string): number => [...flavors].map(String).indexOf(text);
  return rank(a) <= rank(b) ? key : `${b},${a}`;
}

function readParameter(owner: string, statement: Statement, site: Site): Parameter | undefined {
  const label = statement.label?.parts[0];
  const expr = statement.assign?.value;
  if (label === undefined || expr === undefined) return undefined;
  const center = elaborateQuantity(centerOf(expr), site);
  const error = expr.kind === "uncertain" ? elaborateQuantity(expr.error, site) : undefined;
  if (center === undefined || (expr.kind === "uncertain" && error === undefined)) return undefined;
  const dimension = dimensionFrom(center, statement, site);
  const number = numberOf(center, expr, site);
  if (number === undefined) return undefined;
  const unit = unitOf(statement, dimension);
  const name = `${owner}.${label.text}`;
  const sigma =
    expr.kind === "uncertain" && error !== undefined
      ? sigmaOf(name, expr, number, center, error, site)
      : undefined;
  const range = rangeOf(name, statement, dimension, site);
  reportOutside({ name, range, unit: unit.text, factor: unit.factor }, number, expr, site);
  return {
    name,
    owner,
    dimension,
    unit: unit.text,
    factor: unit.factor,
    value: number,
    ...(sigma === undefined ? {} : { sigma }),
    range,
    log: statement.clauses.some((clause) => clause.kind === "log"),
    doc: statement.doc?.text ?? statement.note?.text ?? "",
    statement,
  };
}

/** Reports a value that the range of the parameter does not hold. */
export function reportOutside(
  { name, range, unit, factor }: Pick<Parameter, "name" | "range" | "unit" | "factor">,
  value: number | undefined,
  { span }: Expr,
  { context }: Site,
): void {
  if (value === undefined || (value >= range[0] && value <= range[1])) return;
  const text = (x: number): string => `${Number((x / factor).toPrecision(6))} ${unit}`.trim();
  const shown = { parameter: name, found: text(value), range: `${text(range[0])} .. ${text(range[1])}` };
  context.report(diagnostic("SV1411", span, shown));
}

/** The value of `4.821 +- 0.005 fm`: the unit behind the error is also that of a bare value. */
export function centerOf(expr: Expr): Expr {
  if (expr.kind !== "uncertain") return expr;
  const { value, error } = expr;
  const bare = value.kind === "number" && value.unit === undefined && !value.percent;
  return bare && error.kind === "number" && error.unit !== undefined ? { ...value, unit: error.unit } : value;
}

function dimensionFrom(value: QuantityValue, statement: Statement, site: Site): Dimension {
  if (value.zero !== true) return value.dimension;
  const range = statement.clauses.find((clause) => clause.kind === "in")?.range;
  const high = range === undefined ? undefined : elaborateQuantity(range.high, site);
  return high?.dimension ?? value.dimension;
}

export function numberOf(value: QuantityValue, expr: Expr, site: Site): number | undefined {
  if (value.node.op === "number") return value.node.value;
  site.context.report(diagnostic("SV1211", expr.span, { found: "a formula that is not constant" }));
  return undefined;
}

/** The absolute standard deviation of `value +- error`; a percentage is relative to the value. */
export function sigmaOf(
  name: string,
  expr: Expr & { kind: "uncertain" },
  center: number,
  value: QuantityValue,
  error: QuantityValue,
  site: Site,
): number | undefined {
  const width = numberOf(error, expr.error, site);
  if (width === undefined) return undefined;
  if (!(width > 0)) {
    const parameters = { field: name, found: String(width) };
    const fixes = [withoutError(expr)];
    site.context.report(diagnostic("SV1412", expr.error.span, parameters, { fixes }));
    return undefined;
  }
  const relative = expr.error.kind === "number" && expr.error.percent;
  if (relative && center !== 0) return Math.abs(center) * width;
  if (!fits(error.dimension, value.dimension, "strict") && value.zero !== true) {
    const parameters = { left: describe(value.dimension), right: describe(error.dimension) };
    site.context.report(diagnostic("SV1216", expr.span, parameters));
    return undefined;
  }
  return width;
}

/** The value alone, with the unit that stands behind its error. */
function withoutError({ value, error, span }: Expr & { kind: "uncertain" }): Fix {
  const center = centerOf({ kind: "uncertain", value, error, span });
  return replacement(span, printExpr(center), "leave the error out");
}

/** For a range that falls; one between equal ends cannot be turned. */
export function turned({ low, high }: RangeExpr): Extra {
  const [first, last] = [printExpr(low), printExpr(high)];
  if (first === last) return {};
  const ends = [
    { span: low.span, text: last },
    { span: high.span, text: first },
  ];
  return { help: `write \`${last} .. ${first}\``, fixes: [safely(changes("turn the range", ...ends))] };
}

function rangeOf(
  name: string,
  statement: Statement,
  dimension: Dimension,
  site: Site,
): readonly [number, number] {
  const clause = statement.clauses.find((one) => one.kind === "in");
  const unbounded: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (clause === undefined) return unbounded;
  let failed = false;
  const written = [clause.range.low, clause.range.high];
  const ends = written.map((end) => {
    const value = failed ? undefined : elaborateQuantity(end, site);
    failed ||= value === undefined;
    if (value === undefined) return undefined;
    if (value.zero !== true && !fits(value.dimension, dimension, "strict")) {
      const parameters = { field: name, expected: describe(dimension), found: describe(value.dimension) };
      const extra = endInUnit(end, unitOf(statement, dimension).text, written);
      site.context.report(diagnostic("SV1202", end.span, parameters, extra));
      failed = true;
      return undefined;
    }
    return numberOf(value, end, site);
  });
  const [low, high] = ends;
  if (low === undefined || high === undefined) return unbounded;
  if (low >= high) {
    const unit = unitOf(statement, dimension);
    const text = (x: number): string => `${Number((x / unit.factor).toPrecision(6))} ${unit.text}`.trim();
    const parameters = { low: text(low), high: text(high) };
    site.context.report(diagnostic("SV1409", clause.range.span, parameters, turned(clause.range)));
    return unbounded;
  }
  return [low, high];
}

/** The unit that the default, its error or its range is written in; otherwise the usual one of the dimension. */
export function unitOf(statement: Statement, dimension: Dimension): { text: string; factor: number } {
  const written = statement.assign === undefined ? undefined : literalUnit(statement.assign.value);
  const range = statement.clauses.find((clause) => clause.kind === "in")?.range;
  const chosen = written ?? (range === undefined ? undefined : literalUnit(range.high));
  if (chosen !== undefined && findUnit(chosen.name) !== undefined) {
    const read = readQuantity({ text: "1", unit: chosen });
    const text = chosen.power === 1 ? chosen.name : `${chosen.name}^${chosen.power}`;
    if (typeof read !== "string" && read.dimension === dimension) return { text, factor: read.internal };
  }
  const display = displayUnit(dimension);
  return { text: display.text, factor: display.factorToInternal };
}

function literalUnit(expr: Expr): { name: string; power: number } | undefined {
  if (expr.kind === "number") {
    return expr.unit === undefined ? undefined : { name: expr.unit.name.text, power: expr.unit.power };
  }
  if (expr.kind === "uncertain") return literalUnit(expr.value) ?? literalUnit(expr.error);
  return expr.kind === "unary" ? literalUnit(expr.operand) : undefined;
}
