/** The model reference: pages in Markdown from the doc comments and formulas of specs. */

export { declarationParts } from "./declaration.ts";
export { citationLink } from "./markdown.ts";
export {
  commonKind,
  filePage,
  type Listed,
  listPage,
  ownDeclarations,
  type Source,
  summaryOf,
  tablePage,
} from "./page.ts";
