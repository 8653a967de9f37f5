import { diagnostic } from "../diagnostics/index.ts";
import { lowerNucleus, type Nucleus } from "../lower/nucleus.ts";
import { type Declaration, field } from "../model/model.ts";
import { reachable } from "../rate/analyse.ts";
import { type Checking, declarationsOf, valueAt } from "./checking.ts";

/** Momentum transfers that neutrinos up to 100 MeV give, MeV. */
const momenta = Array.from({ length: 81 }, (_, i) => 2.5 * i);

/**
 * The form factor of a nucleus is a number at its own radius up to 200 MeV: a radius too small for the surface
 * thickness gives none.
 */
export function nucleusFormfactor(checking: Checking): void {
  const { library, value } = checking;
  for (const declaration of declarationsOf(checking, "nucleus")) {
    const nucleus = lowerNucleus(library, declaration, { value });
    if (nucleus === undefined) continue;
    const bad = checkValues(checking, declaration, nucleus, "protons");
    if (!bad) checkValues(checking, declaration, nucleus, "neutrons");
  }
}

function checkValues(
  checking: Checking,
  declaration: Declaration,
  nucleus: Nucleus,
  keyword: "protons" | "neutrons",
): boolean {
  const { graph, report } = checking;
  const call = field(declaration, keyword)?.assign?.value;
  const q = graph.variable("q");
  const F = keyword === "protons" ? nucleus.Fp(q) : nucleus.Fn(q);
  if (F.kind !== "quantity" || call === undefined) return false;
  if (reachable([F.node]).some((node) => node.op === "table" && node.table.outside === "error")) return false;
  const what = `the form factor of the ${keyword} of ${declaration.name}`;
  // At q = 0 itself a formula may be 0/0: no recoil is there.
  for (const momentum of momenta.slice(1)) {
    const found = valueAt(checking, F.node, [[q, momentum]]);
    if (!Number.isFinite(found)) {
      const note = "its radius may be too small for the formula: Helm needs R above 1.6 fm";
      report(
        diagnostic(
          "SV1801",
          call.span,
          { what, found: "not a number", place: `q = ${momentum} MeV` },
          { notes: [note] },
        ),
      );
      return true;
    }
  }
  return false;
}
