/** Whether a cut into smaller cells changed the lines of a contour. */
import { type ContourAxis, type ContourLine, indexOf } from "./contour-lines.ts";

/** Ends of a line along x and y, counted in coarse cells. */
type Box = readonly number[];

/** An end of a line may move by so many of the larger cells, and by this share of the size of the line. */
const CELLS = 2;
const SHARE = 0.1;

/**
 * Whether there are as many lines, closed and open, as before, each with ends where one had them before: pieces of a strip that is
 * narrower than the cells grow with each cut. `cell` is the side of the cells before, in coarse ones.
 */
export function areAlike(
  before: readonly ContourLine[],
  after: readonly ContourLine[],
  axes: readonly [ContourAxis, ContourAxis],
  cell: number,
): boolean {
  const boxes = (lines: readonly ContourLine[], wanted: boolean): readonly Box[] =>
    lines.filter(({ closed }) => closed === wanted).map((line) => boxOf(line, axes));
  return [true, false].every((closed) => {
    const [old, fresh] = [boxes(before, closed), boxes(after, closed)];
    return (
      old.length === fresh.length && fresh.every((box) => old.some((other) => areClose(box, other, cell)))
    );
  });
}

function boxOf({ points }: ContourLine, axes: readonly [ContourAxis, ContourAxis]): Box {
  return axes.flatMap((axis, k) => {
    const ends = points.reduce(
      ([low, high], place) => [Math.min(low, place[k]!), Math.max(high, place[k]!)] as const,
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
    );
    return ends.map((end) => indexOf(axis, end));
  });
}

function areClose(a: Box, b: Box, cell: number): boolean {
  return a.every((end, k) => {
    const side = a[k | 1]! - a[k & ~1]!;
    return Math.abs(end - b[k]!) <= CELLS * cell + SHARE * side;
  });
}
