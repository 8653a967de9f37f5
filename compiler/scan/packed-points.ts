/** Points of work as one array of numbers, which threads exchange more quickly than objects. */
import type { WorkPoint } from "./work.ts";

/** Numbers of a point before those that were found: its own number, whether it converged. */
const head = 2;

export function packed(points: readonly WorkPoint[]): Float64Array {
  const width = head + (points[0]?.numbers.length ?? 0);
  const all = new Float64Array(points.length * width);
  points.forEach(({ point, converged, numbers }, i) => {
    const first = i * width;
    all[first] = point;
    all[first + 1] = converged ? 1 : 0;
    all.set(numbers, first + head);
  });
  return all;
}

/** `found` is how many numbers each point has. */
export function unpacked(all: Float64Array, found: number): readonly WorkPoint[] {
  const width = head + found;
  return Array.from({ length: all.length / width }, (_, i) => {
    const first = i * width;
    const numbers = Array.from({ length: found }, (_, k) => all[first + head + k]!);
    return { point: all[first]!, numbers, converged: all[first + 1] === 1 };
  });
}
