/** Functions given by points, as the scripts that derive tables of spectra need them. */

/** Points (x, y) that straight lines join. */
export type Curve = readonly (readonly [x: number, y: number])[];

/** The curve at x; zero outside. */
export function at(curve: Curve, x: number): number {
  const upper = curve.findIndex(([xi]) => xi >= x);
  if (upper < 0) return 0;
  const [x1, y1] = curve[upper]!;
  if (x1 === x) return y1;
  if (upper === 0) return 0;
  const [x0, y0] = curve[upper - 1]!;
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Its integral over all x. */
export function area(curve: Curve): number {
  return curve.slice(1).reduce((sum, [x1, y1], k) => {
    const [x0, y0] = curve[k]!;
    return sum + ((y0 + y1) / 2) * (x1 - x0);
  }, 0);
}

/**
 * A curve of fewer points that straight lines join, scaled to the integral 1: the point that is farthest from the line
 * is kept, and again in both halves, until all are within a fraction of their value (or of a thousandth of the largest).
 */
export function thinned(curve: Curve, fraction: number): Curve {
  const floor = Math.max(...curve.map(([, y]) => y)) / 1000;
  const kept = keep(curve, fraction, floor);
  const norm = area(kept);
  return kept.map(([x, y]) => [x, y / norm]);
}

function keep(curve: Curve, fraction: number, floor: number): Curve {
  const [first, last] = [curve[0]!, curve.at(-1)!];
  let [worst, index] = [0, -1];
  curve.forEach(([x, y], k) => {
    const line = first[1] + ((last[1] - first[1]) * (x - first[0])) / (last[0] - first[0]);
    const off = Math.abs(y - line) / (y + floor);
    if (off > worst) [worst, index] = [off, k];
  });
  if (worst <= fraction || index <= 0) return [first, last];
  const halves = [curve.slice(0, index + 1), curve.slice(index)];
  const [before, after] = halves.map((half) => keep(half, fraction, floor));
  return [...before!.slice(0, -1), ...after!];
}
