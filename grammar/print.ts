/**
 * Statements as text.
 */
import { bracketed, group, indent, join, type Layout, line, setLayout } from "./layout.ts";
import { layChain, layExpr, layRange, pathText, type Quote, quote } from "./print-expr.ts";
import type { Binding, Cite, Clause, Expr, Index, Param, Statement, Use } from "./syntax.ts";

/** Lines longer than this are broken where they can be. */
export const lineWidth = 100;

/** A statement with its doc lines and block; every line but the first is indented as its block asks. */
export function printStatement(s: Statement, base = 0): string {
  const blank = " ".repeat(base);
  const lines = [...docLines(s), printHeader(s, base, quote)];
  const text = lines.join(`\n${blank}`);
  if (s.block === undefined) return text;
  if (s.block.statements.length === 0) return `${text} {}`;
  const inside = s.block.statements.map((one) => `${blank}  ${printStatement(one, base + 2)}\n`);
  return `${text} {\n${inside.join("")}${blank}}`;
}

/** Doc lines and, as the last of them, the citations that stood among them. */
export function docLines(s: Statement): string[] {
  const text = s.doc === undefined ? [] : textLines(s.doc.text);
  const keys = s.cites.filter((cite) => isInDoc(s, cite)).map((cite) => cite.key);
  return keys.length === 0 ? text : [...text, `/// @cite ${keys.join(", ")}`];
}

export const textLines = (doc: string): string[] =>
  doc.split(/\r\n|\n|\r/).map((row) => `/// ${row}`.trimEnd());

const isInDoc = (s: Statement, cite: Cite): boolean => cite.span.start < s.keyword.span.start;

/** All of a statement but its doc lines and its block. */
export function printHeader(s: Statement, base: number, quoted: Quote): string {
  // The brace of a block has to fit as well.
  return setLayout(layHeader(s, quoted), base, s.block === undefined ? lineWidth : lineWidth - 2);
}

function layHeader(s: Statement, quoted: Quote): Layout {
  const cites = s.cites.filter((cite) => !isInDoc(s, cite)).map((cite) => cite.key);
  const main = join(
    s.keyword.text,
    s.over === undefined ? "" : `/${s.over.text}`,
    s.label === undefined ? "" : ` ${pathText(s.label)}`,
    s.index === undefined ? "" : layIndex(s.index),
    s.params === undefined ? "" : layParams(s.params, quoted),
    s.type === undefined ? "" : join(": ", layChain(s.type, quoted)),
    s.assign === undefined ? "" : join(` ${s.assign.operator} `, layValue(s.assign.value, quoted)),
  );
  const tail: Layout[] = [
    ...s.clauses.map((clause) => join(clause.kind === "log" ? " " : line, layClause(clause, quoted))),
    s.note === undefined ? "" : join(line, quoted(s.note.text, s.note.span)),
    cites.length === 0 ? "" : join(line, `@cite ${cites.join(", ")}`),
  ];
  return group(join(main, indent(join(...tail))));
}

/** Several values go on below the first one. */
const layValue = (value: Expr, quoted: Quote): Layout =>
  value.kind === "sequence" ? indent(layExpr(value, quoted)) : layExpr(value, quoted);

function layIndex(index: Index): Layout {
  const names = index.names.map((name) => name.text);
  return `[${names.join(index.arrow ? " -> " : ", ")}]`;
}

function layParams(params: readonly Param[], quoted: Quote): Layout {
  const split = params.findIndex((param) => param.given);
  if (split <= 0)
    return bracketed(
      "(",
      params.map((param) => layParam(param, quoted)),
      ")",
    );
  const rows = params.map((param, i) =>
    join(i === 0 ? "" : i === split ? " | " : ", ", layParam(param, quoted)),
  );
  return join("(", ...rows, ")");
}

function layParam(param: Param, quoted: Quote): Layout {
  return join(
    param.name.text,
    param.type === undefined ? "" : join(": ", layChain(param.type, quoted)),
    param.default === undefined ? "" : join(" = ", layExpr(param.default, quoted)),
  );
}

function layClause(clause: Clause, quoted: Quote): Layout {
  switch (clause.kind) {
    case "in":
      return join("in ", layRange(clause.range, quoted));
    case "log":
      return "log";
    case "on":
      return `on ${clause.targets.map(pathText).join(", ")}`;
    case "for":
      return join("for ", clause.variable.text, " in ", layRange(clause.range, quoted));
    case "where":
      return layWhere(clause.bindings, quoted);
    case "from":
      return `from ${pathText(clause.base)}`;
  }
}

function layWhere(bindings: readonly Binding[], quoted: Quote): Layout {
  const rows = bindings.map((binding) =>
    join(
      binding.name.text,
      binding.params === undefined ? "" : layParams(binding.params, quoted),
      " = ",
      layExpr(binding.value, quoted),
    ),
  );
  return group(
    join("where ", indent(join(...rows.flatMap((row, i) => (i === 0 ? [row] : [",", line, row]))))),
  );
}

/** `use nuclei { Cs133, I127 as Iodine }` without its doc lines. */
export function printUse(use: Use, quoted: Quote): string {
  const names = use.names.map(({ name, alias }) =>
    alias === undefined ? name.text : `${name.text} as ${alias.text}`,
  );
  const path = use.quoted ? quoted(use.path, use.pathSpan) : use.path;
  return setLayout(join("use ", path, " ", bracketed("{", names, "}", line)), 0, lineWidth);
}
