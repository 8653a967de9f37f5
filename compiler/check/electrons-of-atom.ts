import { power } from "../../runtime/power.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { lowerNucleus } from "../lower/nucleus.ts";
import { field } from "../model/model.ts";
import { type Checking, declarationsOf, functionOf, nameSpan, shown } from "./checking.ts";

/** Energy transfers that are looked at, MeV: from 1 eV to 10 MeV, which frees every electron. */
const transfers = Array.from({ length: 29 }, (_, i) => 1e-6 * power(10, i / 4)).concat(10);

/** The electrons that an energy transfer can free are between none and all Z of them, and all of them in the end. */
export function electronsOfAtom(checking: Checking): void {
  const { library, value, graph, report } = checking;
  const T = graph.variable("T");
  for (const declaration of declarationsOf(checking, "nucleus")) {
    const expr = field(declaration, "electrons")?.assign?.value;
    const nucleus = expr === undefined ? undefined : lowerNucleus(library, declaration, { value });
    const electrons = nucleus?.electrons(T);
    if (expr === undefined || nucleus === undefined || electrons?.kind !== "quantity") continue;
    const at = functionOf(checking, electrons.node, T);
    const wrong = transfers.find((energy, i) => {
      const number = at(energy) / nucleus.Z;
      return number < -1e-9 || number > 1 + 1e-3 || (i === transfers.length - 1 && number < 1 - 1e-3);
    });
    if (wrong === undefined) continue;
    const place = wrong < 1e-3 ? `${shown(wrong * 1e6, 3)} eV` : `${shown(wrong, 3)} MeV`;
    const parameters = { nucleus: declaration.name, found: shown(at(wrong)), place, Z: String(nucleus.Z) };
    const labels = [{ span: nameSpan(declaration), text: `Z = ${nucleus.Z}` }];
    report(diagnostic("SV1509", expr.span, parameters, { labels }));
  }
}
