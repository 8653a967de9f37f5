/** Expressions as LaTeX, with no more parentheses than a reader needs. */
import { level, levelOf } from "../../grammar/precedence.ts";
import type { BinaryExpr, Expr, IfExpr, NumberExpr, Path, RangeExpr } from "../../grammar/syntax.ts";
import { callText, inParentheses } from "./call.ts";
import type { Names } from "./names.ts";
import { flavorSymbol, latexText, type MathSymbol, printSymbol, symbolOf, unitSymbol } from "./symbols.ts";

/** An expression in the middle of a formula. */
export function latexOf(e: Expr, names: Names): string {
  switch (e.kind) {
    case "path":
      return pathText(e, names);
    case "number":
      return numberText(e);
    case "string":
      return `\\text{${latexText(e.value)}}`;
    case "uncertain":
      return `${operand(e.value, level.sum, names)} \\pm ${operand(e.error, level.sum, names)}`;
    case "unary":
      return e.operator === "not"
        ? `\\neg ${operand(e.operand, level.sign, names)}`
        : `${e.operator}${operand(e.operand, level.product, names)}`;
    case "binary":
      return binaryText(e, names);
    case "if":
      return casesText(e, names);
    case "index":
      return printSymbol(indexed(names.symbol(e.of), e.items));
    case "call":
      return callText(e, names, latexOf);
    case "range":
      return rangeText(e, names);
    case "list":
      return `\\left[${e.items.map((item) => latexOf(item, names)).join(", ")}\\right]${unitBehind(e.unit)}`;
    case "map":
      return `\\{${e.entries.map(({ key, value }) => `${printSymbol(symbolOf(key.text))}: ${latexOf(value, names)}`).join(",\\ ")}\\}`;
    case "sequence":
      return e.items.map((item) => latexOf(item, names)).join(",\\ ");
    case "missing":
      return "";
  }
}

/** Terms of a sum, each with its sign, for whoever breaks a long one into lines. */
export function termsOf(e: Expr, names: Names): readonly string[] {
  if (e.kind !== "binary" || (e.operator !== "+" && e.operator !== "-")) return [latexOf(e, names)];
  const text = operand(e.right, e.operator === "-" ? level.product : level.sum, names);
  const chain = e.left.kind === "binary" && (e.left.operator === "+" || e.left.operator === "-");
  const before = chain ? termsOf(e.left, names) : [operand(e.left, level.sum, names)];
  return [...before, `${e.operator} ${text.startsWith("-") ? inParentheses(text) : text}`];
}

/** A symbol with indices of flavour: those of its name, but digits, go up to make room. */
export function indexed(symbol: MathSymbol, items: readonly Path[]): MathSymbol {
  const flavors = items.map(({ parts }) => flavorSymbol(parts.map(({ text }) => text).join("_"))).join(" ");
  const { base, sub, sup } = symbol;
  if (sub === undefined) return { base, sub: flavors, ...(sup === undefined ? {} : { sup }) };
  if (sub === "\\nu" && items.length === 1) return { base, sub: `\\nu_{${flavors}}` };
  if (sup !== undefined || /^[0-9A-Z]+$/.test(sub))
    return { base, sub: `${sub},${flavors}`, ...(sup === undefined ? {} : { sup }) };
  return { base, sub: flavors, sup: sub };
}

function pathText(path: Path, names: Names): string {
  const text = path.parts.map((part) => part.text).join(".");
  if (names.isUnit(text)) return unitSymbol(text);
  return printSymbol(names.symbol(path));
}

function numberText({ text, percent, unit }: NumberExpr): string {
  const [digits = "", exponent] = text.toLowerCase().split("e");
  const power = exponent === undefined ? "" : `10^{${Number(exponent)}}`;
  const number = power === "" ? digits : Number(digits) === 1 ? power : `${digits} \\times ${power}`;
  return `${number}${percent ? "\\%" : ""}${unitBehind(unit)}`;
}

function unitBehind(unit: NumberExpr["unit"]): string {
  return unit === undefined ? "" : `\\,${unitSymbol(unit.name.text, unit.power)}`;
}

/** An operand, in parentheses where it binds more loosely than its place allows. */
function operand(e: Expr, least: number, names: Names): string {
  const text = latexOf(e, names);
  return levelOf(e) < least || e.kind === "if" ? inParentheses(text) : text;
}

const relations: Readonly<Record<string, string>> = {
  "<": "<",
  "<=": "\\le",
  ">": ">",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
  and: "\\ \\text{and}\\ ",
  or: "\\ \\text{or}\\ ",
};

function binaryText(e: BinaryExpr, names: Names): string {
  switch (e.operator) {
    case "+":
    case "-":
      return termsOf(e, names).join(" ");
    case "*":
    case "/":
      return productText(e, names);
    case "^":
      return powerText(e, names);
    default: {
      const least = e.operator === "and" ? level.and : e.operator === "or" ? level.or : level.sum;
      return `${operand(e.left, least, names)} ${relations[e.operator]} ${operand(e.right, least, names)}`;
    }
  }
}

/** `a*b/c*d` is a fraction ab/c times d. */
interface Group {
  readonly over: Expr[];
  readonly under: Expr[];
}

function productText(e: BinaryExpr, names: Names): string {
  const groups: Group[] = [];
  const add = (one: Expr, under: boolean): void => {
    const last = groups.at(-1);
    // A number begins a fraction of its own: x*4/3 is x times four thirds.
    const apart = one.kind === "number" && last?.over.some(({ kind }) => kind !== "number") === true;
    if (last === undefined || (!under && (last.under.length > 0 || apart)))
      groups.push({ over: [one], under: [] });
    else (under ? last.under : last.over).push(one);
  };
  const walk = (one: Expr, under: boolean): void => {
    if (!under && one.kind === "binary" && (one.operator === "*" || one.operator === "/")) {
      walk(one.left, false);
      if (one.operator === "*" && one.right.kind === "binary" && one.right.operator === "*")
        walk(one.right, false);
      else add(one.right, one.operator === "/");
    } else add(one, under);
  };
  walk(e, false);
  const sign = signTaken(groups[0]!);
  const whole = { first: true, last: true };
  const part = (factors: readonly Expr[]): string =>
    factors.length === 1 ? latexOf(factors[0]!, names) : factorsText(factors, whole, names);
  return `${sign}${juxtaposed(
    groups.map(({ over, under }, i) =>
      under.length === 0
        ? factorsText(over, { first: i === 0, last: i === groups.length - 1 }, names)
        : `\\frac{${part(over)}}{${part(under)}}`,
    ),
  )}`;
}

/** `-1/2*x` is minus a half of x: the sign stands before the fraction. */
function signTaken({ over }: Group): string {
  const [first] = over;
  if (first?.kind !== "unary" || first.operator === "not" || over.length === 0) return "";
  over[0] = first.operand;
  return first.operator;
}

/** Where factors stand in their product. */
interface Place {
  readonly first: boolean;
  readonly last: boolean;
}

/** A sign stands before the first factor only; a sum over an index and an integral reach as far as the product goes. */
function factorsText(factors: readonly Expr[], { first, last }: Place, names: Names): string {
  return juxtaposed(
    factors.map((one, i) => {
      const leads = first && i === 0;
      const open = isOpen(one) && !(last && i === factors.length - 1);
      const signed = one.kind === "unary" && !leads;
      if (open || signed) return inParentheses(latexOf(one, names));
      return operand(one, one.kind === "unary" ? level.sign : level.product, names);
    }),
  );
}

/** Nothing ends it: what stands behind it seems to belong to it. */
const isOpen = (e: Expr): boolean =>
  e.kind === "call" && e.callee.parts.length === 1 && ["sum", "integral"].includes(e.callee.parts[0]!.text);

function juxtaposed(factors: readonly string[]): string {
  return factors.reduce((before, factor) => {
    const dotted = /^[\d.]/.test(factor) || (/\d$/.test(before) && /^\\frac\{\d/.test(factor));
    return `${before}${dotted ? " \\cdot " : "\\,"}${factor}`;
  });
}

function powerText({ left, right }: BinaryExpr, names: Names): string {
  const half = right.kind === "binary" && isNumber(right.left, "1") && isNumber(right.right, "2");
  if (half && right.operator === "/") return `\\sqrt{${latexOf(left, names)}}`;
  const exponent = latexOf(right, names).replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, "$1/$2");
  if (left.kind === "call") return callText(left, names, latexOf, exponent);
  const text = latexOf(left, names);
  const measured = left.kind === "number" && (left.unit !== undefined || /e/i.test(left.text));
  const bracketed = levelOf(left) < level.atom || measured || /\^/.test(text);
  return `${bracketed ? inParentheses(text) : text}^{${exponent}}`;
}

const isNumber = (e: Expr, text: string): boolean =>
  e.kind === "number" && e.text === text && e.unit === undefined;

function casesText(e: IfExpr, names: Names): string {
  const rows: string[] = [];
  let rest: Expr = e;
  while (rest.kind === "if") {
    rows.push(`${latexOf(rest.then, names)} & \\text{if } ${latexOf(rest.condition, names)}`);
    rest = rest.else;
  }
  rows.push(`${latexOf(rest, names)} & \\text{otherwise}`);
  return `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`;
}

function rangeText({ low, high, step }: RangeExpr, names: Names): string {
  const every = step === undefined ? "" : `\\text{ in steps of }${latexOf(step, names)}`;
  return `${latexOf(low, names)} \\ldots ${latexOf(high, names)}${every}`;
}
