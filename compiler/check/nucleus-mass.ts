import { diagnostic } from "../diagnostics/index.ts";
import { lowerNucleus } from "../lower/nucleus.ts";
import { field } from "../model/model.ts";
import { findUnit, toNumber } from "../units/index.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";

/** Nuclear binding and the difference of proton and neutron change a mass by less than this, hydrogen aside. */
const tolerance = 0.01;

/** A nucleus has no more protons than nucleons, and weighs about A atomic mass units: a slip of the pen shows here. */
export function nucleusMass(checking: Checking): void {
  const { library, value, report } = checking;
  const unit = findUnit("u");
  const u = unit === undefined ? Number.NaN : toNumber(unit.factor);
  for (const declaration of declarationsOf(checking, "nucleus")) {
    const nucleus = lowerNucleus(library, declaration, { value });
    const [Z, mass] = [
      field(declaration, "Z"),
      field(declaration, "atomic_mass") ?? field(declaration, "nuclear_mass"),
    ];
    if (nucleus === undefined || Z === undefined || mass?.assign === undefined) continue;
    if (nucleus.Z > nucleus.A) {
      const note = `A counts protons and neutrons: it is at least ${nucleus.Z}`;
      const parameters = { field: "Z", range: `1 .. A = ${nucleus.A}`, found: nucleus.Z };
      report(diagnostic("SV1401", Z.assign?.value.span ?? Z.span, parameters, { notes: [note] }));
      continue;
    }
    const found = nucleus.atomicMass / u;
    const expected = nucleus.A * (nucleus.A <= 2 ? 1.008 : 1);
    if (!(found > 0) || Math.abs(found / expected - 1) <= tolerance) continue;
    const parameters = { nucleus: `\`${declaration.name}\``, found: `${shown(found, 6)} u`, A: nucleus.A };
    report(diagnostic("SV1416", mass.assign.value.span, parameters));
  }
}
