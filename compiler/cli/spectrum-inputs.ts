/** From an analysis at some values of its parameters to what pictures of its spectra show. */
import type { FitResult } from "../../runtime/fit.ts";
import type { SpectrumInput } from "../plot/index.ts";
import { ratesAt } from "./counts.ts";
import { expectationErrors } from "./expectation-errors.ts";
import type { Running } from "./spec.ts";

/** A spectrum, with what tells it from those of other analyses. */
export interface NamedSpectrum extends SpectrumInput {
  readonly key: string;
}

/** The spectra of all experiments; with `band`, and what the fit (or without one the constraints) leave open. */
export function spectrumInputs(
  running: Running,
  values: Float64Array,
  result: FitResult | undefined,
  band = true,
): readonly NamedSpectrum[] {
  const { unit, compiled } = running;
  const deviations = band ? expectationErrors(compiled, values, result) : undefined;
  return ratesAt(running, values).map(({ name, axes, components, data }, i) => {
    const { likelihood, errors } = compiled.experiments[i]!;
    return {
      key: unit.kind === "analysis" ? `${unit.name}-${name}` : name,
      experiment: name,
      axes,
      components: Object.entries(components).map(([name, { kind, counts }]) => ({ name, kind, counts })),
      data: data ?? undefined,
      deviations: deviations?.[name],
      // Events are drawn as the counts of their bins.
      likelihood: likelihood === "gaussian" ? likelihood : "poisson",
      errors,
    };
  });
}
