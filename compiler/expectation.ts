/** What an analysis expects at the values of its spec, from the expressions that its code is made from. */
import type { ExperimentCounts, ExperimentInfo, ParameterInfo } from "../runtime/compiled.ts";
import { inUnit } from "./emit/view.ts";
import type { AnalysisForm } from "./lower/analysis.ts";
import type { ExperimentForm } from "./lower/experiment.ts";
import { dependence } from "./rate/analyse.ts";
import type { Outputs } from "./stage/index.ts";

/** The same that compiled code says about itself, with the counts at the values of the spec. */
export interface Expectation {
  readonly parameters: readonly Pick<ParameterInfo, "name" | "unit" | "value">[];
  readonly experiments: readonly ExperimentInfo[];
  readonly counts: Readonly<Record<string, ExperimentCounts>>;
}

/** `countsOf` gives the elements of an output by its key. */
export function expectation(
  form: AnalysisForm,
  outputs: Outputs,
  countsOf: (key: string) => Float64Array,
): Expectation {
  const read = new Set([...outputs.values()].flatMap(({ node }) => [...dependence(node).parameters]));
  const used = form.parameters.filter(({ parameter }) => read.has(parameter.name));
  return {
    parameters: used.map(({ name, value, parameter: { unit, factor } }) => ({
      name,
      unit,
      value: inUnit(value, factor),
    })),
    experiments: form.experiments.map((experiment) => infoOf(form, experiment)),
    counts: Object.fromEntries(
      form.experiments.map((experiment) => [experiment.name, countsIn(experiment, countsOf)]),
    ),
  };
}

function infoOf({ asimov }: AnalysisForm, experiment: ExperimentForm): ExperimentInfo {
  const { name, axes, components, data, errors, likelihood } = experiment;
  return {
    name,
    axes: axes.map(({ name, unit, edges }) => ({ name, unit, edges })),
    components: components.map(({ name, kind, channels }) => ({
      name,
      kind,
      channels: channels.map((channel) => channel.name),
    })),
    bins: axes.reduce((product, { edges }) => product * (edges.length - 1), 1),
    data: asimov || data === undefined ? undefined : Float64Array.from(data),
    likelihood,
    errors: errors === undefined ? undefined : Float64Array.from(errors),
  };
}

function countsIn(
  { name, components }: ExperimentForm,
  countsOf: (key: string) => Float64Array,
): ExperimentCounts {
  const keyed = (keys: readonly string[]): Record<string, Float64Array> =>
    Object.fromEntries(keys.map((key) => [key, countsOf(`${name}/${key}`)]));
  return {
    total: countsOf(`${name}/total`),
    components: keyed(components.map((one) => one.name)),
    channels: keyed(components.flatMap((one) => one.channels.map((part) => `${one.name}/${part.name}`))),
  };
}
