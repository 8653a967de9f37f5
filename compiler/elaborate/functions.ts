import { behind, changes, insertion, replacement } from "../../grammar/fixes.ts";
import type { Expr, Param, Span, Statement } from "../../grammar/syntax.ts";
import { diagnostic, type Extra } from "../diagnostics/diagnostic.ts";
import { wrapped } from "../diagnostics/fix.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { conversionHelp } from "../diagnostics/unit-help.ts";
import type { Node } from "../rate/node.ts";
import {
  base,
  type Dimension,
  describe,
  dimensionOfWord,
  dimensionWords,
  displayUnit,
  divide,
  isNone,
  none,
} from "../units/index.ts";
import { type Context, fits, type UnitRule } from "./context.ts";
import { elaborate, elaborateQuantity, flavorAt, type Site } from "./expression.ts";
import {
  type ActualArgument,
  type Binding,
  type FormalParameter,
  type FunctionBinding,
  poison,
  type QuantityValue,
  Scope,
  type Value,
} from "./value.ts";

/** Names whose definitions are being followed, outermost first. */
const underway = new WeakMap<Context, string[]>();

/** What a definition takes of the stack, in expressions. */
const levelsOfDefinition = 6;

function follow<T>(name: string, context: Context, make: () => T): T {
  const path = underway.get(context) ?? [];
  underway.set(context, path);
  path.push(name);
  context.budget.levels -= levelsOfDefinition;
  const made = make();
  context.budget.levels += levelsOfDefinition;
  path.pop();
  return made;
}

/** `a -> b -> a`, for a name that is met again while it is defined. */
function cycleOf(name: string, context: Context): string {
  const path = underway.get(context) ?? [];
  return [...path.slice(path.lastIndexOf(name)), name].join(" -> ");
}

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
        context.report(diagnostic("SV1107", span, { name, cycle: cycleOf(name, context) }, { labels }));
        known = poison;
        return poison;
      }
      busy = true;
      known ??= follow(name, context, make);
      busy = false;
      return known;
    },
  };
}

/** The dimension that a type annotation means: a word (`length`, `keVnr`) or arithmetic of units (`1/MeV`). */
export function typeDimension(type: Expr, site: Site): Dimension | undefined {
  if (type.kind === "path" && type.parts.length === 1) {
    const name = type.parts[0]?.text ?? "";
    const known = dimensionOfWord(name);
    if (known !== undefined) return known;
    const near = didYouMean(type.span, name, dimensionWords.keys());
    if (near.help !== undefined) {
      site.context.report(diagnostic("SV1101", type.span, { name }, near));
      return undefined;
    }
  }
  return elaborateQuantity(type, amongUnits(site))?.dimension;
}

/** Where types are read: they are made of units, whatever a file calls its constants. */
export function amongUnits(site: Site): Site {
  return { ...site, scope: new Scope(new Map()) };
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

/** The meaning of an expression, whose parts remember the line that they were written in. */
export function elaborateAt(span: Span, expr: Expr, site: Site): Value {
  const value = elaborate(expr, site);
  if (value.kind === "quantity") placeAt(span, value.node, site.context);
  return value;
}

/** Remembers for all parts of a node that have no place yet that they come from this one. */
export function placeAt(span: Span, node: Node, { graph, lineOf }: Context): void {
  if (lineOf !== undefined && graph.placeOf(node) === undefined) graph.place(node, lineOf(span));
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
          ? lazily(name.text, span, site.context, () => elaborateAt(span, value, inner))
          : functionFrom(name.text, params, inner, (at) => elaborateAt(span, value, at)),
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
        site.context.report(diagnostic("SV1107", use, { name, cycle: cycleOf(name, site.context) }));
        return poison;
      }
      busy = true;
      const value = follow(name, site.context, () => body({ ...site, scope: bound.scope }));
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
    const actual = args[i] ?? defaultArgument(params[i], formal, site);
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

function defaultArgument(
  param: Param | undefined,
  { type }: FormalParameter,
  site: Site,
): ActualArgument | undefined {
  if (param?.default === undefined) return undefined;
  if (type?.kind === "flavor") {
    const flavor = param.default.kind === "path" ? flavorAt(param.default, site) : undefined;
    return flavor === undefined ? undefined : { kind: "flavor", flavor };
  }
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
  if (lineOf !== undefined && value.node.op !== "number") {
    const line = lineOf(statement.span);
    graph.origin(value.node, line);
    graph.place(value.node, line);
  }
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
  const unit = exampleUnit(expected, target);
  if (mixesRecoil(expected, value.dimension))
    site.context.report(diagnostic("SV1206", expr.span, parameters, inUnit(expr, unit)));
  else if (isLiteral && expected === none) {
    site.context.report(diagnostic("SV1214", expr.span, { field: target, found: parameters.found }));
  } else if (isLiteral && expr.unit === undefined) {
    const example = withUnit(expr.text, unit);
    const fixes = [insertion(expr.span, withUnit("", unit))];
    const places = { field: target, expected: parameters.expected, example };
    site.context.report(diagnostic("SV1204", expr.span, places, { fixes }));
  } else if (isLiteral) {
    const help = `give it in ${unit} or another unit of ${parameters.expected}`;
    const extra = { ...inUnit(expr, unit), help };
    site.context.report(diagnostic("SV1202", expr.span, { field: target, ...parameters }, extra));
  } else {
    const extra = mendedBy(expected, value.dimension, expr);
    site.context.report(diagnostic("SV1203", expr.span, { target, ...parameters }, extra));
  }
  return undefined;
}

/** For a number in a unit that is out of place. */
export function inUnit(expr: Expr, unit: string): Extra {
  if (expr.kind !== "number" || expr.unit === undefined) return {};
  const { start } = expr.unit.name.span;
  const help = `write it in ${unit} if that is what is meant`;
  return { help, fixes: [replacement({ ...expr.span, start }, withUnit("", unit).trim())] };
}

/** The same for an end of a range, which may have no unit, or need none. All `ends` get the unit that they lack with it. */
export function endInUnit(end: Expr, unit: string, ends: readonly Expr[] = [end]): Extra {
  const expr = end.kind === "unary" ? end.operand : end;
  if (expr.kind !== "number") return {};
  if (unit === "") {
    if (expr.unit === undefined) return {};
    return { help: "leave the unit out", fixes: [replacement(expr.span, expr.text, "leave the unit out")] };
  }
  if (expr.unit !== undefined) return inUnit(expr, unit);
  const bare = ends.flatMap((one) => {
    const number = one.kind === "unary" ? one.operand : one;
    const lacks = number.kind === "number" && number.unit === undefined && !number.percent;
    return lacks && Number(number.text) !== 0 ? [number.span] : [];
  });
  const written = withUnit("", unit);
  const edits = bare.map((span) => behind(span, written));
  return {
    help: `write it in ${unit} if that is what is meant`,
    fixes: [changes(`add \`${written.trim()}\``, ...edits)],
  };
}

/** For a value of the wrong dimension: what would mend it. A formula in bare numbers can be given the unit that it lacks. */
export function mendedBy(expected: Dimension, found: Dimension, expr: Expr): Extra {
  const said = conversionHelp(expected, found);
  if (said === undefined) return {};
  if (!isNone(found)) return { notes: [said] };
  const unit = displayUnit(expected).text.replaceAll(" ", "*");
  const title = `multiply it by ${unit}`;
  const fix =
    expr.kind === "number"
      ? insertion(expr.span, withUnit("", unit))
      : wrapped(expr, "", ` * ${unit}`, title);
  return { help: said, fixes: [fix] };
}

/** True when the two differ by electron-equivalent energies in the place of nuclear-recoil ones, or the other way. */
export function mixesRecoil(expected: Dimension, found: Dimension): boolean {
  const { exponents } = divide(expected, found);
  const [nr, ee] = [exponents.nr, exponents.ee];
  if (nr === undefined || ee === undefined || Object.keys(exponents).length !== 2) return false;
  return nr.num * ee.den === -ee.num * nr.den;
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

/** A unit that people would write; the lengths of form factors (`R of Helm`) are nuclear ones. */
export function exampleUnit(dimension: Dimension, target = ""): string {
  if (dimension === base.length && target.includes(" of ")) return "fm";
  if (dimension === base.mass && target === "target") return "kg";
  if (dimension === base.mass && target.endsWith("_mass")) return "u";
  return examples[dimension.key] ?? displayUnit(dimension).text;
}

/** A number in a unit as formulas have it: `1 m`, `1/(cm^2*s)`. */
export function withUnit(number: string, unit: string): string {
  const product = unit.replaceAll(" ", "*");
  return product.startsWith("1/") ? `${number}${product.slice(1)}` : `${number} ${product}`;
}

/** Where the names of a block with one rule of units are looked up. */
export function siteOf(context: Context, scope: Scope, rule: UnitRule): Site {
  return { context, scope, rule };
}
