import type { Statement } from "../../grammar/syntax.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import { addLets } from "../elaborate/library.ts";
import { type Binding, poison, quantity } from "../elaborate/value.ts";
import { lowerResponse, makeAxis, recoilsOf } from "../lower/response.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { base } from "../units/index.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets, genericArrival, genericInputs } from "./generic.ts";

/** Targets have masses; densities, values and efficiencies have the units of their observables. */
export function detectorFormulas(checking: Checking): void {
  const { library, graph } = checking;
  const arrival = genericArrival(graph);
  for (const declaration of declarationsOf(checking, "detector")) {
    const site = detectorSite(checking, declaration);
    for (const target of fieldsOf(declaration, "target")) formula(target, "target", base.mass, site);
    exerciseLets(fieldsOf(declaration, "let"), site);
    const axes = fieldsOf(declaration, "observable").flatMap((observable) => {
      const axis = makeAxis(graph, declaration.name, observable, observable, "", [0, 1], site);
      return axis === undefined ? [] : [axis];
    });
    for (const recoil of recoilsOf(undefined)) {
      const response = lowerResponse(library, declaration, site, axes, recoil);
      response.ofRecoil(graph.variable("T"));
      response.ofSpecies(arrival);
    }
    for (const { block } of fieldsOf(declaration, "observable"))
      observableLets(block?.statements ?? [], site);
  }
}

/** The lets of an observable may read the recoil energy. */
function observableLets(statements: readonly Statement[], site: Site): void {
  const names = new Map<string, Binding>();
  names.set("T", { kind: "value", value: quantity(site.context.graph.variable("T"), base.nr) });
  const inner = { ...site, scope: site.scope.with(names) };
  const lets = statements.filter(({ keyword }) => keyword.text === "let");
  addLets(names, lets, inner);
  exerciseLets(lets, inner);
}

/** The scope of a detector whose inputs are what an experiment gives. */
export function detectorSite({ library, value, graph }: Checking, declaration: Declaration) {
  const names = new Map<string, Binding>(genericInputs(declaration, library.site("strict")));
  const arrival = genericArrival(graph);
  names.set("arrival", {
    kind: "function",
    parameters: [{ name: "t", type: { kind: "dimension", dimension: base.time }, optional: false }],
    apply: ([actual]) => (actual?.kind === "value" ? arrival(actual.value.node) : poison),
  });
  return library.inside(declaration, "strict", value, names);
}
