import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, didYouMean } from "../diagnostics/index.ts";
import type { AnalysisParameter } from "../lower/analysis.ts";

/** What a grid may run over: a parameter of an analysis, or a variable of formulas. */
export interface GridParameter extends Pick<AnalysisParameter, "name" | "range" | "log"> {
  readonly parameter: Pick<
    AnalysisParameter["parameter"],
    "name" | "owner" | "dimension" | "unit" | "factor"
  >;
}

/** The parameter of a name, by the name that the analysis uses, its full one, or its short one when it is the only one. */
export function parameterNamed(
  name: string,
  span: Span,
  known: readonly GridParameter[],
  report: (one: Diagnostic) => void,
): GridParameter | undefined {
  const exact = known.find((one) => one.name === name || one.parameter.name === name);
  if (exact !== undefined) return exact;
  const found = known.filter((one) => shortName(one) === name);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const candidates = found.map((one) => `\`${one.name}\``).join(", ");
    report(diagnostic("SV1103", span, { name, candidates, example: found[0]?.name ?? "" }));
    return undefined;
  }
  const names = known.map((one) => one.name);
  const { help } = didYouMean(span, name, [...names, ...known.map(shortName)]);
  const notes = help === undefined ? [`the counts depend on ${names.join(", ")}`] : [];
  const problem = `the counts depend on no parameter \`${name}\``;
  report(diagnostic("SV1901", span, { problem }, { ...(help === undefined ? {} : { help }), notes }));
  return undefined;
}

function shortName({ parameter }: GridParameter): string {
  return parameter.name.slice(parameter.owner.length + 1);
}
