/** The formulas of a model as LaTeX to be put into a paper; it needs amsmath, and amssymb for signs of boxes. */
import { type Declaration, fieldsOf, kindNames, type Model } from "../model/model.ts";
import { latexOf } from "./expression.ts";
import { formulasOf } from "./formulas.ts";
import { namesOf } from "./names.ts";
import { indexedStatement } from "./parameter.ts";
import { latexText } from "./symbols.ts";

/** A paragraph for each declaration with formulas, by kind and name; behind it, what its parameters are. */
export function latexDocument(model: Model): string {
  const sorted = [...model.declarations].sort(
    (a, b) => kindNames.indexOf(a.kind) - kindNames.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
  );
  const parts = sorted.flatMap((one) => paragraph(one, model));
  return `% \\usepackage{amsmath, amssymb}\n${parts.join("\n")}`;
}

function paragraph(declaration: Declaration, model: Model): readonly string[] {
  const formulas = formulasOf(declaration, model);
  if (formulas.length === 0) return [];
  const names = namesOf(declaration, model);
  const parameters = fieldsOf(declaration, "parameter").flatMap((one) => {
    const { value } = one.assign ?? {};
    return value === undefined ? [] : [`$${indexedStatement(one, names)} = ${latexOf(value, names)}$`];
  });
  return [
    `\\paragraph{${latexText(declaration.kind)} ${latexText(declaration.name)}}`,
    ...formulas.map(({ latex }) => `\\[\n${latex}\n\\]`),
    ...(parameters.length === 0 ? [] : [`${parameters.join(", ")}.`]),
    "",
  ];
}
