/** Polynomial coefficients of the interpolation rules, four to an interval, lowest power first. */

/** Coefficients for a shape of `interpolate.ts` ("step", "linear", "pchip" or "spline"). */
export function coefficients(x: Float64Array, y: Float64Array, shape: string): Float64Array {
  if (shape === "step") return flat(y);
  if (shape === "linear") return straight(x, y);
  return hermite(x, y, shape === "pchip" ? pchipSlopes(x, y) : splineSlopes(x, y));
}

function flat(y: Float64Array): Float64Array {
  const c = new Float64Array(4 * y.length);
  for (let i = 0; i < y.length; i++) c[4 * i] = y[i]!;
  return c;
}

function straight(x: Float64Array, y: Float64Array): Float64Array {
  const c = new Float64Array(4 * (x.length - 1));
  for (let i = 0; i + 1 < x.length; i++) {
    c[4 * i] = y[i]!;
    c[4 * i + 1] = (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);
  }
  return c;
}

/** Cubics with given values and slopes at the knots. */
function hermite(x: Float64Array, y: Float64Array, slopes: Float64Array): Float64Array {
  const c = straight(x, y);
  for (let i = 0; i + 1 < x.length; i++) {
    const width = x[i + 1]! - x[i]!;
    const secant = c[4 * i + 1]!;
    c[4 * i + 1] = slopes[i]!;
    c[4 * i + 2] = (3 * secant - 2 * slopes[i]! - slopes[i + 1]!) / width;
    c[4 * i + 3] = (slopes[i]! + slopes[i + 1]! - 2 * secant) / (width * width);
  }
  return c;
}

/** Widths of the intervals and slopes of the secants. */
function secants(x: Float64Array, y: Float64Array): { width: Float64Array; secant: Float64Array } {
  const width = new Float64Array(x.length - 1).map((_, i) => x[i + 1]! - x[i]!);
  return { width, secant: width.map((h, i) => (y[i + 1]! - y[i]!) / h) };
}

/** Slopes that keep each interval monotone: zero at a turning point, else a weighted harmonic mean of the secants. */
function pchipSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const { width, secant } = secants(x, y);
  const slopes = new Float64Array(n);
  if (n === 2) return slopes.fill(secant[0]!);
  for (let i = 1; i + 1 < n; i++) {
    const left = secant[i - 1]!;
    const right = secant[i]!;
    if (Math.sign(left) !== Math.sign(right) || left === 0) continue;
    const weightLeft = 2 * width[i]! + width[i - 1]!;
    const weightRight = width[i]! + 2 * width[i - 1]!;
    slopes[i] = (weightLeft + weightRight) / (weightLeft / left + weightRight / right);
  }
  slopes[0] = endSlope(width[0]!, width[1]!, secant[0]!, secant[1]!);
  slopes[n - 1] = endSlope(width[n - 2]!, width[n - 3]!, secant[n - 2]!, secant[n - 3]!);
  return slopes;
}

/** Slope at an end from its two nearest secants (the first one touches it), bent back where it would overshoot. */
function endSlope(width: number, nextWidth: number, secant: number, nextSecant: number): number {
  const slope = ((2 * width + nextWidth) * secant - width * nextSecant) / (width + nextWidth);
  if (Math.sign(slope) !== Math.sign(secant)) return 0;
  if (Math.sign(secant) !== Math.sign(nextSecant) && Math.abs(slope) > 3 * Math.abs(secant))
    return 3 * secant;
  return slope;
}

/** Slopes of the natural cubic spline: a tridiagonal system, solved by elimination. */
function splineSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const { width, secant } = secants(x, y);
  const upper = new Float64Array(n);
  const slopes = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const before = i > 0 ? 1 / width[i - 1]! : 0;
    const after = i + 1 < n ? 1 / width[i]! : 0;
    const right = 3 * ((i > 0 ? before * secant[i - 1]! : 0) + (i + 1 < n ? after * secant[i]! : 0));
    const diagonal = 2 * (before + after) - (i > 0 ? before * upper[i - 1]! : 0);
    upper[i] = after / diagonal;
    slopes[i] = (right - (i > 0 ? before * slopes[i - 1]! : 0)) / diagonal;
  }
  for (let i = n - 2; i >= 0; i--) slopes[i] = slopes[i]! - upper[i]! * slopes[i + 1]!;
  return slopes;
}
