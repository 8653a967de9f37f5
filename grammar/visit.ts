/**
 * A walk over expressions and statements, for whoever looks for one kind of node.
 */
import type { Clause, Expr, Param, Statement } from "./syntax.ts";

/** The expressions directly inside an expression, from left to right; callees and indices are among them. */
export function childrenOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "path":
    case "number":
    case "string":
    case "missing":
      return [];
    case "uncertain":
      return [e.value, e.error];
    case "unary":
      return [e.operand];
    case "binary":
      return [e.left, e.right];
    case "if":
      return [e.condition, e.then, e.else];
    case "index":
      return [e.of, ...e.items];
    case "call":
      return [e.callee, ...(e.index ?? []), ...e.args.map((argument) => argument.value)];
    case "range":
      return e.step === undefined ? [e.low, e.high] : [e.low, e.high, e.step];
    case "list":
    case "sequence":
      return e.items;
    case "map":
      return e.entries.map((entry) => entry.value);
  }
}

/** The expressions directly in a statement, its block left out. */
export function expressionsOf(s: Statement): readonly Expr[] {
  return [
    ...(s.label === undefined ? [] : [s.label]),
    ...(s.params ?? []).flatMap(expressionsOfParam),
    ...(s.type === undefined ? [] : [s.type]),
    ...(s.assign === undefined ? [] : [s.assign.value]),
    ...s.clauses.flatMap(expressionsOfClause),
  ];
}

function expressionsOfParam(param: Param): Expr[] {
  return [param.type, param.default].filter((e) => e !== undefined);
}

function expressionsOfClause(clause: Clause): readonly Expr[] {
  switch (clause.kind) {
    case "in":
    case "for":
      return [clause.range];
    case "log":
      return [];
    case "on":
      return clause.targets;
    case "where":
      return clause.bindings.flatMap((one) => [...(one.params ?? []).flatMap(expressionsOfParam), one.value]);
    case "from":
      return [clause.base];
  }
}

/** Visits an expression and all inside it, outside first; `enter` returns false to leave the inside out. */
export function visitExpr(e: Expr, enter: (e: Expr) => boolean | undefined): void {
  if (enter(e) === false) return;
  for (const child of childrenOf(e)) visitExpr(child, enter);
}

/** Visits statements and those of their blocks; `enter` returns false to leave the block out. */
export function visitStatements(
  statements: readonly Statement[],
  enter: (s: Statement, parents: readonly Statement[]) => boolean | undefined,
  parents: readonly Statement[] = [],
): void {
  for (const s of statements) {
    if (enter(s, parents) === false || s.block === undefined) continue;
    visitStatements(s.block.statements, enter, [...parents, s]);
  }
}
