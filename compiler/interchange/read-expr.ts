/** Expressions from JSON that the schema has accepted. */
import type {
  Argument,
  ArithmeticOperator,
  ComparisonOperator,
  Expr,
  LogicalOperator,
  NumberExpr,
  RangeExpr,
  UnaryExpr,
} from "../../grammar/syntax.ts";
import type { CallJson, ExprJson, RangeJson } from "./document.ts";
import { at, nameAt, type Place, pathAt, spanOf } from "./place.ts";

type BinaryOperator = ArithmeticOperator | ComparisonOperator | LogicalOperator;

export const binaryOperators: readonly BinaryOperator[] = [
  ...(["+", "-", "*", "/", "^"] as const),
  ...(["<", "<=", ">", ">=", "==", "!="] as const),
  ...(["and", "or"] as const),
];
export const unaryOperators: readonly UnaryExpr["operator"][] = ["-", "+", "not"];

export function readExpr(json: ExprJson, place: Place): Expr {
  const span = spanOf(place);
  const inner = (key: string, part: ExprJson): Expr => readExpr(part, at(place, key));
  const items = (key: string, parts: readonly ExprJson[]): readonly Expr[] =>
    parts.map((part, index) => readExpr(part, at(place, key, index)));
  if ("num" in json) {
    const unit = json.unit === undefined ? {} : { unit: readUnit(json.unit, at(place, "unit")) };
    return { kind: "number", text: json.num, percent: json.percent === true, ...unit, span };
  }
  if ("name" in json) {
    const path = pathAt(json.name, at(place, "name"));
    if (json.index === undefined) return { ...path, span };
    return { kind: "index", of: path, items: readPaths(json.index, at(place, "index")), span };
  }
  if ("string" in json) return { kind: "string", value: json.string, span };
  if ("center" in json) {
    return {
      kind: "uncertain",
      value: inner("center", json.center),
      error: inner("error", json.error),
      span,
    };
  }
  if ("op" in json) return readOperation(json.op, items("args", json.args), place);
  if ("if" in json) {
    const parts = {
      condition: inner("if", json.if),
      // biome-ignore lint/suspicious/noThenProperty: the field of the syntax tree
      then: inner("then", json.then),
      else: inner("else", json.else),
    };
    return { kind: "if", ...parts, span };
  }
  if ("call" in json) return readCall(json, place);
  if ("from" in json) return readRange(json, place);
  if ("list" in json) {
    const unit = json.unit === undefined ? {} : { unit: readUnit(json.unit, at(place, "unit")) };
    return { kind: "list", items: items("list", json.list), ...unit, span };
  }
  if ("map" in json) {
    const entries = Object.entries(json.map).map(([key, value]) => {
      const entry = at(place, "map", key);
      const keyNode = entry.node?.parent?.children?.[0];
      return { key: nameAt(key, { ...entry, node: keyNode }), value: readExpr(value, entry) };
    });
    return { kind: "map", entries, span };
  }
  return { kind: "sequence", items: items("sequence", json.sequence), span };
}

export function readRange({ from, to, step }: RangeJson, place: Place): RangeExpr {
  const ends = { low: readExpr(from, at(place, "from")), high: readExpr(to, at(place, "to")) };
  const by = step === undefined ? {} : { step: readExpr(step, at(place, "step")) };
  return { kind: "range", ...ends, ...by, span: spanOf(place) };
}

export const readPaths = (texts: readonly string[], place: Place) =>
  texts.map((text, index) => pathAt(text, at(place, index)));

function readUnit(text: string, place: Place): NonNullable<NumberExpr["unit"]> {
  const [name = "", power = "1"] = text.split("^");
  return { name: nameAt(name, place), power: Number(power) };
}

function readCall(json: CallJson, place: Place): Expr {
  const index = json.index === undefined ? {} : { index: readPaths(json.index, at(place, "index")) };
  const args = json.args.map((argument, position): Argument => {
    const own = at(place, "args", position);
    if (!("arg" in argument)) return { value: readExpr(argument, own) };
    return { name: nameAt(argument.arg, at(own, "arg")), value: readExpr(argument.is, at(own, "is")) };
  });
  return { kind: "call", callee: pathAt(json.call, at(place, "call")), ...index, args, span: spanOf(place) };
}

function readOperation(op: string, args: readonly Expr[], place: Place): Expr {
  const [first, second] = args;
  const span = spanOf(place);
  const unary = unaryOperators.find((known) => known === op);
  const binary = binaryOperators.find((known) => known === op);
  if (first !== undefined && second === undefined && unary !== undefined) {
    return { kind: "unary", operator: unary, operand: first, span };
  }
  if (first !== undefined && second !== undefined && binary !== undefined) {
    return { kind: "binary", operator: binary, left: first, right: second, span };
  }
  throw new Error(`the schema let an operation ${op} of ${args.length} pass`);
}
