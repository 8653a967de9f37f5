/**
 * Spherical Bessel functions and the nuclear form-factor kernels made of them, free of cancellation at small
 * arguments. Arguments are pure numbers (momentum transfer × length).
 *
 * Errors, measured against 50-digit arithmetic for arguments 0 to 30: below 3e-15 of the largest term of the
 * formula, hence relative except next to a zero of the function.
 */

/** Below this argument a power series replaces the trigonometric formula. */
const SERIES_BELOW = 2;

/**
 * Below this square of the argument `sphere` and its derivative are their power series, Σ (−1)ᵏ 6 (k+1) x²ᵏ/(2k+3)!,
 * in even and odd powers of x² beside each other. Form factors of nuclei live there, and loops call nothing.
 */
const POLYNOMIAL_BELOW = 11.56;

/** Factors 1/(k (2n + 2k + 1)) of the series of j_n(x)/xⁿ, innermost bracket first. */
function seriesFactors(order: number): readonly number[] {
  return Array.from({ length: 13 }, (_, i) => 13 - i).map((k) => 1 / (k * (2 * order + 2 * k + 1)));
}

const FACTORS_0 = seriesFactors(0);
const FACTORS_2 = seriesFactors(2);

/** (2n+1)!! j_n(x)/xⁿ = 1 − t/(1·(2n+3)) (1 − t/(2·(2n+5)) (1 − …)), t = x²/2 (DLMF 10.53.1). */
function series(factors: readonly number[], x: number): number {
  const t = (x * x) / 2;
  let sum = 1;
  for (let i = 0; i < factors.length; i++) sum = 1 - t * factors[i]! * sum;
  return sum;
}

/** Spherical Bessel function j₀(x) = sin x / x. */
export function j0(x: number): number {
  return Math.abs(x) < SERIES_BELOW ? series(FACTORS_0, x) : Math.sin(x) / x;
}

/** Spherical Bessel function j₁(x) = sin x / x² − cos x / x. */
export function j1(x: number): number {
  return (x * sphere(x)) / 3;
}

/**
 * Form factor of a homogeneous sphere, 3 j₁(x)/x with x = q R; 1 at x = 0
 * (the first factor of Helm, Phys. Rev. 104 (1956) 1466).
 */
export function sphere(x: number): number {
  const t = x * x;
  if (t >= POLYNOMIAL_BELOW) return (3 * (Math.sin(x) / x - Math.cos(x))) / t;
  const s = t * t;
  const even =
    (((((7.163278093760525e-27 * s + 2.5529923126162516e-21) * s + 4.439143033177138e-16) * s +
      3.2118087673643227e-11) *
      s +
      7.515632515632515e-7) *
      s +
      0.0035714285714285713) *
      s +
    1.0;
  const odd =
    (((((-9.500368824616083e-30 * s + -4.641804204756821e-24) * s + -1.1743764638034756e-18) * s +
      -1.34949948208585e-13) *
      s +
      -5.7812557812557815e-9) *
      s +
      -6.613756613756614e-5) *
      s +
    -0.1;
  return even + t * odd;
}

/** Derivative of `sphere`: −3 j₂(x)/x. */
export function dsphere(x: number): number {
  const t = x * x;
  if (t >= POLYNOMIAL_BELOW) return -3 * x * j2OverSquare(x);
  const s = t * t;
  const even =
    (((((-2.4700958944001814e-28 * s + -1.0211969250465006e-22) * s + -2.1138776348462563e-17) * s +
      -1.88929927492019e-12) *
      s +
      -5.781255781255781e-8) *
      s +
      -0.0003968253968253968) *
      s +
    -0.2;
  const odd =
    (((((3.0646351047148654e-31 * s + 1.7191867425025262e-25) * s + 5.105984625232503e-20) * s +
      7.102628853083421e-15) *
      s +
      3.8541705208371877e-10) *
      s +
      6.012506012506012e-6) *
      s +
    0.014285714285714285;
  return x * (even + t * odd);
}

/** j₂(x)/x², 1/15 at x = 0. */
function j2OverSquare(x: number): number {
  const square = x * x;
  if (Math.abs(x) < SERIES_BELOW) return series(FACTORS_2, x) / 15;
  return ((3 / square - 1) * (Math.sin(x) / x) - (3 * Math.cos(x)) / square) / square;
}

/** Below this argument a continued fraction replaces the formula with `tanh`. */
const FRACTION_BELOW = 4;

/**
 * The two functions of y that the Fermi kernel needs, both smooth and positive:
 * `c` = 3 (y coth y − 1)/y² = 1 − y²/15 + …, `e` = (1 − c)/y² = 1/15 − ….
 * From y coth y = 1 + y²/(3 + y²/(5 + y²/(7 + …))) (DLMF 4.39.1): with k the tail 5 + y²/(7 + …),
 * c = 3k/(3k + y²) and e = 1/(3k + y²), without any difference of near numbers.
 */
function cothTerms(y: number): { c: number; e: number } {
  const square = y * y;
  if (Math.abs(y) < FRACTION_BELOW) {
    let tail = Math.abs(y) < 1 ? 19 : 31;
    const first = tail;
    for (let odd = first - 2; odd >= 5; odd -= 2) tail = odd + square / tail;
    const e = 1 / (3 * tail + square);
    return { c: 3 * tail * e, e };
  }
  const c = (3 * (y / Math.tanh(y) - 1)) / square;
  return { c, e: (1 - c) / square };
}

/** y / sinh y, 1 at y = 0, without overflow. */
function overSinh(y: number): number {
  if (Math.abs(y) < 1e-8) return 1;
  return Math.abs(y) < 700 ? y / Math.sinh(y) : 0;
}

/** What `fermi` and its derivatives share; w + v = 1 are the weights x²/(x²+y²) and y²/(x²+y²). */
interface FermiParts {
  readonly w: number;
  readonly v: number;
  readonly c: number;
  readonly e: number;
  readonly overSinh: number;
}

function fermiParts(x: number, y: number): FermiParts {
  const total = x * x + y * y;
  const w = total === 0 ? 1 : (x * x) / total;
  const { c, e } = cothTerms(y);
  return { w, v: total === 0 ? 0 : (y * y) / total, c, e, overSinh: overSinh(y) };
}

/**
 * Form factor of the symmetrised Fermi (Woods–Saxon) distribution, x = q c and y = π q a:
 * 3/(x (x² + y²)) · (y / sinh y) · (y sin x / tanh y − x cos x); 1 at x = y = 0, `sphere(x)` at y = 0
 * (Sprung and Martorell, J. Phys. A 30 (1997) 6525; Piekarewicz et al., arXiv:1604.07799).
 *
 * Computed as (y / sinh y) · (x² sphere(x) + y² c(y) j₀(x))/(x² + y²), a weighted mean of two smooth functions.
 */
export function fermi(x: number, y: number): number {
  const parts = fermiParts(x, y);
  return parts.overSinh * (parts.w * sphere(x) + parts.v * parts.c * j0(x));
}

/** Derivative of `fermi` by its first argument. */
export function fermi_x(x: number, y: number): number {
  const { w, v, c, e, overSinh } = fermiParts(x, y);
  const j = j2OverSquare(x);
  // sphere − c j₀ = j₂ + y² e j₀ = r² (w j + v e j₀): the small difference in closed form.
  const difference = w * j + v * e * j0(x);
  return overSinh * x * (2 * v * difference - 3 * w * j - (v * c * sphere(x)) / 3);
}

/** Derivative of `fermi` by its second argument. */
export function fermi_y(x: number, y: number): number {
  const { w, v, c, e, overSinh } = fermiParts(x, y);
  const bessel = j0(x);
  const ball = sphere(x);
  const difference = w * j2OverSquare(x) + v * e * bessel;
  // c′(y)/y = 3e − c²/3 follows from the differential equation of y coth y.
  const slope = 3 * e - (c * c) / 3;
  return overSinh * y * ((-c / 3) * (w * ball + v * c * bessel) - 2 * w * difference + v * bessel * slope);
}
