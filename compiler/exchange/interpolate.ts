/**
 * Interpolations of HistFactory between the values at −1, 0 and 1 standard deviations (K. Cranmer et al., CERN-OPEN-2012-016;
 * the codes as pyhf documents them).
 */

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
