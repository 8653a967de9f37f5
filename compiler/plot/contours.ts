/**
 * Lines of equal value on a grid, by marching squares: islands come out closed, lines that leave the grid open. The
 * contours of d3 and Vega close every line along the border of the grid, and interpolate in indices.
 */
import { type Crossing, chained, corners, type Segment, segmentsIn } from "../../runtime/marching-squares.ts";
import type { Place, Scale } from "./curve-input.ts";

/** Values on a grid that need not be evenly spaced. */
export interface ValueGrid {
  /** Coordinates, increasing. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly xScale: Scale;
  readonly yScale: Scale;
  /** The value at `x[i]`, `y[j]` has the index `i · y.length + j`; NaN where there is none. */
  readonly values: readonly number[];
}

/**
 * The lines on which the value is `level`; a closed one ends where it begins. The value is taken as linear along
 * the edges of the cells, in logarithms of the coordinates where the scale is one. At a saddle the mean of the
 * four corners decides. Cells with a corner without a value have no lines.
 */
export function contoursOf(grid: ValueGrid, level: number): readonly (readonly Place[])[] {
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < grid.x.length; i++)
    for (let j = 0; j + 1 < grid.y.length; j++) segments.push(...cellSegments(grid, level, i, j));
  return chained(segments);
}

/**
 * The ends of the ranges of y in which the value, a rise of chi-square, is below `level`, found at each x by itself and joined
 * to those at the next x at which the value passes the level the same way: in their order, and where some end or begin, to
 * the nearest in the direction of the line. A line that is steep on a coarse grid stays smooth, where a contour would go in
 * steps. Between two points the root of the value is taken as linear, as on each side of a parabola.
 */
export function limitsOf(grid: ValueGrid, level: number): readonly (readonly Place[])[] {
  const lines: Place[][] = [];
  let open: readonly OpenLine[] = [];
  grid.x.forEach((_, i) => {
    const ends = endsAt(grid, level, i);
    const joined = new Map([...continued(open, ends, true), ...continued(open, ends, false)]);
    open = ends.map((end) => {
      const before = joined.get(end);
      const places = before?.places ?? [];
      if (before === undefined) lines.push(places);
      places.push(end.place);
      return { ...end, places, step: before === undefined ? 0 : end.at - before.at };
    });
  });
  return lines.filter(({ length }) => length > 1);
}

/** A place along y, counted in steps of the grid, where the value passes the level, from below it or not. */
interface End {
  readonly at: number;
  readonly rises: boolean;
  readonly place: Place;
}

interface OpenLine extends End {
  readonly places: Place[];
  /** How far it went along y from one x to the next. */
  readonly step: number;
}

/** The line that each end of one kind goes on with. */
function continued(
  allOpen: readonly OpenLine[],
  allEnds: readonly End[],
  rises: boolean,
): readonly (readonly [End, OpenLine])[] {
  const open = allOpen.filter((line) => line.rises === rises);
  const ends = allEnds.filter((end) => end.rises === rises);
  if (open.length === ends.length) return ends.map((end, k) => [end, open[k]!]);
  const distance = (end: End, line: OpenLine): number => Math.abs(end.at - line.at - line.step);
  const pairs = ends
    .flatMap((end) => open.map((line) => [end, line] as const))
    .sort((a, b) => distance(...a) - distance(...b));
  const taken = new Set<End>();
  return pairs.filter(([end, line]) => {
    if (taken.has(end) || taken.has(line)) return false;
    taken.add(end).add(line);
    return true;
  });
}

function endsAt(grid: ValueGrid, level: number, i: number): readonly End[] {
  const rows = grid.y.length;
  return grid.y.slice(1).flatMap((_, j) => {
    const [a, b] = [grid.values[i * rows + j]!, grid.values[i * rows + j + 1]!];
    if (Number.isNaN(a) || Number.isNaN(b) || a < level === b < level) return [];
    const [rootA, rootB] = [root(a), root(b)];
    const share = (root(level) - rootA) / (rootB - rootA);
    return [{ at: j + share, rises: a < level, place: crossing(grid, [i, j], [i, j + 1], share).place }];
  });
}

const root = (rise: number): number => Math.sqrt(Math.max(0, rise));

function cellSegments(grid: ValueGrid, level: number, i: number, j: number): readonly Segment[] {
  const rows = grid.y.length;
  const values = corners.map(([di, dj]) => grid.values[(i + di) * rows + j + dj]!);
  if (!values.every(Number.isFinite)) return [];
  return segmentsIn(values, level, (side) => {
    const [[di, dj], [ei, ej]] = [corners[side]!, corners[(side + 1) % 4]!];
    const [a, b] = [values[side]!, values[(side + 1) % 4]!];
    return crossing(grid, [i + di, j + dj], [i + ei, j + ej], (level - a) / (b - a));
  });
}

type Corner = readonly [i: number, j: number];

function crossing(grid: ValueGrid, from: Corner, to: Corner, share: number): Crossing {
  const upright = from[0] === to[0];
  const [i, j] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  const x = between(grid.x[from[0]]!, grid.x[to[0]]!, share, grid.xScale);
  const y = between(grid.y[from[1]]!, grid.y[to[1]]!, share, grid.yScale);
  return { edge: 2 * (i * grid.y.length + j) + (upright ? 1 : 0), place: [x, y] };
}

function between(a: number, b: number, share: number, scale: Scale): number {
  if (a === b) return a;
  return scale === "log" ? a * (b / a) ** share : a + share * (b - a);
}
