/**
 * Error bars of observed counts: the central 68.27 % confidence interval of the mean of a Poisson variable for few counts, n ± √n for many.
 */
import { chiSquareSurvival } from "../../runtime/chi-square.ts";

/** Below this many counts the interval is exact; from it on, n ± √n, as counting experiments print it. */
const exactBelow = 10;

/** Probability outside ±1σ of a normal variable, which the interval leaves out, half on each side. */
const outside = chiSquareSurvival(1, 1);

/**
 * The ends of the error bar of `n` observed counts. Below 10, the interval of Garwood, Biometrika 28 (1936) 437:
 * χ²(α/2; 2n)/2 to χ²(1 − α/2; 2n + 2)/2 with χ²(p; k) the p-quantile of k degrees of freedom (also in the
 * Statistics review of the Particle Data Group, "Poisson intervals"). A count that is not whole, as in an Asimov
 * data set, takes its bar from the two whole counts around it, in proportion. A negative one has no interval: NaN.
 */
export function poissonInterval(n: number): readonly [low: number, high: number] {
  if (!(n >= 0)) return [Number.NaN, Number.NaN];
  if (n >= exactBelow) return [n - Math.sqrt(n), n + Math.sqrt(n)];
  const whole = Math.floor(n);
  const share = n - whole;
  const below = (1 - share) * (whole - garwoodLow(whole)) + share * (whole + 1 - garwoodLow(whole + 1));
  const above = (1 - share) * (garwoodHigh(whole) - whole) + share * (garwoodHigh(whole + 1) - whole - 1);
  return [Math.max(0, n - below), n + above];
}

/** The mean at which `n` or more counts have probability α/2. */
function garwoodLow(n: number): number {
  return n === 0 ? 0 : upperTail(1 - outside / 2, 2 * n) / 2;
}

/** The mean at which `n` or fewer counts have probability α/2. */
function garwoodHigh(n: number): number {
  return upperTail(outside / 2, 2 * n + 2) / 2;
}

/** The value that a χ² variable exceeds with probability `p`, by bisection to working precision. */
function upperTail(p: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = degreesOfFreedom + 40;
  for (let i = 0; i < 100 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2;
    if (chiSquareSurvival(middle, degreesOfFreedom) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
