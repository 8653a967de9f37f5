/**
 * Powers that are the same to the last bit everywhere. `**` and `Math.pow` are not: the engine hands them to the
 * mathematical library of the machine, or has its own, by its version.
 */

/** x². */
export function square(x: number): number {
  return x * x;
}

/** Largest whole exponent that is multiplied out. */
const MOST_FACTORS = 64;

/** x^y, to about one unit in the last place; small whole powers are products. */
export function power(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= MOST_FACTORS) return y < 0 ? 1 / product(x, -y) : product(x, y);
  // What is left of the special cases is laid down by the language, and so the same everywhere.
  if (!(Number.isFinite(x) && Number.isFinite(y)) || x === 0) return x ** y;
  if (x < 0) return Number.isInteger(y) ? (y % 2 === 0 ? 1 : -1) * positivePower(-x, y) : Number.NaN;
  return positivePower(x, y);
}

/** x·x·…, n of them, by squaring. */
function product(x: number, n: number): number {
  let result = 1;
  let factor = x;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

/** ln 2 in two parts, the first with so few digits that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const smallestNormal = 2 ** -1022;

/** A number and its two halves, the high one in second place as on all machines of today. */
const view = new Float64Array(1);
const words = new Uint32Array(view.buffer);

/** exp(y ln x) with the logarithm and the product in twice the digits: head and rest. */
function positivePower(x: number, y: number): number {
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  view[0] = x < smallestNormal ? x * 2 ** 54 : x;
  const bits = words[1]!;
  // The exponent of the mantissa becomes that of 1; what is above √2 counts as the next power of two.
  words[1] = (bits & 0xfffff) | 0x3ff00000;
  const large = view[0] > Math.SQRT2;
  const mantissa = large ? view[0] / 2 : view[0];
  const exponent = (bits >>> 20) - 1023 + (large ? 1 : 0) - (x < smallestNormal ? 54 : 0);
  // ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), |s| < 0.172.
  const [above, below] = [mantissa - 1, mantissa + 1];
  const s = above / below;
  const back = s * below;
  const belowRest = mantissa - (below - 1);
  const sRest = (above - back - productRest(s, below, back) - belowRest * s) / below;
  const t = s * s;
  const tRest = productRest(s, s, t) + 2 * s * sRest;
  const cube = s * t;
  const cubeRest = productRest(s, t, cube) + s * tRest + sRest * t;
  const third = cube / 3;
  const thirdRest = (cube - third * 3 - productRest(third, 3, third * 3) + cubeRest) / 3;
  const tail = cube * t * series(t);
  // The logarithm as a sum of two numbers, the large parts first.
  const twos = exponent * LN2_HIGH;
  const first = twos + 2 * s;
  const second = first + 2 * third;
  const lacking = sumRest(twos, 2 * s, first) + sumRest(first, 2 * third, second);
  const low = lacking + exponent * LN2_LOW + 2 * (sRest + thirdRest + tail);
  const head = second + low;
  const rest = sumRest(second, low, head);
  const value = y * head;
  if (value > 710) return Number.POSITIVE_INFINITY;
  if (value < -746) return 0;
  const correction = productRest(y, head, value) + y * rest;
  const result = Math.exp(value);
  return result + result * correction;
}

/** 1/5 + t/7 + t²/9 + …, to the last digit for t < 0.0295. */
function series(t: number): number {
  let total = 0;
  for (let i = 0; i < inverses.length; i++) total = total * t + inverses[i]!;
  return total;
}

const inverses = Float64Array.from({ length: 12 }, (_, i) => 1 / (27 - 2 * i));

/** What the rounded sum of a and b lacks. */
function sumRest(a: number, b: number, rounded: number): number {
  const part = rounded - a;
  return a - (rounded - part) + (b - part);
}

/** What the rounded product of a and b lacks. */
function productRest(a: number, b: number, rounded: number): number {
  const [aHigh, bHigh] = [upper(a), upper(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (rounded - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper half of the digits. */
function upper(a: number): number {
  const shifted = 134217729 * a;
  return shifted - (shifted - a);
}
