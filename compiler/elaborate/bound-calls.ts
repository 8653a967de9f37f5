/** Calls that bind a name in their first argument: `integral(f(x), x = a .. b)`, `sum`, `root`. */
import type { CallExpr, Expr, RangeExpr } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import type { Node, VariableNode } from "../rate/node.ts";
import { type Dimension, describe, multiply, none } from "../units/index.ts";
import { fits, mostRanges } from "./context.ts";
import { elaborateQuantity, type Site } from "./expression.ts";
import { type Binding, flavors, poison, type QuantityValue, quantity, type Value } from "./value.ts";

/** Most terms of a sum over whole numbers. */
const mostTerms = 1000;

/** The two arguments of such a call; undefined, after a report, when it has another form. */
function boundArguments(
  expr: CallExpr,
  form: string,
  { context }: Site,
): { body: Expr; name: string; over: Expr } | undefined {
  const [body, over] = expr.args;
  if (expr.args.length === 2 && body !== undefined && over?.name !== undefined) {
    return { body: body.value, name: over.name.text, over: over.value };
  }
  const keyword = expr.callee.parts[0]?.text ?? "";
  context.report(diagnostic("SV1306", expr.span, { keyword, form }));
  return undefined;
}

interface OverRange {
  readonly variable: VariableNode;
  readonly low: Node;
  readonly high: Node;
  readonly dimension: Dimension;
  readonly inner: QuantityValue;
}

/** A formula of a variable between two ends. */
function overRange(expr: CallExpr, form: string, site: Site): OverRange | undefined {
  const { context } = site;
  const found = boundArguments(expr, form, site);
  if (found === undefined) return undefined;
  const { body, name, over } = found;
  if (over.kind !== "range") {
    context.report(diagnostic("SV1306", expr.span, { keyword: expr.callee.parts[0]?.text ?? "", form }));
    return undefined;
  }
  const low = elaborateQuantity(over.low, site);
  const high = elaborateQuantity(over.high, site);
  if (low === undefined || high === undefined) return undefined;
  const dimension = low.zero === true ? high.dimension : low.dimension;
  if (high.zero !== true && !fits(high.dimension, dimension, site.rule)) {
    const parameters = { left: describe(low.dimension), right: describe(high.dimension) };
    context.report(diagnostic("SV1215", over.span, parameters));
    return undefined;
  }
  const variable = context.graph.variable(name);
  const { budget } = context;
  if (budget.ranges === 0) {
    const items = "integrals or roots inside one another";
    context.report(
      diagnostic("SV1422", expr.span, {
        what: "this formula",
        found: mostRanges + 1,
        items,
        most: mostRanges,
      }),
    );
    return undefined;
  }
  budget.ranges -= 1;
  const inner = elaborateQuantity(body, withName(name, quantity(variable, dimension), site));
  budget.ranges += 1;
  return inner === undefined ? undefined : { variable, low: low.node, high: high.node, dimension, inner };
}

function withName(name: string, value: QuantityValue, site: Site): Site {
  const bound: Binding = { kind: "value", value };
  return { ...site, scope: site.scope.with(new Map([[name, bound]])) };
}

/** `integral(f(x), x = a .. b)`. */
export function integral(expr: CallExpr, site: Site): Value {
  const found = overRange(expr, "integral(f(x), x = low .. high)", site);
  if (found === undefined) return poison;
  const { variable, low, high, inner, dimension } = found;
  const node = site.context.graph.integral("general", variable, low, high, inner.node);
  return quantity(node, multiply(inner.dimension, dimension));
}

/** `root(f(x), x = a .. b)`: where f changes its sign; not a number when it does not. */
export function root(expr: CallExpr, site: Site): Value {
  const { graph } = site.context;
  const found = overRange(expr, "root(f(x), x = low .. high)", site);
  if (found === undefined) return poison;
  const { variable, low, high, inner, dimension } = found;
  const missing = graph.call("sqrt", graph.number(-1));
  return quantity(graph.root(variable, low, high, inner.node, missing), dimension);
}

/** `sum(f[l], l = flavors)`, `sum(f(n), n = 0 .. 5)`. */
export function sum(expr: CallExpr, site: Site): Value {
  const form = "sum(f[l], l = flavors) or sum(f(n), n = 0 .. 5)";
  const found = boundArguments(expr, form, site);
  if (found === undefined) return poison;
  const { body, name, over } = found;
  const isFlavors = over.kind === "path" && over.parts[0]?.text === "flavors";
  const numbers = over.kind === "range" ? wholeNumbers(over, site) : undefined;
  if (!isFlavors && numbers === undefined) {
    site.context.report(diagnostic("SV1306", expr.span, { keyword: "sum", form }));
    return poison;
  }
  const sites =
    numbers === undefined
      ? flavors.map((flavor): Site => {
          const bound: Binding = { kind: "flavor", flavor };
          return { ...site, scope: site.scope.with(new Map([[name, bound]])) };
        })
      : numbers.map((n) => withName(name, quantity(site.context.graph.number(n), none), site));
  const terms: QuantityValue[] = [];
  for (const inside of sites) {
    const term = elaborateQuantity(body, inside);
    if (term === undefined) return poison;
    terms.push(term);
  }
  return quantity(site.context.graph.add(...terms.map(({ node }) => node)), terms[0]?.dimension ?? none);
}

/** The whole numbers of a range whose ends are such; undefined for anything else. */
function wholeNumbers(range: RangeExpr, site: Site): readonly number[] | undefined {
  const [low, high] = [range.low, range.high].map((end) => {
    const node = elaborateQuantity(end, site)?.node;
    return node?.op === "number" && Number.isInteger(node.value) ? node.value : undefined;
  });
  if (low === undefined || high === undefined || range.step !== undefined) return undefined;
  if (high < low || high - low >= mostTerms) return undefined;
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
