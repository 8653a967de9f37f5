/**
 * Probability densities and distribution functions used in detector responses, time profiles and likelihoods.
 * Densities have the inverse dimension of their argument; scales are positive, or the result is NaN.
 */
import { erfc, erfcx } from "./error-function.ts";
import { gammainc, poisson_pmf } from "./gamma.ts";

const ROOT_TWO = Math.SQRT2;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Heaviside step: 0 below zero, 1 from zero on. */
export function step(x: number): number {
  return x < 0 ? 0 : 1;
}

/** Gaussian density. */
export function normal_pdf(x: number, mean: number, sigma: number): number {
  const z = (x - mean) / sigma;
  return Math.exp((-z * z) / 2) / (sigma * ROOT_TWO_PI);
}

/** Probability of a Gaussian below x; relative accuracy kept in the lower tail. */
export function normal_cdf(x: number, mean: number, sigma: number): number {
  return erfc((mean - x) / (ROOT_TWO * sigma)) / 2;
}

/** Gamma density (x/θ)ᵏ⁻¹ exp(−x/θ) / (θ Γ(k)), k = `shape`, θ = `scale`; 0 for x < 0. */
export function gamma_pdf(x: number, shape: number, scale: number): number {
  if (x < 0) return 0;
  if (x > 0) return (poisson_pmf(shape, x / scale) * shape) / x;
  if (shape === 1) return 1 / scale;
  return shape < 1 ? Number.POSITIVE_INFINITY : 0;
}

/** Probability of a gamma distribution below x. */
export function gamma_cdf(x: number, shape: number, scale: number): number {
  return gammainc(shape, x / scale);
}

/** Density of an exponential decay with mean life `tau`; 0 for x < 0. */
export function exponential_pdf(x: number, tau: number): number {
  return x < 0 ? 0 : Math.exp(-x / tau) / tau;
}

/**
 * g(τ) = exp(σ²/2τ² − (t − μ)/τ) erfc(u)/2, u = (σ/τ − (t − μ)/σ)/√2: a Gaussian convolved with exp(−t/τ) for
 * t > 0. Written with erfcx where u > 0, where the exponential would overflow.
 */
function smearedDecay(t: number, mean: number, sigma: number, tau: number): number {
  const z = (t - mean) / sigma;
  const ratio = sigma / tau;
  const u = (ratio - z) / ROOT_TWO;
  if (u >= 0) return (Math.exp((-z * z) / 2) * erfcx(u)) / 2;
  return (Math.exp(ratio * (ratio / 2 - z)) * erfc(u)) / 2;
}

/** Derivative of `smearedDecay` by tau. */
function smearedDecaySlope(t: number, mean: number, sigma: number, tau: number): number {
  const z = (t - mean) / sigma;
  const ratio = sigma / tau;
  const gauss = (ratio * Math.exp((-z * z) / 2)) / ROOT_TWO_PI;
  return (ratio * (z - ratio) * smearedDecay(t, mean, sigma, tau) + gauss) / tau;
}

/**
 * Exponentially modified Gaussian: the density of a Gaussian time (`mean`, `sigma`) plus an exponential delay of
 * mean life `tau` (Grushka, Anal. Chem. 44 (1972) 1733).
 */
export function emg_pdf(t: number, mean: number, sigma: number, tau: number): number {
  return smearedDecay(t, mean, sigma, tau) / tau;
}

/** Probability of an exponentially modified Gaussian below t; absolute error 1e-15. */
export function emg_cdf(t: number, mean: number, sigma: number, tau: number): number {
  return normal_cdf(t, mean, sigma) - smearedDecay(t, mean, sigma, tau);
}

/** Nodes and weights of the 8-point Gauss–Legendre rule on [0, 1]; one half, the rest by x → 1 − x. */
const NODES = [0.019855071751231884, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751];
const WEIGHTS = [0.05061426814518813, 0.1111905172266872, 0.1568533229389437, 0.181341891689181];

/**
 * (h(a) − h(b))/(a − b). For near arguments the mean of the derivative between them, which has no cancellation
 * and holds for a = b.
 */
function dividedDifference(
  h: (tau: number) => number,
  slope: (tau: number) => number,
  a: number,
  b: number,
): number {
  if (Math.abs(a - b) > 0.2 * Math.min(a, b)) return (h(a) - h(b)) / (a - b);
  let sum = 0;
  for (let i = 0; i < NODES.length; i++) {
    const shift = NODES[i]! * (b - a);
    sum += WEIGHTS[i]! * (slope(a + shift) + slope(b - shift));
  }
  return sum;
}

/**
 * Density of a Gaussian time plus two exponential delays, `tau1` and `tau2` in either order, equal ones included:
 * (g(τ₁) − g(τ₂))/(τ₁ − τ₂) with g the Gaussian convolved with exp(−t/τ). Error below 1e-13 of the largest value;
 * the relative error grows in the far tails when the mean lives are near each other.
 */
export function emg2_pdf(t: number, mean: number, sigma: number, tau1: number, tau2: number): number {
  return dividedDifference(
    (tau) => smearedDecay(t, mean, sigma, tau),
    (tau) => smearedDecaySlope(t, mean, sigma, tau),
    tau1,
    tau2,
  );
}

/** Probability below t of a Gaussian time plus two exponential delays; absolute error 1e-14. */
export function emg2_cdf(t: number, mean: number, sigma: number, tau1: number, tau2: number): number {
  const late = dividedDifference(
    (tau) => tau * smearedDecay(t, mean, sigma, tau),
    (tau) => smearedDecay(t, mean, sigma, tau) + tau * smearedDecaySlope(t, mean, sigma, tau),
    tau1,
    tau2,
  );
  return normal_cdf(t, mean, sigma) - late;
}
