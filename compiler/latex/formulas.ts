/** The formulas of a declaration, each as LaTeX of a display. */
import type { Expr, Param, Statement } from "../../grammar/syntax.ts";
import { type Declaration, fieldsOf, labelOf, type Model } from "../model/model.ts";
import { indexed, latexOf, termsOf } from "./expression.ts";
import { mediatorFormulas } from "./mediator.ts";
import { type Names, namesOf } from "./names.ts";
import { flavorSymbol, latexText, printSymbol, symbolOf } from "./symbols.ts";

export interface Formula {
  /** One display, without the signs around it. */
  readonly latex: string;
  /** What the doc comment of its statement says. */
  readonly doc?: string;
  readonly cites: readonly string[];
}

/** Fields that hold numbers, names and texts, or whose formulas stand in tables of their own. */
const tabulated = new Set([
  "model",
  "experiments",
  "parameter",
  "input",
  "mediator",
  "mass",
  "Z",
  "A",
  "spin",
  "abundance",
  "atomic_mass",
]);

/** What a declaration says in formulas, in the order of its text. */
export function formulasOf(declaration: Declaration, model: Model): readonly Formula[] {
  const { kind, statement } = declaration;
  const names = namesOf(declaration, model);
  if (kind === "constant" || kind === "function") return ownFormula(declaration, names);
  if (kind === "material" || kind === "table") return [];
  const own = (statement.block?.statements ?? []).filter(({ span }) => isWithin(span, statement.span));
  return [
    ...own.flatMap((one) => fieldFormulas(one, names)),
    ...mediatorFormulas(fieldsOf(declaration, "mediator"), names),
  ];
}

const isWithin = (inner: Statement["span"], outer: Statement["span"]): boolean =>
  inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

function ownFormula({ statement }: Declaration, names: Names): readonly Formula[] {
  const { assign, label, params } = statement;
  if (assign === undefined || label === undefined) return [];
  const head = printSymbol(names.symbol(label));
  if (assign.value.kind !== "map") return [formulaOf(statement, headOf(head, params), names)];
  const rows = assign.value.entries.map(
    ({ key, value }) =>
      `${printSymbol(indexed(names.symbol(label), [pathOf(key.text, value)]))} &= ${latexOf(value, names)}`,
  );
  return [{ latex: aligned(rows), cites: [] }];
}

/** A field with a formula, and those in its block. */
function fieldFormulas(statement: Statement, names: Names, owner = ""): readonly Formula[] {
  if (tabulated.has(statement.keyword.text)) return [];
  const label = labelOf(statement);
  const inner = (statement.block?.statements ?? []).flatMap((one) => fieldFormulas(one, names, label));
  const { value } = statement.assign ?? {};
  if (value === undefined || !isFormula(statement, value)) return inner;
  return [formulaOf(statement, headOfField(statement, names, owner), names), ...inner];
}

/** Fields whose value is a formula even where it is a single name or number. */
const always = new Set([
  "let",
  "charge",
  "dsigma",
  "dsigma_e",
  "gV_e",
  "gA_e",
  "flux",
  "fluence",
  "spectrum",
  "F",
  "tie",
]);

function isFormula({ keyword, params }: Statement, value: Expr): boolean {
  if (["string", "list", "map", "sequence", "uncertain"].includes(value.kind)) return false;
  if (always.has(keyword.text) || params !== undefined) return true;
  return (
    value.kind === "binary" ||
    value.kind === "if" ||
    (value.kind === "call" && keyword.text !== "protons" && keyword.text !== "neutrons")
  );
}

function headOfField(statement: Statement, names: Names, owner: string): string {
  const { keyword, label, params } = statement;
  const items = (statement.index?.names ?? []).map(({ text, span }) => ({
    kind: "path" as const,
    parts: [{ text, span }],
    span,
  }));
  const flavors = items.map(({ parts }) => flavorSymbol(parts[0]?.text ?? ""));
  const sub = statement.index?.arrow === true ? flavors.join(" \\to ") : flavors.join(" ");
  const at = (base: string, index: string): string => (index === "" ? base : `${base}_{${index}}`);
  switch (keyword.text) {
    case "let":
      return headOf(label === undefined ? "" : printSymbol(names.symbol(label)), params);
    case "tie":
    case "fix":
      return label === undefined ? "" : printSymbol(names.symbol(label));
    case "charge":
      return at("Q", flavors.join(" "));
    case "gV_e":
    case "gA_e":
      return `g_{${keyword.text.charAt(1)}${sub === "" ? "" : `,${flavors.join(" ")}`}}^{e}`;
    case "dsigma":
    case "dsigma_e":
      return `\\frac{\\mathrm{d}${at("\\sigma", [keyword.text === "dsigma" ? "" : "e", sub].filter((one) => one !== "").join(","))}}{\\mathrm{d}T}`;
    case "flux":
      return at(items.length === 0 ? "\\phi" : "\\Phi", sub);
    case "fluence":
      return "\\Phi";
    case "spectrum":
    case "arrival":
      return headOf(at(keyword.text === "spectrum" ? "f" : "p", sub), params);
    case "density":
    case "density_e":
      return headOf(keyword.text === "density" ? "p" : "p_e", params);
    default:
      return headOf(
        at(fieldSymbol(keyword.text), owner === "" ? "" : `\\mathrm{${latexText(owner)}}`),
        params,
      );
  }
}

function fieldSymbol(keyword: string): string {
  const { base, sub } = symbolOf(keyword);
  const upright = base.replace(/^\\mathrm\{/, "\\operatorname{");
  return sub === undefined
    ? upright
    : `${upright.replace(/\}$/, "")}${upright.endsWith("}") ? `\\ ${latexText(sub)}}` : ""}`;
}

/** `f(x \mid T)`. */
function headOf(symbol: string, params: readonly Param[] | undefined): string {
  if (params === undefined || params.length === 0) return symbol;
  const name = symbol.replace(/^\\mathrm\{/, "\\operatorname{");
  const print = (given: boolean): string =>
    params
      .filter((one) => one.given === given)
      .map((one) => argument(one))
      .join(", ");
  const given = print(true);
  return `${name}(${print(false)}${given === "" ? "" : ` \\mid ${given}`})`;
}

function argument(param: Param): string {
  const { text } = param.name;
  return isFlavor(param) ? flavorSymbol(text) : printSymbol(symbolOf(text));
}

const isFlavor = ({ type }: Param): boolean => type?.kind === "path" && type.parts[0]?.text === "flavor";

const relations: Readonly<Record<string, string>> = {
  "=": "=",
  "+=": "\\mathrel{+}=",
  "-=": "\\mathrel{-}=",
  "*=": "\\mathrel{\\times}=",
};

function formulaOf(statement: Statement, head: string, names: Names): Formula {
  const { assign, clauses, params, doc, cites } = statement;
  const bindings = clauses.flatMap((one) => (one.kind === "where" ? one.bindings : []));
  const formal = params ?? [];
  const inner = names.within(
    [...formal.map(({ name }) => name.text), ...bindings.map(({ name }) => name.text)],
    [
      ...formal.filter(isFlavor).map(({ name }) => name.text),
      ...(statement.index?.names ?? []).map(({ text }) => text),
    ],
  );
  const relation = relations[assign?.operator ?? "="] ?? "=";
  const terms = assign === undefined ? [] : termsOf(assign.value, inner);
  const domain = clauses.flatMap((one) =>
    one.kind === "for"
      ? [
          `\\text{for } ${latexOf(one.range.low, inner)} \\le ${printSymbol(symbolOf(one.variable.text))} \\le ${latexOf(one.range.high, inner)}`,
        ]
      : [],
  );
  const where = bindings.map(({ name, params: arguments_, value }) => {
    const own = inner.within((arguments_ ?? []).map((one) => one.name.text));
    return `${headOf(printSymbol(symbolOf(name.text)), arguments_)} = ${latexOf(value, own)}`;
  });
  const rows = [
    ...brokenInto(terms).map((line, i) =>
      i === 0 ? `${head} ${relation === "=" ? "&=" : `&${relation}`} ${line}` : `&\\quad ${line}`,
    ),
  ];
  const [first = ""] = rows;
  const tail = [
    ...domain,
    ...where.map((one, i) => `${i === 0 ? "\\text{where } " : "\\phantom{\\text{where } }"}${one}`),
  ];
  const latex =
    rows.length + tail.length === 1
      ? first.replace("&", "")
      : aligned([...rows, ...tail.map((one) => `&\\quad ${one}`)]);
  return { latex, ...(doc === undefined ? {} : { doc: doc.text }), cites: cites.map(({ key }) => key) };
}

/** Lines of a display; a name of several letters counts as many, a command as one. */
const lineWidth = 90;

function brokenInto(terms: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const term of terms) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + widthOf(term) <= lineWidth)
      lines[lines.length - 1] = `${last} ${term}`;
    else lines.push(term);
  }
  return lines;
}

/** Fractions are as wide as the longer of their parts, roughly; commands as one letter. */
function widthOf(latex: string): number {
  return latex
    .replace(/\\(?:left|right|,|frac|mathrm|operatorname)/g, "")
    .replace(/\\[A-Za-z]+/g, "x")
    .replace(/[{}^_ ]/g, "").length;
}

const aligned = (rows: readonly string[]): string =>
  `\\begin{aligned}\n${rows.join(" \\\\\n")}\n\\end{aligned}`;

const pathOf = (text: string, { span }: Expr) => ({ kind: "path" as const, parts: [{ text, span }], span });
