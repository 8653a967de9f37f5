/** Integrals over the whole line of densities whose place and width are not known. */
import { integrate } from "../../runtime/quadrature.ts";

/** Steps of the search per factor of two. */
const fineness = 4;

/** Panels on both sides of zero, from a thousandth of the scale to a billion times it. */
function edges(scale: number): readonly number[] {
  const positive = Array.from({ length: 40 * fineness + 1 }, (_, k) => scale * 2 ** (k / fineness - 10));
  return [...positive.map((x) => -x).reverse(), 0, ...positive];
}

/** Panels that look smaller than this part of the whole are left out. */
const negligible = 1e-6;

/** ∫ f over all x; NaN when f is no number somewhere. A peak has to be wider than a percent of its place. */
export function integralOverLine(f: (x: number) => number, scale: number): number {
  const points = edges(scale);
  const values = points.map(f);
  const panels = points.slice(1).map((high, i) => {
    const low = points[i] ?? high;
    const top = Math.max(
      Math.abs(f((low + high) / 2)),
      Math.abs(values[i] ?? 0),
      Math.abs(values[i + 1] ?? 0),
    );
    return { low, high, size: top * (high - low) };
  });
  const whole = panels.reduce((sum, { size }) => sum + size, 0);
  // A value that is no number shows in the sum.
  return panels
    .filter(({ size }) => !(size <= negligible * whole))
    .reduce((sum, { low, high }) => sum + integrate(f, low, high, { relative: 1e-4, limit: 20 }).value, 0);
}
