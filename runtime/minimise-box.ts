import { cholesky, dot, multiply, type SquareMatrix, solveCholesky, submatrix } from "./linear-algebra.ts";

/** A step towards the minimum of a quadratic form in a box. */
export interface BoxStep {
  readonly step: Float64Array;
  /** How far the quadratic form falls, ≥ 0: Minuit's estimated distance to the minimum when the box is wide. */
  readonly fall: number;
  /** Indices held at a bound by the slope. */
  readonly held: readonly number[];
}

/**
 * Minimises g·d + ½ dᵀ B d over low ≤ d ≤ high, for a positive definite B and a box that contains 0, by a
 * primal active-set method (Nocedal & Wright, Numerical Optimization, section 16.5): exact at bounds, a step
 * that meets a bound ends on it. Undefined when B is not positive definite.
 */
export function boxStep(
  g: Float64Array,
  b: SquareMatrix,
  low: Float64Array,
  high: Float64Array,
): BoxStep | undefined {
  const n = g.length;
  const step = new Float64Array(n);
  const held = new Set<number>();
  for (let i = 0; i < n; i++) {
    const hasNoRoom = low[i] === 0 && high[i] === 0;
    if (hasNoRoom || (low[i] === 0 && g[i]! > 0) || (high[i] === 0 && g[i]! < 0)) held.add(i);
  }
  const gradient = g.slice();
  let slope: Float64Array = new Float64Array(n);
  // Each pass adds or drops one bound; the cap only guards against cycling by rounding.
  for (let pass = 0; pass < 10 + 5 * n; pass++) {
    const loose = indicesExcept(n, held);
    const blocking = newtonMove(step, gradient, b, loose, low, high);
    if (blocking === undefined) return undefined;
    slope = multiply(b, n, step);
    for (let i = 0; i < n; i++) gradient[i] = g[i]! + slope[i]!;
    if (blocking >= 0) {
      held.add(blocking);
      continue;
    }
    const release = mostViolated(gradient, b, held, step, low, high);
    if (release < 0) break;
    held.delete(release);
  }
  const fall = Math.max(0, -dot(g, step) - 0.5 * dot(step, slope));
  return { step, fall, held: [...held].sort((i, j) => i - j) };
}

function indicesExcept(n: number, held: ReadonlySet<number>): number[] {
  const indices: number[] = [];
  for (let i = 0; i < n; i++) if (!held.has(i)) indices.push(i);
  return indices;
}

/** Moves `step` towards the minimum in the loose directions; the index of the bound that stopped it, or −1. */
function newtonMove(
  step: Float64Array,
  gradient: Float64Array,
  b: SquareMatrix,
  loose: readonly number[],
  low: Float64Array,
  high: Float64Array,
): number | undefined {
  if (loose.length === 0) return -1;
  const size = loose.length;
  const lower = cholesky(size === step.length ? b : submatrix(b, step.length, loose), size);
  if (!lower) return undefined;
  const downhill = new Float64Array(size);
  for (let k = 0; k < size; k++) downhill[k] = -gradient[loose[k]!]!;
  const move = solveCholesky(lower, size, downhill);
  let fraction = 1;
  let blocking = -1;
  for (let k = 0; k < size; k++) {
    const i = loose[k]!;
    const room = (move[k]! > 0 ? high[i]! : low[i]!) - step[i]!;
    const reach = room / move[k]!;
    if (move[k] !== 0 && reach < fraction) {
      fraction = Math.max(0, reach);
      blocking = i;
    }
  }
  for (let k = 0; k < size; k++) {
    const i = loose[k]!;
    if (i === blocking) step[i] = move[k]! > 0 ? high[i]! : low[i]!;
    else step[i] = Math.min(high[i]!, Math.max(low[i]!, step[i]! + fraction * move[k]!));
  }
  return blocking;
}

/** The held index whose slope points back into the box most, or −1. One that has no room is never let go. */
function mostViolated(
  gradient: Float64Array,
  b: SquareMatrix,
  held: ReadonlySet<number>,
  step: Float64Array,
  low: Float64Array,
  high: Float64Array,
): number {
  const n = gradient.length;
  let worst = 0;
  let index = -1;
  for (const i of held) {
    if (low[i] === high[i]) continue;
    const inward = step[i] === low[i] ? -gradient[i]! : gradient[i]!;
    const violation = inward / Math.sqrt(b[i * n + i]!);
    if (violation > worst) {
      worst = violation;
      index = i;
    }
  }
  return index;
}
