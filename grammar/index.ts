/**
 * The grammar: text to syntax tree and back. In it are the words and rules of the language, the parser with its
 * messages, the printer and formatter, and the walk over a tree. Nothing here knows a declaration kind, a unit or
 * a function of physics. It imports chevrotain and nothing of ours.
 */
export { sameExpr, sameStatement, sameTree } from "./equal.ts";
export { format } from "./format.ts";
export { type ExpressionResult, parse, parseExpression } from "./parse.ts";
export { printStatement } from "./print.ts";
export { printExpr } from "./print-expr.ts";
export type * from "./syntax.ts";
export { keywordTexts as keywords } from "./tokens.ts";
export { type Around, type Unfinished, unfinishedAt, type Word, wordsBehind } from "./unfinished.ts";
export { childrenOf, expressionsOf, visitExpr, visitStatements } from "./visit.ts";
