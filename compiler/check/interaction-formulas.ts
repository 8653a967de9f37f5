import { quantity } from "../elaborate/value.ts";
import { electronCrossSection } from "../lower/electron.ts";
import { afterTheWay } from "../lower/flux-change.ts";
import { crossSection } from "../lower/interaction.ts";
import { speciesNames } from "../lower/source.ts";
import { fieldsOf } from "../model/model.ts";
import { base } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets, genericNucleus, scatteringNames } from "./generic.ts";

/**
 * What an interaction adds has the unit of what it adds to, for every neutrino on some nucleus: a weak charge is a
 * number and so is a coupling of the electron, dsigma/dT is 1/energy^3 with hbar = c = 1. A wrong power of T or E shows here.
 */
export function interactionFormulas(checking: Checking): void {
  const { library, graph, value } = checking;
  const nucleus = genericNucleus(graph);
  const point = { E: graph.variable("E"), T: graph.variable("T"), q: graph.variable("q") };
  const baseline = { kind: "value", value: quantity(graph.variable("L"), base.length) } as const;
  for (const declaration of declarationsOf(checking, "interaction")) {
    const options = { interactions: [declaration], kinematics: "leading", value } as const;
    for (const species of speciesNames) {
      crossSection(library, nucleus, species, point, options);
      electronCrossSection(library, [{ nucleus, atoms: graph.number(1) }], species, point, options);
      afterTheWay(library, options, species, point.E, baseline, () => graph.number(1));
    }
    const names = scatteringNames(graph);
    exerciseLets(fieldsOf(declaration, "let"), library.inside(declaration, "natural", value, names));
  }
}
