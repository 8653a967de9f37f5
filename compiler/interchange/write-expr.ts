/** Expressions as JSON. */
import type { Argument, Expr, Path, RangeExpr } from "../../grammar/syntax.ts";
import type { ExprJson, RangeJson } from "./document.ts";

export function writeExpr(expr: Expr): ExprJson {
  switch (expr.kind) {
    case "path":
      return { name: writePath(expr) };
    case "number":
      return {
        num: expr.text,
        ...(expr.percent ? { percent: true as const } : {}),
        ...(expr.unit === undefined ? {} : { unit: writeUnit(expr.unit) }),
      };
    case "string":
      return { string: expr.value };
    case "uncertain":
      return { center: writeExpr(expr.value), error: writeExpr(expr.error) };
    case "unary":
      return { op: expr.operator, args: [writeExpr(expr.operand)] };
    case "binary":
      return { op: expr.operator, args: [writeExpr(expr.left), writeExpr(expr.right)] };
    case "if":
      // biome-ignore lint/suspicious/noThenProperty: the word of the language
      return { if: writeExpr(expr.condition), then: writeExpr(expr.then), else: writeExpr(expr.else) };
    case "index":
      return { name: writePath(expr.of), index: expr.items.map(writePath) };
    case "call": {
      const index = expr.index === undefined ? {} : { index: expr.index.map(writePath) };
      return { call: writePath(expr.callee), ...index, args: expr.args.map(writeArgument) };
    }
    case "range":
      return writeRange(expr);
    case "list": {
      const unit = expr.unit === undefined ? {} : { unit: writeUnit(expr.unit) };
      return { list: expr.items.map(writeExpr), ...unit };
    }
    case "map":
      return { map: Object.fromEntries(expr.entries.map(({ key, value }) => [key.text, writeExpr(value)])) };
    case "sequence":
      return { sequence: expr.items.map(writeExpr) };
    case "missing":
      throw new Error("a hole of the parser in a model");
  }
}

export function writeRange({ low, high, step }: RangeExpr): RangeJson {
  const ends = { from: writeExpr(low), to: writeExpr(high) };
  return step === undefined ? ends : { ...ends, step: writeExpr(step) };
}

export function writePath({ parts }: Path): string {
  return parts.map(({ text }) => text).join(".");
}

function writeUnit({
  name,
  power,
}: {
  readonly name: { readonly text: string };
  readonly power: number;
}): string {
  return power === 1 ? name.text : `${name.text}^${power}`;
}

function writeArgument({ name, value }: Argument) {
  return name === undefined ? writeExpr(value) : { arg: name.text, is: writeExpr(value) };
}
