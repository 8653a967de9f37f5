/**
 * Integration and root finding on an interval: fixed Gauss–Legendre rules for generated code, a globally adaptive
 * rule as the reference that they are checked against, and Brent's method.
 */
import { power, square } from "./power.ts";

/** A rule on [0, 1]: ∫₀¹ f ≈ Σ weights[i] f(nodes[i]). Nodes increase. Shared and cached: not to be written to. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Rule>();

/** Most nodes that `gaussLegendre` gives. */
const MOST_NODES = 512;

/**
 * Legendre polynomial P_n and its neighbour P_{n−1} at cos θ. The recurrence runs over the differences
 * P_{k+1} − P_k with 1 − cos θ = 2 sin²(θ/2), which loses nothing next to the end points.
 */
function legendre(n: number, theta: number): { value: number; previous: number } {
  const gap = 2 * square(Math.sin(theta / 2));
  let previous = 1;
  let value = 1 - gap;
  let difference = -gap;
  for (let k = 1; k < n; k++) {
    difference = (k * difference - (2 * k + 1) * gap * value) / (k + 1);
    previous = value;
    value += difference;
  }
  return { value, previous };
}

/**
 * Gauss–Legendre rule with n nodes on [0, 1], 1 ≤ n ≤ 512, exact for polynomials of degree 2n − 1. Newton's
 * iteration in the angle from Tricomi's first guess; nodes and weights right to 1e-15.
 */
export function gaussLegendre(n: number): Rule {
  const known = rules.get(n);
  if (known !== undefined) return known;
  if (!Number.isInteger(n) || n < 1 || n > MOST_NODES) {
    throw new RangeError(`a Gauss–Legendre rule has 1 to ${MOST_NODES} nodes, not ${n}`);
  }
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // Count from the nearer end, so that the rule is exactly symmetric.
    const mirrored = Math.min(i, n - 1 - i);
    let theta = (Math.PI * (mirrored + 0.75)) / (n + 0.5);
    for (let iteration = 0; iteration < 6; iteration++) {
      theta += legendreStep(n, theta);
    }
    const { value, previous } = legendre(n, theta);
    const sine = Math.sin(theta);
    // P′_n(cos θ) sin²θ = n (P_{n−1} − cos θ P_n)
    const slope = n * (previous - Math.cos(theta) * value);
    const near = square(Math.sin(theta / 2));
    nodes[i] = 2 * i === n - 1 ? 0.5 : i === mirrored ? near : 1 - near;
    weights[i] = square(sine / slope);
  }
  const rule = { nodes, weights };
  rules.set(n, rule);
  return rule;
}

/** Newton's correction of the angle θ of a zero of P_n(cos θ). */
function legendreStep(n: number, theta: number): number {
  const { value, previous } = legendre(n, theta);
  return (value * Math.sin(theta)) / (n * (previous - Math.cos(theta) * value));
}

/**
 * Gauss–Kronrod pair with 10 and 21 points on [−1, 1]: positive abscissae, the last one 0, every second one a
 * Gauss node (Kronrod, 1965; Piessens et al., QUADPACK, 1983).
 */
const KRONROD_NODES = [
  0.9956571630258081, 0.9739065285171717, 0.9301574913557082, 0.8650633666889845, 0.7808177265864169,
  0.6794095682990244, 0.5627571346686047, 0.4333953941292472, 0.2943928627014602, 0.14887433898163122, 0,
];
const KRONROD_WEIGHTS = [
  0.011694638867371874, 0.032558162307964725, 0.054755896574351995, 0.07503967481091996, 0.0931254545836976,
  0.10938715880229764, 0.12349197626206584, 0.13470921731147334, 0.14277593857706009, 0.1477391049013385,
  0.1494455540029169,
];
const GAUSS_WEIGHTS = [
  0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635, 0.29552422471475287,
];

interface Piece {
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly error: number;
}

/** One application of the pair, with QUADPACK's estimate of its error. */
function kronrod(f: (x: number) => number, low: number, high: number): Piece {
  const centre = (low + high) / 2;
  const half = (high - low) / 2;
  const middle = f(centre);
  const samples: number[] = [];
  let fine = KRONROD_WEIGHTS[10]! * middle;
  let coarse = 0;
  let size = Math.abs(fine);
  for (let i = 0; i < 10; i++) {
    const offset = half * KRONROD_NODES[i]!;
    const left = f(centre - offset);
    const right = f(centre + offset);
    samples.push(left, right);
    fine += KRONROD_WEIGHTS[i]! * (left + right);
    size += KRONROD_WEIGHTS[i]! * (Math.abs(left) + Math.abs(right));
    if (i % 2 === 1) coarse += GAUSS_WEIGHTS[(i - 1) / 2]! * (left + right);
  }
  const mean = fine / 2;
  let spread = KRONROD_WEIGHTS[10]! * Math.abs(middle - mean);
  for (let i = 0; i < 20; i++) spread += KRONROD_WEIGHTS[i >> 1]! * Math.abs(samples[i]! - mean);
  let error = Math.abs((fine - coarse) * half);
  const scale = spread * Math.abs(half);
  if (scale !== 0 && error !== 0) error = scale * Math.min(1, power((200 * error) / scale, 1.5));
  const rounding = 50 * Number.EPSILON * size * Math.abs(half);
  return { low, high, value: fine * half, error: Math.max(error, rounding) };
}

export interface IntegrateOptions {
  /** Wanted error relative to the result; 1e-10 unless given. */
  readonly relative?: number;
  /** Wanted absolute error; the looser of the two counts. 0 unless given. */
  readonly absolute?: number;
  /** Places where the integrand or a derivative jumps; those outside the interval are ignored. */
  readonly splits?: readonly number[];
  /** Most intervals; 1000 unless given. */
  readonly limit?: number;
}

export interface Integral {
  readonly value: number;
  /** Estimated absolute error, usually much too large; blind to a peak that no sample has hit. */
  readonly error: number;
  readonly evaluations: number;
  /** False when the wanted error was not reached or the integrand was not finite: not to be printed as a result. */
  readonly converged: boolean;
}

/**
 * ∫ₐᵇ f(x) dx by global adaptive bisection with the 21-point Gauss–Kronrod rule; a > b changes the sign. The end
 * points and split points themselves are never evaluated. A peak much narrower than the distance between two split points
 * can be missed, as by every rule that samples: put a split point on it.
 */
export function integrate(
  f: (x: number) => number,
  a: number,
  b: number,
  options: IntegrateOptions = {},
): Integral {
  if (!Number.isFinite(a) || !Number.isFinite(b))
    throw new RangeError(`integration limits ${a}, ${b} are not finite`);
  if (a > b) {
    const forward = integrate(f, b, a, options);
    return { ...forward, value: -forward.value };
  }
  if (a === b) return { value: 0, error: 0, evaluations: 0, converged: true };
  const { relative = 1e-10, absolute = 0, splits = [], limit = 1000 } = options;
  const inside = splits.filter((split) => split > a && split < b).sort((first, second) => first - second);
  const edges = [a, ...inside, b];
  const pieces = edges.slice(1).map((high, i) => kronrod(f, edges[i]!, high));
  let applications = pieces.length;
  for (;;) {
    const { value, error, worst } = summary(pieces);
    const evaluations = applications * 21;
    if (error <= Math.max(absolute, relative * Math.abs(value)))
      return { value, error, evaluations, converged: true };
    const piece = pieces[worst]!;
    const centre = (piece.low + piece.high) / 2;
    const splittable = centre > piece.low && centre < piece.high;
    if (!Number.isFinite(value) || pieces.length >= limit || !splittable) {
      return { value, error, evaluations, converged: false };
    }
    pieces[worst] = kronrod(f, piece.low, centre);
    pieces.push(kronrod(f, centre, piece.high));
    applications += 2;
  }
}

function summary(pieces: readonly Piece[]): { value: number; error: number; worst: number } {
  let value = 0;
  let error = 0;
  let worst = 0;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    value += piece.value;
    error += piece.error;
    if (piece.error > pieces[worst]!.error) worst = i;
  }
  return { value, error, worst };
}
