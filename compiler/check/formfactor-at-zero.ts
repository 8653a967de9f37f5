import { diagnostic, divided } from "../diagnostics/index.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";
import { typicalFormfactor } from "./typical-formfactor.ts";

/** rms radii of light, middling and heavy nuclei, fm. */
const radii = [2.6, 3.6, 4.8, 5.5];
const tolerance = 1e-3;
/** Where F(0) is read from when the formula is 0/0 at zero itself, MeV: (qR)^2/6 is below 1e-4 there. */
const nearZero = 0.5;

/** A form factor is 1 at q = 0, where the probe sees the whole charge: otherwise it changes the coupling. */
export function formfactorAtZero(checking: Checking): void {
  for (const declaration of declarationsOf(checking, "formfactor")) {
    const formula = field(declaration, "F");
    const F = typicalFormfactor(checking, declaration);
    if (formula === undefined || F === undefined) continue;
    for (const radius of radii) {
      const found = [F(radius, 0), F(radius, nearZero)].find(Number.isFinite);
      if (found === undefined || Math.abs(found - 1) <= tolerance) continue;
      const span = formula.assign?.value.span ?? formula.span;
      const parameters = { owner: `\`${declaration.name}\``, found: shown(found) };
      checking.report(diagnostic("SV1501", span, parameters, divided(found, formula)));
      break;
    }
  }
}
