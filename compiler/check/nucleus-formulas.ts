import { lowerNucleus } from "../lower/nucleus.ts";
import { fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets } from "./generic.ts";

/** Form factors are called with arguments that they have, in their units; the electrons of an atom are a number. */
export function nucleusFormulas(checking: Checking): void {
  const { library, value, graph } = checking;
  const q = graph.variable("q");
  for (const declaration of declarationsOf(checking, "nucleus")) {
    const site = library.inside(declaration, "natural", value);
    exerciseLets(fieldsOf(declaration, "let"), site);
    const nucleus = lowerNucleus(library, declaration, { value });
    nucleus?.Fp(q);
    nucleus?.Fn(q);
    nucleus?.electrons(graph.variable("T"));
  }
}
