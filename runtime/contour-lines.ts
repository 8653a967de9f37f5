/**
 * Contours followed as curves. A coarse grid finds where they are; cells that a contour crosses, or may hide in, are cut
 * into four as often as asked; from those each line is followed through its cells until it closes or leaves the plane. So a
 * narrow strip or a small island costs few evaluations, and no cell far from a line costs any.
 */

import { type Crossing, chained, corners, type Place, type Segment, segmentsIn } from "./marching-squares.ts";
import { power, square } from "./power.ts";

/** A coordinate: the edges of the coarse cells, rising. */
export interface ContourAxis {
  readonly values: readonly number[];
  /** Between them logarithms are evenly spaced. */
  readonly log: boolean;
}

/** A node of the finest lattice. */
export interface ContourNode {
  /** Distinct for every node. */
  readonly key: number;
  readonly place: Place;
}

/**
 * The value at a node, NaN where there is none. `near` is a node in its neighbourhood whose value is known already: a place to
 * start from.
 */
export type ValueAt = (node: ContourNode, near: ContourNode | undefined) => number;

/** A place of the plane, with the key of a node near it. */
export interface ContourStart {
  readonly place: Place;
  readonly near: number;
}

/** A function over a plane. */
export interface ContourPlane {
  readonly x: ContourAxis;
  readonly y: ContourAxis;
  readonly value: ValueAt;
}

/** Cells of the coarse grid are cut into four at most this often. */
export const mostHalvings = 8;
const fine = 2 ** mostHalvings;
/** The golden section: its multiples are evenly spread between whole numbers, however many. */
const SPREAD = (Math.sqrt(5) - 1) / 2;

export interface ContourLine {
  /** Above the base. */
  readonly level: number;
  /** True for the rim of an island; an open line ends at the edge of the plane, or where there is no value. */
  readonly closed: boolean;
  /** In the order of the curve; of a closed one the last is the first again. */
  readonly points: readonly Place[];
}

/** Values of the finest lattice as far as they are known; kept from one call to the next they are not computed again. */
export class ContourLattice {
  readonly #plane: ContourPlane;
  readonly #values = new Map<number, number>();
  #base = 0;
  /** Side of the smallest cells, in steps of the lattice. */
  #size = fine;

  constructor(plane: ContourPlane) {
    this.#plane = plane;
  }

  /** Nodes with a value. */
  get size(): number {
    return this.#values.size;
  }

  /** The smallest value known. */
  get lowest(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const value of this.#values.values()) if (value < lowest) lowest = value;
    return lowest;
  }

  /**
   * Places to look for minima from, each with a node near it: the nodes of the coarse grid, the promising ones first and neighbours far
   * apart in the order, then the middles of its cells.
   */
  starts(): readonly ContourStart[] {
    const cells = this.#coarseGrid();
    const { x, y } = this.#plane;
    const nodes = x.values.flatMap((_, i) => y.values.map((_, j): Corner => [i * fine, j * fine]));
    const found = nodes.map((node, k) => ({
      node,
      lows: this.#lowDirections(node),
      order: (k * SPREAD) % 1,
    }));
    found.sort((a, b) => b.lows - a.lows || a.order - b.order);
    return [
      ...found.map(({ node }) => ({ place: this.#place(...node), near: this.#key(node) })),
      ...cells.map(([i, j]) => ({ place: this.#place(i + fine / 2, j + fine / 2), near: this.#key([i, j]) })),
    ];
  }

  /** Along how many of four directions a node of the coarse grid is not above its neighbours: of all at a minimum, of one in a valley. */
  #lowDirections(node: Corner): number {
    const value = this.#known(node);
    return [
      [fine, 0],
      [0, fine],
      [fine, -fine],
      [fine, fine],
    ].filter(([di, dj]) =>
      [-1, 1].every((side) => !(this.#known([node[0] + side * di!, node[1] + side * dj!]) < value)),
    ).length;
  }

  /** Whether no node of the smallest cell around a place is below a level, after `lines`: what is below it there is not seen. */
  hides(place: Place, level: number): boolean {
    const size = this.#size;
    const [i, j] = this.#cornerOf(place).map((at) => Math.floor(at / size) * size);
    const nodes = around([i!, j!], size).filter((node) => this.#values.has(this.#key(node)));
    return nodes.length > 0 && nodes.every((node) => this.#known(node) >= level);
  }

  /**
   * The lines on which the value is a level above `base`, those of the first level first. The finest cells go to the seeds in
   * any case: known minima. Cells with a line are cut into four `halvings` times.
   */
  lines(
    levels: readonly number[],
    seeds: readonly Place[],
    base: number,
    halvings: number,
  ): readonly ContourLine[] {
    this.#base = base;
    this.#size = fine / 2 ** halvings;
    const cells = this.#finestCells(levels, seeds);
    return levels.flatMap((level) =>
      chained(this.#followed(level, cells)).map((points) => {
        const [first, last] = [points[0]!, points.at(-1)!];
        return { level, points, closed: points.length > 2 && first[0] === last[0] && first[1] === last[1] };
      }),
    );
  }

  /** The cells of the coarse grid, with values at their corners. */
  #coarseGrid(): readonly Corner[] {
    const [nx, ny] = [this.#plane.x.values.length - 1, this.#plane.y.values.length - 1];
    const cells: Corner[] = [];
    for (let i = 0; i < nx; i++) {
      for (let k = 0; k < ny; k++) cells.push([i * fine, (i % 2 === 0 ? k : ny - 1 - k) * fine]);
    }
    let before: Corner | undefined;
    for (const cell of cells) {
      for (const corner of around(cell, fine)) this.#at(corner, before);
      before = cell;
    }
    return cells;
  }

  /** Cells of the finest lattice, by their lower corner, that the coarse grid leads to. */
  #finestCells(levels: readonly number[], seeds: readonly Place[]): readonly Corner[] {
    let size = fine;
    let cells = this.#coarseGrid();
    while (size > this.#size) {
      const wanted = this.#wantedCells(cells, size, levels, seeds);
      size /= 2;
      cells = wanted.flatMap((cell) => around(cell, size));
      for (const cell of cells) for (const corner of around(cell, size)) this.#at(corner, cell);
    }
    return cells;
  }

  /** Cells that a line crosses, that hold a seed, or where a valley or a ridge may reach a level between nodes. */
  #wantedCells(
    cells: readonly Corner[],
    size: number,
    levels: readonly number[],
    seeds: readonly Place[],
  ): readonly Corner[] {
    const places = seeds.map((seed) => this.#cornerOf(seed));
    const wanted = new Map<number, Corner>();
    const want = (cell: Corner): void => void wanted.set(this.#key(cell), cell);
    const known = new Set(cells.map((cell) => this.#key(cell)));
    for (const cell of cells) {
      const values = around(cell, size).map((corner) => this.#known(corner));
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const crossed = levels.some((level) => low < level && high >= level);
      const seeded = places.some(
        ([i, j]) => i >= cell[0] && i <= cell[0] + size && j >= cell[1] && j <= cell[1] + size,
      );
      if (crossed || seeded) want(cell);
      for (const node of around(cell, size)) {
        if (!this.#mayHide(node, size, levels)) continue;
        for (const [di, dj] of corners) {
          const neighbour: Corner = [node[0] - di * size, node[1] - dj * size];
          if (known.has(this.#key(neighbour))) want(neighbour);
        }
      }
    }
    return [...wanted.values()];
  }

  /** Whether a parabola through a node and its neighbours on either side may pass a level that the nodes do not show. */
  #mayHide(node: Corner, size: number, levels: readonly number[]): boolean {
    const middle = this.#known(node);
    return (
      [
        [size, 0],
        [0, size],
      ] as const
    ).some(([di, dj]) => {
      const before = this.#known([node[0] - di, node[1] - dj]);
      const after = this.#known([node[0] + di, node[1] + dj]);
      const bend = before - 2 * middle + after;
      const isExtreme = bend > 0 ? middle <= Math.min(before, after) : middle >= Math.max(before, after);
      if (!isExtreme || !(bend !== 0)) return false;
      // Twice as far as the parabola goes: the function is not one.
      const reached = middle - square(before - after) / (4 * bend);
      return levels.some((level) => reached < level !== middle < level);
    });
  }

  /** The segments of a level in the cells given and in all that its lines go on to. */
  #followed(level: number, cells: readonly Corner[]): readonly Segment[] {
    const segments: Segment[] = [];
    const seen = new Set<number>();
    const queue = [...cells];
    for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
      const key = this.#key(cell);
      if (seen.has(key)) continue;
      seen.add(key);
      const [i, j] = cell;
      const values = around(cell, this.#size).map((corner) => this.#at(corner, cell));
      const found = segmentsIn(values, level, (side) => {
        const next = sideTo[side]!;
        const neighbour: Corner = [i + next[0] * this.#size, j + next[1] * this.#size];
        if (this.#isInside(neighbour)) queue.push(neighbour);
        return this.#crossing(cell, side, level, values);
      });
      segments.push(...found);
    }
    return segments;
  }

  /** On a side of a cell; the root of the value is taken as linear, as on each side of a parabola. */
  #crossing([i, j]: Corner, side: number, level: number, values: readonly number[]): Crossing {
    const [from, to] = [corners[side]!, corners[(side + 1) % 4]!];
    const [a, b] = [values[side]!, values[(side + 1) % 4]!].map((value) => Math.sqrt(Math.max(0, value)));
    const part = (Math.sqrt(level) - a!) / (b! - a!);
    const share = Number.isFinite(part) && Number.isFinite(a! + b!) ? part : 0.5;
    const [di, dj] = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    const upright = from[0] === to[0];
    const size = this.#size;
    const lower: Corner = [i + size * Math.min(from[0], to[0]), j + size * Math.min(from[1], to[1])];
    const place = this.#place(i + size * di, j + size * dj);
    return { edge: 2 * this.#key(lower) + (upright ? 1 : 0), place };
  }

  #isInside([i, j]: Corner): boolean {
    const { x, y } = this.#plane;
    const [nx, ny] = [x, y].map(({ values }) => (values.length - 1) * fine);
    return i >= 0 && j >= 0 && i < nx! && j < ny!;
  }

  /** The value at a node, computed if it is not known. */
  #at(node: Corner, near: Corner | undefined): number {
    const key = this.#key(node);
    const known = this.#values.get(key);
    if (known !== undefined) return known - this.#base;
    const from = near !== undefined && this.#values.has(this.#key(near)) ? this.#node(near) : undefined;
    const value = this.#plane.value(this.#node(node), from);
    this.#values.set(key, value);
    return value - this.#base;
  }

  #known(node: Corner): number {
    return (this.#values.get(this.#key(node)) ?? Number.NaN) - this.#base;
  }

  #node(node: Corner): ContourNode {
    return { key: this.#key(node), place: this.#place(...node) };
  }

  #key([i, j]: Corner): number {
    return (i + 1) * ((this.#plane.y.values.length + 1) * fine + 2) + j + 1;
  }

  #place(i: number, j: number): Place {
    const { x, y } = this.#plane;
    return [coordinate(x, i / fine), coordinate(y, j / fine)];
  }

  /** The lattice node nearest to a place. */
  #cornerOf([x, y]: Place): Corner {
    const { x: first, y: second } = this.#plane;
    return [Math.round(indexOf(first, x) * fine), Math.round(indexOf(second, y) * fine)];
  }
}

/** Lower corner of a cell, or a node, in steps of the finest lattice. */
type Corner = readonly [i: number, j: number];

/** Which cell lies behind each side. */
const sideTo = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;

function around([i, j]: Corner, size: number): readonly Corner[] {
  return corners.map(([di, dj]) => [i + di * size, j + dj * size] as const);
}

/** The coordinate at a place that is counted in coarse cells. */
function coordinate({ values, log }: ContourAxis, at: number): number {
  const cell = Math.min(Math.floor(at), values.length - 2);
  const [low, high] = [values[cell]!, values[cell + 1]!];
  const part = at - cell;
  if (part === 0) return low;
  if (part === 1) return high;
  return log ? low * power(high / low, part) : low + part * (high - low);
}

/** The place of a coordinate, counted in coarse cells. */
export function indexOf({ values, log }: ContourAxis, value: number): number {
  const cell = Math.max(0, Math.min(values.filter((one) => one <= value).length - 1, values.length - 2));
  const [low, high] = [values[cell]!, values[cell + 1]!];
  return cell + (log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
}
