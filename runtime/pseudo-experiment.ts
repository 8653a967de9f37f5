/**
 * Pseudo-experiments ("toys"): what an analysis would have measured. The data of every experiment are drawn from their expectation
 * at a truth, Poisson, Gaussian or event by event as the likelihood says, and with them the auxiliary measurements behind constraints: the
 * mean of a nuisance is the result of another measurement, which would have come out differently as well. So the truth is fixed, all
 * that is measured fluctuates, and an interval can be tested for coverage (arXiv:1007.1727, section 2.1; R. D. Cousins and
 * V. L. Highland's average over nuisances is another convention, which this is not).
 */
import type { CompiledAnalysis, ExperimentInfo, ParameterInfo } from "./compiled.ts";
import { type EventDensity, eventDensity } from "./event-density.ts";
import type { EventList } from "./events.ts";
import type { RandomStream } from "./random.ts";

/** All that an analysis measures. */
export interface Measured {
  /** Counts by experiment. */
  readonly counts: Readonly<Record<string, Float64Array>>;
  /** Events, by experiment with an unbinned likelihood. */
  readonly events?: Readonly<Record<string, EventList>>;
  /** Variances of expected counts from limited statistics of templates, by experiment that has them. */
  readonly variances?: Readonly<Record<string, Float64Array>>;
  /** Means of the constraints of the parameters, in the order of the parameters; NaN without a constraint. */
  readonly means: Float64Array;
  /** Measured values of the constrained expressions. */
  readonly constraints: Float64Array;
}

/** What is expected, and what measurements of it are drawn from. */
export interface Expected extends Measured {
  /** By experiment with an unbinned likelihood. */
  readonly densities: Readonly<Record<string, EventDensity>>;
}

/**
 * The Asimov data of a truth (all parameters): every measurement has the value that is expected (arXiv:1007.1727, section 3.2).
 * Events one by one are stood for by weights at the points of a quadrature rule. An experiment without places for its events is a
 * RangeError.
 */
export function expectedAt(analysis: CompiledAnalysis, truth: ArrayLike<number>): Expected {
  const unbinned = analysis.experiments.filter(({ likelihood }) => likelihood === "unbinned");
  const built = unbinned.find(({ places }) => places === undefined);
  if (built !== undefined) {
    throw new RangeError(
      `experiment ${built.name} is fitted event by event, without places for other events`,
    );
  }
  const x = Float64Array.from(truth);
  // The same to the last digit, whatever was evaluated before.
  analysis.forget?.();
  const totals = analysis.totals(x);
  const copied = (arrays: Readonly<Record<string, Float64Array>>) =>
    Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, Float64Array.from(values)]));
  const counts = copied(totals);
  const variances = copied(
    Object.fromEntries(
      Object.entries(analysis.likelihoodInputs?.(x) ?? {}).flatMap(([name, { variance }]) =>
        variance === undefined ? [] : [[name, variance]],
      ),
    ),
  );
  const means = Float64Array.from(analysis.parameters, ({ constraint }, i) =>
    constraint ? x[i]! : Number.NaN,
  );
  const constraints = Float64Array.from(analysis.constrained(x));
  const densities = Object.fromEntries(unbinned.map(({ name }) => [name, eventDensity(analysis, name, x)]));
  return {
    counts,
    get events() {
      return Object.fromEntries(Object.entries(densities).map(([name, { asimov }]) => [name, asimov()]));
    },
    variances,
    means,
    constraints,
    densities,
  };
}

/**
 * A way that the measurements may come out when `expected` is expected. An expectation below zero is a RangeError. Where templates have limited statistics, their expectation is drawn as
 * well, Gaussian and not below zero.
 */
export function fluctuated(analysis: CompiledAnalysis, expected: Expected, random: RandomStream): Measured {
  const counts = Object.fromEntries(
    binned(analysis).map(({ name, likelihood, errors }) => {
      const values = expected.counts[name]!;
      const variance = expected.variances?.[name];
      const drawn = (value: number, bin: number): number => {
        const mean = variance === undefined ? value : random.normal(value, Math.sqrt(variance[bin]!));
        if (likelihood === "gaussian") return random.normal(mean, errors?.[bin]);
        return random.poisson(variance === undefined ? mean : Math.max(0, mean));
      };
      return [name, values.map(drawn)];
    }),
  );
  const events = Object.fromEntries(
    Object.entries(expected.densities).map(([name, { drawn }]) => [name, drawn(random)]),
  );
  const means = expected.means.map((mean, i) => {
    const sigma = analysis.parameters[i]?.constraint?.sigma;
    return sigma === undefined ? mean : random.normal(mean, sigma);
  });
  const constraints = expected.constraints.map((value, i) =>
    random.normal(value, analysis.constraints[i]!.sigma),
  );
  return { counts, events, means, constraints };
}

function binned({ experiments }: CompiledAnalysis): readonly ExperimentInfo[] {
  return experiments.filter(({ likelihood }) => likelihood !== "unbinned");
}

/**
 * The same analysis with errors of all Gaussian data: those of a projection that has none are the roots of what it expects
 * at the values of the spec, as its fit takes them. Pseudo-experiments keep them.
 */
export function withErrors(analysis: CompiledAnalysis): CompiledAnalysis {
  const lacks = ({ likelihood, errors }: ExperimentInfo): boolean =>
    likelihood === "gaussian" && errors === undefined;
  if (!analysis.experiments.some(lacks)) return analysis;
  analysis.forget?.();
  const counts = analysis.totals(Float64Array.from(analysis.parameters, ({ value }) => value));
  const experiments = analysis.experiments.map((one) =>
    lacks(one) ? { ...one, errors: Float64Array.from(counts[one.name]!, Math.sqrt) } : one,
  );
  return { ...analysis, experiments };
}

/** The same analysis of other measurements. */
export function withMeasured(analysis: CompiledAnalysis, measured: Measured): CompiledAnalysis {
  const { likelihood, ...rest } = analysis;
  const experiments = analysis.experiments.map((one): ExperimentInfo => {
    const events = measured.events?.[one.name];
    return events === undefined
      ? { ...one, data: measured.counts[one.name] }
      : { ...one, events, data: new Float64Array(one.bins) };
  });
  const parameters = analysis.parameters.map((parameter, i): ParameterInfo => {
    const { constraint } = parameter;
    return constraint ? { ...parameter, constraint: { ...constraint, mean: measured.means[i]! } } : parameter;
  });
  const constraints = analysis.constraints.map((one, i) => ({ ...one, mean: measured.constraints[i]! }));
  // Compiled likelihoods have the measured values of constrained expressions built in.
  const compiled = likelihood === undefined || constraints.length > 0 ? {} : { likelihood };
  return { ...rest, ...compiled, experiments, parameters, constraints };
}
