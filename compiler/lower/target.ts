import type { Expr } from "../../grammar/syntax.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import type { Library } from "../elaborate/library.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { base } from "../units/index.ts";
import { lowerNucleus, type Nucleus, type NucleusOptions } from "./nucleus.ts";

/** How many atoms of each nucleus a detector holds. */
export interface TargetNucleus {
  readonly nucleus: Nucleus;
  readonly atoms: Node;
}

/** Atoms per formula unit (or per atom of a mixture), nested materials resolved. */
export function compositionOf(
  library: Library,
  material: Declaration,
  site: Site,
): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  const mixture = field(material, "mixture")?.assign?.value;
  const expr: Expr | undefined = material.statement.assign?.value ?? mixture;
  if (expr?.kind !== "map") return total;
  for (const { key, value } of expr.entries) {
    const count = elaborateQuantity(value, site);
    const part = library.declaration(key.text);
    if (count?.node.op !== "number" || part === undefined) continue;
    const inner = part.kind === "material" ? compositionOf(library, part, site) : new Map([[part.name, 1]]);
    for (const [name, number] of inner) total.set(name, (total.get(name) ?? 0) + number * count.node.value);
  }
  if (mixture === undefined) return total;
  const sum = [...total.values()].reduce((a, b) => a + b, 0);
  return new Map([...total].map(([name, share]) => [name, share / sum]));
}

/** The nuclei of a detector's targets. */
export function lowerTargets(
  library: Library,
  detector: Declaration,
  site: Site,
  options: NucleusOptions,
): readonly TargetNucleus[] {
  const { graph } = library.context;
  const atoms = new Map<string, Node>();
  const nuclei = new Map<string, Nucleus>();
  for (const statement of fieldsOf(detector, "target")) {
    const mass = formula(statement, "target", base.mass, site);
    const material = library.declaration(statement.label?.parts[0]?.text ?? "");
    if (mass === undefined || material === undefined) continue;
    const composition =
      material.kind === "nucleus" ? new Map([[material.name, 1]]) : compositionOf(library, material, site);
    let unitMass = 0;
    for (const [name, number] of composition) {
      const declaration = library.declaration(name);
      const nucleus =
        nuclei.get(name) ??
        (declaration === undefined ? undefined : lowerNucleus(library, declaration, options));
      if (nucleus === undefined) continue;
      nuclei.set(name, nucleus);
      unitMass += number * nucleus.atomicMass;
    }
    for (const [name, number] of composition) {
      const more = graph.multiply(mass.node, graph.number(number / unitMass));
      const known = atoms.get(name);
      atoms.set(name, known === undefined ? more : graph.add(known, more));
    }
  }
  return [...nuclei.values()].map((nucleus) => ({
    nucleus,
    atoms: graph.label(atoms.get(nucleus.name) ?? graph.number(0), `atoms_${nucleus.name}`),
  }));
}
