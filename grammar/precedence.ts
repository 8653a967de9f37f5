/**
 * How tightly operators bind, for reading and for printing.
 */
import type { BinaryExpr, Expr } from "./syntax.ts";

/** From loose to tight. */
export const level = {
  range: 0,
  condition: 1,
  uncertain: 2,
  or: 3,
  and: 4,
  not: 5,
  comparison: 6,
  sum: 7,
  product: 8,
  sign: 9,
  power: 10,
  atom: 11,
} as const;

type Operator = BinaryExpr["operator"];

const levels: Readonly<Record<Operator, number>> = {
  or: level.or,
  and: level.and,
  "<": level.comparison,
  "<=": level.comparison,
  ">": level.comparison,
  ">=": level.comparison,
  "==": level.comparison,
  "!=": level.comparison,
  "+": level.sum,
  "-": level.sum,
  "*": level.product,
  "/": level.product,
  "^": level.power,
};

/** True for the text of an operator between two operands (`+-` makes a value with error, not one of these). */
export const isOperator = (text: string): text is Operator => Object.hasOwn(levels, text);

export const levelOfOperator = (operator: Operator): number => levels[operator];

/** How tightly the outermost operator of an expression binds. */
export function levelOf(e: Expr): number {
  switch (e.kind) {
    case "range":
    case "sequence":
      return level.range;
    case "if":
      return level.condition;
    case "uncertain":
      return level.uncertain;
    case "unary":
      return e.operator === "not" ? level.not : level.sign;
    case "binary":
      return levels[e.operator];
    default:
      return level.atom;
  }
}
