import type { SquareMatrix } from "./linear-algebra.ts";
import { exactGradient, representable } from "./minimise-derivatives.ts";
import { evaluate, type FreeSpace } from "./minimise-problem.ts";
import { square } from "./power.ts";

/** Step of the differences for second derivatives, in standard deviations: as small as rounding allows. */
const HESSIAN_STEP = 1e-2;

/** Smallest step of differences of the exact gradient, over the coordinate: gradients are smooth down to its digits. */
const GRADIENT_PART = 2 ** -50;

/** A point in free coordinates with what is known there. */
export interface Slope {
  readonly y: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * What second derivatives are differences of: of the exact gradient, central but at a bound, and then averaged with
 * their transpose; or of values, twice.
 */
export type HessianSource = "gradient-differences" | "value-differences";

/** What `hessianAt` takes differences of. */
export function hessianSource({ problem }: FreeSpace): HessianSource {
  return problem.gradient ? "gradient-differences" : "value-differences";
}

/**
 * How exact the mixed derivatives are in the step, without an exact gradient: of first order from 2n + n(n−1)/2
 * values, or of second order from n(n+1).
 */
export type HessianAccuracy = "quick" | "centred";

/**
 * Second derivatives in the free coordinates, undefined when a value is not finite: by differences of values,
 * or of the exact gradient (2n of them). A coordinate that the slope presses against a bound is varied inwards
 * only. Others within a step of a bound are first moved inwards by the missing part of it, a hundredth of a
 * standard deviation at most.
 */
export function hessianAt(space: FreeSpace, at: Slope, accuracy: HessianAccuracy): SquareMatrix | undefined {
  const plan = planOf(space, at);
  const hessian = space.problem.gradient
    ? fromGradients(space, plan, at, accuracy)
    : fromValues(space, plan, at, accuracy, Array.from(at.y.keys()));
  return hessian?.every(Number.isFinite) ? hessian : undefined;
}

/** How often second derivatives are taken afresh while the scales that their steps rest on grow. */
const SETTLING = 8;

/** The same with steps that are not far too small for the place: a descent may have learnt its scales elsewhere, at a bound for example. */
export function settledHessian(
  space: FreeSpace,
  at: Slope,
  accuracy: HessianAccuracy,
): SquareMatrix | undefined {
  for (let round = 0; ; round++) {
    const before = Float64Array.from(space.scale);
    const hessian = hessianAt(space, at, accuracy);
    const isSettled = space.scale.every((scale, i) => scale < 10 * before[i]!);
    if (hessian === undefined || isSettled || round === SETTLING) return hessian;
  }
}

/** Where the differences are taken; a step of a one-sided coordinate has the sign of the way inwards. */
interface Plan {
  readonly centre: Float64Array;
  readonly steps: Float64Array;
  readonly oneSided: readonly boolean[];
}

function planOf(space: FreeSpace, { y, gradient }: Slope): Plan {
  const least = space.problem.gradient ? GRADIENT_PART : undefined;
  const steps = space.scale.map((scale, i) => representable(y[i]!, HESSIAN_STEP * scale, least));
  const inward = Array.from(y, (yi, i) => {
    if (yi === space.lower[i] && gradient[i]! > 0) return 1;
    return yi === space.upper[i] && gradient[i]! < 0 ? -1 : 0;
  });
  const centre = y.map((yi, i) => {
    if (inward[i] !== 0) return yi;
    return Math.max(space.lower[i]! + steps[i]!, Math.min(space.upper[i]! - steps[i]!, yi));
  });
  return {
    centre,
    steps: steps.map((step, i) => step * (inward[i] || 1)),
    oneSided: inward.map((way) => way !== 0),
  };
}

function fromGradients(
  space: FreeSpace,
  plan: Plan,
  slope: Slope,
  accuracy: HessianAccuracy,
): SquareMatrix | undefined {
  const { centre, steps, oneSided } = plan;
  const n = space.size;
  const along = (i: number, shift: number): Float64Array | undefined => {
    const there = Float64Array.from(centre);
    there[i]! += shift;
    return exactGradient(space, there);
  };
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const above = along(i, steps[i]!);
    const below = along(i, oneSided[i] ? 0 : -steps[i]!);
    if (!above || !below) return undefined;
    const span = oneSided[i] ? steps[i]! : 2 * steps[i]!;
    rows.push(above.map((slope, j) => (slope - below[j]!) / span));
  }
  const { differenced } = space;
  const hessian = fromValues(space, plan, slope, accuracy, differenced);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [isRow, isColumn] = [!differenced.includes(j), !differenced.includes(i)];
      if (isRow && isColumn) hessian[i * n + j] = (rows[i]![j]! + rows[j]![i]!) / 2;
      else if (isRow) hessian[i * n + j] = rows[i]![j]!;
      else if (isColumn) hessian[i * n + j] = rows[j]![i]!;
    }
    const curvature = Math.abs(hessian[i * n + i]!);
    // An exact gradient leaves the scales alone, so they are learnt here.
    if (curvature > 0) {
      const wish = Math.sqrt((2 * space.up) / curvature);
      space.scale[i] = Math.min(wish, 100 * space.scale[i]!, space.widest[i]!);
    }
  }
  return hessian;
}

/** Second derivatives by some of the coordinates, by differences of values; the others' are left at 0. */
function fromValues(
  space: FreeSpace,
  { centre, steps, oneSided }: Plan,
  known: Slope,
  accuracy: HessianAccuracy,
  coordinates: readonly number[],
): SquareMatrix {
  const n = space.size;
  const at = (...shifts: readonly (readonly [index: number, shift: number])[]): number => {
    const there = Float64Array.from(centre);
    for (const [index, shift] of shifts) there[index]! += shift;
    return evaluate(space, there);
  };
  const hessian = new Float64Array(n * n);
  if (coordinates.length === 0) return hessian;
  const value = centre.every((c, i) => c === known.y[i]) ? known.value : at();
  const above = new Float64Array(n);
  const below = new Float64Array(n);
  coordinates.forEach((i, place) => {
    const step = steps[i]!;
    above[i] = at([i, step]);
    below[i] = oneSided[i] ? at([i, 2 * step]) : at([i, -step]);
    const bend = oneSided[i] ? value - 2 * above[i]! + below[i]! : above[i]! + below[i]! - 2 * value;
    hessian[i * n + i] = bend / square(step);
    for (const j of coordinates.slice(0, place)) {
      let mixed = at([i, step], [j, steps[j]!]) - above[i]! - above[j]! + value;
      if (accuracy === "centred" && !oneSided[i] && !oneSided[j]) {
        mixed = (mixed + at([i, -step], [j, -steps[j]!]) - below[i]! - below[j]! + value) / 2;
      }
      hessian[i * n + j] = mixed / (step * steps[j]!);
      hessian[j * n + i] = hessian[i * n + j]!;
    }
  });
  return hessian;
}
