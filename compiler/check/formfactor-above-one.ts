import { diagnostic } from "../diagnostics/index.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";
import { typicalFormfactor } from "./typical-formfactor.ts";

/** rms radii of nuclei from carbon to lead, fm. */
const radii = [2.5, 3.5, 4.8, 5.5];
/** Momentum transfers that neutrinos up to 100 MeV give, MeV. */
const momenta = Array.from({ length: 80 }, (_, i) => 2.5 * (i + 1));

/**
 * A form factor is the transform of a density that is normalised to 1, so it is nowhere above 1: a wrong sign in an
 * exponent makes it grow.
 */
export function formfactorAboveOne(checking: Checking): void {
  for (const declaration of declarationsOf(checking, "formfactor")) {
    const formula = field(declaration, "F");
    const F = typicalFormfactor(checking, declaration);
    if (formula === undefined || F === undefined) continue;
    const values = radii.flatMap((radius) =>
      momenta
        .map((q) => ({ radius, q, value: Math.abs(F(radius, q)) }))
        .filter(({ value }) => value > 1 + 1e-6),
    );
    const top = values.sort((a, b) => b.value - a.value)[0];
    // At zero it may be wrong already, which is said elsewhere.
    if (top === undefined || Math.abs(Math.abs(F(top.radius, 0.5)) - 1) > 1e-3) continue;
    const place = `q = ${shown(top.q)} MeV and R = ${top.radius} fm`;
    const parameters = { what: `the form factor \`${declaration.name}\``, found: shown(top.value), place };
    checking.report(diagnostic("SV1508", formula.assign?.value.span ?? formula.span, parameters));
  }
}
