import type { CallExpr, Expr } from "../../grammar/syntax.ts";
import { type Signature, signatures } from "../../runtime/signatures.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { type Dimension, describe, none, power } from "../units/index.ts";
import { integral, root, sum } from "./bound-calls.ts";
import { fits } from "./context.ts";
import { instantiate } from "./expand.ts";
import { elaborate, elaborateQuantity, flavorAt, plural, type Site } from "./expression.ts";
import { exampleUnit, inUnit, mendedBy, mixesRecoil } from "./functions.ts";
import { reportUnknown } from "./unknown-name.ts";
import {
  type ActualArgument,
  type FunctionBinding,
  poison,
  type QuantityValue,
  quantity,
  type Value,
} from "./value.ts";

const runtimeFunctions = new Map(signatures.map((signature) => [signature.name, signature]));

/** Names of functions that every scope has. */
export const functionNames: readonly string[] = [
  ...runtimeFunctions.keys(),
  "integral",
  "sum",
  "root",
  "delta",
];

export function elaborateCall(expr: CallExpr, site: Site): Value {
  const name = expr.callee.parts.map((part) => part.text).join(".");
  const binding = site.scope.find(name);
  if (binding?.kind === "function") return applyBinding(name, binding, expr, site);
  if (binding?.kind === "value" && binding.value.kind === "poison") return poison;
  if (binding?.kind === "family" && expr.args.length === 0) return poison;
  if (binding !== undefined) {
    const found =
      binding.kind === "flavor" ? "a flavour" : binding.kind === "family" ? "a family of values" : "a value";
    site.context.report(diagnostic("SV1109", expr.callee.span, { name, found, expected: "a function" }));
    return poison;
  }
  if (name === "integral") return integral(expr, site);
  if (name === "sum") return sum(expr, site);
  if (name === "root") return root(expr, site);
  if (name === "delta") return delta(expr, site);
  const signature = runtimeFunctions.get(name);
  if (signature !== undefined) return runtimeCall(signature, expr, site);
  const known = [...site.scope.names(), ...functionNames];
  const extra = didYouMean(expr.callee.span, name, known);
  if (extra.help === undefined) reportUnknown(name, expr.callee.span, site);
  else site.context.report(diagnostic("SV1101", expr.callee.span, { name }, extra));
  return poison;
}

/** Matches named and positional arguments with the parameters; undefined after a report. */
function arrange(
  callee: string,
  names: readonly string[],
  required: (index: number) => boolean,
  expr: CallExpr,
  site: Site,
): readonly (Expr | undefined)[] | undefined {
  const { report } = site.context;
  const slots: (Expr | undefined)[] = names.map(() => undefined);
  let next = 0;
  let good = true;
  for (const { name, value } of expr.args) {
    const index = name === undefined ? next++ : names.indexOf(name.text);
    if (name !== undefined && index < 0) {
      report(
        diagnostic(
          "SV1308",
          name.span,
          { callee, argument: name.text },
          didYouMean(name.span, name.text, names),
        ),
      );
      good = false;
    } else if (index >= names.length) {
      const expected = plural(names.length, "argument", "arguments");
      report(diagnostic("SV1307", expr.span, { callee, expected, found: String(expr.args.length) }));
      return undefined;
    } else if (slots[index] !== undefined) {
      report(diagnostic("SV1309", value.span, { callee, argument: names[index]! }));
      good = false;
    } else slots[index] = value;
  }
  if (!good) return undefined;
  const missing = slots.findIndex((slot, i) => slot === undefined && required(i));
  if (missing >= 0) {
    report(diagnostic("SV1310", expr.span, { callee, argument: names[missing]! }));
    return undefined;
  }
  return slots;
}

function applyBinding(name: string, binding: FunctionBinding, expr: CallExpr, site: Site): Value {
  const { parameters } = binding;
  const names = parameters.map((parameter) => parameter.name);
  const slots = arrange(name, names, (i) => parameters[i]?.optional !== true, expr, site);
  if (slots === undefined) return poison;
  const actual: (ActualArgument | undefined)[] = [];
  let good = true;
  for (const [i, slot] of slots.entries()) {
    const type = parameters[i]?.type;
    if (slot === undefined) actual.push(undefined);
    else if (type?.kind === "flavor") {
      const flavor = slot.kind === "path" ? flavorAt(slot, site) : undefined;
      if (flavor === undefined) {
        if (slot.kind !== "path")
          site.context.report(diagnostic("SV1211", slot.span, { found: "no flavour" }));
        return poison;
      }
      actual.push({ kind: "flavor", flavor });
    } else {
      const value = argument(name, names[i] ?? "", slot, type?.dimension, site);
      if (value === undefined) good = false;
      else actual.push({ kind: "value", value });
    }
  }
  if (!good) return poison;
  return binding.apply(actual, expr.span);
}

/** A literal has to carry the unit it is asked for; a formula is compared by the rule of the place. */
function argument(
  callee: string,
  name: string,
  expr: Expr,
  expected: Dimension | undefined,
  site: Site,
): QuantityValue | undefined {
  const value = elaborateQuantity(expr, site);
  if (value === undefined || expected === undefined || value.zero === true) return value;
  const rule = expr.kind === "number" ? "strict" : site.rule;
  if (fits(value.dimension, expected, rule)) return value;
  const parameters = {
    argument: name,
    callee,
    expected: describe(expected),
    found: describe(value.dimension),
  };
  const energies = { expected: parameters.expected, found: parameters.found };
  site.context.report(
    mixesRecoil(expected, value.dimension)
      ? diagnostic("SV1206", expr.span, energies, inUnit(expr, exampleUnit(expected)))
      : diagnostic("SV1207", expr.span, parameters, mendedBy(expected, value.dimension, expr)),
  );
  return undefined;
}

function runtimeCall(signature: Signature, expr: CallExpr, site: Site): Value {
  const names = signature.args.map((arg) => arg.name);
  const slots = arrange(signature.name, names, () => true, expr, site);
  if (slots === undefined) return poison;
  let unit: Dimension | undefined;
  const values: QuantityValue[] = [];
  let good = true;
  for (const [i, slot] of slots.entries()) {
    if (slot === undefined) return poison;
    const value = elaborateQuantity(slot, site);
    if (value === undefined) {
      good = false;
      continue;
    }
    values.push(value);
    if (value.zero === true) continue;
    const dim = signature.args[i]?.dim ?? "1";
    if (dim !== "1" && unit === undefined) unit = baseOf(value.dimension, dim);
    const expected = dim === "1" ? none : power(unit ?? none, exponentOf(dim));
    if (!fits(value.dimension, expected, site.rule)) {
      reportArgument(signature, names[i] ?? "", slot, expected, value, site);
      good = false;
    }
  }
  if (!good) return poison;
  const { graph } = site.context;
  const result = signature.result === "1" ? none : power(unit ?? none, exponentOf(signature.result));
  const nodes = values.map((value) => value.node);
  const constant = nodes.every((arg) => arg.op === "number");
  // Numbers are put into the function itself: an expansion may pass by where it is not defined.
  const node =
    signature.expand === undefined || constant
      ? graph.call(signature.name === "ln" ? "log" : signature.name, ...nodes)
      : instantiate(graph, signature, signature.expand, nodes);
  if (constant && node.op !== "number" && site.context.unchecked !== true) {
    site.context.report(
      diagnostic("SV1806", expr.span, {
        callee: signature.name,
        found: nodes.map((n) => ("value" in n ? Number(n.value.toPrecision(4)) : "")).join(", "),
      }),
    );
    return poison;
  }
  return quantity(node, result);
}

function reportArgument(
  { name }: Signature,
  argumentName: string,
  expr: Expr,
  expected: Dimension,
  value: QuantityValue,
  site: Site,
): void {
  const found = describe(value.dimension);
  const parameters = { argument: argumentName, callee: name, expected: describe(expected), found };
  site.context.report(diagnostic("SV1207", expr.span, parameters, mendedBy(expected, value.dimension, expr)));
}

function exponentOf(dim: Signature["result"]): number {
  return dim === "D^2" ? 2 : dim === "1/D" ? -1 : 1;
}

/** D itself, given the dimension of an argument that is a power of D. */
function baseOf(found: Dimension, dim: Signature["result"]): Dimension {
  return power(found, dim === "D^2" ? { num: 1, den: 2 } : exponentOf(dim));
}

/** `delta(E - E0)`: the density of a line. */
function delta(expr: CallExpr, site: Site): Value {
  const [only] = expr.args;
  if (expr.args.length !== 1 || only === undefined) {
    const found = String(expr.args.length);
    site.context.report(diagnostic("SV1307", expr.span, { callee: "delta", expected: "1 argument", found }));
    return poison;
  }
  const value = elaborate(only.value, site);
  if (value.kind !== "quantity") return poison;
  return quantity(site.context.graph.delta(value.node), power(value.dimension, -1));
}
