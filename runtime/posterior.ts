/**
 * The posterior density of the fitted parameters of an analysis, over coordinates without bounds: −χ²/2, whose Gaussian
 * terms are the priors of nuisances and constraints, and for free parameters a prior that is even in their range, or in the
 * logarithm where the spec says `log`.
 */
import type { CompiledAnalysis, ParameterInfo } from "./compiled.ts";
import { RuntimeError } from "./errors.ts";
import { chiSquare, type Objective } from "./likelihood.ts";

/** A density over unbounded coordinates. */
export interface LogDensity {
  readonly size: number;
  /** Logarithm of the density, to a constant; its derivatives are written to `slopes`. −∞ where the density is zero. */
  readonly at: (u: Float64Array, slopes: Float64Array) => number;
}

export interface Posterior extends LogDensity {
  /** Indices of the fitted parameters among all of the analysis: the coordinates are of these, in this order. */
  readonly fitted: readonly number[];
  /** Values of the fitted parameters, in their units. */
  readonly valuesOf: (u: Float64Array) => Float64Array;
  /** The coordinates of values inside of the ranges. */
  readonly coordinatesOf: (values: ArrayLike<number>) => Float64Array;
  /** χ² at coordinates, +∞ where it has no value. */
  readonly chiSquareAt: (u: Float64Array) => number;
}

/** How a parameter comes from its coordinate. */
interface Transform {
  readonly value: (u: number) => number;
  readonly coordinate: (value: number) => number;
  /** Derivative of the value, and of the logarithm of the prior density over u with its slope. */
  readonly jacobian: (
    u: number,
    value: number,
  ) => { readonly slope: number; readonly log: number; readonly logSlope: number };
}

/**
 * Free parameters whose range is open, so that an even prior over it cannot be normalised: those of the posterior must be
 * none.
 */
export function openParameters(analysis: CompiledAnalysis): readonly ParameterInfo[] {
  const { fitted, roles } = chiSquare(analysis);
  return fitted
    .filter((index) => roles[index] === "free")
    .map((index) => analysis.parameters[index]!)
    .filter(({ range }) => !range.every(Number.isFinite));
}

/** The posterior of an analysis. Parameters that `openParameters` names are a RangeError. */
export function posterior(analysis: CompiledAnalysis): Posterior {
  const [open] = openParameters(analysis);
  if (open !== undefined) throw new RangeError(`${open.name} has no range, so that it has no even prior`);
  const objective = chiSquare(analysis);
  const { fitted, start } = objective;
  const transforms = fitted.map((index) => transformOf(analysis.parameters[index]!));
  const x = Float64Array.from(start);
  const gradient = new Float64Array(x.length);
  const put = (u: Float64Array): void => {
    fitted.forEach((index, k) => {
      x[index] = transforms[k]!.value(u[k]!);
    });
  };
  const valueAt = (u: Float64Array): number => {
    put(u);
    return orInfinite(() => objective.value(x));
  };
  return {
    size: fitted.length,
    fitted,
    valuesOf: (u) => Float64Array.from(transforms, ({ value }, k) => value(u[k]!)),
    coordinatesOf: (values) => Float64Array.from(transforms, ({ coordinate }, k) => coordinate(values[k]!)),
    chiSquareAt: valueAt,
    at: (u, slopes) => {
      const chi2 = valueAt(u);
      if (!Number.isFinite(chi2)) return Number.NEGATIVE_INFINITY;
      slopesAt(objective, x, gradient);
      let log = -chi2 / 2;
      fitted.forEach((index, k) => {
        const jacobian = transforms[k]!.jacobian(u[k]!, x[index]!);
        log += jacobian.log;
        slopes[k] = (-gradient[index]! / 2) * jacobian.slope + jacobian.logSlope;
      });
      return Number.isFinite(log) && slopes.every(Number.isFinite) ? log : Number.NEGATIVE_INFINITY;
    },
  };
}

function orInfinite(compute: () => number): number {
  try {
    const value = compute();
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  } catch (error) {
    // Beyond the end of a table.
    if (error instanceof RuntimeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** Width of a difference in units of the first step of a fit. */
const DIFFERENCE = 1e-4;

function slopesAt(objective: Objective, x: Float64Array, out: Float64Array): void {
  const { fitted, gradient, differenced, value, step } = objective;
  gradient?.(x, out);
  for (const index of gradient === undefined ? fitted : differenced) {
    const middle = x[index]!;
    const width = DIFFERENCE * step[index]!;
    x[index] = middle + width;
    const above = value(x);
    x[index] = middle - width;
    out[index] = (above - value(x)) / (2 * width);
    x[index] = middle;
  }
}

function transformOf({ range: [low, high], log, role }: ParameterInfo): Transform {
  const even = role === "free";
  if (Number.isFinite(low) && Number.isFinite(high)) {
    return even && log && low > 0 ? logarithmic(low, high) : between(low, high);
  }
  if (Number.isFinite(low)) return above(low, 1);
  if (Number.isFinite(high)) return above(high, -1);
  return {
    value: (u) => u,
    coordinate: (value) => value,
    jacobian: () => ({ slope: 1, log: 0, logSlope: 0 }),
  };
}

const logistic = (u: number): number => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)));

/** Shares of a range at its very ends are kept this far from them. */
const END = 1e-9;
const inside = (share: number): number => Math.min(1 - END, Math.max(END, share));

/** An even prior between two ends, by the logistic function. */
function between(low: number, high: number): Transform {
  const width = high - low;
  return {
    value: (u) => low + width * logistic(u),
    coordinate: (value) => {
      const share = inside((value - low) / width);
      return Math.log(share / (1 - share));
    },
    jacobian: (u) => {
      const [share, rest] = [logistic(u), logistic(-u)];
      return { slope: width * share * rest, log: Math.log(share) + Math.log(rest), logSlope: rest - share };
    },
  };
}

/** A prior that is even in the logarithm: that of the share of its range. */
function logarithmic(low: number, high: number): Transform {
  const ratio = Math.log(high / low);
  const share = between(0, 1);
  return {
    value: (u) => low * Math.exp(ratio * share.value(u)),
    coordinate: (value) => share.coordinate(Math.log(value / low) / ratio),
    jacobian: (u, value) => {
      const inner = share.jacobian(u, 0);
      return { slope: value * ratio * inner.slope, log: inner.log, logSlope: inner.logSlope };
    },
  };
}

/** Beyond one end, by the exponential; the density over the value is that of the constraint alone. */
function above(end: number, sign: 1 | -1): Transform {
  return {
    value: (u) => end + sign * Math.exp(u),
    coordinate: (value) => Math.log(Math.max(END, sign * (value - end))),
    jacobian: (u) => ({ slope: sign * Math.exp(u), log: u, logSlope: 1 }),
  };
}
