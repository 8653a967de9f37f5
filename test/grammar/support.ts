import { expect } from "vitest";
import {
  type Expr,
  type ParseResult,
  parse,
  parseExpression,
  printExpr,
  type Statement,
} from "../../grammar/index.ts";

/** Parses a text that must have no problem. */
export function good(text: string): ParseResult["tree"] {
  const { tree, problems } = parse(text, "test.sevens");
  expect(problems).toEqual([]);
  return tree;
}

/** The only statement of a text. */
export function only(text: string): Statement {
  const { statements } = good(text);
  expect(statements).toHaveLength(1);
  return statements[0]!;
}

export function expr(text: string): Expr {
  const { expr, problems } = parseExpression(text, "test.sevens");
  expect(problems).toEqual([]);
  return expr;
}

/** An expression with all its parentheses. */
export function grouped(e: Expr): string {
  switch (e.kind) {
    case "binary":
      return `(${grouped(e.left)} ${e.operator} ${grouped(e.right)})`;
    case "unary":
      return `(${e.operator} ${grouped(e.operand)})`;
    case "uncertain":
      return `(${grouped(e.value)} +- ${grouped(e.error)})`;
    case "range":
      return `(${grouped(e.low)} .. ${grouped(e.high)}${e.step === undefined ? "" : ` step ${grouped(e.step)}`})`;
    case "if":
      return `(if ${grouped(e.condition)} then ${grouped(e.then)} else ${grouped(e.else)})`;
    case "number":
      return e.unit === undefined ? printExpr(e) : `<${printExpr(e)}>`;
    default:
      return printExpr(e);
  }
}

/** The problems of a text, each as `line: "underlined" message (help or note)`. */
export function problemsOf(text: string): string[] {
  return parse(text, "test.sevens").problems.map((p) => {
    const line = text.slice(0, p.span.start).split("\n").length;
    const remark = p.help ?? p.note;
    const said = remark === undefined ? "" : ` (${remark})`;
    return `${line}: ${JSON.stringify(text.slice(p.span.start, p.span.end))} ${p.message}${said}`;
  });
}
