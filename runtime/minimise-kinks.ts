/** Kinks: where the value rises in proportion to the distance on both sides of a coordinate no slope leads to the minimum. */
import type { Place } from "./minimise-descent.ts";
import { evaluate, type FreeSpace } from "./minimise-problem.ts";

/** A rise that is seen above rounding, in units of `up`. */
const SEEN = 1e-4;
/** A part of the distance; of a parabola the rise falls by its square, at a kink by itself. */
const NEARER = 1 / 16;
/** Each distance is so many times the one before it. */
const GROWTH = 8;
const FIRST_PART = 2 ** -40;
const MOST_DISTANCES = 40;

/** The coordinates in which the value has a minimum with a kink at a place. */
export function kinksAt(
  space: FreeSpace,
  { y, value, held }: Pick<Place, "y" | "value" | "held">,
): readonly number[] {
  const riseAt = (i: number, shift: number): number => evaluate(space, y.with(i, y[i]! + shift)) - value;
  /** Whether the value rises in proportion to the distance: not when it falls, is none, or the range ends before. */
  const rises = (i: number, side: number): boolean => {
    const room = side > 0 ? space.upper[i]! - y[i]! : y[i]! - space.lower[i]!;
    let distance = FIRST_PART * (Math.abs(y[i]!) || space.widest[i]!);
    for (let k = 0; k < MOST_DISTANCES && distance < room; k++, distance *= GROWTH) {
      const rise = riseAt(i, side * distance);
      if (!Number.isFinite(rise) || rise < -SEEN * space.up) return false;
      if (rise >= SEEN * space.up) return riseAt(i, side * distance * NEARER) > (rise * NEARER) / 4;
    }
    return false;
  };
  const loose = [...y.keys()].filter((i) => !held.includes(i));
  return loose.filter((i) => rises(i, -1) && rises(i, 1));
}
