/**
 * Interpolations of HistFactory between the values at −1, 0 and 1 standard deviations (K. Cranmer et al., CERN-OPEN-2012-016;
 * the codes as pyhf documents them).
 */
import { power } from "../../runtime/power.ts";

/**
 * Code 4, which multiplies: a polynomial of sixth order between −1 and 1, whose value, slope and curvature at the ends are those of the
 * exponentials lo^−α and hi^α beyond. With lo = 1/hi it is near hi^α, and not that.
 */
export function code4(pull: number, lo: number, hi: number): number {
  if (pull >= 1) return power(hi, pull);
  if (pull <= -1) return power(lo, -pull);
  const [up, down] = [Math.log(hi), Math.log(lo)];
  // Halves of sum and difference of the ends: of values, slopes outwards and curvatures.
  const half = (a: number, b: number): readonly [number, number] => [(a + b) / 2, (a - b) / 2];
  const [sum, difference] = half(hi, lo);
  const [slopeSum, slopeDifference] = half(hi * up, lo * down);
  const [curveSum, curveDifference] = half(hi * up * up, lo * down * down);
  const odd = [
    15 * difference - 7 * slopeDifference + curveDifference,
    -10 * difference + 10 * slopeDifference - 2 * curveDifference,
    3 * difference - 3 * slopeDifference + curveDifference,
  ] as const;
  const even = [
    24 * (sum - 1) - 9 * slopeSum + curveSum,
    -24 * (sum - 1) + 14 * slopeSum - 2 * curveSum,
    8 * (sum - 1) - 5 * slopeSum + curveSum,
  ] as const;
  const square = pull * pull;
  const along = ([a, b, c]: readonly [number, number, number]): number => a + square * (b + square * c);
  return 1 + (pull * (along(odd) + pull * along(even))) / 8;
}

/**
 * Code 4p, added to the nominal: a polynomial of sixth order between −1 and 1, whose slope and curvature join the straight lines
 * beyond. `high` and `low` are the differences from the nominal.
 */
export function code4p(pull: number, low: number, high: number): number {
  if (pull > 1) return pull * high;
  if (pull < -1) return -pull * low;
  const square = pull * pull;
  const even = square * (15 + square * (-10 + 3 * square));
  return (pull * (high - low)) / 2 + (even * (high + low)) / 16;
}

/** A parabola between −1 and 1, straight lines with its slope beyond: what `morph` of the runtime is. */
export function parabola(pull: number, low: number, high: number): number {
  const inside = Math.max(-1, Math.min(1, pull));
  const even = inside * (2 * pull - inside);
  return (pull * (high - low)) / 2 + (even * (high + low)) / 2;
}
