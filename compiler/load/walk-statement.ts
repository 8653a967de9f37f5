/** Walks the names of a whole statement, as its description says what each part means. */
import type { CallExpr, Expr, MapExpr, Name, Path, Statement } from "../../grammar/syntax.ts";
import type { BlockDescription, StatementDescription, ValueType } from "../kinds/index.ts";
import type { KindName } from "../model/model.ts";
import {
  type Bound,
  boundBy,
  type Walk,
  walkArguments,
  walkClause,
  walkExpr,
  walkParams,
  withNames,
} from "./names.ts";
import { fieldOf } from "./shape.ts";
import { optionFor } from "./shape-value.ts";

/** A walk that also meets names that can only be declarations of certain kinds; no local name hides those. */
export interface StatementWalk extends Walk {
  reference(name: Name, to: readonly KindName[]): string | undefined;
}

/** The statement with its names replaced as the walk says. `bound` are the names of the blocks around it. */
export function walkStatement(
  statement: Statement,
  description: StatementDescription,
  walk: StatementWalk,
  bound: Bound,
): Statement {
  const { label, params, assign, clauses, block } = statement;
  const inner = withNames(bound, [...boundBy(params, clauses), ...contextOf(description.value)], walk);
  const walked: Statement = {
    ...statement,
    clauses: clauses.map((clause) => walkClause(clause, walk, bound, inner)),
    ...(label === undefined ? {} : { label: walkLabel(label, description, walk) }),
    ...(params === undefined ? {} : { params: walkParams(params, walk, bound) }),
  };
  const valued =
    assign === undefined || description.value === undefined
      ? walked
      : { ...walked, assign: { ...assign, value: walkValue(assign.value, description.value, walk, inner) } };
  if (block === undefined || description.block === undefined) return valued;
  const within = withNames(bound, [...boundBy(params, []), ...localNames(block.statements)], walk);
  return {
    ...valued,
    block: { ...block, statements: walkFields(block.statements, description.block, walk, within) },
  };
}

function walkFields(
  statements: readonly Statement[],
  block: BlockDescription,
  walk: StatementWalk,
  bound: Bound,
): readonly Statement[] {
  return statements.map((statement) => {
    const description = fieldOf(block, statement);
    return description === undefined ? statement : walkStatement(statement, description, walk, bound);
  });
}

/** Parameters, inputs and lets of a block: what its formulas may call by name. */
export function localNames(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ keyword, label }) => {
    const local = keyword.text === "parameter" || keyword.text === "let" || keyword.text === "input";
    const name = label?.parts[0]?.text;
    return local && name !== undefined ? [name] : [];
  });
}

function contextOf(type: ValueType | undefined): readonly string[] {
  if (type?.kind === "formula") return type.context.map(({ name }) => name);
  return type?.kind === "either" ? type.options.flatMap(contextOf) : [];
}

function walkLabel(label: Path, { label: type }: StatementDescription, walk: StatementWalk): Path {
  const [head, ...rest] = label.parts;
  if (head === undefined) return label;
  if (type.kind === "reference") return withHead(label, walk.reference(head, type.to));
  if (type.kind === "parameter" && rest.length > 0) return withHead(label, walk.free(head, true));
  return label;
}

function withHead(path: Path, text: string | undefined): Path {
  const [head, ...rest] = path.parts;
  return head === undefined || text === undefined ? path : { ...path, parts: [{ ...head, text }, ...rest] };
}

function walkValue(expr: Expr, type: ValueType, walk: StatementWalk, bound: Bound): Expr {
  switch (type.kind) {
    case "either":
      return walkValue(expr, optionFor(expr, type), walk, bound);
    case "words":
    case "names":
    case "string":
    case "rows":
      return expr;
    case "reference":
      return walkReferences(expr, type.to, walk);
    case "sum":
      return walkReferences(expr, [type.of], walk);
    case "call":
      return expr.kind === "call" ? walkCall(expr, type.to, walk, bound) : expr;
    case "map":
      return expr.kind === "map" ? walkMap(expr, type, walk, bound) : expr;
    case "sequence":
    case "quantity":
    case "numbers":
    case "formula":
      return walkExpr(expr, walk, bound);
  }
}

function walkReferences(expr: Expr, to: readonly KindName[], walk: StatementWalk): Expr {
  const inner = (part: Expr): Expr => walkReferences(part, to, walk);
  if (expr.kind === "sequence") return { ...expr, items: expr.items.map(inner) };
  if (expr.kind === "binary") return { ...expr, left: inner(expr.left), right: inner(expr.right) };
  const [head] = expr.kind === "path" ? expr.parts : [];
  return expr.kind === "path" && head !== undefined ? withHead(expr, walk.reference(head, to)) : expr;
}

function walkCall(call: CallExpr, to: KindName, walk: StatementWalk, bound: Bound): Expr {
  const [head] = call.callee.parts;
  const callee = head === undefined ? call.callee : withHead(call.callee, walk.reference(head, [to]));
  return { ...call, callee, args: walkArguments(call.args, walk, bound) };
}

function walkMap(
  map: MapExpr,
  { keys }: Extract<ValueType, { kind: "map" }>,
  walk: StatementWalk,
  bound: Bound,
): Expr {
  const entries = map.entries.map(({ key, value }) => {
    const text = keys.kind === "reference" ? walk.reference(key, keys.to) : undefined;
    return { key: text === undefined ? key : { ...key, text }, value: walkExpr(value, walk, bound) };
  });
  return { ...map, entries };
}
