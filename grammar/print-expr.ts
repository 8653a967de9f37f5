/**
 * Expressions as text, with no more parentheses than they need.
 */
import {
  bracketed,
  fill,
  flat,
  group,
  indent,
  join,
  type Layout,
  line,
  softLine,
  whenBroken,
} from "./layout.ts";
import { level, levelOf, levelOfOperator } from "./precedence.ts";
import type { Argument, BinaryExpr, Expr, ListExpr, MapExpr, NumberExpr, Path, RangeExpr } from "./syntax.ts";

/** How a text literal is written; the formatter keeps what stands in the source. */
export type Quote = (text: string, span: { readonly start: number; readonly end: number }) => string;

/** A text in quotes; a text has no line breaks, so they become blanks. */
export const quote: Quote = (text) =>
  `"${text.replaceAll(/\s*[\n\r]+\s*/g, " ").replaceAll(/"|\\(?=["\\]|$)/g, "\\$&")}"`;

/** An expression on one line. */
export const printExpr = (e: Expr): string => flat(layExpr(e, quote));

/** An expression that may be broken over lines. */
export function layExpr(e: Expr, quoted: Quote): Layout {
  switch (e.kind) {
    case "path":
      return pathText(e);
    case "number":
      return numberText(e);
    case "string":
      return quoted(e.value, e.span);
    case "uncertain":
      return join(inner(e.value, level.or, quoted), " +- ", inner(e.error, level.or, quoted));
    case "unary":
      return laySigned(e.operator, e.operand, quoted);
    case "binary":
      return layBinary(e, quoted);
    case "if":
      return layCondition(e, quoted);
    case "index":
      return `${pathText(e.of)}[${e.items.map(pathText).join(", ")}]`;
    case "call": {
      const index = e.index === undefined ? "" : `[${e.index.map(pathText).join(", ")}]`;
      return join(
        pathText(e.callee),
        index,
        bracketed(
          "(",
          e.args.map((a) => layArgument(a, quoted)),
          ")",
        ),
      );
    }
    case "range":
      return layRange(e, quoted);
    case "list":
      return layList(e, quoted);
    case "map":
      return layMap(e, quoted);
    case "sequence":
      return fill(e.items.map((item) => inner(item, level.range, quoted)));
    case "missing":
      return "";
  }
}

export const pathText = (path: Path): string => path.parts.map((part) => part.text).join(".");

function unitText(unit: NumberExpr["unit"]): string {
  if (unit === undefined) return "";
  return unit.power === 1 ? ` ${unit.name.text}` : ` ${unit.name.text}^${unit.power}`;
}

const numberText = (e: NumberExpr): string => `${e.text}${e.percent ? "%" : ""}${unitText(e.unit)}`;

/** An operand: in parentheses if it binds more loosely than its place allows. */
function inner(e: Expr, least: number, quoted: Quote): Layout {
  const layout = layExpr(e, quoted);
  const loose = levelOf(e) < least || e.kind === "sequence";
  return loose ? group(join("(", indent(join(softLine, layout)), softLine, ")")) : layout;
}

function laySigned(operator: "-" | "+" | "not", operand: Expr, quoted: Quote): Layout {
  if (operator === "not") return join("not ", inner(operand, level.not, quoted));
  // `- -x` would do, but `-(-x)` is easier to read.
  return join(operator, inner(operand, level.power, quoted));
}

const tight: ReadonlySet<BinaryExpr["operator"]> = new Set(["*", "/", "^"]);

/** A row of operators of one level is broken before all of them or none. */
/** `1/(2 fm)`: without the parentheses a reader takes the unit for that of the whole quotient. */
function hasUnitBelow(operator: BinaryExpr["operator"], right: Expr): boolean {
  return operator === "/" && right.kind === "number" && right.unit !== undefined;
}

function layBinary(e: BinaryExpr, quoted: Quote): Layout {
  const own = levelOfOperator(e.operator);
  if (own === level.power) {
    return join(layBase(e.left, quoted), "^", inner(e.right, level.sign, quoted));
  }
  const rest: Layout[] = [];
  let first: Expr = e;
  while (first.kind === "binary" && levelOfOperator(first.operator) === own) {
    const operator = first.operator;
    const gap = tight.has(operator) ? softLine : line;
    const right = hasUnitBelow(operator, first.right)
      ? join("(", layExpr(first.right, quoted), ")")
      : inner(first.right, own + 1, quoted);
    rest.push(join(gap, operator, tight.has(operator) ? "" : " ", right));
    first = first.left;
    if (own === level.comparison) break;
  }
  return group(
    join(inner(first, own === level.comparison ? own + 1 : own, quoted), indent(join(...rest.reverse()))),
  );
}

/** An expression where a condition or a range needs parentheses, such as a type. */
export const layChain = (e: Expr, quoted: Quote): Layout => inner(e, level.uncertain, quoted);

/** In `(1 eV)^2` the power is not one of the unit. */
function layBase(base: Expr, quoted: Quote): Layout {
  const measured = (base.kind === "number" || base.kind === "list") && base.unit !== undefined;
  return inner(base, measured ? level.atom + 1 : level.atom, quoted);
}

function layCondition(e: Extract<Expr, { kind: "if" }>, quoted: Quote): Layout {
  return group(
    join(
      "if ",
      inner(e.condition, level.uncertain, quoted),
      indent(join(line, "then ", inner(e.then, level.condition, quoted))),
      indent(join(line, "else ", inner(e.else, level.condition, quoted))),
    ),
  );
}

export function layRange(e: RangeExpr, quoted: Quote): Layout {
  const step = e.step === undefined ? "" : join(" step ", inner(e.step, level.uncertain, quoted));
  return join(inner(e.low, level.uncertain, quoted), " .. ", inner(e.high, level.uncertain, quoted), step);
}

function layArgument(argument: Argument, quoted: Quote): Layout {
  const value = inner(argument.value, level.range, quoted);
  return argument.name === undefined ? value : join(argument.name.text, " = ", value);
}

/** A list of plain values fills its lines; a list of lists has one a line. */
function layList(e: ListExpr, quoted: Quote): Layout {
  const items = e.items.map((item) => inner(item, level.range, quoted));
  const unit = unitText(e.unit);
  if (items.length === 0 || e.items.some((item) => item.kind === "list" || item.kind === "map")) {
    return join(bracketed("[", items, "]"), unit);
  }
  return join(group(join("[", indent(join(softLine, fill(items), whenBroken(","))), softLine, "]")), unit);
}

function layMap(e: MapExpr, quoted: Quote): Layout {
  const entries = e.entries.map(({ key, value }) => join(key.text, ": ", inner(value, level.range, quoted)));
  return bracketed("{", entries, "}", line);
}
