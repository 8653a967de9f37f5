/** What a fit, or the constraints before it, leave open of the expectation in each bin of a spectrum. */
import type { AxisInfo, CompiledAnalysis } from "../../runtime/compiled.ts";
import { templatePull } from "../../runtime/deviance.ts";
import type { FitResult } from "../../runtime/fit.ts";
import { square } from "../../runtime/power.ts";
import { project } from "../plot/index.ts";

/** By experiment and axis, one standard deviation of the total in each bin of the axis. */
type Deviations = Readonly<Record<string, readonly (readonly number[])[]>>;

/**
 * Linear in the parameters: √(gᵀ V g) with the covariance V of the fit, the changes g of the counts taken next to the best values. Where templates
 * have limited statistics, the shift of each bin follows g, and what the data leave open of it is added. Without a fit V is that of the
 * constraints of the nuisances. Undefined when nothing is open.
 */
export function expectationErrors(
  analysis: CompiledAnalysis,
  values: Float64Array,
  result: FitResult | undefined,
): Deviations | undefined {
  const open = openParameters(analysis, result);
  const shifts = templateShifts(analysis, values, result !== undefined);
  if (open.length === 0 && shifts.size === 0) return undefined;
  const slopes = open.map(({ index, sigma }) => changes(analysis, values, index, sigma));
  return Object.fromEntries(
    analysis.experiments.map(({ name, axes }) => {
      const { followed, variance } = shifts.get(name) ?? {};
      const own = slopes.map((slope) => slope[name]!.map((one, bin) => one * (followed?.[bin] ?? 1)));
      return [name, axes.map((_, axis) => deviationsAlong(axes, axis, own, open, variance))];
    }),
  );
}

/** Shifts of bins from the limited statistics of templates. */
interface Shifts {
  /** The share of a change of the expectation that a shift at its best value leaves. */
  readonly followed: Float64Array;
  /** What is open of the shift at given parameters. */
  readonly variance: Float64Array;
}

/** By experiment; before a fit nothing is known of the shifts but their variance. */
function templateShifts(
  analysis: CompiledAnalysis,
  values: Float64Array,
  fitted: boolean,
): ReadonlyMap<string, Shifts> {
  const totals = analysis.totals(values);
  const inputs = Object.entries(analysis.likelihoodInputs?.(values) ?? {});
  return new Map(
    inputs.flatMap(([name, { variance }]) => {
      if (variance === undefined) return [];
      const { data, errors, likelihood } = analysis.experiments.find((one) => one.name === name)!;
      const shares = variance.map((own, bin) => {
        if (!fitted || !(own > 0)) return 1;
        const expected = totals[name]![bin]!;
        const count = data?.[bin] ?? expected;
        if (likelihood === "gaussian") {
          const error = square(errors?.[bin] ?? Math.sqrt(expected));
          return error / (error + own);
        }
        const shifted = expected + own * templatePull(expected, own, count);
        return (shifted * shifted) / (shifted * shifted + count * own);
      });
      return [
        [name, { followed: shares, variance: variance.map((own, bin) => own * shares[bin]!) }] as const,
      ];
    }),
  );
}

interface Open {
  readonly index: number;
  readonly sigma: number;
  /** Correlations with all open parameters. */
  readonly correlations: readonly number[];
}

function openParameters({ parameters }: CompiledAnalysis, result: FitResult | undefined): readonly Open[] {
  if (result === undefined) {
    const nuisances = parameters.flatMap(({ role, constraint }, index) =>
      role === "nuisance" && constraint !== undefined ? [{ index, sigma: constraint.sigma }] : [],
    );
    return nuisances.map((one, i) => ({ ...one, correlations: nuisances.map((_, k) => (i === k ? 1 : 0)) }));
  }
  const { fitted, covariance, correlation } = result;
  const kept = fitted.flatMap((name, row) => {
    const sigma = Math.sqrt(covariance[row]![row]!);
    return sigma > 0 && Number.isFinite(sigma) ? [{ name, row, sigma }] : [];
  });
  return kept.map(({ name, row, sigma }) => ({
    index: parameters.findIndex((one) => one.name === name),
    sigma,
    correlations: kept.map((other) => correlation[row]![other.row]!),
  }));
}

/** Share of a standard deviation that a derivative is taken over. */
const DIFFERENCE = 1e-3;

/** The derivative of the counts, times one standard deviation; at an end of the range from within. */
function changes(
  analysis: CompiledAnalysis,
  values: Float64Array,
  index: number,
  sigma: number,
): Readonly<Record<string, Float64Array>> {
  const [low, high] = analysis.parameters[index]!.range;
  const at = (value: number): Readonly<Record<string, Float64Array>> => {
    const x = Float64Array.from(values);
    x[index] = Math.min(high, Math.max(low, value));
    const totals = analysis.totals(x);
    return Object.fromEntries(
      Object.entries(totals).map(([name, counts]) => [name, Float64Array.from(counts)]),
    );
  };
  const middle = values[index]!;
  const reach = DIFFERENCE * sigma;
  const [below, above] = [at(middle - reach), at(middle + reach)];
  const step = Math.min(high, middle + reach) - Math.max(low, middle - reach);
  return Object.fromEntries(
    Object.entries(above).map(([name, counts]) => [
      name,
      counts.map((count, bin) => ((count - below[name]![bin]!) * sigma) / step),
    ]),
  );
}

function deviationsAlong(
  axes: readonly AxisInfo[],
  axis: number,
  slopes: readonly Float64Array[],
  open: readonly Open[],
  shifts: Float64Array | undefined,
): readonly number[] {
  const shape = axes.map(({ edges }) => edges.length - 1);
  const projected = slopes.map((slope) => project(slope, shape, axis));
  const added = shifts && project(shifts, shape, axis);
  return Array.from({ length: shape[axis]! }, (_, bin) => {
    let variance = added?.[bin] ?? 0;
    open.forEach(({ correlations }, i) => {
      correlations.forEach((correlation, k) => {
        variance += correlation * projected[i]![bin]! * projected[k]![bin]!;
      });
    });
    return Math.sqrt(Math.max(0, variance));
  });
}
