/**
 * From the concrete to the abstract syntax: expressions. The parser leaves operands and operators in a row; here
 * they are joined by precedence.
 */
import type { CstNode, IToken } from "chevrotain";
import { endOf } from "./brackets.ts";
import { extent, node, nodes, required, token, tokens } from "./cst.ts";
import { changes, inFrontOf, omission, parenthesised } from "./fixes.ts";
import { isOperator, level, levelOfOperator } from "./precedence.ts";
import { printExpr } from "./print-expr.ts";
import type { Argument, Expr, Name, NumberExpr, Path, RangeExpr, Span, SyntaxProblem } from "./syntax.ts";

/** What a builder needs to know of its file, and where it reports. */
export interface Building {
  readonly file: string;
  readonly problems: SyntaxProblem[];
}

/** Longer rows of operators are refused: whatever walks the tree would have to go as deep. */
const maxOperators = 1000;

export const spanOf = (b: Building, start: number, end: number): Span => ({ file: b.file, start, end });

export const spanOfToken = (b: Building, t: IToken): Span => spanOf(b, t.startOffset, endOf(t));

export function spanOfNode(b: Building, of: CstNode): Span {
  const { start, end } = extent(of);
  return spanOf(b, start, end);
}

export const buildName = (b: Building, t: IToken): Name => ({ text: t.image, span: spanOfToken(b, t) });

export const buildPath = (b: Building, path: CstNode): Path => ({
  kind: "path",
  parts: tokens(path, "Name").map((t) => buildName(b, t)),
  span: spanOfNode(b, path),
});

/** The value of a quoted text: `\"` and `\\` stand for the second character, any other `\` for itself. */
export const textValue = (t: IToken): string =>
  t.image.slice(1, t.tokenType.name === "Text" ? -1 : undefined).replaceAll(/\\(["\\])/g, "$1");

export function buildExpr(b: Building, expr: CstNode): Expr {
  const condition = node(expr, "condition");
  if (condition !== undefined) return buildCondition(b, condition);
  const [low, high] = nodes(expr, "chain");
  if (high !== undefined) return buildRange(b, expr);
  return buildChain(b, required(low, "an expression"));
}

export function buildRange(b: Building, range: CstNode): RangeExpr {
  const [low, high, step] = nodes(range, "chain");
  return {
    kind: "range",
    low: buildChain(b, required(low, "the low end")),
    high: buildChain(b, required(high, "the high end")),
    ...(step === undefined ? {} : { step: buildChain(b, step) }),
    span: spanOfNode(b, range),
  };
}

function buildCondition(b: Building, condition: CstNode): Expr {
  const [then, otherwise] = nodes(condition, "branch");
  return {
    kind: "if",
    condition: buildChain(b, required(node(condition, "test"), "a condition")),
    // biome-ignore lint/suspicious/noThenProperty: an expression is never awaited
    then: buildBranch(b, required(then, "a value")),
    else: buildBranch(b, required(otherwise, "a value")),
    span: spanOfNode(b, condition),
  };
}

function buildBranch(b: Building, branch: CstNode): Expr {
  const condition = node(branch, "condition");
  if (condition !== undefined) return buildCondition(b, condition);
  return buildChain(b, required(node(branch, "chain"), "a value"));
}

/** A row of operands, read from left to right. */
interface Row {
  readonly operands: readonly CstNode[];
  readonly operators: readonly IToken[];
  /** The operand to be read next, and its sign to be read next. */
  at: number;
  sign: number;
}

/** An expression with its offsets, parentheses around it included. */
interface Piece {
  readonly expr: Expr;
  readonly start: number;
  readonly end: number;
}

/** `a + b * -c^2`. */
export function buildChain(b: Building, chain: CstNode): Expr {
  const operators = tokens(chain, "BinaryOperator");
  if (operators.length > maxOperators) {
    const span = spanOfNode(b, chain);
    b.problems.push({
      kind: "nesting-too-deep",
      message: `this expression has more than ${maxOperators} operators in a row`,
      note: "split it with `let`",
      span,
    });
    return { kind: "missing", span };
  }
  return climb(b, { operands: nodes(chain, "operand"), operators, at: 0, sign: 0 }, level.uncertain).expr;
}

/** Reads on as long as operators bind at least as tightly as `least`. */
function climb(b: Building, row: Row, least: number): Piece {
  let left = readOperand(b, row, least);
  for (;;) {
    const operator = row.operators[row.at - 1];
    if (operator === undefined || levelOfToken(operator) < least) return left;
    const own = levelOfToken(operator);
    const right = climb(b, row, own === level.power ? own : own + 1);
    left = join(b, left, operator, right);
    const next = row.operators[row.at - 1];
    if (next !== undefined && standsAlone.has(own) && levelOfToken(next) === own)
      reportRow(b, [operator, next], own, right.expr, row.operands[row.at]);
  }
}

const standsAlone: ReadonlySet<number> = new Set([level.uncertain, level.comparison]);

const levelOfToken = (t: IToken): number =>
  isOperator(t.image) ? levelOfOperator(t.image) : level.uncertain;

/** One of two errors is left out; between two comparisons what stands in the middle is said twice. */
function reportRow(
  b: Building,
  [first, second]: readonly [IToken, IToken],
  own: number,
  middle: Expr,
  last: CstNode | undefined,
): void {
  const error = own === level.uncertain;
  const span = spanOfToken(b, second);
  const end = last === undefined ? span.end : extent(last).end;
  b.problems.push({
    kind: "unexpected-token",
    message: error ? "a value cannot have two errors" : "comparisons do not stand in a row",
    help: error ? "write `value +- error`" : "write `a < b and b < c`",
    fixes: error
      ? [
          omission(spanOf(b, first.startOffset, second.startOffset), "keep the second error"),
          omission({ ...span, end }, "keep the first error"),
        ]
      : [changes("join them by `and`", inFrontOf(span, `and ${printExpr(middle)} `))],
    span,
  });
}

function join(b: Building, left: Piece, operator: IToken, right: Piece): Piece {
  const { start } = left;
  const { end } = right;
  const span = spanOf(b, start, end);
  const expr: Expr = isOperator(operator.image)
    ? { kind: "binary", operator: operator.image, left: left.expr, right: right.expr, span }
    : { kind: "uncertain", value: left.expr, error: right.expr, span };
  return { expr, start, end };
}

function readOperand(b: Building, row: Row, least: number): Piece {
  const operand = required(row.operands[row.at], "an operand");
  const sign = tokens(operand, "PrefixOperator")[row.sign];
  if (sign === undefined) {
    row.at++;
    row.sign = 0;
    return buildOperand(b, operand);
  }
  row.sign++;
  const operator = sign.image === "not" ? "not" : sign.image === "+" ? "+" : "-";
  const inner = climb(b, row, operator === "not" ? level.not : level.sign);
  const start = sign.startOffset;
  const span = spanOf(b, start, inner.end);
  if (operator === "not" && least > level.not) {
    b.problems.push({
      kind: "unexpected-token",
      message: "`not` stands behind a tighter operator",
      help: "put parentheses around `not …`",
      fixes: [parenthesised(span)],
      span: spanOfToken(b, sign),
    });
  }
  return { expr: { kind: "unary", operator, operand: inner.expr, span }, start, end: inner.end };
}

function buildOperand(b: Building, operand: CstNode): Piece {
  const text = token(operand, "Text");
  if (text !== undefined) {
    const span = spanOfToken(b, text);
    return { expr: { kind: "string", value: textValue(text), span }, start: span.start, end: span.end };
  }
  const child = required(atomIn(operand), "an operand");
  const { start, end } = extent(child);
  return { expr: buildAtom(b, child), start, end };
}

const atomIn = (operand: CstNode): CstNode | undefined =>
  node(operand, "number") ??
  node(operand, "reference") ??
  node(operand, "group") ??
  node(operand, "list") ??
  node(operand, "map");

function buildAtom(b: Building, child: CstNode): Expr {
  switch (child.name) {
    case "number":
      return buildNumber(b, child);
    case "reference":
      return buildReference(b, child);
    case "group":
      return buildExpr(b, required(node(child, "expr"), "an expression"));
    case "list":
      return {
        kind: "list",
        items: nodes(child, "expr").map((item) => buildExpr(b, item)),
        ...unitOf(b, child),
        span: spanOfNode(b, child),
      };
    default:
      return {
        kind: "map",
        entries: nodes(child, "entry").map((entry) => ({
          key: buildName(b, required(token(entry, "Name"), "a key")),
          value: buildExpr(b, required(node(entry, "expr"), "a value")),
        })),
        span: spanOfNode(b, child),
      };
  }
}

function buildNumber(b: Building, number: CstNode): NumberExpr {
  return {
    kind: "number",
    text: required(token(number, "Number"), "a number").image,
    percent: token(number, "Percent") !== undefined,
    ...unitOf(b, number),
    span: spanOfNode(b, number),
  };
}

function unitOf(b: Building, of: CstNode): Pick<NumberExpr, "unit"> {
  const unit = node(of, "unit");
  const name = unit && token(unit, "Unit");
  if (name === undefined) return {};
  const size = Number(token(unit!, "Number")?.image ?? "1");
  const power = token(unit!, "Minus") === undefined ? size : -size;
  return { unit: { name: buildName(b, name), power } };
}

function buildReference(b: Building, reference: CstNode): Expr {
  const path = buildPath(b, required(node(reference, "path"), "a name"));
  const span = spanOfNode(b, reference);
  const indices = node(reference, "indices");
  const items = indices && nodes(indices, "path").map((item) => buildPath(b, item));
  const args = node(reference, "args");
  if (args !== undefined) {
    const index = items === undefined ? {} : { index: items };
    return {
      kind: "call",
      callee: path,
      ...index,
      args: nodes(args, "argument").map((a) => buildArgument(b, a)),
      span,
    };
  }
  return items === undefined ? path : { kind: "index", of: path, items, span };
}

function buildArgument(b: Building, argument: CstNode): Argument {
  const name = token(argument, "Name");
  const value = buildExpr(b, required(node(argument, "expr"), "a value"));
  return name === undefined ? { value } : { name: buildName(b, name), value };
}
