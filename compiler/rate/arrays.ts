/** Arrays over axes: row-major, the axes in the order of their serials, the last one fastest. */
import type { Axis } from "./node.ts";

/** An array over the axes that a node depends on. */
export interface Values {
  readonly axes: readonly Axis[];
  readonly data: Float64Array;
}

export function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, axis) => size * axis.size, 1);
}

/** More numbers in one array are beyond the memory of most machines: four gigabytes. */
export const mostElements = 5e8;

/** An array over bins, nodes and the like that would have too many numbers. */
export class TooLarge extends Error {
  readonly size: number;
  constructor(size: number) {
    super(`an array of ${size} numbers`);
    this.size = size;
  }
}

/** An array over axes, to be filled. */
export function emptyOver(axes: readonly Axis[]): Float64Array {
  const size = sizeOf(axes);
  if (size > mostElements) throw new TooLarge(size);
  return new Float64Array(size);
}

/** The same numbers for other axes, which hold all that the array has: in their order, repeated over the new ones. */
export function rearranged({ axes: own, data }: Values, axes: readonly Axis[]): Float64Array {
  if (haveSameAxes(own, axes)) return data;
  const strides = new Map<Axis, number>();
  own.reduceRight((stride, axis) => {
    strides.set(axis, stride);
    return stride * axis.size;
  }, 1);
  const result = emptyOver(axes);
  const sizes = axes.map((_, depth) => sizeOf(axes.slice(depth)));
  const isRepeated = axes.map((_, depth) => axes.slice(depth).every((axis) => !strides.has(axis)));
  const isCopied = axes.map((_, depth) => startsAt(own, own.length - (axes.length - depth), axes, depth));
  const fill = (depth: number, from: number, to: number): void => {
    const size = sizes[depth];
    if (size === undefined) result[to] = data[from]!;
    else if (isRepeated[depth]) result.fill(data[from]!, to, to + size);
    else if (isCopied[depth]) result.set(data.subarray(from, from + size), to);
    else {
      const { size: count } = axes[depth]!;
      const stride = strides.get(axes[depth]!) ?? 0;
      for (let i = 0; i < count; i++) fill(depth + 1, from + i * stride, to + (i * size) / count);
    }
  };
  fill(0, 0, 0);
  return result;
}

export function haveSameAxes(own: readonly Axis[], axes: readonly Axis[]): boolean {
  return startsAt(own, 0, axes, 0);
}

/** True when two lists of axes are the same from these places on. */
function startsAt(own: readonly Axis[], first: number, axes: readonly Axis[], second: number): boolean {
  if (first < 0 || own.length - first !== axes.length - second) return false;
  for (let i = first, k = second; i < own.length; i++, k++) if (own[i] !== axes[k]) return false;
  return true;
}
