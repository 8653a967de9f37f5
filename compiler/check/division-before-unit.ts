import type { BinaryExpr, Expr, NumberExpr } from "../../grammar/syntax.ts";
import { diagnostic, replacement } from "../diagnostics/index.ts";
import type { Checking } from "./checking.ts";

/** A unit belongs to the number before it: `1/2 fm` is 1/(2 fm), which is hardly ever meant. */
export function divisionBeforeUnit({ tree, model, report }: Checking): void {
  if (tree === undefined) return;
  const text = model.sources.get(tree.file) ?? "";
  eachBinary(tree.statements, (expr) => {
    const { left, right } = expr;
    if (expr.operator !== "/" || !isBare(left) || right.kind !== "number" || right.unit === undefined) return;
    // With parentheses around it, the quotient says what it means.
    if (text.slice(expr.span.start, right.span.start).trimEnd().endsWith("(")) return;
    const unit = text.slice(right.unit.name.span.start, right.span.end);
    const alternative = `(${left.text}/${right.text})*${unit}`;
    const written = text.slice(expr.span.start, expr.span.end);
    const parameters = { text: written, reading: `${left.text}/(${right.text} ${unit})`, alternative };
    report(diagnostic("SV1607", expr.span, parameters, { fixes: [replacement(expr.span, alternative)] }));
  });
}

const isBare = (expr: Expr): expr is NumberExpr =>
  expr.kind === "number" && expr.unit === undefined && !expr.percent;

function eachBinary(part: unknown, visit: (expr: BinaryExpr) => void): void {
  if (Array.isArray(part)) for (const one of part) eachBinary(one, visit);
  else if (typeof part === "object" && part !== null) {
    if (isBinary(part)) visit(part);
    for (const value of Object.values(part)) eachBinary(value, visit);
  }
}

const isBinary = (part: object): part is BinaryExpr => "kind" in part && part.kind === "binary";
