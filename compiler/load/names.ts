/**
 * Free names of expressions and statements, and their renaming. Scopes are respected: formal parameters, `where`,
 * `for` variables, the variable of `integral(…, x = 0 .. 1)`, and what the caller says is bound. Flavours and index
 * variables in brackets, words, units behind numbers and type annotations are never names of declarations.
 */
import type { Argument, Binding, Clause, Expr, Name, Param, Path } from "../../grammar/syntax.ts";

export type Bound = ReadonlySet<string>;

/** What a walk over names asks and tells. */
export interface Walk {
  /** A free name, `dotted` when parts follow it; the answer is its new text, undefined to keep it. */
  free(name: Name, dotted: boolean): string | undefined;
  /** A name bound inside. */
  bind?(name: string): void;
}

export const nothingBound: Bound = new Set();

/** `bound` and more names. */
export function withNames(bound: Bound, names: Iterable<string>, walk?: Walk): Bound {
  const more = [...names];
  if (walk?.bind !== undefined) for (const name of more) walk.bind(name);
  return more.length === 0 ? bound : new Set([...bound, ...more]);
}

/** The free names of an expression, in the order of the text, every occurrence. */
export function freeNames(expr: Expr, bound: Bound = nothingBound): readonly Name[] {
  const found: Name[] = [];
  walkExpr(
    expr,
    {
      free(name) {
        found.push(name);
        return undefined;
      },
    },
    bound,
  );
  return found;
}

/** The expression with its free names replaced as `walk.free` says. */
export function walkExpr(expr: Expr, walk: Walk, bound: Bound): Expr {
  const inner = (part: Expr): Expr => walkExpr(part, walk, bound);
  switch (expr.kind) {
    case "path":
      return walkPath(expr, walk, bound);
    case "number":
    case "string":
    case "missing":
      return expr;
    case "uncertain":
      return { ...expr, value: inner(expr.value), error: inner(expr.error) };
    case "unary":
      return { ...expr, operand: inner(expr.operand) };
    case "binary":
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case "if":
      // biome-ignore lint/suspicious/noThenProperty: the field of the syntax tree
      return { ...expr, condition: inner(expr.condition), then: inner(expr.then), else: inner(expr.else) };
    case "index":
      return { ...expr, of: walkPath(expr.of, walk, bound) };
    case "call":
      return {
        ...expr,
        callee: walkPath(expr.callee, walk, bound),
        args: walkArguments(expr.args, walk, bound),
      };
    case "range":
      return walkRange(expr, walk, bound);
    case "list":
    case "sequence":
      return { ...expr, items: expr.items.map(inner) };
    case "map":
      return { ...expr, entries: expr.entries.map(({ key, value }) => ({ key, value: inner(value) })) };
  }
}

export function walkRange<R extends Extract<Expr, { kind: "range" }>>(range: R, walk: Walk, bound: Bound): R {
  const { low, high, step } = range;
  const ends = { low: walkExpr(low, walk, bound), high: walkExpr(high, walk, bound) };
  return step === undefined
    ? { ...range, ...ends }
    : { ...range, ...ends, step: walkExpr(step, walk, bound) };
}

export function walkPath(path: Path, walk: Walk, bound: Bound): Path {
  const [head, ...rest] = path.parts;
  if (head === undefined || bound.has(head.text)) return path;
  const renamed = walk.free(head, rest.length > 0);
  return renamed === undefined || renamed === head.text
    ? path
    : { ...path, parts: [{ ...head, text: renamed }, ...rest] };
}

/** `integral(f(x), x = 0 .. 1)`: an argument that is a named range binds its name in the other arguments. */
export function walkArguments(args: readonly Argument[], walk: Walk, bound: Bound): readonly Argument[] {
  const variables = args.flatMap(({ name, value }) =>
    name !== undefined && value.kind === "range" ? [name.text] : [],
  );
  const inside = withNames(bound, variables, walk);
  return args.map((argument) => {
    const scope = argument.value.kind === "range" ? bound : inside;
    return { ...argument, value: walkExpr(argument.value, walk, scope) };
  });
}

/** Defaults of formal parameters; their types are words and units. */
export function walkParams(params: readonly Param[], walk: Walk, bound: Bound): readonly Param[] {
  return params.map((param) =>
    param.default === undefined ? param : { ...param, default: walkExpr(param.default, walk, bound) },
  );
}

/** Names that the formal parameters and clauses of a statement bind in its value. */
export function boundBy(params: readonly Param[] | undefined, clauses: readonly Clause[]): readonly string[] {
  const names = (params ?? []).map(({ name }) => name.text);
  for (const clause of clauses) {
    if (clause.kind === "for") names.push(clause.variable.text);
    if (clause.kind === "where") names.push(...clause.bindings.map(({ name }) => name.text));
  }
  return names;
}

/** `outer` holds around the statement, `inner` in its value. */
export function walkClause(clause: Clause, walk: Walk, outer: Bound, inner: Bound): Clause {
  switch (clause.kind) {
    case "in":
      return { ...clause, range: walkRange(clause.range, walk, outer) };
    case "for":
      return { ...clause, range: walkRange(clause.range, walk, outer) };
    case "where":
      return { ...clause, bindings: clause.bindings.map((binding) => walkBinding(binding, walk, inner)) };
    case "from":
      return { ...clause, base: walkPath(clause.base, walk, nothingBound) };
    case "log":
    case "on":
      return clause;
  }
}

function walkBinding(binding: Binding, walk: Walk, bound: Bound): Binding {
  const { params } = binding;
  if (params === undefined) return { ...binding, value: walkExpr(binding.value, walk, bound) };
  const inner = withNames(bound, boundBy(params, []), walk);
  return {
    ...binding,
    params: walkParams(params, walk, bound),
    value: walkExpr(binding.value, walk, inner),
  };
}
