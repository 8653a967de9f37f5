import { diagnostic } from "../diagnostics/index.ts";
import { typeDimension } from "../elaborate/functions.ts";
import { type QuantityValue, quantity } from "../elaborate/value.ts";
import { type Declaration, field } from "../model/model.ts";
import { base, type Dimension, displayUnit, none } from "../units/index.ts";
import { type Checking, declarationsOf, shown, valueAt } from "./checking.ts";
import { formfactorWith } from "./formfactor-formulas.ts";

/** rms radii of light, middling and heavy nuclei, fm. */
const radii = [2.6, 3.6, 4.8, 5.5];
const tolerance = 1e-3;
/** Where F(0) is read from when the formula is 0/0 at zero itself, MeV: (qR)^2/6 is below 1e-4 there. */
const nearZero = 0.5;

/** A form factor is 1 at q = 0, where the probe sees the whole charge: otherwise it changes the coupling. */
export function formfactorAtZero(checking: Checking): void {
  const { library, graph, report } = checking;
  for (const declaration of declarationsOf(checking, "formfactor")) {
    const formula = field(declaration, "F");
    for (const radius of radii) {
      const at = (q: number): number => {
        const value = formfactorWith(library, declaration, typicalArguments(checking, declaration, radius), graph.number(q));
        return value.kind === "quantity" ? valueAt(checking, value.node) : Number.NaN;
      };
      const found = firstFinite(at(0), at(nearZero));
      if (found === undefined || Math.abs(found - 1) <= tolerance || formula === undefined) continue;
      const notes = [`at a radius of ${radius} fm`];
      const span = formula.assign?.value.span ?? formula.span;
      report(diagnostic("SV1501", span, { owner: `\`${declaration.name}\``, found: shown(found) }, { notes }));
      break;
    }
  }
}

const firstFinite = (...values: readonly number[]): number | undefined => values.find(Number.isFinite);

function typicalArguments({ library, graph }: Checking, { statement }: Declaration, radius: number) {
  const given = new Map<string, QuantityValue>();
  for (const { name, type, default: fallback } of statement.params ?? []) {
    if (fallback !== undefined) continue;
    const dimension = type === undefined ? none : (typeDimension(type, library.site("natural")) ?? none);
    given.set(name.text, quantity(graph.number(typical(name.text, dimension, radius)), dimension));
  }
  return given;
}

function typical(name: string, dimension: Dimension, radius: number): number {
  const unit = displayUnit(dimension).factorToInternal;
  if (dimension !== base.length) return unit;
  const fm = displayUnit(base.length, "fm").factorToInternal;
  return (name.startsWith("R") ? radius : 1) * fm;
}
