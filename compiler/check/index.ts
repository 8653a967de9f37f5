/**
 * Checks of the model form: names and units of every formula, values, and the physics that can be seen without
 * running anything. One rule a file; what loading found is not said again.
 */
import { parse } from "../../grammar/parse.ts";
import type { SyntaxTree } from "../../grammar/syntax.ts";
import { type Diagnostic, hasErrors, isJson, sortDiagnostics } from "../diagnostics/index.ts";
import { budgetOf } from "../elaborate/context.ts";
import { Library, type ParameterValue } from "../elaborate/library.ts";
import { quantity } from "../elaborate/value.ts";
import type { Model } from "../model/model.ts";
import { Graph } from "../rate/graph.ts";
import { applyAllowances } from "./allowances.ts";
import { isCascade, ofAnotherKind } from "./cascade.ts";
import type { Checking } from "./checking.ts";
import { withBinding } from "./index-binding.ts";
import { declarationRules, physicsRules, textRules } from "./rules.ts";

/** Steps of reading a spec: an analysis of the CsI data takes 4000. */
const budget = 300_000;

/** Everything wrong or suspicious with a model, in the order of the text. Warnings are about the file itself alone. */
export function check(model: Model): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  const report = (made: Diagnostic): void => {
    const one = ofAnotherKind(made, model) ?? withBinding(made, model);
    const key = `${one.code} ${one.span.file} ${one.span.start} ${one.span.end}`;
    if (!found.has(key) && !isCascade(one, model, found.values())) found.set(key, one);
  };
  const tree = treeOf(model);
  const partial = model.declarations.some(({ incomplete }) => incomplete) || (model.poisoned?.size ?? 0) > 0;
  const checking = checkingOf(model, tree, report, () => partial || hasErrors([...found.values()]));
  for (const rule of declarationRules) rule(checking);
  const isWhole = !checking.failed();
  if (isWhole) for (const rule of physicsRules) rule(checking);
  for (const rule of textRules) rule(checking);
  const own = [...found.values()].filter((one) => one.severity === "error" || one.span.file === model.file);
  return sortDiagnostics(tree === undefined ? own : applyAllowances(own, tree, model, isWhole));
}

function checkingOf(
  model: Model,
  tree: SyntaxTree | undefined,
  report: (one: Diagnostic) => void,
  failed: () => boolean,
): Checking {
  const graph = new Graph();
  const library = new Library(model, { graph, report, budget: budgetOf(budget) });
  const values = new Map<string, number>();
  for (const declaration of model.declarations) {
    for (const { name, value } of library.parameters(declaration)) values.set(name, value);
  }
  const value: ParameterValue = ({ name, dimension }) => quantity(graph.parameter(name), dimension);
  const defaults = (name: string): number => values.get(name) ?? 0;
  return { model, library, graph, defaults, value, report, failed, ...(tree === undefined ? {} : { tree }) };
}

/** A JSON document has no text of the language. */
function treeOf({ file, sources }: Model): SyntaxTree | undefined {
  const text = sources.get(file);
  return text === undefined || isJson(text) ? undefined : parse(text, file).tree;
}
