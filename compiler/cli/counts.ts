/** The counts that a compiled analysis expects, as plain data. */
import type { CompiledAnalysis, ExperimentCounts, ExperimentInfo } from "../../runtime/compiled.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Expectation, Unit } from "../index.ts";
import type { ComponentRates, CountsJson, ExperimentRates, ValueJson } from "./schemas/rates.ts";
import { placeOf, type Running, type Spec } from "./spec.ts";
import { brief, figure, shortened } from "./tables.ts";

/** The values of the spec. */
export function specValues({ parameters }: CompiledAnalysis): Float64Array {
  return Float64Array.from(parameters, ({ value }) => value);
}

/** Counts of each experiment at a parameter vector. */
export function ratesAt({ unit, compiled }: Running, values: Float64Array): readonly ExperimentRates[] {
  return ratesFrom(unit, compiled, values, compiled.counts(values));
}

/** Counts of each experiment at the values of the spec, before there is code. */
export function ratesOfSpec(unit: Unit): readonly ExperimentRates[] {
  const { expectation } = unit;
  const values = Float64Array.from(expectation.parameters, ({ value }) => value);
  return ratesFrom(unit, expectation, values, expectation.counts);
}

function ratesFrom(
  unit: Unit,
  described: Pick<Expectation, "parameters" | "experiments">,
  values: Float64Array,
  counts: Expectation["counts"],
): readonly ExperimentRates[] {
  const parameters = described.parameters.map(
    ({ name, unit }, i): ValueJson => ({ name, value: values[i]!, unit }),
  );
  return described.experiments.map((experiment) => ({
    name: experiment.name,
    analysis: unit.kind === "analysis" ? unit.name : null,
    axes: experiment.axes.map(({ name, unit, edges }) => ({ name, unit, edges })),
    components: componentsOf(experiment, counts[experiment.name]!),
    total: countsOf(counts[experiment.name]!.total),
    data: experiment.data === undefined ? null : Array.from(experiment.data),
    parameters,
  }));
}

function componentsOf(
  { components }: ExperimentInfo,
  counts: ExperimentCounts,
): Readonly<Record<string, ComponentRates>> {
  const entries = components.map(({ name, kind, channels }): readonly [string, ComponentRates] => {
    const parts = channels.map(
      (channel) => [channel, countsOf(counts.channels[`${name}/${channel}`]!)] as const,
    );
    const own = { kind, ...countsOf(counts.components[name]!) };
    return [name, parts.length === 0 ? own : { ...own, channels: Object.fromEntries(parts) }];
  });
  return Object.fromEntries(entries);
}

function countsOf(counts: Float64Array): CountsJson {
  return { total: counts.reduce((sum, value) => sum + value, 0), counts: Array.from(counts) };
}

/** Relative to all counts of an experiment: a smaller negative number is rounding. */
const rounding = 1e-9;

const shareOfNothing =
  "a `shape` that is zero in all bins has no share of the events there: look at where its formula holds";

/** Counts that are no numbers, or that a Poisson likelihood cannot take. */
export function impossibleCounts(spec: Spec, unit: Unit, rates: readonly ExperimentRates[]) {
  const { experiments } = unit.expectation;
  return rates.flatMap(({ name, total, components, parameters }): readonly Diagnostic[] => {
    const span = placeOf(spec, name);
    const values = parameters.map((one) => `${one.name} = ${brief(one.value)} ${one.unit}`.trim());
    const at = values.length === 0 ? "every place" : shortened(values, 6);
    for (const [component, { kind, counts }] of Object.entries(components)) {
      const bin = counts.findIndex((value) => !Number.isFinite(value));
      const what = `${component} of ${name} in bin ${bin + 1}`;
      const extra = kind === "background" && counts.every(Number.isNaN) ? { help: shareOfNothing } : {};
      if (bin >= 0) return [diagnostic("SV1801", span, { what, found: `${counts[bin]}`, place: at }, extra)];
    }
    const likelihood = experiments.find((one) => one.name === name)?.likelihood;
    const bin = total.counts.findIndex((value) => value < -rounding * Math.abs(total.total));
    if (likelihood === "gaussian" || bin < 0) return [];
    return [
      diagnostic("SV1804", span, { experiment: name, found: figure(total.counts[bin]!), bin: bin + 1 }),
    ];
  });
}
