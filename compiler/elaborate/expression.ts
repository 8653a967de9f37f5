import { replacement } from "../../grammar/fixes.ts";
import type {
  BinaryExpr,
  Expr,
  IfExpr,
  IndexExpr,
  NumberExpr,
  Path,
  Span,
  UnaryExpr,
} from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { wrapped } from "../diagnostics/fix.ts";
import { didYouMeanUnit } from "../diagnostics/suggest.ts";
import type { Node, Relation } from "../rate/node.ts";
import {
  describe,
  divide,
  findUnit,
  multiply,
  none,
  power,
  rationalOf,
  readQuantity,
} from "../units/index.ts";
import { elaborateCall } from "./calls.ts";
import { type Context, fits, type UnitRule } from "./context.ts";
import { reportUnknown } from "./unknown-name.ts";
import {
  asFlavor,
  type Binding,
  type Flavor,
  flavors,
  poison,
  type QuantityValue,
  quantity,
  type Scope,
  type Value,
} from "./value.ts";

/** Elaborates expressions in one scope: checks names and units and builds the symbolic value. */
export interface Site {
  readonly context: Context;
  readonly scope: Scope;
  readonly rule: UnitRule;
}

/** The meaning of an expression. Everything wrong with it is reported once. */
export function elaborate(expr: Expr, site: Site): Value {
  const { context } = site;
  const { budget } = context;
  budget.steps -= 1;
  if (budget.steps < 0 || budget.levels <= 0) {
    // The first of many.
    if (budget.steps >= -1) context.report(diagnostic("SV1807", expr.span, {}));
    budget.steps = Math.min(budget.steps, -1);
    return poison;
  }
  budget.levels -= 1;
  const value = elaborateKind(expr, site);
  budget.levels += 1;
  return value;
}

function elaborateKind(expr: Expr, site: Site): Value {
  const { context } = site;
  switch (expr.kind) {
    case "number":
      return literal(expr, site);
    case "path":
      return named(expr, site);
    case "unary":
      return unary(expr, site);
    case "binary":
      return binary(expr, site);
    case "if":
      return conditional(expr, site);
    case "index":
      return indexed(expr, site);
    case "call":
      return elaborateCall(expr, site);
    case "uncertain":
      return elaborate(expr.value, site);
    case "missing":
      return poison;
    default:
      context.report(diagnostic("SV1211", expr.span, { found: describeExpr(expr) }));
      return poison;
  }
}

/** The meaning of an expression that has to be a number with a unit. */
export function elaborateQuantity(expr: Expr, site: Site): QuantityValue | undefined {
  const value = elaborate(expr, site);
  if (value.kind === "quantity") return value;
  if (value.kind === "condition")
    site.context.report(diagnostic("SV1211", expr.span, { found: "a condition" }));
  return undefined;
}

function describeExpr(expr: Expr): string {
  const words: Partial<Record<Expr["kind"], string>> = {
    string: "text",
    range: "a range",
    list: "a list",
    map: "a map",
    sequence: "several values",
  };
  return words[expr.kind] ?? "something else";
}

function literal(expr: NumberExpr, { context }: Site): Value {
  const unit = expr.unit === undefined ? undefined : { name: expr.unit.name.text, power: expr.unit.power };
  const read = readQuantity({
    text: expr.text,
    percent: expr.percent,
    ...(unit === undefined ? {} : { unit }),
  });
  if (typeof read !== "string") {
    const value = quantity(context.graph.number(read.internal), read.dimension);
    return read.internal === 0 && unit === undefined ? { ...value, zero: true } : value;
  }
  if (read === "unknown-unit" && expr.unit !== undefined) {
    const { name } = expr.unit;
    context.report(
      diagnostic("SV1205", name.span, { unit: name.text }, didYouMeanUnit(name.span, name.text)),
    );
  } else if (read === "out-of-range") {
    // What is no number at all was reported by the parser.
    context.report(diagnostic("SV1410", expr.span, { text: expr.text }));
  }
  return poison;
}

function named(path: Path, site: Site): Value {
  const text = path.parts.map((part) => part.text).join(".");
  const binding = site.scope.find(text);
  if (binding !== undefined) return bareValue(binding, text, path.span, site);
  const unit = path.parts.length === 1 ? findUnit(text) : undefined;
  if (unit !== undefined) {
    const read = readQuantity({ text: "1", unit: { name: text } });
    if (typeof read !== "string") return quantity(site.context.graph.number(read.internal), read.dimension);
  }
  reportUnknown(text, path.span, site);
  return poison;
}

function bareValue(binding: Binding, name: string, span: Span, { context }: Site): Value {
  switch (binding.kind) {
    case "value":
      return binding.value;
    case "lazy":
      return binding.get(span);
    case "function":
      if (binding.bare !== undefined) return binding.bare();
      context.report(diagnostic("SV1109", span, { name, found: "a function", expected: "a value" }));
      return poison;
    case "family":
      context.report(
        diagnostic("SV1314", span, {
          name,
          expected: plural(binding.arity, "index", "indices"),
          found: "none",
        }),
      );
      return poison;
    case "flavor":
      context.report(diagnostic("SV1109", span, { name, found: "a flavour", expected: "a value" }));
      return poison;
  }
}

export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function indexed(expr: IndexExpr, site: Site): Value {
  const name = expr.of.parts.map((part) => part.text).join(".");
  const binding = site.scope.find(name);
  if (binding === undefined) {
    reportUnknown(name, expr.of.span, site);
    return poison;
  }
  if (binding.kind === "value" && binding.value.kind === "poison") return poison;
  if (binding.kind !== "family") {
    site.context.report(diagnostic("SV1314", expr.span, { name, expected: "no index", found: "one" }));
    return poison;
  }
  const key = expr.items.map((item) => flavorAt(item, site));
  if (!key.every((flavor) => flavor !== undefined)) return poison;
  if (key.length !== binding.arity) {
    const expected = plural(binding.arity, "index", "indices");
    site.context.report(diagnostic("SV1314", expr.span, { name, expected, found: String(key.length) }));
    return poison;
  }
  return binding.at(key.join(","), expr.span);
}

/** A flavour inside brackets: a bound index or one of e, mu, tau; never a parameter of that name. */
export function flavorAt(path: Path, site: Site): Flavor | undefined {
  const text = path.parts.map((part) => part.text).join(".");
  const binding = site.scope.find(text);
  if (binding?.kind === "flavor") return binding.flavor;
  const flavor = asFlavor(text);
  if (flavor === undefined) {
    const fixes = flavors.map((one) => replacement(path.span, one));
    const parameters = { name: text, example: `charge[${text}] += …` };
    site.context.report(diagnostic("SV1110", path.span, parameters, { fixes }));
  }
  return flavor;
}

function unary(expr: UnaryExpr, site: Site): Value {
  const value = elaborate(expr.operand, site);
  if (value.kind === "poison") return poison;
  if (expr.operator === "not") {
    if (value.kind === "condition")
      return { kind: "condition", choose: (then, otherwise) => value.choose(otherwise, then) };
    reportNumber(expr.operand, value, site);
    return poison;
  }
  if (value.kind === "condition") {
    site.context.report(diagnostic("SV1211", expr.operand.span, { found: "a condition" }));
    return poison;
  }
  return expr.operator === "-" ? { ...value, node: site.context.graph.negate(value.node) } : value;
}

function binary(expr: BinaryExpr, site: Site): Value {
  const { operator } = expr;
  if (operator === "and" || operator === "or") return logical(expr, site);
  if ((operator === "==" || operator === "!=") && (isIndex(expr.left, site) || isIndex(expr.right, site)))
    return flavorComparison(expr, site);
  const left = elaborateQuantity(expr.left, site);
  const right = elaborateQuantity(expr.right, site);
  if (left === undefined || right === undefined) return poison;
  switch (operator) {
    case "+":
    case "-":
      return sum(expr, left, right, site);
    case "*":
      return quantity(
        site.context.graph.multiply(left.node, right.node),
        multiply(left.dimension, right.dimension),
      );
    case "/":
      return quotient(expr, left, right, site);
    case "^":
      return raised(expr, left, right, site);
    default:
      return comparison(expr, left, right, site);
  }
}

/** True for a name that an index has bound to a flavour. */
function isIndex(expr: Expr, { scope }: Site): boolean {
  const [name, ...more] = expr.kind === "path" ? expr.parts : [];
  return name !== undefined && more.length === 0 && scope.find(name.text)?.kind === "flavor";
}

/** `l == k`, `l != tau`: decided now, for flavours are known while formulas are read. */
function flavorComparison({ left, right, operator, span }: BinaryExpr, site: Site): Value {
  if (left.kind !== "path" || right.kind !== "path") {
    const index = left.kind === "path" ? left : right;
    const name = index.kind === "path" ? (index.parts[0]?.text ?? "") : "";
    const parameters = { name, found: "a flavour", expected: "a value" };
    site.context.report(
      diagnostic("SV1109", index.span, parameters, { labels: [{ span, text: "compared here" }] }),
    );
    return poison;
  }
  const [first, second] = [flavorAt(left, site), flavorAt(right, site)];
  if (first === undefined || second === undefined) return poison;
  const holds = (first === second) === (operator === "==");
  return { kind: "condition", choose: (then, otherwise) => (holds ? then : otherwise) };
}

function logical(expr: BinaryExpr, site: Site): Value {
  const left = conditionOf(expr.left, site);
  const right = conditionOf(expr.right, site);
  if (left === undefined || right === undefined) return poison;
  const choose =
    expr.operator === "and"
      ? (then: Node, otherwise: Node): Node => left(right(then, otherwise), otherwise)
      : (then: Node, otherwise: Node): Node => left(then, right(then, otherwise));
  return { kind: "condition", choose };
}

function conditionOf(expr: Expr, site: Site): ((then: Node, otherwise: Node) => Node) | undefined {
  const value = elaborate(expr, site);
  if (value.kind === "condition") return value.choose;
  if (value.kind === "quantity") {
    reportNumber(expr, value, site);
  }
  return undefined;
}

/** A number where a condition is due: zero can be compared with any unit. */
function reportNumber(expr: Expr, { dimension }: QuantityValue, { context }: Site): void {
  const fixes = [wrapped(expr, "", " > 0", "compare it with zero")];
  context.report(diagnostic("SV1212", expr.span, { found: describe(dimension) }, { fixes }));
}

/** Both dimensions when they agree; undefined after a report. */
function agree(left: QuantityValue, right: QuantityValue, rule: UnitRule): boolean {
  return left.zero === true || right.zero === true || fits(right.dimension, left.dimension, rule);
}

function sum(expr: BinaryExpr, left: QuantityValue, right: QuantityValue, site: Site): Value {
  const { context, rule } = site;
  if (!agree(left, right, rule)) {
    const verb = expr.operator === "+" ? "add" : "subtract";
    context.report(
      diagnostic(
        "SV1201",
        expr.span,
        { verb, left: describe(left.dimension), right: describe(right.dimension) },
        {
          labels: [
            { span: expr.left.span, text: `this is ${describe(left.dimension)}` },
            { span: expr.right.span, text: `this is ${describe(right.dimension)}` },
          ],
        },
      ),
    );
    return poison;
  }
  const { graph } = context;
  const node =
    expr.operator === "+" ? graph.add(left.node, right.node) : graph.subtract(left.node, right.node);
  return quantity(node, left.zero === true ? right.dimension : left.dimension);
}

function quotient(expr: BinaryExpr, left: QuantityValue, right: QuantityValue, { context }: Site): Value {
  if (right.node.op === "number" && right.node.value === 0 && context.unchecked !== true) {
    context.report(diagnostic("SV1806", expr.span, { callee: "/", found: "a divisor of zero" }));
    return poison;
  }
  return quantity(context.graph.divide(left.node, right.node), divide(left.dimension, right.dimension));
}

function raised(expr: BinaryExpr, left: QuantityValue, right: QuantityValue, { context, rule }: Site): Value {
  if (!fits(right.dimension, none, rule)) {
    context.report(diagnostic("SV1208", expr.right.span, { found: describe(right.dimension) }));
    return poison;
  }
  const node = context.graph.power(left.node, right.node);
  if (fits(left.dimension, none, rule)) return quantity(node, none);
  const exponent = right.node.op === "number" ? rationalOf(right.node.value) : undefined;
  if (exponent === undefined) {
    context.report(diagnostic("SV1209", expr.left.span, { found: describe(left.dimension) }));
    return poison;
  }
  return quantity(node, power(left.dimension, exponent));
}

function comparison(
  expr: BinaryExpr,
  left: QuantityValue,
  right: QuantityValue,
  { context, rule }: Site,
): Value {
  if (!agree(left, right, rule)) {
    const parameters = { left: describe(left.dimension), right: describe(right.dimension) };
    context.report(diagnostic("SV1210", expr.span, parameters));
    return poison;
  }
  const swapped = expr.operator === ">" || expr.operator === ">=";
  const [a, b] = swapped ? [right.node, left.node] : [left.node, right.node];
  const relation = relationOf(expr.operator);
  return {
    kind: "condition",
    choose: (then, otherwise) => context.graph.select(relation, a, b, then, otherwise),
  };
}

function relationOf(operator: BinaryExpr["operator"]): Relation {
  if (operator === "==" || operator === "!=") return operator;
  return operator === "<=" || operator === ">=" ? "<=" : "<";
}

function conditional(expr: IfExpr, site: Site): Value {
  const choose = conditionOf(expr.condition, site);
  const then = elaborateQuantity(expr.then, site);
  const otherwise = elaborateQuantity(expr.else, site);
  if (choose === undefined || then === undefined || otherwise === undefined) return poison;
  if (!agree(then, otherwise, site.rule)) {
    const parameters = { left: describe(then.dimension), right: describe(otherwise.dimension) };
    site.context.report(diagnostic("SV1213", expr.span, parameters));
    return poison;
  }
  return quantity(
    choose(then.node, otherwise.node),
    then.zero === true ? otherwise.dimension : then.dimension,
  );
}
