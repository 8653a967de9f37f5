/** Diagnostics: the table of messages, building, printing for people and for programs, suggestions. */

export { behind, changes, inFrontOf, insertion, omission, replacement } from "../../grammar/fixes.ts";
export { printable, printableText } from "./columns.ts";
export type { Definition, Page, Severity } from "./definition.ts";
export {
  type Diagnostic,
  diagnostic,
  type Extra,
  hasErrors,
  inFiles,
  type Label,
  sortDiagnostics,
} from "./diagnostic.ts";
export {
  added,
  addition,
  divided,
  imported,
  inOwnFiles,
  isJson,
  lineAbove,
  removal,
  settled,
  unsigned,
  withLineEnds,
  wrapped,
} from "./fix.ts";
export { fromSyntax } from "./from-syntax.ts";
export { type JsonDiagnostic, type JsonPlace, toJson } from "./json.ts";
export { type LineMap, lineMap, type Position } from "./line-map.ts";
export {
  type Code,
  codes,
  definitionOf,
  fill,
  isCode,
  lintNamed,
  messages,
  type ParametersOf,
} from "./messages.ts";
export { type MissingField, missingField } from "./missing-field.ts";
export { pageOf } from "./page.ts";
export { type PrintOptions, printDiagnostic, printDiagnostics, type Sources, summary } from "./print.ts";
export { didYouMean, didYouMeanUnit, suggest, suggestUnit } from "./suggest.ts";
export { conversionHelp } from "./unit-help.ts";
