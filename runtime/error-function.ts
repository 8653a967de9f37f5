/**
 * The error function and its relatives, in plain arithmetic. Errors, measured against 50-digit arithmetic:
 * relative 1e-15 for erf and erfcx, 3e-15 for erfc down to its underflow.
 */

/**
 * Chebyshev coefficients of (1 + 2x) erfcx(x) in t = (x − 3.75)/(x + 3.75), −1 ≤ t < 1: the variable of Shepherd
 * and Laframboise, Math. Comp. 36 (1981) 249. Computed with 50 digits.
 */
const ERFCX = [
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
  0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5,
  4.13902798607301e-6, 7.74038306619849e-7, -2.1886401049234397e-7, 1.076499946567091e-8,
  4.521959811218287e-9, -7.754400208831351e-10, -6.318088340886684e-11, 2.86879501093067e-11,
  1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14, 3.3478119482868056e-14,
  -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17, 5.068148904796111e-17,
];

/** Factors (2k − 1)/(k (2k + 1)) of the Maclaurin series of erf, innermost bracket first. */
const MACLAURIN = Array.from({ length: 18 }, (_, i) => 18 - i).map((k) => (2 * k - 1) / (k * (2 * k + 1)));

/** erf(x) for |x| < 1: 2x/√π · Σ (−x²)ᵏ/(k! (2k + 1)) (DLMF 7.6.1). */
function maclaurin(x: number): number {
  const square = x * x;
  let sum = 1;
  for (let i = 0; i < MACLAURIN.length; i++) sum = 1 - square * MACLAURIN[i]! * sum;
  return x * 2 * Math.sqrt(1 / Math.PI) * sum;
}

/** exp(−x²), with the rounding error of x² put back. */
function gaussian(x: number): number {
  if (Math.abs(x) > 28) return 0;
  const head = Math.round(x * 64) / 64;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}

/** Scaled complementary error function exp(x²) erfc(x). */
export function erfcx(x: number): number {
  if (x < 0) return 2 / gaussian(x) - erfcx(-x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  const twice = (2 * (x - 3.75)) / (x + 3.75);
  let next = 0;
  let sum = 0;
  for (let i = ERFCX.length - 1; i > 0; i--) {
    const current = ERFCX[i]! + twice * sum - next;
    next = sum;
    sum = current;
  }
  return (ERFCX[0]! + (twice / 2) * sum - next) / (1 + 2 * x);
}

/** Error function 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: number): number {
  if (Math.abs(x) < 0.75) return maclaurin(x);
  return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
}

/** Complementary error function 1 − erf(x), with its relative accuracy kept in the tail. */
export function erfc(x: number): number {
  if (Math.abs(x) < 0.5) return 1 - maclaurin(x);
  return x < 0 ? 2 - erfc(-x) : gaussian(x) * erfcx(x);
}
