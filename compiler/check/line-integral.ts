/** Integrals over the whole line of densities whose place and width are not known. */
import { integrate } from "../../runtime/quadrature.ts";

/** Steps of the search per factor of two. */
const fineness = 6;

/** Panels on both sides of zero, from a thousandth of the scale to a billion times it. */
function edges(scale: number): readonly number[] {
  const positive = Array.from({ length: 40 * fineness + 1 }, (_, k) => scale * 2 ** (k / fineness - 10));
  return [...positive.map((x) => -x).reverse(), 0, ...positive];
}

/** ∫ f over all x; NaN when f is no number somewhere. Panels at whose ends and middle f vanishes are left out. */
export function integralOverLine(f: (x: number) => number, scale: number): number {
  const points = edges(scale);
  let sum = 0;
  points.slice(1).forEach((high, i) => {
    const low = points[i] ?? high;
    const middle = f((low + high) / 2);
    if (middle === 0 && f(low) === 0 && f(high) === 0) return;
    sum += integrate(f, low, high, { relative: 1e-6, absolute: 1e-7, limit: 60 }).value;
  });
  return sum;
}
