/** Calls of functions as LaTeX: those of the language by their usual signs, others by their names. */
import type { CallExpr, Expr } from "../../grammar/syntax.ts";
import { signatures } from "../../runtime/signatures.ts";
import type { Names } from "./names.ts";
import { flavorSymbol, latexText, printSymbol, symbolOf } from "./symbols.ts";

type Print = (e: Expr, names: Names) => string;

/** Functions that LaTeX has a command for, or that have a sign of their own. */
const signs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max"].map((one) => [one, `\\${one}`]),
  ),
  log: "\\ln",
  asin: "\\arcsin",
  acos: "\\arccos",
  atan: "\\arctan",
  log10: "\\log_{10}",
  lgamma: "\\ln\\Gamma",
  gammainc: "P",
  gammaincc: "Q",
  j0: "j_0",
  j1: "j_1",
  normal_pdf: "\\mathcal{N}",
  digamma: "\\psi",
  trigamma: "\\psi_1",
  delta: "\\delta",
};

const builtIn: ReadonlySet<string> = new Set(signatures.map(({ name }) => name));

/** The formula, its variable and its limits, of a sum, an integral or a root. */
interface Bound {
  readonly body: Expr;
  readonly variable: string;
  readonly low?: Expr;
  readonly high?: Expr;
}

/** A call, raised to a power where there is one: that stands between name and arguments. */
export function callText(e: CallExpr, names: Names, print: Print, power?: string): string {
  const name = e.callee.parts.map((part) => part.text).join(".");
  const bound = boundOf(e, name);
  if (bound !== undefined) return raisedWhole(boundText(name, bound, names, print), power);
  const args = e.args.map(({ value }) => print(value, names));
  const [only = ""] = args;
  if (args.length === 1 && name === "sqrt") return raisedWhole(`\\sqrt{${only}}`, power);
  if (args.length === 1 && name === "abs")
    return `\\left|${only}\\right|${power === undefined ? "" : `^{${power}}`}`;
  if (args.length === 1 && name === "exp" && power === undefined && !/\\frac|\\begin/.test(only))
    return `e^{${only}}`;
  const named = e.args.map(({ name: key, value }) =>
    key === undefined ? print(value, names) : `${printSymbol(symbolOf(key.text))} = ${print(value, names)}`,
  );
  return `${headText(e, name, names, power)}${inParentheses(named.join(", "))}`;
}

/** In parentheses that are as tall as what is in them. */
export function inParentheses(text: string): string {
  return /\\(?:frac|sum|int|begin|left|sqrt|operatorname\*)|\^/.test(text)
    ? `\\left(${text}\\right)`
    : `(${text})`;
}

function raisedWhole(text: string, power: string | undefined): string {
  return power === undefined ? text : `${inParentheses(text)}^{${power}}`;
}

function headText(e: CallExpr, name: string, names: Names, power: string | undefined): string {
  const raised = power === undefined ? "" : `^{${power}}`;
  const sign = name === "exp" ? "\\exp" : signs[name];
  if (sign !== undefined) return `${sign}${raised}`;
  if (builtIn.has(name) && name.includes("_")) return `\\operatorname{${latexText(name)}}${raised}`;
  const symbol = names.symbol(e.callee);
  const index = e.index?.map(({ parts }) => flavorSymbol(parts.map(({ text }) => text).join("_"))).join(" ");
  const sub = [symbol.sub, index].filter((one) => one !== undefined && one !== "").join(",");
  const base = symbol.base.replace(/^\\mathrm\{/, "\\operatorname{");
  const head = printSymbol({ ...symbol, base, ...(sub === "" ? {} : { sub }) });
  return symbol.sup !== undefined && power !== undefined
    ? `\\left(${head}\\right)${raised}`
    : `${head}${raised}`;
}

function boundOf({ args }: CallExpr, name: string): Bound | undefined {
  if (!["sum", "integral", "root"].includes(name) || args.length !== 2) return undefined;
  const [body, over] = args;
  if (body === undefined || over?.name === undefined) return undefined;
  const variable = over.name.text;
  if (over.value.kind !== "range") return { body: body.value, variable };
  return { body: body.value, variable, low: over.value.low, high: over.value.high };
}

function boundText(name: string, { body, variable, low, high }: Bound, names: Names, print: Print): string {
  const inner = names.within([variable]);
  const x = low === undefined ? flavorSymbol(variable) : printSymbol(inner.symbol(pathOf(variable, body)));
  const text = print(body, inner);
  const sum = body.kind === "binary" && (body.operator === "+" || body.operator === "-");
  const whole = sum ? inParentheses(text) : text;
  const from = low === undefined ? "" : print(low, names);
  const to = high === undefined ? "" : print(high, names);
  if (name === "integral") return `\\int_{${from}}^{${to}} ${whole}\\,\\mathrm{d}${x}`;
  if (name === "root") return `\\operatorname*{root}_{${from} \\le ${x} \\le ${to}}\\left(${text}\\right)`;
  return low === undefined ? `\\sum_{${x}} ${whole}` : `\\sum_{${x}=${from}}^{${to}} ${whole}`;
}

const pathOf = (text: string, { span }: Expr) => ({ kind: "path" as const, parts: [{ text, span }], span });
