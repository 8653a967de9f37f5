/** Cubics through two points with given slopes. */

export interface Node {
  readonly at: number;
  readonly height: number;
  readonly slope: number;
}

/** The cubic through two points at `at`. */
export function cubicAt(a: Node, b: Node, at: number): number {
  const width = b.at - a.at;
  const t = (at - a.at) / width;
  const s = 1 - t;
  return (
    s * s * ((1 + 2 * t) * a.height + t * width * a.slope) +
    t * t * ((1 + 2 * s) * b.height - s * width * b.slope)
  );
}

/** Where the cubic between two points of opposite slopes is level. */
export function cubicExtremum(a: Node, b: Node): number {
  const width = b.at - a.at;
  const secant = (b.height - a.height) / width;
  // The derivative at a + t width: a.slope + 2 bend t + third t².
  const third = 3 * (a.slope + b.slope - 2 * secant);
  const bend = 3 * secant - 2 * a.slope - b.slope;
  const root = Math.sqrt(Math.max(0, bend * bend - third * a.slope));
  const q = -(bend + (bend >= 0 ? root : -root));
  const inside = [q / third, a.slope / q].find((t) => t > 0 && t < 1);
  const wanted = inside ?? a.slope / (a.slope - b.slope);
  return a.at + wanted * width;
}

/**
 * True when the cubic between two points rises, or falls, all the way, with room to spare: neither slope above three
 * times that of the chord (F. Fritsch and R. Carlson, SIAM J. Numer. Anal. 17 (1980) 238, the square within their region).
 */
export function isMonotone(a: Node, b: Node): boolean {
  const secant = (b.height - a.height) / (b.at - a.at);
  if (secant === 0) return a.slope === 0 && b.slope === 0;
  const [left, right] = [a.slope / secant, b.slope / secant];
  return left >= 0 && right >= 0 && Math.max(left, right) <= 2.5;
}
