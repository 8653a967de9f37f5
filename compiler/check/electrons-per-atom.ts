import { diagnostic, wrapped } from "../diagnostics/index.ts";
import { quantity } from "../elaborate/value.ts";
import { addTerms } from "../lower/contributions.ts";
import { atomNames } from "../lower/nucleus.ts";
import { vertexNames } from "../lower/vertex.ts";
import { fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { dimension, none } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { genericNucleus } from "./generic.ts";

const area = dimension({ length: 2 });

/**
 * dsigma_e/dT is the cross section of a whole atom: a formula that reads neither Zeff nor sigma_gamma nor Z holds for one electron, and
 * the rate is too small by their number.
 */
export function electronsPerAtom(checking: Checking): void {
  const { library, graph, value, report } = checking;
  const point = { E: graph.variable("E"), T: graph.variable("T"), q: graph.variable("q") };
  const generic = genericNucleus(graph);
  const electrons = [graph.variable("Zeff"), graph.variable("Zeff")];
  const absorption = [graph.variable("sigma_gamma"), graph.variable("sigma_gamma")];
  for (const declaration of declarationsOf(checking, "interaction")) {
    for (const statement of fieldsOf(declaration, "dsigma_e")) {
      const only = { ...declaration, fields: new Map([...declaration.fields, ["dsigma_e", [statement]]]) };
      // Two atoms that differ in their electrons alone: equal expressions are one object.
      const [first, second] = electrons.map((free, i): Node => {
        const photoabsorption = () => quantity(absorption[i] ?? free, area);
        const nucleus = {
          ...generic,
          Z: generic.Z + i,
          electrons: () => quantity(free, none),
          photoabsorption,
        };
        const names = new Map([...vertexNames(graph, "nu_mu", point), ...atomNames(nucleus, graph, point.T)]);
        const terms: Node[] = [];
        addTerms(only, "dsigma_e", library.inside(only, "natural", value, names), "mu", terms);
        return graph.add(...terms);
      });
      const empty = first?.op === "number" && first.value === 0;
      if (first !== second || empty) continue;
      const expr = statement.assign?.value;
      const fixes = expr === undefined ? [] : [wrapped(expr, "Zeff(T) * ", "", "multiply it by `Zeff(T)`")];
      report(diagnostic("SV1612", expr?.span ?? statement.span, {}, { fixes }));
    }
  }
}
