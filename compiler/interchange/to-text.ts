/** A model as one self-contained file of the language. */
import { printStatement } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import type { Declaration, Model } from "../model/model.ts";
import { kindNames } from "../model/model.ts";
import { documentVersion } from "./document.ts";

/** Declarations by kind and name. When only some are roots, `use "."` says which. */
export function toText({ declarations, roots }: Model): string {
  const sorted = [...declarations].sort(byKindAndName);
  const all = roots.length === declarations.length;
  const head = [`sevens ${documentVersion}`, ...(all ? [] : [`use "." { ${[...roots].sort().join(", ")} }`])];
  const bodies = sorted.map(({ statement }) => printStatement(arranged(statement)).trimEnd());
  return `${[head.join("\n"), ...bodies].join("\n\n")}\n`;
}

function byKindAndName(a: Declaration, b: Declaration): number {
  return kindNames.indexOf(a.kind) - kindNames.indexOf(b.kind) || (a.name < b.name ? -1 : 1);
}

/** Citations stand in the doc lines of a declaration, else behind what they belong to; `from` is expanded. */
function arranged(statement: Statement, outermost = true): Statement {
  const { block, cites, keyword, clauses } = statement;
  const before = outermost || statement.doc !== undefined;
  const place = { ...keyword.span, start: before ? keyword.span.start - 1 : keyword.span.end };
  const own: Statement = {
    ...statement,
    clauses: clauses.filter(({ kind }) => kind !== "from"),
    cites: cites.map((cite) => ({ ...cite, span: place })),
  };
  if (block === undefined) return own;
  return { ...own, block: { ...block, statements: block.statements.map((field) => arranged(field, false)) } };
}
