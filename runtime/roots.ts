/** Roots of functions of one variable. */

/** Most steps of Brent's method; bisection alone needs about 60. */
const MOST_STEPS = 200;

/**
 * A zero of f in [lo, hi] to the last digit or so, by Brent's method (Brent, Algorithms for Minimization Without
 * Derivatives, 1973, chapter 4). Undefined when f has the same sign at both ends or is not a number there.
 */
export function findRoot(f: (x: number) => number, lo: number, hi: number): number | undefined {
  let a = lo;
  let b = hi;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa > 0 !== fb > 0) || Number.isNaN(fa) || Number.isNaN(fb)) return undefined;
  // b is the best guess, c the other side of the bracket, a the guess before.
  let c = a;
  let fc = fa;
  let stepBefore = b - a;
  let step = stepBefore;
  for (let count = 0; count < MOST_STEPS; count++) {
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      stepBefore = b - a;
      step = stepBefore;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const tolerance = Number.EPSILON * Math.abs(b) + Number.MIN_VALUE;
    const half = (c - b) / 2;
    if (Math.abs(half) <= tolerance || fb === 0) return b;
    const trial = interpolated(a, b, c, fa, fb, fc);
    const short = Math.abs(trial) < Math.min(Math.abs(1.5 * half) - tolerance / 2, Math.abs(stepBefore / 2));
    if (short && trial * half > 0 && Math.abs(stepBefore) >= tolerance && Math.abs(fa) > Math.abs(fb)) {
      stepBefore = step;
      step = trial;
    } else {
      step = half;
      stepBefore = half;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > tolerance ? step : Math.sign(half) * tolerance;
    fb = f(b);
    if (Number.isNaN(fb)) return undefined;
  }
  return b;
}

/** Step from b by inverse quadratic interpolation, by the secant when only two points differ. */
function interpolated(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const s = fb / fa;
  if (a === c) return ((c - b) * s) / (s - 1);
  const q = fa / fc;
  const r = fb / fc;
  const numerator = s * ((c - b) * q * (q - r) - (b - a) * (r - 1));
  return -numerator / ((q - 1) * (r - 1) * (s - 1));
}

/**
 * Zeros of f in [lo, hi] that show as a change of sign between neighbours of `samples` + 1 equally spaced points
 * (100 intervals unless given), increasing. Two zeros within one interval, or a zero that is only touched, are missed.
 */
export function findRoots(f: (x: number) => number, lo: number, hi: number, samples = 100): number[] {
  const roots: number[] = [];
  let left = lo;
  let valueLeft = f(lo);
  if (valueLeft === 0) roots.push(lo);
  for (let i = 1; i <= samples; i++) {
    const right = i === samples ? hi : lo + ((hi - lo) * i) / samples;
    const valueRight = f(right);
    if (valueRight === 0) roots.push(right);
    else if (valueLeft !== 0) {
      const root = findRoot(f, left, right);
      if (root !== undefined) roots.push(root);
    }
    left = right;
    valueLeft = valueRight;
  }
  return roots;
}

/** A zero of f in [lo, hi], or `fallback` when f does not change its sign there. */
export function rootOr(f: (x: number) => number, lo: number, hi: number, fallback: number): number {
  return findRoot(f, lo, hi) ?? fallback;
}
