/**
 * Pseudo-experiments ("toys"): what an analysis would have measured. The data of every experiment are drawn from their expectation
 * at a truth, Poisson or Gaussian as the likelihood says, and with them the auxiliary measurements behind constraints: the
 * mean of a nuisance is the result of another measurement, which would have come out differently as well. So the truth is fixed, all
 * that is measured fluctuates, and an interval can be tested for coverage (arXiv:1007.1727, section 2.1; R. D. Cousins and
 * V. L. Highland's average over nuisances is another convention, which this is not).
 */
import type { CompiledAnalysis, ExperimentInfo, ParameterInfo } from "./compiled.ts";
import type { RandomStream } from "./random.ts";

/** All that an analysis measures. */
export interface Measured {
  /** Counts by experiment. */
  readonly counts: Readonly<Record<string, Float64Array>>;
  /** Variances of expected counts from limited statistics of templates, by experiment that has them. */
  readonly variances?: Readonly<Record<string, Float64Array>>;
  /** Means of the constraints of the parameters, in the order of the parameters; NaN without a constraint. */
  readonly means: Float64Array;
  /** Measured values of the constrained expressions. */
  readonly constraints: Float64Array;
}

/** The Asimov data of a truth (all parameters): every measurement has the value that is expected (arXiv:1007.1727, section 3.2). */
export function expectedAt(analysis: CompiledAnalysis, truth: ArrayLike<number>): Measured {
  const single = analysis.experiments.find(({ likelihood }) => likelihood === "unbinned");
  if (single !== undefined) throw new RangeError(`experiment ${single.name} is fitted event by event`);
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
  return { counts, variances, means, constraints: Float64Array.from(analysis.constrained(x)) };
}

/**
 * A way that the measurements may come out when `expected` is expected. An expectation below zero is a RangeError; so are
 * events one by one, whose places are not drawn. Where templates have limited statistics, their expectation is drawn as
 * well, Gaussian and not below zero.
 */
export function fluctuated(analysis: CompiledAnalysis, expected: Measured, random: RandomStream): Measured {
  const counts = Object.fromEntries(
    analysis.experiments.map(({ name, likelihood, errors }) => {
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
  const means = expected.means.map((mean, i) => {
    const sigma = analysis.parameters[i]?.constraint?.sigma;
    return sigma === undefined ? mean : random.normal(mean, sigma);
  });
  const constraints = expected.constraints.map((value, i) =>
    random.normal(value, analysis.constraints[i]!.sigma),
  );
  return { counts, means, constraints };
}

/**
 * The same analysis with errors of all Gaussian data: those of a projection that has none are the roots of what it expects
 * at the values of the spec, as its fit takes them. Pseudo-experiments keep them.
 */
export function withErrors(analysis: CompiledAnalysis): CompiledAnalysis {
  const lacks = ({ likelihood, errors }: ExperimentInfo): boolean =>
    likelihood === "gaussian" && errors === undefined;
  if (!analysis.experiments.some(lacks)) return analysis;
  const { counts } = expectedAt(
    analysis,
    analysis.parameters.map(({ value }) => value),
  );
  const experiments = analysis.experiments.map((one) =>
    lacks(one) ? { ...one, errors: counts[one.name]!.map(Math.sqrt) } : one,
  );
  return { ...analysis, experiments };
}

/** The same analysis of other measurements. */
export function withMeasured(analysis: CompiledAnalysis, measured: Measured): CompiledAnalysis {
  const { likelihood, ...rest } = analysis;
  const experiments = analysis.experiments.map((one) => ({ ...one, data: measured.counts[one.name] }));
  const parameters = analysis.parameters.map((parameter, i): ParameterInfo => {
    const { constraint } = parameter;
    return constraint ? { ...parameter, constraint: { ...constraint, mean: measured.means[i]! } } : parameter;
  });
  const constraints = analysis.constraints.map((one, i) => ({ ...one, mean: measured.constraints[i]! }));
  // Compiled likelihoods have the measured values of constrained expressions built in.
  const compiled = likelihood === undefined || constraints.length > 0 ? {} : { likelihood };
  return { ...rest, ...compiled, experiments, parameters, constraints };
}
