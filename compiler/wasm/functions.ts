/**
 * Elementary functions on two doubles at once, as polynomials on reduced arguments. Each agrees with its scalar
 * sibling of the runtime to the error stated; arguments outside the reduced range go to that sibling.
 */
import type { FunctionBuilder } from "./function-builder.ts";
import {
  bothHold,
  type Code,
  call,
  f64x2,
  get,
  i64x2,
  ifElse,
  set,
  upperHalves,
  v128,
} from "./instructions.ts";

export interface Surroundings {
  /** Index of a function of the host on doubles, by its name in JavaScript. */
  readonly host: (name: string, count: number) => number;
  /**
   * Local that keeps, lane by lane, whether all arguments so far were inside the range of the fast way; the caller
   * starts over with scalar functions when they were not. Undefined: each call looks after itself.
   */
  readonly good: number | undefined;
}

/** Writes the function in place, of pairs that were kept, and gives back what reads its value. */
type Writer = (f: FunctionBuilder, around: Surroundings, args: readonly Code[]) => Code;

/** Functions on pairs, by the names of the scalar ones in JavaScript. */
export const vectorFunctions: ReadonlyMap<string, Writer> = new Map([
  ["Math.exp", exponential],
  ["Math.log", logarithm],
  ["Math.sin", sine],
  ["Math.cos", cosine],
  ["sphere", ball],
  ["dsphere", ballSlope],
  ["poissonDeviance", poissonDeviance],
]);

/** The fast way where `inside` holds in both lanes, else the scalar function of each lane. */
function guarded(
  f: FunctionBuilder,
  { host, good }: Surroundings,
  name: string,
  args: readonly Code[],
  inside: Code,
  fast: () => Code,
): Code {
  if (good !== undefined) {
    f.append(set(good, v128.and(get(good), inside)));
    return f.keep("v128", fast());
  }
  const scalar = host(name, args.length);
  const lane = (k: 0 | 1): Code => call(scalar, ...args.map((arg) => f64x2.lane(arg, k)));
  const slow = f64x2.withLane(f64x2.splat(lane(0)), 1, lane(1));
  return f.keep("v128", ifElse("v128", bothHold(inside), branch(f, fast), slow));
}

/** Code that computes a value, with all that it needs. */
function branch(f: FunctionBuilder, write: () => Code): Code {
  let value: Code = [];
  const before = f.aside(() => {
    value = write();
  });
  return [...before, ...value];
}

/** c0 + c1 x + c2 x^2 + …, terms paired so that few of them wait for each other (Estrin). */
function polynomial(f: FunctionBuilder, x: Code, coefficients: readonly number[]): Code {
  let terms: Code[] = coefficients.map((c) => v128.const(c));
  let power = x;
  while (terms.length > 1) {
    const next: Code[] = [];
    for (let i = 0; i < terms.length; i += 2) {
      const [low, high] = [terms[i]!, terms[i + 1]];
      next.push(high === undefined ? low : f64x2.add(low, f64x2.mul(power, high)));
    }
    terms = next;
    if (terms.length > 1) power = f.keep("v128", f64x2.mul(power, power));
  }
  return terms[0] ?? v128.const(0);
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Adding it rounds a double below 2^51 to the nearest whole number, which then stands in the low bits. */
const rounder = 1.5 * 2 ** 52;
/** ln 2 in two parts, the first with trailing zeros, so that its whole multiples are exact. */
const ln2 = [0.6931471803691238, 1.9082149292705877e-10] as const;

/** exp(x) to 5e-16 relative; 0 below -708. exp x = 2^n exp r with |r| <= ln(2)/2, 14 terms of the series. */
function exponential(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const [x = []] = args;
  return guarded(f, around, "Math.exp", args, f64x2.le(x, v128.const(709)), () => {
    const least = v128.const(-708);
    const clamped = f.keep("v128", f64x2.larger(x, least));
    const rounding = v128.const(rounder);
    const shifted = f.keep("v128", f64x2.add(f64x2.mul(clamped, v128.const(Math.LOG2E)), rounding));
    const n = f.keep("v128", f64x2.sub(shifted, rounding));
    const near = f64x2.sub(clamped, f64x2.mul(n, v128.const(ln2[0])));
    const r = f.keep("v128", f64x2.sub(near, f64x2.mul(n, v128.const(ln2[1]))));
    const series = Array.from({ length: 14 }, (_, k) => 1 / factorial(k));
    const scaled = i64x2.add(polynomial(f, r, series), i64x2.shiftLeft(shifted, 52));
    return v128.and(scaled, f64x2.le(least, x));
  });
}

/** ln x to 7e-16 relative: x = 2^k m with m in [sqrt(1/2), sqrt 2), ln m = 2 artanh((m - 1)/(m + 1)). */
function logarithm(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const [x = []] = args;
  const inside = v128.and(
    f64x2.le(v128.const(2.2250738585072014e-308), x),
    f64x2.le(x, v128.const(Number.MAX_VALUE)),
  );
  return guarded(f, around, "Math.log", args, inside, () => {
    const steps = i64x2.sub(x, v128.const(Math.SQRT1_2));
    const exponent = f.keep("v128", v128.and(steps, v128.const(exponentBits)));
    const m = f.keep("v128", i64x2.sub(x, exponent));
    const k = f.keep("v128", f64x2.mul(upperHalves(exponent), v128.const(2 ** -20)));
    const one = v128.const(1);
    const s = f.keep("v128", f64x2.div(f64x2.sub(m, one), f64x2.add(m, one)));
    const z = f.keep("v128", f64x2.mul(s, s));
    const series = Array.from({ length: 10 }, (_, i) => 2 / (2 * i + 1));
    const small = f64x2.mul(s, polynomial(f, z, series));
    const rest = f64x2.add(small, f64x2.mul(k, v128.const(ln2[1])));
    return f64x2.add(f64x2.mul(k, v128.const(ln2[0])), rest);
  });
}

/** pi/2 in three parts of 33 bits. */
const quarter = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21] as const;
const largestAngle = 1e5;

/** sin and cos of x for |x| <= 1e5, to 2e-16 absolute: x = n pi/2 + r, |r| <= pi/4, nine terms of the series. */
function sineAndCosine(f: FunctionBuilder, x: Code): { sin: Code; cos: Code } {
  const rounding = v128.const(rounder);
  const shifted = f.keep("v128", f64x2.add(f64x2.mul(x, v128.const(2 / Math.PI)), rounding));
  const n = f.keep("v128", f64x2.sub(shifted, rounding));
  const r = f.keep(
    "v128",
    quarter.reduce<Code>((rest, part) => f64x2.sub(rest, f64x2.mul(n, v128.const(part))), x),
  );
  const z = f.keep("v128", f64x2.mul(r, r));
  const alternating = (first: number): number[] =>
    Array.from({ length: 9 }, (_, i) => (-1) ** i / factorial(2 * i + first));
  const odd = f.keep("v128", f64x2.mul(r, polynomial(f, z, alternating(1))));
  const even = f.keep("v128", polynomial(f, z, alternating(0)));
  const swapped = f.keep("v128", i64x2.shiftRight(i64x2.shiftLeft(shifted, 63), 63));
  const second = i64x2.shiftLeft(shifted, 62);
  const sign = v128.const(-0);
  const sin = v128.xor(v128.choose(swapped, even, odd), v128.and(second, sign));
  const flip = v128.and(v128.xor(second, i64x2.shiftLeft(shifted, 63)), sign);
  return { sin, cos: v128.xor(v128.choose(swapped, odd, even), flip) };
}

/** |x| small enough for the reduction of angles. */
function reducible(x: Code): Code {
  return f64x2.le(f64x2.abs(x), v128.const(largestAngle));
}

function sine(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const [x = []] = args;
  const fast = (): Code => sineAndCosine(f, x).sin;
  return guarded(f, around, "Math.sin", args, reducible(x), fast);
}

function cosine(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const [x = []] = args;
  const fast = (): Code => sineAndCosine(f, x).cos;
  return guarded(f, around, "Math.cos", args, reducible(x), fast);
}

/** Up to this square of the argument the series of `sphere` in x^2 is used; 17 terms give 5e-16. */
const seriesEnd = 16;
const ballSeries = Array.from({ length: 17 }, (_, k) => ((-1) ** k * 6 * (k + 1)) / factorial(2 * k + 3));

/** `near` of x and x^2 while the series holds in both lanes, otherwise `far` in the lanes where it does not. */
function nearOrFar(
  f: FunctionBuilder,
  around: Surroundings,
  name: string,
  args: readonly Code[],
  near: (x: Code, u: Code) => Code,
  far: (x: Code, u: Code) => Code,
): Code {
  const [x = []] = args;
  const u = f.keep("v128", f64x2.mul(x, x));
  const inside = f.keep("v128", f64x2.le(u, v128.const(seriesEnd)));
  const mixed = (): Code =>
    guarded(f, around, name, args, reducible(x), () =>
      v128.choose(inside, f.keep("v128", near(x, u)), far(x, u)),
    );
  const value = ifElse(
    "v128",
    bothHold(inside),
    branch(f, () => near(x, u)),
    branch(f, mixed),
  );
  return f.keep("v128", value);
}

/** 3 j1(x)/x to 5e-16 absolute: the series, or 3 (sin x - x cos x)/x^3. */
function ball(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const near = (_: Code, u: Code): Code => polynomial(f, u, ballSeries);
  return nearOrFar(f, around, "sphere", args, near, (x, u) => {
    const { sin, cos } = sineAndCosine(f, x);
    return farBall(x, u, sin, cos);
  });
}

function farBall(x: Code, u: Code, sin: Code, cos: Code): Code {
  const above = f64x2.mul(v128.const(3), f64x2.sub(sin, f64x2.mul(x, cos)));
  return f64x2.div(above, f64x2.mul(u, x));
}

/** The derivative of `sphere` to 5e-16 absolute: the series, or 3 (sin x/x - sphere(x))/x. */
function ballSlope(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const series = ballSeries.slice(1).map((c, k) => 2 * (k + 1) * c);
  const near = (x: Code, u: Code): Code => f64x2.mul(x, polynomial(f, u, series));
  return nearOrFar(f, around, "dsphere", args, near, (x, u) => {
    const { sin, cos } = sineAndCosine(f, x);
    const s = f.keep("v128", sin);
    const rest = f64x2.sub(f64x2.div(s, x), farBall(x, u, s, cos));
    return f64x2.div(f64x2.mul(v128.const(3), rest), x);
  });
}

/** The double whose bits are 2^51: half of what a power of two adds to the bits of a double. */
const halfPower = 2 ** 51 * Number.MIN_VALUE;
/** The double whose bits are those of the exponent and the sign. */
const exponentBits = Number.NEGATIVE_INFINITY;

/**
 * Term of the Poisson chi^2, 2 [nu - n + n ln(n/nu)], to 4e-16 of nu + n. With m = 2^k nu nearest to n and
 * s = (n - m)/(n + m), z = s^2 <= 0.04, t(z) = 1/3 + z/5 + z^2/7 + …
 * it is 2 [(n + m) z (1 + (1 + s) s t(z)) + nu - m + n k ln 2]: for n near nu, k is 0 and nothing cancels.
 */
function poissonDeviance(f: FunctionBuilder, around: Surroundings, args: readonly Code[]): Code {
  const [nu = [], observed = []] = args;
  // So little that its logarithm does not count stands for nothing observed.
  const least = v128.const(1e-300);
  return guarded(f, around, "poissonDeviance", args, f64x2.lt(least, nu), () => {
    const n = f.keep("v128", f64x2.larger(observed, least));
    // Bits of doubles grow as their logarithm.
    const steps = i64x2.add(i64x2.sub(n, nu), v128.const(halfPower));
    const exponent = f.keep("v128", v128.and(steps, v128.const(exponentBits)));
    const m = f.keep("v128", i64x2.add(nu, exponent));
    const total = f.keep("v128", f64x2.add(n, m));
    const s = f.keep("v128", f64x2.div(f64x2.sub(n, m), total));
    const z = f.keep("v128", f64x2.mul(s, s));
    const one = v128.const(1);
    const series = Array.from({ length: 10 }, (_, i) => 1 / (2 * i + 3));
    const tail = f64x2.mul(f64x2.mul(f64x2.add(one, s), s), polynomial(f, z, series));
    const near = f64x2.mul(f64x2.mul(total, z), f64x2.add(one, tail));
    const powers = f64x2.mul(f64x2.mul(n, upperHalves(exponent)), v128.const(Math.LN2 / 2 ** 20));
    const sum = f64x2.add(f64x2.add(near, f64x2.sub(nu, m)), powers);
    return f64x2.mul(v128.const(2), sum);
  });
}
