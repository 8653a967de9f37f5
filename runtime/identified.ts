/** Parameters that mean nothing where another one has the value of no signal, as a mass at a coupling of zero. */
import { placeIn, SHARES } from "./alternatives.ts";
import type { CompiledAnalysis } from "./compiled.ts";
import { orUndefined } from "./errors.ts";

/** Relative changes of an expectation that are rounding. */
const ROUNDING = 1e-11;

/**
 * Names of the free parameters that nothing which is measured depends on when `tested` has the value `nothing`, but does when it
 * has another, with all others as in `x`. There t is not distributed as χ²: its largest value over the free one is a maximum over as
 * many places as data tell apart (R. B. Davies, Biometrika 74 (1987) 33; E. Gross and O. Vitells, arXiv:1005.1891).
 */
export function unidentifiedAt(
  analysis: CompiledAnalysis,
  tested: string,
  nothing: number,
  x: Float64Array,
): readonly string[] {
  const index = analysis.parameters.findIndex(({ name }) => name === tested);
  const info = analysis.parameters[index];
  if (info === undefined) throw new RangeError(`${analysis.name} has no parameter ${tested}`);
  const without = x.with(index, nothing);
  const withSome = SHARES.map((share) => x.with(index, placeIn(info, share)));
  return analysis.parameters.flatMap(({ name, role }, other) => {
    if (role !== "free" || other === index) return [];
    const isFelt = (at: Float64Array): boolean => feels(analysis, at, other);
    return !isFelt(without) && withSome.some(isFelt) ? [name] : [];
  });
}

/** Whether an expectation changes with a parameter; also where one cannot be computed. */
function feels(analysis: CompiledAnalysis, x: Float64Array, index: number): boolean {
  const info = analysis.parameters[index]!;
  const first = orUndefined(() => expectations(analysis, x));
  return SHARES.some((share) => {
    const other = orUndefined(() => expectations(analysis, x.with(index, placeIn(info, share))));
    return (
      first === undefined ||
      other === undefined ||
      other.some((value, i) => !(Math.abs(value - first[i]!) <= ROUNDING * Math.abs(first[i]!)))
    );
  });
}

/** All that the likelihood compares with measurements. */
function expectations(analysis: CompiledAnalysis, x: Float64Array): Float64Array {
  const totals = Object.values(analysis.totals(x)).flatMap((values) => [...values]);
  const inputs = Object.values(analysis.likelihoodInputs?.(x) ?? {}).flatMap(
    ({ variance = [], density = [] }) => [...variance, ...density],
  );
  return Float64Array.from([...totals, ...inputs, ...analysis.constrained(x)]);
}
