/** What a page says about one declaration: its doc comment, formulas, parameters, charges, fields, citations. */
import { printExpr } from "../../grammar/index.ts";
import type { Expr, Statement } from "../../grammar/syntax.ts";
import {
  flavorSymbol,
  formulasOf,
  indexedStatement,
  latexOf,
  type Names,
  namesOf,
  printSymbol,
} from "../latex/index.ts";
import { type Declaration, fieldsOf, labelOf, type Model } from "../model/model.ts";
import { citations, code, displayMath, inlineMath, prose, table, valueText } from "./markdown.ts";

/** Paragraphs, without a heading. */
export function declarationParts(declaration: Declaration, model: Model): readonly string[] {
  const { statement } = declaration;
  const names = namesOf(declaration, model);
  const base = statement.clauses.find(({ kind }) => kind === "from");
  return [
    ...(statement.doc === undefined ? [] : [prose(statement.doc.text)]),
    ...(base?.kind === "from"
      ? [`It is a copy of ${code(base.base.parts.map(({ text }) => text).join("."))} but for what follows.`]
      : []),
    ...formulas(declaration, model),
    ...section("Charges", charges(declaration, names)),
    ...section("Arguments", argumentTable(statement, names)),
    ...section("Points", points(declaration)),
    ...section("Inputs, which an experiment gives", inputs(declaration, names)),
    ...section("Parameters", parameters(declaration, names)),
    ...section("Fields", fields(declaration, model)),
    ...section("Citations", citationLine(statement)),
  ];
}

const section = (title: string, body: string | undefined): readonly string[] =>
  body === undefined ? [] : [`**${title}**`, body];

function formulas(declaration: Declaration, model: Model): readonly string[] {
  // Of a function the doc comment stands above already.
  const whole = declaration.kind === "function" || declaration.kind === "constant";
  return formulasOf(declaration, model).flatMap(({ latex, ...said }) => {
    const { doc, cites } = whole ? { doc: undefined, cites: [] } : said;
    return [
      ...(doc === undefined && cites.length === 0
        ? []
        : [
            [
              ...(doc === undefined ? [] : [prose(doc)]),
              ...(cites.length === 0 ? [] : [`(${citations(cites)})`]),
            ].join(" "),
          ]),
      displayMath(latex),
    ];
  });
}

/** Constants with their formulas, a row each. */
export function constantTable(constants: readonly Declaration[], model: Model): string {
  const rows = constants.map((one) => [
    code(one.name),
    formulasOf(one, model)
      .map(({ latex }) => inlineMath(latex.replaceAll("\n", " ")))
      .join(" "),
    meaningOf(one.statement),
    citations(citesOf(one.statement)),
  ]);
  return table(["constant", "formula", "meaning", "source"], rows);
}

/** Every citation of a declaration, each once. */
export function citesOf(statement: Statement): readonly string[] {
  const inner = statement.block?.statements.flatMap(citesOf) ?? [];
  return [...new Set([...statement.cites.map(({ key }) => key), ...inner])];
}

function citationLine(statement: Statement): string | undefined {
  const keys = citesOf(statement);
  return keys.length === 0 ? undefined : citations(keys);
}

/** What the doc comment and the note of a statement say, without the symbol that they begin with. */
export const meaningOf = ({ doc, note }: Statement): string =>
  [doc?.text, note?.text]
    .filter((text) => text !== undefined)
    .map((text) => prose(text.replace(/^\$[^$]+\$(?:[,:]\s+|$)/, "")))
    .join(" ");

function parameters(declaration: Declaration, names: Names): string | undefined {
  const rows = fieldsOf(declaration, "parameter").map((one) => {
    const { value } = one.assign ?? {};
    const range = one.clauses.find(({ kind }) => kind === "in");
    const log = one.clauses.some(({ kind }) => kind === "log") ? ", log" : "";
    return [
      code(withIndex(one)),
      symbolOf(one, names),
      value === undefined ? "" : defaultOf(value),
      value?.kind === "uncertain" ? `± ${valueText(value.error)}` : "",
      range?.kind === "in" ? `${valueText(range.range.low)} to ${valueText(range.range.high)}${log}` : "",
      meaningOf(one),
      citations(one.cites.map(({ key }) => key)),
    ];
  });
  return rows.length === 0
    ? undefined
    : table(["parameter", "symbol", "default", "error", "range", "meaning", "source"], rows);
}

function defaultOf(value: Expr): string {
  if (value.kind !== "uncertain") return valueText(value);
  // A unit behind the error is that of the value as well.
  const { value: middle, error } = value;
  const shared =
    middle.kind === "number" && middle.unit === undefined && error.kind === "number" && !error.percent;
  return valueText(shared && error.unit !== undefined ? { ...middle, unit: error.unit } : middle);
}

function withIndex(statement: Statement): string {
  const { names = [] } = statement.index ?? {};
  return `${labelOf(statement)}${names.length === 0 ? "" : `[${names.map(({ text }) => text).join(", ")}]`}`;
}

const symbolOf = (statement: Statement, names: Names): string =>
  statement.label === undefined ? "" : inlineMath(indexedStatement(statement, names));

function inputs(declaration: Declaration, names: Names): string | undefined {
  const rows = fieldsOf(declaration, "input").map((one) => [
    code(labelOf(one)),
    symbolOf(one, names),
    valueText(one.type),
    valueText(one.assign?.value),
    meaningOf(one),
  ]);
  return rows.length === 0 ? undefined : table(["input", "symbol", "type", "default", "meaning"], rows);
}

/** Arguments of a function or a form factor. */
function argumentTable({ params }: Statement, names: Names): string | undefined {
  if (params === undefined || params.length === 0) return undefined;
  const rows = params.map(({ name, type, default: usual }) => {
    const path = { kind: "path" as const, parts: [name], span: name.span };
    const flavor = type !== undefined && printExpr(type) === "flavor";
    return [
      code(name.text),
      inlineMath(flavor ? flavorSymbol(name.text) : printSymbol(names.symbol(path))),
      valueText(type),
      valueText(usual),
    ];
  });
  return table(["argument", "symbol", "type", "default"], rows);
}

/** How a table of points goes on between and beyond them. */
export function points(declaration: Declaration): string | undefined {
  if (declaration.kind !== "table") return undefined;
  const word = (keyword: string, usual: string): string => {
    const value = fieldsOf(declaration, keyword)[0]?.assign?.value;
    return value === undefined ? usual : printExpr(value);
  };
  const list = fieldsOf(declaration, "points")[0]?.assign?.value;
  const count = list?.kind === "list" ? `${list.items.length} points, ` : "";
  return `${count}interpolation ${code(word("interpolation", "pchip"))}, outside ${code(word("outside", "error"))}`;
}

function charges(declaration: Declaration, names: Names): string | undefined {
  const tables = fieldsOf(declaration, "mediator").map((mediator) => {
    const entry = mediator.block?.statements.find(({ keyword }) => keyword.text === "charges")?.assign?.value;
    const rows =
      entry?.kind === "map"
        ? entry.entries.map(({ key, value }) => [code(key.text), inlineMath(latexOf(value, names))])
        : [];
    return table([`particles of ${labelOf(mediator)}`, "charge $`Q'`$"], rows);
  });
  return tables.length === 0 ? undefined : tables.join("\n\n");
}

/** Keywords of fields that the other tables and the formulas show. */
const shownElsewhere = new Set([
  "parameter",
  "input",
  "let",
  "mediator",
  "points",
  "interpolation",
  "outside",
  "tie",
  "fluence",
  "flux",
]);
const kindsWithFields = new Set(["source", "detector", "experiment", "analysis"]);

/** The plain fields of what is put together from others, as their text says it. */
function fields(declaration: Declaration, model: Model): string | undefined {
  if (!kindsWithFields.has(declaration.kind)) return undefined;
  const { statement } = declaration;
  const rows = (statement.block?.statements ?? [])
    .filter(({ span }) => span.file === statement.span.file && span.start >= statement.span.start)
    .flatMap((one) => fieldRows(one, model, ""));
  return rows.length === 0 ? undefined : table(["field", "value", "meaning", "source"], rows);
}

function fieldRows(one: Statement, model: Model, owner: string): readonly (readonly string[])[] {
  if (shownElsewhere.has(one.keyword.text) || (one.params !== undefined && one.assign !== undefined))
    return [];
  const name = `${owner}${[one.keyword.text, labelOf(one)].filter((part) => part !== "").join(" ")}`;
  const on = one.clauses.flatMap((clause) =>
    clause.kind === "on" ? clause.targets.map(({ parts }) => parts.map(({ text }) => text).join(".")) : [],
  );
  const value = [
    ...(one.type === undefined ? [] : [printExpr(one.type)]),
    ...(one.assign === undefined ? [] : [written(one.assign.value, model)]),
    ...(on.length === 0 ? [] : [`on ${on.join(", ")}`]),
  ].join(" ");
  const own = [code(name), code(value), meaningOf(one), citations(one.cites.map(({ key }) => key))];
  const inner = (one.block?.statements ?? []).flatMap((field) => fieldRows(field, model, `${name}: `));
  return [own, ...inner];
}

/** A value as it was written, where that is short: data come from files. */
function written({ span }: Expr, { sources }: Model): string {
  const text = (sources.get(span.file) ?? "").slice(span.start, span.end).replace(/\s+/g, " ");
  return text.length <= 100 ? text : `${text.slice(0, 97)}…`;
}
