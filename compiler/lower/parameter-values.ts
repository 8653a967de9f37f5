/** Where parameters are before a fit, and where it may move them. */
import type { ParameterValues } from "../stage/peaks.ts";
import type { AnalysisParameter } from "./analysis.ts";

/** A constrained parameter is not moved by more than so many of its errors. */
const farthest = 5;

/** Values of the parameters of an analysis; `defaultOf` knows the others as well. */
export function valuesOf(
  parameters: readonly AnalysisParameter[],
  defaultOf: ParameterValues["defaultOf"],
): ParameterValues {
  const least = new Map(parameters.map((one) => [one.parameter.name, leastOf(one)]));
  return { defaultOf, leastOf: (name) => least.get(name) ?? defaultOf(name) };
}

function leastOf({ role, value, range: [low], parameter: { sigma } }: AnalysisParameter): number {
  if (role === "fixed") return value;
  return sigma === undefined ? low : Math.max(low, value - farthest * sigma);
}
