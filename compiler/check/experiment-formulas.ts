import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { formula } from "../elaborate/functions.ts";
import { axesOf, experimentNuisances, inputsOf, labelOf, lowerBackground } from "../lower/experiment.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { base } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets } from "./generic.ts";

/**
 * The formulas of an experiment have the units of what they stand for: inputs of its source and detector, live time,
 * shapes of backgrounds over the binned observables, totals and errors.
 */
export function experimentFormulas(checking: Checking): void {
  const { library, value, defaults } = checking;
  for (const declaration of declarationsOf(checking, "experiment")) {
    const site = library.inside(declaration, "strict", value);
    exerciseLets(fieldsOf(declaration, "let"), site);
    for (const use of [...fieldsOf(declaration, "source"), ...fieldsOf(declaration, "detector")]) {
      const owner = library.declaration(labelOf(use));
      if (owner !== undefined) inputsOf(owner, use, site);
    }
    const livetime = field(declaration, "livetime");
    if (livetime !== undefined) formula(livetime, "livetime", base.time, site);
    experimentNuisances(declaration, library.site("strict"));
    const detector = library.declaration(labelOf(field(declaration, "detector")));
    if (detector === undefined) continue;
    const crossSection = { interactions: [], kinematics: "leading", value } as const;
    const axes = axesOf(library, declaration, detector, site, {
      value,
      crossSection,
      nucleus: { value },
      defaults,
    });
    if (axes.length < fieldsOf(declaration, "bins").length) continue;
    for (const background of fieldsOf(declaration, "background")) {
      if (!hasWrongArguments(checking, declaration, background)) {
        lowerBackground(library, declaration, background, axes, site, value);
      }
    }
  }
}

/** A shape has one argument for each binned observable, in their order. */
function hasWrongArguments({ report }: Checking, experiment: Declaration, background: Statement): boolean {
  const shape = background.block?.statements.find(({ keyword }) => keyword.text === "shape");
  const [first] = shape?.params ?? [];
  if (shape?.params === undefined || first === undefined) return false;
  const axes = fieldsOf(experiment, "bins").map(labelOf);
  const found = shape.params.length;
  if (found === axes.length) return false;
  const expected = `${axes.length} argument${axes.length === 1 ? "" : "s"}`;
  const help = `one for each binned observable, in the order of the bins: \`shape(${axes.join(", ")}) = …\``;
  const last = shape.params.at(-1) ?? first;
  const span = { ...first.span, end: last.span.end };
  report(diagnostic("SV1307", span, { callee: "shape", expected, found }, { help }));
  return true;
}
