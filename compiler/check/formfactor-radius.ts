import { diagnostic } from "../diagnostics/index.ts";
import { field } from "../model/model.ts";
import { base, displayUnit } from "../units/index.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";
import { typicalFormfactor } from "./typical-formfactor.ts";

/** A heavy nucleus, fm. */
const radius = 4.8;
/** Momentum transfer at which the slope is read off, times R: what comes after (qR)^2/6 is below 1e-3 of it. */
const small = 0.05;
const tolerance = 0.01;

/**
 * The argument R of a form factor is the rms radius of its density, -6 dF/dq^2 at zero: the sign of an exponent or a
 * forgotten sqrt(5/3) shows in it long before it shows in a spectrum.
 */
export function formfactorRadius(checking: Checking): void {
  const fm = displayUnit(base.length, "fm").factorToInternal;
  for (const declaration of declarationsOf(checking, "formfactor")) {
    const formula = field(declaration, "F");
    const hasRadius = (declaration.statement.params ?? []).some(({ name }) => name.text === "R");
    const F = hasRadius ? typicalFormfactor(checking, declaration) : undefined;
    if (formula === undefined || F === undefined) continue;
    const q = small / (radius * fm);
    const slope = 1 - F(radius, q);
    const isPoint = Math.abs(1 - F(radius, 20 * q)) < 1e-12;
    const normalised = Math.abs(slope) < 1e-2;
    const found = (Math.sign(slope) * Math.sqrt(6 * Math.abs(slope))) / (q * fm);
    if (isPoint || !normalised || !(Math.abs(found / radius - 1) > tolerance)) continue;
    const parameters = { formfactor: declaration.name, given: radius, found: shown(found, 3) };
    checking.report(diagnostic("SV1611", formula.assign?.value.span ?? formula.span, parameters));
  }
}
