/** Warnings where limits and errors rest on what does not hold: a distribution of χ², a likelihood with one minimum. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { unidentifiedAt } from "../../runtime/identified.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { placeOf, type Spec } from "./spec.ts";
import { figure } from "./tables.ts";

/** The value without a signal: zero, or the end of the range next to it. */
export function valueOfNothing({ range: [low, high] }: CompiledAnalysis["parameters"][number]): number {
  return Math.min(high, Math.max(low, 0));
}

/**
 * One diagnostic when free parameters mean nothing where the tested one is `nothing`, the others as in `x`; those that are `held`
 * are not spoken of.
 */
export function lookElsewhere(
  spec: Spec,
  compiled: CompiledAnalysis,
  tested: string,
  nothing: number,
  x: Float64Array,
  held: readonly string[] = [],
): readonly Diagnostic[] {
  const others = unidentifiedAt(compiled, tested, nothing, x).filter((name) => !held.includes(name));
  if (others.length === 0) return [];
  const { unit = "" } = compiled.parameters.find(({ name }) => name === tested) ?? {};
  const found = {
    others: others.join(" and "),
    verb: others.length === 1 ? "means" : "mean",
    tested: `${tested} = ${figure(nothing, 4)} ${unit}`.trimEnd(),
    example: others[0]!,
  };
  return [diagnostic("SV1814", placeOf(spec, compiled.name), found)];
}

/** One diagnostic when the profile that a one-sided limit is from has several minima. */
export function severalMinima(
  spec: Spec,
  { name, parameters }: CompiledAnalysis,
  parameter: string,
  minima: readonly number[],
): readonly Diagnostic[] {
  if (minima.length < 2) return [];
  const { unit = "" } = parameters.find((one) => one.name === parameter) ?? {};
  const places = minima.map((at) => `${figure(at, 3)} ${unit}`.trimEnd()).join(", ");
  return [diagnostic("SV1816", placeOf(spec, name), { parameter, places })];
}
