/** Formulas of a spec as LaTeX: symbols for names, expressions, what declarations say in displays. */
export { latexDocument } from "./document.ts";
export { latexOf } from "./expression.ts";
export { type Formula, formulasOf } from "./formulas.ts";
export { isMath } from "./math.ts";
export { documentedSymbol, type Names, namesOf } from "./names.ts";
export { indexedStatement } from "./parameter.ts";
export { flavorSymbol, printSymbol, unitSymbol } from "./symbols.ts";
