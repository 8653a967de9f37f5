/**
 * Exact arithmetic on the numbers of a spec. A number is a fraction of two big integers until the one correctly
 * rounded step to a double, so that `19.3 m` and `1930 cm` are the same bits.
 */

/** `numerator / denominator`, the denominator positive; not necessarily in lowest terms. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Why a text is not a number we compute with. */
export type DecimalProblem = "malformed" | "out-of-range";

/** Powers of ten beyond this leave the range of a double for good. */
const MAX_EXPONENT = 400;
/** No measured number has more digits; what is longer is an accident or an attack. */
const MAX_DIGITS = 400;
const MAX_POWER = 64;

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

export const one: Exact = { numerator: 1n, denominator: 1n };

/** Reads `12`, `.5`, `-3.198e23`. */
export function parseDecimal(text: string): Exact | DecimalProblem {
  const match = decimalPattern.exec(text);
  if (match === null) return "malformed";
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const digits = whole + fraction;
  if (digits === "") return "malformed";
  const written = Number(exponentText);
  if (digits.length > MAX_DIGITS || Math.abs(written) > MAX_EXPONENT) return "out-of-range";
  const exponent = written - fraction.length;
  const value = BigInt(digits) * (sign === "-" ? -1n : 1n);
  if (exponent >= 0) return { numerator: value * 10n ** BigInt(exponent), denominator: 1n };
  return { numerator: value, denominator: 10n ** BigInt(-exponent) };
}

/** Reads a factor of our own tables, `1e-3` or a ratio such as `1/1.602176634e-13`. */
export function exact(text: string): Exact {
  const [numerator, ...denominators] = text.split("/").map((part) => parseDecimal(part));
  const parts = [numerator, ...denominators.map((part) => (typeof part === "object" ? inverse(part) : part))];
  return parts.reduce<Exact>((product, part) => {
    if (part === undefined || typeof part === "string") throw new Error(`not an exact factor: ${text}`);
    return multiplyExact(product, part);
  }, one);
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Of a number that is not zero. */
export function inverse(a: Exact): Exact {
  if (a.numerator === 0n) throw new RangeError("the inverse of zero");
  const sign = a.numerator < 0n ? -1n : 1n;
  return { numerator: sign * a.denominator, denominator: sign * a.numerator };
}

/** An integer power, undefined beyond ±64: `1 eV^999999999` must not hang. */
export function powerExact(a: Exact, exponent: number): Exact | undefined {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > MAX_POWER) return undefined;
  const base = exponent < 0 ? inverse(a) : a;
  const times = BigInt(Math.abs(exponent));
  return { numerator: base.numerator ** times, denominator: base.denominator ** times };
}

/** Negative, zero or positive, as a sorting function wants it. */
export function compareExact(a: Exact, b: Exact): number {
  const [left, right] = [a.numerator * b.denominator, b.numerator * a.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Every whole number up to this is a double. */
const LARGEST_WHOLE = BigInt(Number.MAX_SAFE_INTEGER);

/** The nearest double, ties to even; infinite beyond the range, exact down to the subnormal numbers. */
export function toNumber({ numerator, denominator }: Exact): number {
  if (numerator === 0n) return 0;
  // The quotient of two doubles is rounded once.
  const isSmall = numerator <= LARGEST_WHOLE && numerator >= -LARGEST_WHOLE && denominator <= LARGEST_WHOLE;
  if (isSmall) return Number(numerator) / Number(denominator);
  const sign = numerator < 0n ? -1 : 1;
  const magnitude = numerator < 0n ? -numerator : numerator;
  const shift = 66 - (bitLength(magnitude) - bitLength(denominator));
  const above = shift > 0 ? magnitude << BigInt(shift) : magnitude;
  const below = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = above / below;
  const inexact = quotient * below !== above;
  const exponent = bitLength(quotient) - 1 - shift;
  if (exponent > 1023) return sign * Number.POSITIVE_INFINITY;
  const precision = Math.min(53, exponent + 1075);
  if (precision < 0) return sign * 0;
  const dropped = BigInt(bitLength(quotient) - precision);
  const rounded = roundToEven(quotient, dropped, inexact);
  return sign * Number(rounded) * 2 ** (Number(dropped) - shift);
}

/** `quotient / 2^dropped` to the nearest integer; `inexact` says that the quotient itself was cut off. */
function roundToEven(quotient: bigint, dropped: bigint, inexact: boolean): bigint {
  const kept = quotient >> dropped;
  const rest = quotient - (kept << dropped);
  const half = 1n << (dropped - 1n);
  const up = rest > half || (rest === half && (inexact || (kept & 1n) === 1n));
  return up ? kept + 1n : kept;
}

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? "0", 16)));
}
