/** Lines of equal value through the cells of a grid, by marching squares: islands come out closed, lines that leave it open. */

/** A point of a plane. */
export type Place = readonly [x: number, y: number];

/** Where a line crosses an edge of the grid. */
export interface Crossing {
  /** The same number for the two cells that share the edge. */
  readonly edge: number;
  readonly place: Place;
}

/** A line of the level within one cell. */
export type Segment = readonly [from: Crossing, to: Crossing];

/** Corners of a cell, around it; side k goes from corner k to the next. */
export const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * The lines of a level in a cell with values at its four corners: one, two at a saddle, where the mean of the corners decides, or none.
 * `crossingOn` says where side k is crossed. A cell with a corner that has no value has no lines.
 */
export function segmentsIn(
  values: readonly number[],
  level: number,
  crossingOn: (side: number) => Crossing,
): readonly Segment[] {
  if (values.some(Number.isNaN)) return [];
  const crossings = corners.flatMap((_, side) => {
    const [a, b] = [values[side]!, values[(side + 1) % 4]!];
    return a < level === b < level ? [] : [crossingOn(side)];
  });
  const [first, second, third, fourth] = crossings;
  if (first === undefined || second === undefined) return [];
  if (third === undefined || fourth === undefined) return [[first, second]];
  const middle = values.reduce((sum, value) => sum + value, 0) / 4;
  // The crossings are on the sides 0, 1, 2, 3: cut off corners 1 and 3, or corners 0 and 2.
  const cutOdd = middle < level === values[0]! < level;
  return cutOdd
    ? [
        [first, second],
        [third, fourth],
      ]
    : [
        [second, third],
        [fourth, first],
      ];
}

/** Joins segments that meet on an edge, which two at most do; a closed line ends where it begins. */
export function chained(segments: readonly Segment[]): readonly (readonly Place[])[] {
  const at = new Map<number, number[]>();
  segments.forEach(([from, to], index) => {
    for (const { edge } of [from, to]) at.set(edge, [...(at.get(edge) ?? []), index]);
  });
  const used = new Set<number>();
  /** The line from a segment on, entered at one of its ends. */
  const follow = (start: number, entry: Crossing): Place[] => {
    const line = [entry.place];
    let edge = entry.edge;
    for (let next: number | undefined = start; next !== undefined; ) {
      used.add(next);
      const [from, to]: Segment = segments[next]!;
      const exit: Crossing = from.edge === edge ? to : from;
      line.push(exit.place);
      edge = exit.edge;
      next = at.get(edge)?.find((other) => !used.has(other));
    }
    return line;
  };
  const openEnd = ([from, to]: Segment): Crossing | undefined =>
    [from, to].find(({ edge }) => at.get(edge)?.length === 1);
  const lines: Place[][] = [];
  segments.forEach((segment, index) => {
    const end = openEnd(segment);
    if (!used.has(index) && end !== undefined) lines.push(follow(index, end));
  });
  segments.forEach(([from], index) => {
    if (!used.has(index)) lines.push(follow(index, from));
  });
  return lines;
}
