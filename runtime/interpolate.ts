/**
 * Functions of one variable through tabulated points.
 *
 * Every kind is a cubic (or lower) polynomial p_i(x − x_i) on each interval [x_i, x_{i+1}], or the exponential of
 * one for the `log-` kinds, which interpolate ln y:
 * - `step`: constant between edges (x has one entry more than y), right-continuous;
 * - `linear`: straight lines;
 * - `pchip`: monotone cubics, end slopes by the three-point formula (Fritsch and Carlson, SIAM J. Numer. Anal. 17
 *   (1980) 238; slopes by the weighted harmonic mean of Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300);
 * - `spline`: natural cubic spline, twice differentiable, second derivative zero at the ends.
 */

import { RuntimeError } from "./errors.ts";
import { coefficients } from "./interpolate-coefficients.ts";
import { gaussLegendre } from "./quadrature.ts";

/** The rules of `interpolant`; `log-` means that ln y is interpolated. */
export type InterpolationKind =
  | "step"
  | "linear"
  | "pchip"
  | "spline"
  | "log-linear"
  | "log-pchip"
  | "log-spline";

/** The value beyond the first and last point. */
export type Outside =
  /** Zero. */
  | "zero"
  /** The value at the end. */
  | "hold"
  /** A `RuntimeError`. */
  | "error"
  /** y exp(slope (x − end)): the logarithm goes on as a straight line with its slope at the end. */
  | "extrapolate-exponential";

export interface Table {
  /** Strictly increasing abscissae; for `step` the N + 1 edges of N values. */
  readonly x: ArrayLike<number>;
  /** Ordinates; positive for the `log-` kinds. */
  readonly y: ArrayLike<number>;
  readonly kind: InterpolationKind;
  readonly outside: Outside;
}

export interface Interpolant {
  evaluate(x: number): number;
  /** First derivative; at a kink the one to the right. */
  derivative(x: number): number;
  /** The abscissae, where an integration has to be split. */
  readonly knots: Float64Array;
  /** ∫ₐᵇ: exact, but for the `log-` kinds with cubics, where it is right to about 1e-14. */
  integral(a: number, b: number): number;
}

/** The interpolating function of a table. Throws a `RuntimeError` that says what is wrong with a bad table. */
export function interpolant(table: Table): Interpolant {
  check(table);
  const pieces = makePieces(table);
  const { first, last } = pieces;
  const evaluateOutside = outsideValue(table, pieces);
  const evaluate = (x: number): number =>
    x >= first && x <= last ? valueAt(pieces, x) : evaluateOutside(x, "value");
  const derivative = (x: number): number =>
    x >= first && x <= last ? slopeAt(pieces, x) : evaluateOutside(x, "slope");
  const integral = (a: number, b: number): number => {
    if (a > b) return -integral(b, a);
    const below =
      a < first ? evaluateOutside(a, "integral") - (b < first ? evaluateOutside(b, "integral") : 0) : 0;
    const above =
      b > last ? evaluateOutside(b, "integral") - (a > last ? evaluateOutside(a, "integral") : 0) : 0;
    return below + insideIntegral(pieces, Math.max(a, first), Math.min(b, last)) + above;
  };
  return { evaluate, derivative, knots: pieces.knots.slice(), integral };
}

/** Piecewise polynomials: y or ln y = c[4i] + c[4i+1] d + c[4i+2] d² + c[4i+3] d³, d = x − knots[i]. */
interface Pieces {
  readonly knots: Float64Array;
  readonly c: Float64Array;
  readonly logarithmic: boolean;
  readonly cubic: boolean;
  readonly first: number;
  readonly last: number;
  /** Interval of the last look-up. */
  memo: number;
}

function makePieces({ x, y, kind }: Table): Pieces {
  const knots = Float64Array.from(x);
  const logarithmic = kind.startsWith("log-");
  const values = Float64Array.from(y, (value) => (logarithmic ? Math.log(value) : value));
  const shape = logarithmic ? kind.slice(4) : kind;
  const c = coefficients(knots, values, shape);
  const cubic = shape === "pchip" || shape === "spline";
  return { knots, c, logarithmic, cubic, first: knots[0]!, last: knots[knots.length - 1]!, memo: 0 };
}

function check({ x, y, kind }: Table): void {
  const fail = (message: string): never => {
    throw new RuntimeError("bad-table", message);
  };
  const wanted = kind === "step" ? y.length + 1 : y.length;
  if (x.length !== wanted) {
    const rule = kind === "step" ? "needs one edge more than values" : "needs as many abscissae as values";
    fail(`a table of kind "${kind}" ${rule}, got ${x.length} and ${y.length}`);
  }
  if (x.length < 2) fail(`a table needs at least two abscissae, got ${x.length}`);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!)) fail(`abscissa ${i + 1} of the table is ${x[i]}`);
    if (i > 0 && !(x[i]! > x[i - 1]!)) {
      fail(`abscissae must increase: number ${i + 1} is ${x[i]} after ${x[i - 1]}`);
    }
  }
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i]!)) fail(`value ${i + 1} of the table is ${y[i]}`);
    if (kind.startsWith("log-") && !(y[i]! > 0)) {
      fail(`kind "${kind}" needs positive values: number ${i + 1} is ${y[i]}`);
    }
  }
}

/** Index of the interval that holds x, the last one for the last knot; the previous answer is tried first. */
function locate(pieces: Pieces, x: number): number {
  const { knots, memo } = pieces;
  if (x >= knots[memo]! && x < knots[memo + 1]!) return memo;
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x >= knots[middle]!) low = middle;
    else high = middle;
  }
  pieces.memo = low;
  return low;
}

function valueAt(pieces: Pieces, x: number): number {
  const i = locate(pieces, x);
  const { c } = pieces;
  const d = x - pieces.knots[i]!;
  const value = c[4 * i]! + d * (c[4 * i + 1]! + d * (c[4 * i + 2]! + d * c[4 * i + 3]!));
  return pieces.logarithmic ? Math.exp(value) : value;
}

function slopeAt(pieces: Pieces, x: number): number {
  const i = locate(pieces, x);
  const { c } = pieces;
  const d = x - pieces.knots[i]!;
  const slope = c[4 * i + 1]! + d * (2 * c[4 * i + 2]! + d * 3 * c[4 * i + 3]!);
  return pieces.logarithmic ? slope * valueAt(pieces, x) : slope;
}

/** ∫ₐᵇ with first ≤ a, b ≤ last; zero when b ≤ a. */
function insideIntegral(pieces: Pieces, a: number, b: number): number {
  let sum = 0;
  for (let low = a, i = locate(pieces, a); low < b; i++) {
    const high = Math.min(b, pieces.knots[i + 1]!);
    sum += pieceIntegral(pieces, i, low, high);
    low = high;
  }
  return sum;
}

function pieceIntegral(pieces: Pieces, i: number, low: number, high: number): number {
  const { c, knots } = pieces;
  const width = high - low;
  if (!pieces.logarithmic) {
    const antiderivative = (d: number): number =>
      d * (c[4 * i]! + d * (c[4 * i + 1]! / 2 + d * (c[4 * i + 2]! / 3 + (d * c[4 * i + 3]!) / 4)));
    return antiderivative(high - knots[i]!) - antiderivative(low - knots[i]!);
  }
  if (!pieces.cubic) {
    const growth = c[4 * i + 1]! * width;
    const start = Math.exp(c[4 * i]! + c[4 * i + 1]! * (low - knots[i]!));
    return start * width * (growth === 0 ? 1 : Math.expm1(growth) / growth);
  }
  const rule = gaussLegendre(24);
  let sum = 0;
  for (let node = 0; node < rule.nodes.length; node++) {
    const d = low + width * rule.nodes[node]! - knots[i]!;
    const logarithm = c[4 * i]! + d * (c[4 * i + 1]! + d * (c[4 * i + 2]! + d * c[4 * i + 3]!));
    sum += rule.weights[node]! * Math.exp(logarithm);
  }
  return width * sum;
}

/** What is asked of the function beyond the table; the integral is the one from x to the near end, or from it to x. */
type OutsideQuestion = "value" | "slope" | "integral";

function outsideValue({ outside }: Table, pieces: Pieces): (x: number, question: OutsideQuestion) => number {
  const { first, last } = pieces;
  if (outside === "zero") return (x) => (Number.isNaN(x) ? x : 0);
  if (outside === "error") {
    return (x) => {
      throw new RuntimeError(
        "outside-table",
        `${x} is outside the table, which runs from ${first} to ${last}`,
      );
    };
  }
  const hold = outside === "hold";
  const ends = [first, last].map((x) => {
    const y = valueAt(pieces, x);
    return { x, y, rate: hold || y === 0 ? 0 : slopeAt(pieces, x) / y };
  });
  return (x, question) => {
    if (Number.isNaN(x)) return x;
    const { x: end, y, rate } = x < first ? ends[0]! : ends[1]!;
    const distance = x - end;
    const value = y * Math.exp(rate * distance);
    if (question === "value") return value;
    if (question === "slope") return rate * value;
    const growth = rate * distance;
    return y * Math.abs(distance) * (growth === 0 ? 1 : Math.expm1(growth) / growth);
  };
}
