/** Whether the points of integrals, chosen at the values of the spec, serve where an analysis ended. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import type { FitResult } from "../../runtime/fit.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { inUnit } from "../emit/view.ts";
import { placeOf, type Running, type Spec } from "./spec.ts";
import { figure } from "./tables.ts";

/** Standard deviations, of all bins together, that counts may be off by: a hundredth changes no printed digit of an error. */
const tolerable = 0.01;

/** Values of all parameters, and what to call them. */
export interface Place {
  readonly x: Float64Array;
  readonly name: string;
}

/** The best fit, and the ends of the errors of its free parameters. */
export function placesOfFit({ compiled }: Running, result: FitResult): readonly Place[] {
  const { converged, values, parameters } = result;
  if (!converged) return [];
  const ends = parameters.flatMap(({ name, value, errors: [minus, plus] = [0, 0] }) =>
    [value - minus, value + plus].flatMap((end) =>
      Number.isFinite(end) && end !== value ? [placeWith(compiled, values, { [name]: end })] : [],
    ),
  );
  return [{ x: values, name: "the best fit" }, ...ends];
}

/** The place where some parameters have other values than in `x`. */
export function placeWith(
  { parameters }: CompiledAnalysis,
  x: Float64Array,
  values: Readonly<Record<string, number>>,
): Place {
  const moved = parameters.filter(({ name }) => values[name] !== undefined);
  const text = moved.map(({ name, unit }) => `${name} = ${figure(values[name]!, 4)} ${unit}`.trimEnd());
  return { x: Float64Array.from(parameters, ({ name }, i) => values[name] ?? x[i]!), name: text.join(", ") };
}

/** One diagnostic for each experiment whose counts need more points at some of the places, at the worst of them. */
export function pointsMissing(spec: Spec, running: Running, places: readonly Place[]): readonly Diagnostic[] {
  const { unit, compiled } = running;
  const worst = new Map<string, Place & { readonly off: number }>();
  for (const place of places) {
    const counts = compiled.totals(place.x);
    const changes = unit.changesAt(movedAt(running, place));
    for (const experiment of compiled.experiments) {
      const { name } = experiment;
      const off = distance(experiment, counts[name]!, changes.get(name)!);
      if (off > (worst.get(name)?.off ?? tolerable)) worst.set(name, { ...place, off });
    }
  }
  return [...worst].map(([experiment, { x, name: place, off }]) => {
    const found = { place, experiment, found: figure(off, 2), setting: settingsAt(compiled, x) };
    return diagnostic("SV1815", placeOf(spec, compiled.name), found);
  });
}

/** Parameters that have other values than in the spec, in internal units, by the names of the graph. */
function movedAt({ unit, compiled }: Running, { x }: Place): ReadonlyMap<string, number> {
  const index = new Map(compiled.parameters.map(({ name }, i) => [name, i]));
  return new Map(
    unit.emitted.form.parameters.flatMap(({ name, value, parameter }) => {
      const i = index.get(name);
      const isMoved = i !== undefined && x[i] !== inUnit(value, parameter.factor);
      return isMoved ? [[parameter.name, x[i]! * parameter.factor] as const] : [];
    }),
  );
}

/** Root of the sum over bins of squared changes over variances. */
function distance(
  { errors }: CompiledAnalysis["experiments"][number],
  counts: Float64Array,
  changes: Float64Array,
): number {
  const squares = changes.map((change, i) => {
    const error = errors?.[i] ?? Math.sqrt(Math.max(counts[i]!, counts[i]! + change));
    return change === 0 ? 0 : (change / error) * (change / error);
  });
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0));
}

/** The options that begin with the free parameters as they are in `x`. */
function settingsAt({ parameters }: CompiledAnalysis, x: Float64Array): string {
  return parameters
    .flatMap(({ name, unit, role }, i) =>
      role === "free" ? [`--set "${name}=${figure(x[i]!, 4)}${unit === "" ? "" : ` ${unit}`}"`] : [],
    )
    .join(" ");
}
