import { allParameters, evaluate, type FreeSpace } from "./minimise-problem.ts";
import { square } from "./power.ts";

/**
 * Step of the finite differences of first derivatives, in standard deviations: their error is about 1e-7 of a
 * typical slope from the third derivative, and 1e-10 from the rounding of a χ² of some hundreds.
 */
const GRADIENT_STEP = 1e-3;

/** Change of step beyond which a derivative is taken again, and the number of times (as in Minuit). */
const STEP_RATIO = 10;
const STEP_CYCLES = 6;

/** Gradient in the free coordinates at `y`, where the value is `value`; undefined when it is not finite. */
export function gradientAt(space: FreeSpace, y: Float64Array, value: number): Float64Array | undefined {
  if (space.problem.gradient === undefined) {
    return withSlopes(space, y, value, new Float64Array(space.size), space.indices.keys());
  }
  const out = exactGradient(space, y);
  return out && withSlopes(space, y, value, out, space.differenced);
}

/** A gradient with the derivatives along some coordinates by differences; undefined when one is not finite. */
function withSlopes(
  space: FreeSpace,
  y: Float64Array,
  value: number,
  out: Float64Array,
  coordinates: Iterable<number>,
): Float64Array | undefined {
  for (const i of coordinates) {
    const slope = slopeAlong(space, y, value, i);
    if (slope === undefined) return undefined;
    out[i] = slope;
  }
  return out;
}

/**
 * The problem's own gradient in the free coordinates; it says nothing of those that are `differenced`. Where an element is not finite
 * although the value is, as of a square root at its zero, it is taken by differences. Undefined where the value is not finite either.
 */
export function exactGradient(space: FreeSpace, y: Float64Array): Float64Array | undefined {
  const x = allParameters(space, y);
  const full = new Float64Array(x.length);
  space.gradients++;
  space.problem.gradient?.(x, full);
  const out = new Float64Array(space.size);
  for (let k = 0; k < out.length; k++) out[k] = full[space.indices[k]!]!;
  if (out.every(Number.isFinite)) return out;
  const bad = [...out.keys()].filter((k) => !Number.isFinite(out[k]!));
  const value = evaluate(space, y);
  const mended = Number.isFinite(value) ? withSlopes(space, y, value, out, bad) : undefined;
  if (mended === undefined) space.notFinite ??= { x, value };
  return mended;
}

/**
 * Derivative along coordinate i, with the step adapted to the curvature as Minuit does (James & Roos, Comput.
 * Phys. Commun. 10 (1975) 343). Sets `space.scale[i]` to the standard deviation that the curvature gives.
 */
function slopeAlong(space: FreeSpace, y: Float64Array, value: number, i: number): number | undefined {
  let slope: number | undefined;
  for (let cycle = 0; cycle < STEP_CYCLES; cycle++) {
    const step = representable(y[i]!, GRADIENT_STEP * space.scale[i]!);
    const difference = differences(space, y, value, i, step);
    if (!difference) return slope;
    slope = difference.first;
    const scale = adaptedScale(space, i, step, difference, value);
    const ratio = scale / space.scale[i]!;
    space.scale[i] = scale;
    if (ratio < STEP_RATIO && ratio > 1 / STEP_RATIO) break;
  }
  return slope;
}

/** A step that y + step − y keeps exactly, and that is not lost in the rounding of y: at least `part` of it. */
export function representable(y: number, step: number, part = 2 ** -40): number {
  return y + Math.max(step, part * Math.abs(y)) - y;
}

/** The standard deviation that a second derivative gives, within a factor 100 of the last one. */
function adaptedScale(
  space: FreeSpace,
  i: number,
  step: number,
  difference: Differences,
  value: number,
): number {
  const old = space.scale[i]!;
  const largest = space.widest[i]!;
  const noise = 2 ** -48 * (Math.abs(value) + space.up);
  const bend = Math.abs(difference.second) * step * step;
  const slant = Math.abs(difference.first) * step;
  // No curvature above the noise: a longer step, unless the slope alone already spans a fair part of `up`.
  if (bend <= noise) return slant < GRADIENT_STEP * space.up ? Math.min(old * 100, largest) : old;
  const wish = Math.sqrt((2 * space.up) / Math.abs(difference.second));
  return Math.min(largest, Math.max(old / 100, Math.min(old * 100, wish)));
}

interface Differences {
  readonly first: number;
  readonly second: number;
}

/**
 * First and second derivative along coordinate i from two more values: centred, or to one side where a bound
 * or a value that is not finite is in the way. Both are exact for a quadratic form.
 */
function differences(
  space: FreeSpace,
  y: Float64Array,
  value: number,
  i: number,
  step: number,
): Differences | undefined {
  const at = (shift: number): number => {
    const there = Float64Array.from(y);
    there[i] = y[i]! + shift;
    return evaluate(space, there);
  };
  const room = { up: space.upper[i]! - y[i]!, down: y[i]! - space.lower[i]! };
  if (room.up >= step && room.down >= step) {
    const above = at(step);
    const below = at(-step);
    if (Number.isFinite(above) && Number.isFinite(below)) {
      return { first: (above - below) / (2 * step), second: (above + below - 2 * value) / square(step) };
    }
  }
  for (const sign of room.up >= room.down ? [1, -1] : [-1, 1]) {
    if ((sign > 0 ? room.up : room.down) < 2 * step) continue;
    const near = at(sign * step);
    const far = at(2 * sign * step);
    if (!Number.isFinite(near) || !Number.isFinite(far)) continue;
    return {
      first: (sign * (4 * near - 3 * value - far)) / (2 * step),
      second: (value - 2 * near + far) / square(step),
    };
  }
  return undefined;
}
