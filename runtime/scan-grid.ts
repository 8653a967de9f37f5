/**
 * The points of a grid and the order in which they are visited: a path on which neighbours differ in one
 * coordinate by one step, cut into chunks. Both depend on nothing but the grid, so that the results of a scan do
 * not depend on who computes which chunk.
 */

/** A parameter and the values that it takes, in its unit. */
export interface ScanAxis {
  readonly parameter: string;
  readonly values: readonly number[];
}

/** A scan on many cores wants many chunks, a warm start wants long ones. */
const WANTED_CHUNKS = 128;
const SHORTEST = 4;
const LONGEST = 32;

export function pointCount(axes: readonly ScanAxis[]): number {
  return axes.reduce((product, { values }) => product * values.length, 1);
}

/** Points of a chunk; the last one may have fewer. */
export function chunkLength(points: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(points / WANTED_CHUNKS)));
}

export function chunkCount(points: number): number {
  return Math.ceil(points / chunkLength(points));
}

/** Numbers of the points of a chunk, in the order of the path. */
export function chunkPoints(axes: readonly ScanAxis[], chunk: number): readonly number[] {
  const total = pointCount(axes);
  const length = chunkLength(total);
  const first = chunk * length;
  const count = Math.max(0, Math.min(length, total - first));
  return Array.from({ length: count }, (_, k) => pointAt(axes, first + k));
}

/** Number of a point: its place when the last axis is fastest. The path turns round at each end of an axis. */
function pointAt(axes: readonly ScanAxis[], step: number): number {
  let rest = pointCount(axes);
  let point = 0;
  for (const { values } of axes) {
    const n = values.length;
    const lap = Math.floor(step / rest);
    rest /= n;
    const digit = Math.floor(step / rest) % n;
    point = point * n + (lap % 2 === 0 ? digit : n - 1 - digit);
  }
  return point;
}

/** Values of the grid's parameters at a point. */
export function pointValues(axes: readonly ScanAxis[], point: number): readonly number[] {
  let rest = point;
  const values = axes.map(() => Number.NaN);
  for (let i = axes.length - 1; i >= 0; i--) {
    const all = axes[i]!.values;
    values[i] = all[rest % all.length]!;
    rest = Math.floor(rest / all.length);
  }
  return values;
}

/** Evenly spaced values, in the logarithm if asked; the ends are met exactly, what lies between has 14 digits. */
export function spacedValues(low: number, high: number, count: number, log: boolean): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return low;
    if (i === count - 1) return high;
    const part = i / (count - 1);
    const value = log ? low * Math.exp(part * Math.log(high / low)) : low + part * (high - low);
    return Number(value.toPrecision(14));
  });
}
