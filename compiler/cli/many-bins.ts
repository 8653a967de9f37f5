/** That work will take long, said before it begins: bins of what is not smeared are an integral each. */
import { axesOf } from "../load/bins.ts";
import { field, fieldsOf, labelOf, type Model } from "../model/model.ts";
import type { Context } from "./context.ts";

/** Fewer take some seconds. */
const few = 10_000;

export function noteManyBins({ note }: Pick<Context, "note">, { declarations, byName }: Model): void {
  for (const experiment of declarations.filter(({ kind }) => kind === "experiment")) {
    const detector = byName.get(labelOf(field(experiment, "detector")));
    const observables = detector === undefined ? [] : fieldsOf(detector, "observable");
    const exact = observables.filter(
      ({ block }) => block?.statements.some(({ keyword }) => keyword.text === "value") === true,
    );
    const axes = axesOf(experiment.statement) ?? [];
    const bins = axes.reduce((product, { edges }) => product * Math.max(1, edges.length - 1), 1);
    if (bins <= few || exact.length === 0) continue;
    const names = exact.map(labelOf).join(", ");
    note(
      `${experiment.name}: each of ${bins} bins is an integral of its own, since nothing smears ${names}; this may take minutes`,
    );
  }
}
