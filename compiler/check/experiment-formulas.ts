import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic, insertion, omission } from "../diagnostics/index.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import { axesOf, inputsOf } from "../lower/experiment.ts";
import { experimentNuisances, totalOf } from "../lower/nuisances.ts";
import { overBins } from "../lower/shape.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { base } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets } from "./generic.ts";

/**
 * The formulas of an experiment have the units of what they stand for: inputs of its source and detector, live time,
 * shapes of backgrounds over the binned observables, totals and errors.
 */
export function experimentFormulas(checking: Checking): void {
  const { library, value } = checking;
  for (const declaration of declarationsOf(checking, "experiment")) {
    const site = library.inside(declaration, "strict", value);
    exerciseLets(fieldsOf(declaration, "let"), site);
    for (const use of [...fieldsOf(declaration, "source"), ...fieldsOf(declaration, "detector")]) {
      const owner = library.declaration(labelOf(use));
      if (owner !== undefined) inputsOf(owner, use, site);
    }
    const livetime = field(declaration, "livetime");
    if (livetime !== undefined) formula(livetime, "livetime", base.time, site);
    experimentNuisances(declaration, site);
    checkShapes(checking, declaration, site);
  }
}

const perBin: ReadonlySet<string> = new Set(["shape", "events", "plus", "minus"]);

/** What is given over the bins: of backgrounds, of the signal, of systematics. */
function checkShapes(checking: Checking, declaration: Declaration, site: Site): void {
  const { library, value } = checking;
  const detector = library.declaration(labelOf(field(declaration, "detector")));
  if (detector === undefined) return;
  for (const background of fieldsOf(declaration, "background")) totalOf(background, site);
  const axes = axesOf(library, declaration, detector, site);
  if (axes.length < fieldsOf(declaration, "bins").length) return;
  const binned = { library, declaration, axes, site, value };
  for (const owner of ["background", "signal", "systematic"].flatMap((one) => fieldsOf(declaration, one))) {
    for (const shape of owner.block?.statements ?? []) {
      if (!perBin.has(shape.keyword.text) || hasWrongArguments(checking, declaration, shape)) continue;
      overBins(binned, `${labelOf(owner)}_${shape.keyword.text}`, shape);
    }
  }
}

/** A shape has one argument for each binned observable, in their order. */
function hasWrongArguments({ report }: Checking, experiment: Declaration, shape: Statement): boolean {
  const [first] = shape.params ?? [];
  if (shape.params === undefined || first === undefined) return false;
  const axes = fieldsOf(experiment, "bins").map(labelOf);
  const found = shape.params.length;
  if (found === axes.length) return false;
  const callee = shape.keyword.text;
  const expected = `${axes.length} argument${axes.length === 1 ? "" : "s"}`;
  const help = `one for each binned observable, in the order of the bins: \`${callee}(${axes.join(", ")}) = …\``;
  const last = shape.params.at(-1) ?? first;
  const span = { ...first.span, end: last.span.end };
  const end = (shape.params[axes.length - 1] ?? first).span.end;
  const fix =
    found > axes.length
      ? omission({ ...span, start: end }, `keep ${expected}`)
      : insertion(last.span, `, ${axes.slice(found).join(", ")}`);
  const extra = axes.length > 0 ? { help, fixes: [fix] } : { notes: ["there are no bins"] };
  report(diagnostic("SV1307", span, { callee, expected, found }, extra));
  return true;
}
