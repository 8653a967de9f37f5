/** Free parameters that do nothing but scale: what HistFactory calls a normfactor. */
import type { BinnedModel, ModelParameter } from "./binned-model.ts";
import { areProportional, placesIn, type ScaledTerm, scalingAt } from "./scalings.ts";

/** A free parameter p as the factor μ = f(p)/f(unity). Parameters are in internal units. */
export interface Norm {
  readonly parameter: ModelParameter;
  /** Where μ = 1, which templates are for. */
  readonly unity: number;
  /** μ at the value of the parameter. */
  readonly start: number;
  /** Smallest and largest μ of the range. */
  readonly bounds: readonly [low: number, high: number];
  /** μ as a straight line in p, `[at 0, slope]`, when it is one. */
  readonly line: readonly [number, number] | undefined;
  /** False when several values of p have the same μ. */
  readonly isUnique: boolean;
}

/** As far as an infinite range is followed, in units of μ. */
const farthest = 10;

/** The free parameters that multiply all that they act on by the same function. */
export function normsOf(model: BinnedModel, terms: readonly ScaledTerm[]): readonly Norm[] {
  return model.parameters.flatMap((parameter) => {
    const { key, kind } = parameter;
    if (kind !== "free" || terms.some(({ mixed }) => mixed.has(key))) return [];
    const uses = terms.flatMap(({ scalings }) => {
      const factors = scalings.get(key);
      return factors === undefined ? [] : [factors];
    });
    const [first, ...others] = uses;
    if (first === undefined) return [];
    const places = [...placesIn(parameter), parameter.value];
    const valuesOf = (factors: typeof first): number[] =>
      places.map((place) => scalingAt(model, factors, key, place));
    const values = valuesOf(first);
    if (!values.every(Number.isFinite)) return [];
    if (!others.every((factors) => areProportional(values, valuesOf(factors)))) return [];
    const norm = normOf(parameter, (value) => scalingAt(model, first, key, value));
    return norm === undefined ? [] : [norm];
  });
}

function normOf(parameter: ModelParameter, scale: (value: number) => number): Norm | undefined {
  const { value, range } = parameter;
  const places = placesIn(parameter);
  const [low, high] = range;
  const ends = [low, high].filter(Number.isFinite);
  const candidates = [value, ...ends.toReversed(), ...places];
  const unity = candidates.find((place) => Math.abs(scale(place)) > 0);
  if (unity === undefined) return undefined;
  const mu = (place: number): number => scale(place) / scale(unity);
  const along = [...ends, ...places].sort((a, b) => a - b).map(mu);
  const rises = along.every((one, i) => i === 0 || one >= along[i - 1]!);
  const falls = along.every((one, i) => i === 0 || one <= along[i - 1]!);
  const far = [low, high].flatMap((end, i) => {
    if (Number.isFinite(end)) return [];
    const start = mu(value);
    const outermost = along.at(i === 0 ? 0 : -1)!;
    return [outermost < start ? start - farthest : start + farthest];
  });
  const reached = [...along, ...far];
  return {
    parameter,
    unity,
    start: mu(value),
    bounds: [Math.min(...reached), Math.max(...reached)],
    line: lineThrough(mu, places),
    isUnique: rises || falls,
  };
}

function lineThrough(
  mu: (place: number) => number,
  places: readonly number[],
): readonly [number, number] | undefined {
  const [first, last] = [places[0]!, places.at(-1)!];
  const slope = (mu(last) - mu(first)) / (last - first);
  const start = mu(first) - slope * first;
  const size = Math.max(...places.map((place) => Math.abs(mu(place))));
  return places.every((place) => Math.abs(start + slope * place - mu(place)) <= 1e-12 * size)
    ? [start, slope]
    : undefined;
}
