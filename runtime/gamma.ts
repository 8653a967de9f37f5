/**
 * The gamma function's logarithm and derivatives and the incomplete gamma functions, in plain arithmetic.
 *
 * Errors, measured against 50-digit arithmetic: `lgamma` 1e-15 relative for x > 0, zeros at 1 and 2 included;
 * `digamma` 1e-15 and `trigamma` 1e-14 of the larger of 1 and the value; `gammainc` and `gammaincc` 1e-15 absolute
 * and 1e-13 relative, each in its own tail as well; `gammainc_a` 3e-15 absolute, 1e-12 relative.
 */

import { erfc } from "./error-function.ts";
import { square as squared } from "./power.ts";

const EULER = 0.5772156649015329;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** (−1)ᵏ (ζ(k) − 1)/k for k = 2, 3, …: series of ln Γ(2 + z) (DLMF 5.7.3). */
const ZETA = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6,
  -2.039215753801366e-6, 9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7,
  -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8, 1.0838659214896955e-8,
  -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
  -2.7595228851242334e-10,
];

/** ln Γ(2 + z) for |z| ≤ 1/2. */
function lgammaNearTwo(z: number): number {
  let sum = 0;
  for (let i = ZETA.length - 1; i >= 0; i--) sum = ZETA[i]! + z * sum;
  return z * (1 - EULER + z * sum);
}

/** Bernoulli numbers B₂, B₄, … over 2k (2k − 1): Stirling's series (DLMF 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π] for x ≥ 10. */
function stirling(x: number): number {
  const square = 1 / (x * x);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) sum = STIRLING[i]! + square * sum;
  return sum / x;
}

/** ln |Γ(x)|; infinite at 0, −1, −2, …. */
export function lgamma(x: number): number {
  if (x >= 10)
    return x === Number.POSITIVE_INFINITY ? x : (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirling(x);
  if (x >= 2.5) {
    let product = 1;
    let y = x;
    while (y > 2.5) product *= --y;
    return Math.log(product) + lgammaNearTwo(y - 2);
  }
  if (x >= 1.5) return lgammaNearTwo(x - 2);
  if (x >= 0.5) return lgammaNearTwo(x - 1) - Math.log1p(x - 1);
  if (x > 0) return lgammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (Number.isNaN(x)) return x;
  if (Number.isInteger(x)) return Number.POSITIVE_INFINITY;
  return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
}

/** sin πx, exact at the integers. */
function sinPi(x: number): number {
  return Math.sin(Math.PI * (x - 2 * Math.round(x / 2)));
}

/** Derivative of ln Γ: recurrence to x ≥ 10, then the asymptotic series (DLMF 5.11.2). NaN at the poles. */
export function digamma(x: number): number {
  if (x <= 0) {
    if (Number.isInteger(x)) return Number.NaN;
    const fraction = x - Math.round(x);
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction);
  }
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += 1 / y;
  const square = 1 / (y * y);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--) sum = STIRLING[i]! * (2 * i + 1) + square * sum;
  return Math.log(y) - 0.5 / y - square * sum - shift;
}

/** Derivative of `digamma` for x > 0; reflection below. */
export function trigamma(x: number): number {
  if (x <= 0) {
    if (Number.isInteger(x)) return Number.POSITIVE_INFINITY;
    return squared(Math.PI / sinPi(x)) - trigamma(1 - x);
  }
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += 1 / (y * y);
  const square = 1 / (y * y);
  let sum = 0;
  for (let i = STIRLING.length - 1; i >= 0; i--)
    sum = STIRLING[i]! * (2 * i + 1) * (2 * i + 2) + square * sum;
  return (1 + 0.5 / y + square * sum) / y + shift;
}

/** ln(1 + u) − u without cancellation for u ≥ −1/2: −u s + 2 s³ (1/3 + s²/5 + …), s = u/(2 + u). */
function log1pMinus(u: number): number {
  if (u > 0.5) return Math.log1p(u) - u;
  const s = u / (2 + u);
  const square = s * s;
  let sum = 0;
  for (let odd = 33; odd >= 3; odd -= 2) sum = 1 / odd + square * sum;
  return 2 * s * square * sum - u * s;
}

/**
 * xᵃ e⁻ˣ / Γ(a + 1): the Poisson probability of a at mean x, for real a ≥ 0. Above a = 10 by Stirling's series
 * around x = a, so that no large logarithms cancel (Loader, "Fast and accurate computation of binomial
 * probabilities", 2000).
 */
export function poisson_pmf(n: number, mean: number): number {
  if (n < 0 || mean < 0) return n < 0 ? 0 : Number.NaN;
  if (mean === 0) return n === 0 ? 1 : 0;
  if (n < 10) return Math.exp(n * Math.log(mean) - mean - lgamma(n + 1));
  const u = (mean - n) / n;
  const exponent = u < -0.5 ? Math.log(mean / n) - u : log1pMinus(u);
  return Math.exp(n * exponent - stirling(n)) / Math.sqrt(2 * Math.PI * n);
}

/** Σ_{n≥0} xⁿ/((a+1)…(a+n)) (DLMF 8.7.1): all terms positive. */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Smallest number that modified Lentz puts in the place of zero. */
const TINY = 1e-300;

/**
 * Legendre's continued fraction of Γ(a, x)/(xᵃ e⁻ˣ) (DLMF 8.9.2) by the modified Lentz method, with the
 * derivative of its logarithm by a carried along.
 */
function upperFraction(a: number, x: number): { value: number; slope: number } {
  let b = x + 1 - a;
  let db = -1;
  let c = 1 / TINY;
  let dc = 0;
  let d = 1 / b;
  let dd = -db * d * d;
  let value = d;
  let slope = dd / d;
  for (let n = 1; n < 1e6; n++) {
    const an = -n * (n - a);
    b += 2;
    db = -1;
    const denominator = an * d + b || TINY;
    const slopeOfDenominator = n * d + an * dd + db;
    d = 1 / denominator;
    dd = -slopeOfDenominator * d * d;
    const nextC = b + an / c || TINY;
    dc = db + n / c - (an * dc) / (c * c);
    c = nextC;
    const step = c * d;
    value *= step;
    const slopeStep = dc / c + dd / d;
    slope += slopeStep;
    // For integer a the fraction ends where its derivative does not yet.
    if (Math.abs(step - 1) < 3e-16 && Math.abs(slopeStep) < 3e-16) break;
  }
  return { value, slope };
}

/** Where Temme's expansion takes over from series and fraction, whose length grows as √a. */
const LARGE = 1e4;

/** Coefficients C_k(η) = Σ C_kj ηʲ of Temme, SIAM J. Math. Anal. 10 (1979) 757; computed as exact fractions. */
const TEMME = [
  [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
    0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-5, -2.185448510679992e-6,
    -1.85406221071516e-6, 8.296711340953087e-7, -1.7665952736826078e-7, 6.707853543401498e-9,
    1.0261809784240309e-8, -4.382036018453353e-9,
  ],
  [
    -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
    0.00020576131687242798, -4.018775720164609e-7, -1.8098550334489977e-5, 7.64916091608111e-6,
  ],
  [0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-6],
];

/** P(a, x) and Q(a, x) for a > `LARGE`: ½ erfc(∓η √(a/2)) ∓ e^{−aη²/2}/√(2πa) Σ C_k(η) a⁻ᵏ. */
function temme(a: number, x: number): { lower: number; upper: number } {
  const u = (x - a) / a;
  const half = -log1pMinus(u);
  const root = Math.sqrt(a * half) * Math.sign(u);
  if (root > 30 || root < -30) return root > 0 ? { lower: 1, upper: 0 } : { lower: 0, upper: 1 };
  const eta = Math.sqrt(2 * half) * Math.sign(u);
  let sum = 0;
  for (let k = TEMME.length - 1; k >= 0; k--) {
    const row = TEMME[k]!;
    let inner = 0;
    for (let j = row.length - 1; j >= 0; j--) inner = row[j]! + eta * inner;
    sum = inner + sum / a;
  }
  const remainder = (Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a)) * sum;
  return { lower: erfc(-root) / 2 - remainder, upper: erfc(root) / 2 + remainder };
}

/** Regularised lower incomplete gamma function P(a, x) = ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt / Γ(a), for a > 0; 0 for x ≤ 0. */
export function gammainc(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (a > LARGE) return temme(a, x).lower;
  if (x < a + 1) return poisson_pmf(a, x) * lowerSeries(a, x);
  return 1 - poisson_pmf(a, x) * a * upperFraction(a, x).value;
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), for a > 0; 1 for x ≤ 0. */
export function gammaincc(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (a > LARGE) return temme(a, x).upper;
  if (x < a + 1) return 1 - poisson_pmf(a, x) * lowerSeries(a, x);
  return poisson_pmf(a, x) * a * upperFraction(a, x).value;
}

/** Derivative of P(a, x) by a: the series or the fraction above, differentiated term by term. */
export function gammainc_a(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0 || x === Number.POSITIVE_INFINITY) return 0;
  const logarithm = Math.log(x);
  const probability = poisson_pmf(a, x);
  if (probability === 0) return 0;
  if (x >= a + 1) {
    const { value, slope } = upperFraction(a, x);
    return -probability * a * value * (logarithm - digamma(a) + slope);
  }
  let term = 1;
  let psi = digamma(a + 1);
  let size = 1;
  let sum = logarithm - psi;
  for (let n = 1; term > size * 1e-17; n++) {
    psi += 1 / (a + n);
    term *= x / (a + n);
    size += term;
    sum += term * (logarithm - psi);
  }
  return probability * sum;
}
