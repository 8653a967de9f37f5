/** Interpolation between a nominal value and its variations by one standard deviation, "vertical morphing". */

/**
 * The value at x standard deviations: `low` at −1, `nominal` at 0, `high` at 1. A parabola through the three points
 * between −1 and 1, straight lines with its slope beyond: smooth, and tame far out (arXiv:1103.0354).
 */
export function morph(x: number, low: number, nominal: number, high: number): number {
  return nominal + share(x) * (high - nominal) + share(-x) * (low - nominal);
}

/** The same in two straight lines, with a kink at 0. */
export function morph_linear(x: number, low: number, nominal: number, high: number): number {
  return nominal + Math.abs(x) * ((x > 0 ? high : low) - nominal);
}

/** How much of the difference high − nominal a parabola has at x; at −x that of low − nominal. */
function share(x: number): number {
  if (x < -1) return -(x + 1) / 2;
  return x > 1 ? (3 * x - 1) / 2 : (x * (x + 1)) / 2;
}
