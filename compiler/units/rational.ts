/** Small exact fractions: the exponents of dimensions (`sqrt` halves them). */

/** In lowest terms, the denominator positive. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** Exponents beyond this are saturated: no formula means them, and arithmetic on them must stay exact. */
const LIMIT = 1_000_000;

/**
 * `num / den` in lowest terms; beyond a million it saturates, so that no chain of powers can overflow. What is not
 * zero stays so.
 */
export function rational(num: number, den = 1): Rational {
  if (den === 0) throw new RangeError("a fraction with denominator 0");
  if (Math.abs(num) > LIMIT * LIMIT || Math.abs(den) > LIMIT * LIMIT) return saturated(num / den);
  const divisor = greatestCommonDivisor(Math.abs(num), Math.abs(den)) * Math.sign(den);
  const [n, d] = [num / divisor || 0, den / divisor];
  return Math.abs(n) > LIMIT || d > LIMIT ? saturated(n / d) : { num: n, den: d };
}

function saturated(value: number): Rational {
  if (Math.abs(value) >= 1) return { num: Math.max(-LIMIT, Math.min(LIMIT, Math.round(value))), den: 1 };
  const num = Math.sign(value) * Math.max(1, Math.round(Math.abs(value) * LIMIT));
  const divisor = greatestCommonDivisor(Math.abs(num), LIMIT);
  return { num: num / divisor || 0, den: LIMIT / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

export function addRational(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den);
}

/**
 * The fraction with denominator up to 12 that a double stands for: 0.5 is 1/2 and 0.333… (the double
 * nearest to 1/3) is 1/3; undefined when there is none, as for 0.37.
 */
export function rationalOf(value: number): Rational | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > LIMIT) return undefined;
  for (let den = 1; den <= 12; den++) {
    const num = Math.round(value * den);
    if (Math.abs(num / den - value) <= 4 * Number.EPSILON * Math.abs(value)) return rational(num, den);
  }
  return undefined;
}

/** `2`, `-1/2`. */
export function formatRational({ num, den }: Rational): string {
  return den === 1 ? `${num}` : `${num}/${den}`;
}
