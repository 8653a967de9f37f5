import type { Expr, Param, Span, Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { describe, type Dimension, dimensionOfWord } from "../units/index.ts";
import { type Context, fits, type UnitRule } from "./context.ts";
import { elaborate, elaborateQuantity, type Site } from "./expression.ts";
import {
  type ActualArgument,
  type Binding,
  type FormalParameter,
  type FunctionBinding,
  poison,
  type QuantityValue,
  type Scope,
  type Value,
} from "./value.ts";

/** A binding that is elaborated once, at its first use, and knows when it is defined through itself. */
export function lazily(name: string, span: Span, context: Context, make: () => Value): Binding {
  let known: Value | undefined;
  let busy = false;
  return {
    kind: "lazy",
    get: (use) => {
      if (known !== undefined) return known;
      if (busy) {
        const labels = [{ span: use, text: "used here" }];
        context.report(diagnostic("SV1107", span, { name, cycle: `${name} -> ${name}` }, { labels }));
        known = poison;
        return poison;
      }
      busy = true;
      known ??= make();
      busy = false;
      return known;
    },
  };
}

/** The dimension that a type annotation means: a word (`length`, `keVnr`) or arithmetic of units (`1/MeV`). */
export function typeDimension(type: Expr, site: Site): Dimension | undefined {
  if (type.kind === "path" && type.parts.length === 1) {
    const known = dimensionOfWord(type.parts[0]?.text ?? "");
    if (known !== undefined) return known;
  }
  return elaborateQuantity(type, site)?.dimension;
}

export function formalParameter(param: Param, site: Site): FormalParameter {
  const name = param.name.text;
  const optional = param.default !== undefined;
  if (param.type === undefined) return { name, type: undefined, optional };
  if (param.type.kind === "path" && param.type.parts[0]?.text === "flavor") {
    return { name, type: { kind: "flavor" }, optional };
  }
  const dimension = typeDimension(param.type, site);
  return { name, type: dimension === undefined ? undefined : { kind: "dimension", dimension }, optional };
}

/** Scope of a formula: its `where` names over the given scope. */
export function withWhere(statement: Statement, site: Site): Site {
  const names = new Map<string, Binding>();
  const scope = site.scope.with(names);
  const inner = { ...site, scope };
  for (const clause of statement.clauses) {
    if (clause.kind !== "where") continue;
    for (const { name, params, value, span } of clause.bindings) {
      names.set(
        name.text,
        params === undefined
          ? lazily(name.text, span, site.context, () => elaborate(value, inner))
          : functionFrom(name.text, params, inner, (at) => elaborate(value, at)),
      );
    }
  }
  return inner;
}

/**
 * A function of the language. Its body is elaborated for each call with its arguments in place; equal calls
 * share the result.
 */
export function functionFrom(
  name: string,
  params: readonly Param[],
  site: Site,
  body: (at: Site) => Value,
): FunctionBinding {
  const formals = params.map((param) => formalParameter(param, site));
  const results = new Map<string, Value>();
  let busy = false;
  return {
    kind: "function",
    parameters: formals,
    apply: (args, use) => {
      const bound = bindArguments(formals, params, args, site);
      if (bound === undefined) return poison;
      const known = results.get(bound.key);
      if (known !== undefined) return known;
      if (busy) {
        site.context.report(diagnostic("SV1107", use, { name, cycle: `${name} -> ${name}` }));
        return poison;
      }
      busy = true;
      const value = body({ ...site, scope: bound.scope });
      busy = false;
      results.set(bound.key, value);
      return value;
    },
  };
}

function bindArguments(
  formals: readonly FormalParameter[],
  params: readonly Param[],
  args: readonly (ActualArgument | undefined)[],
  site: Site,
): { scope: Scope; key: string } | undefined {
  const names = new Map<string, Binding>();
  const key: string[] = [];
  for (const [i, formal] of formals.entries()) {
    const actual = args[i] ?? defaultArgument(params[i], site);
    if (actual === undefined) return undefined;
    if (actual.kind === "flavor") {
      names.set(formal.name, { kind: "flavor", flavor: actual.flavor });
      key.push(actual.flavor);
    } else {
      const { value } = actual;
      const dimension = formal.type?.kind === "dimension" ? formal.type.dimension : value.dimension;
      names.set(formal.name, { kind: "value", value: { kind: "quantity", node: value.node, dimension } });
      key.push(`${value.node.id}:${dimension.key}`);
    }
  }
  return { scope: site.scope.with(names), key: key.join(" ") };
}

function defaultArgument(param: Param | undefined, site: Site): ActualArgument | undefined {
  if (param?.default === undefined) return undefined;
  const value = elaborateQuantity(param.default, site);
  return value === undefined ? undefined : { kind: "value", value };
}

/** The formula of a statement as a quantity of a dimension; undefined after a report. */
export function formula(
  statement: Statement,
  target: string,
  expected: Dimension | undefined,
  site: Site,
): QuantityValue | undefined {
  const expr = statement.assign?.value;
  if (expr === undefined) return undefined;
  const value = elaborateQuantity(expr, withWhere(statement, site));
  if (value === undefined) return undefined;
  const { graph, lineOf } = site.context;
  if (lineOf !== undefined && value.node.op !== "number") graph.origin(value.node, lineOf(statement.span));
  return checkDimension(value, expr, target, expected, site);
}

/** Reports a value whose dimension is not the expected one. */
export function checkDimension(
  value: QuantityValue,
  expr: Expr,
  target: string,
  expected: Dimension | undefined,
  site: Site,
): QuantityValue | undefined {
  if (expected === undefined || value.zero === true || fits(value.dimension, expected, site.rule))
    return value;
  const parameters = { expected: describe(expected), found: describe(value.dimension) };
  const isLiteral = expr.kind === "number";
  if (isLiteral && expr.unit === undefined) {
    const example = `${expr.text} ${exampleUnit(expected)}`;
    site.context.report(
      diagnostic("SV1204", expr.span, { field: target, expected: parameters.expected, example }),
    );
  } else if (isLiteral)
    site.context.report(diagnostic("SV1202", expr.span, { field: target, ...parameters }));
  else site.context.report(diagnostic("SV1203", expr.span, { target, ...parameters }));
  return undefined;
}

const examples: Readonly<Record<string, string>> = {
  energy: "MeV",
  nr: "keVnr",
  ee: "keVee",
  mass: "MeV",
  length: "m",
  time: "us",
  PE: "PE",
  POT: "POT",
  magneton: "mu_B",
};

function exampleUnit(dimension: Dimension): string {
  return examples[dimension.key] ?? describe(dimension);
}

/** Where the names of a block with one rule of units are looked up. */
export function siteOf(context: Context, scope: Scope, rule: UnitRule): Site {
  return { context, scope, rule };
}
