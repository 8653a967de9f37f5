/** What is found about the parameters that statements of an analysis name. */
import { insertion, replacement } from "../../grammar/fixes.ts";
import type { Expr, Span, Statement } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts";
import type { Parameter } from "../elaborate/parameters.ts";
import { labelOf } from "../model/model.ts";

/** A short name of several parameters. */
export function ambiguous(span: Span, name: string, found: readonly Parameter[]): Diagnostic {
  const candidates = found.map((one) => `\`${one.name}\``).join(", ");
  const fixes = found.map((one) => replacement(span, one.name));
  return diagnostic("SV1103", span, { name, candidates, example: found[0]?.name ?? "" }, { fixes });
}

/** A constraint by a number without an error. */
export function exactMeasurement(constraint: Statement, { span }: Expr): Diagnostic {
  const help = "give it an error, as in `+- 10%`";
  const fixes = [insertion(span, " +- 10%")];
  return diagnostic("SV1415", span, { parameter: labelOf(constraint) }, { help, fixes });
}

/** The finding that a profiled parameter has no error: it may be free, or be given one where it is declared. */
export function unconstrained(statement: Statement, { statement: { assign }, value }: Parameter): Diagnostic {
  const help = "free it, or give its value an error where it is declared: `= 0.0848 +- 10%`";
  const given = value === 0 || assign === undefined ? [] : [insertion(assign.value.span, " +- 10%")];
  const fixes = [replacement(statement.keyword.span, "free"), ...given];
  return diagnostic("SV1415", statement.span, { parameter: textOf(statement) }, { help, fixes });
}

/** `mu_nu[e]`, `Cs133.Rn`: the parameter that a statement names. */
export function textOf(statement: Statement): string {
  const index = statement.index?.names.map((name) => name.text).join(",");
  return index === undefined ? labelOf(statement) : `${labelOf(statement)}[${index}]`;
}
