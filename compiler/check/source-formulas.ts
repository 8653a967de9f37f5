import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic, didYouMean, replacement } from "../diagnostics/index.ts";
import { lowerArrival, lowerFluence, lowerSpectrum, speciesNames } from "../lower/source.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { exerciseLets, genericInputs } from "./generic.ts";

/** A source emits neutrinos per area, spectra are per energy and arrival times per time, whatever its inputs are. */
export function sourceFormulas(checking: Checking): void {
  const { graph } = checking;
  for (const declaration of declarationsOf(checking, "source")) {
    const site = sourceSite(checking, declaration);
    exerciseLets(fieldsOf(declaration, "let"), site);
    lowerFluence(declaration, site, graph.variable("livetime"));
    for (const statement of [...fieldsOf(declaration, "spectrum"), ...fieldsOf(declaration, "arrival")]) {
      checkRange(checking, statement);
    }
    const [E, t] = [graph.variable("E"), graph.variable("t")];
    for (const species of speciesNames) {
      lowerSpectrum(declaration, species, site, E);
      lowerArrival(declaration, species, site)?.(t);
    }
  }
}

export function sourceSite({ library, value }: Checking, declaration: Declaration) {
  const inputs = genericInputs(declaration, library.site("strict"));
  return library.inside(declaration, "strict", value, inputs);
}

/** `for E in …` is about the argument of the formula. */
function checkRange({ report }: Checking, { params, clauses }: Statement): void {
  const names = (params ?? []).map(({ name }) => name.text);
  for (const clause of clauses) {
    if (clause.kind !== "for" || names.includes(clause.variable.text)) continue;
    const { text, span } = clause.variable;
    const guess = didYouMean(span, text, names);
    const help = `the formula is one of \`${names.join("`, `")}\``;
    const extra = { help, fixes: names.map((one) => replacement(span, one)), ...guess };
    report(diagnostic("SV1101", span, { name: text }, extra));
  }
}
