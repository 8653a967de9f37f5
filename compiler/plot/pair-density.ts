/**
 * The density of draws of two parameters, and the lines that hold a share of them. It is smoothed in coordinates in which the
 * neighbours of a draw are spread evenly: along a narrow ridge as well as across it, and peaks by themselves.
 */
import { heightHolding, neighbourShare } from "../../runtime/draw-density.ts";
import { power, square } from "../../runtime/power.ts";
import { contoursOf } from "./contours.ts";
import type { Place } from "./curve-input.ts";

/** Cells for each width of the smoothing, widths around the draws, and cells along a side at most. */
const PER_WIDTH = 2;
const AROUND = 4;
const MOST = 256;

/** Draws whose neighbours are looked at, among so many. */
const LOOKED_AT = 200;
const AMONG = 2000;

/** Steps of √2 by which draws may be smoothed more widely than by the unit of their frame. */
const WIDEST = 8;

/** Coordinates: a place (x, y) is (a, b) with x = x₀ + pa, y = y₀ + qa + rb. */
interface Frame {
  readonly origin: Place;
  readonly p: number;
  readonly q: number;
  readonly r: number;
}

/** Symmetric 2 × 2 matrix. */
type Matrix = readonly [xx: number, xy: number, yy: number];

/** A box that places lie in. */
export interface Box {
  readonly x: Place;
  readonly y: Place;
}

/**
 * Lines around the places of highest density that hold each of the shares of the draws, which end at the limits as at a wall. The lines
 * end where the part that is shown does.
 */
export function linesHolding(
  draws: readonly Place[],
  limits: Box,
  shown: Box,
  shares: readonly number[],
): readonly (readonly (readonly Place[])[])[] {
  const frame = frameOf(draws);
  if (frame === undefined) return shares.map(() => []);
  const grid = gridOf(draws.map((place) => inFrame(frame, place)));
  const inside = insideOf(grid, frame, limits);
  const usual = smoothed(grid, [counted(grid, grid.draws)], [0], inside);
  const values = smoothed(grid, ...byClass(grid, usual), inside);
  const atDraws = grid.draws.map((place) => valueAt(grid, values, place));
  const coordinates = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const plane = { x: coordinates(grid.size[0]), y: coordinates(grid.size[1]), values } as const;
  return shares.map((share) =>
    contoursOf({ ...plane, xScale: "linear", yScale: "linear" }, heightHolding(atDraws, share)).flatMap(
      (line) =>
        within(
          line.map((cell) => outOfFrame(frame, placeOfCell(grid, cell))),
          shown,
        ),
    ),
  );
}

/**
 * The frame in which the neighbours of a draw have unit variance: with the harmonic mean of their covariances, for which dense
 * places count most. Nearest is by the covariance of all draws. For one Gaussian its widths are σ N^(-1/6) (B. W. Silverman,
 * Density Estimation, section 4.3).
 */
function frameOf(draws: readonly Place[]): Frame | undefined {
  const all = covarianceOf(draws);
  const whole = rootFrame(all, draws[0]!);
  if (whole === undefined) return undefined;
  const some = evenly(draws, AMONG).map((place) => inFrame(whole, place));
  const wanted = Math.max(8, Math.round(neighbourShare(draws.length, 2) * some.length));
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (const centre of evenly(some, LOOKED_AT)) {
    const distances = Float64Array.from(some, (place) => distance(place, centre));
    const farthest = Float64Array.from(distances).sort()[Math.min(some.length - 1, wanted)]!;
    const inverse = inverted(covarianceOf(some.filter((_, i) => distances[i]! <= farthest)));
    if (inverse === undefined) continue;
    inverse.forEach((one, k) => {
      sum[k]! += one;
    });
    count++;
  }
  const mean = count > 0 ? inverted([sum[0] / count, sum[1] / count, sum[2] / count]) : undefined;
  const local = mean === undefined ? undefined : rootFrame(mean, [0, 0]);
  if (local === undefined) return undefined;
  return {
    origin: whole.origin,
    p: whole.p * local.p,
    q: whole.q * local.p + whole.r * local.q,
    r: whole.r * local.r,
  };
}

/** The frame in which a covariance is the unit matrix, undefined where the draws lie on a line. */
function rootFrame([xx, xy, yy]: Matrix, origin: Place): Frame | undefined {
  const p = Math.sqrt(xx);
  const q = xy / p;
  const rest = yy - square(q);
  return p > 0 && rest > 1e-12 * yy ? { origin, p, q, r: Math.sqrt(rest) } : undefined;
}

function inFrame({ origin, p, q, r }: Frame, [x, y]: Place): Place {
  const a = (x - origin[0]) / p;
  return [a, (y - origin[1] - q * a) / r];
}

function outOfFrame({ origin, p, q, r }: Frame, [a, b]: Place): Place {
  return [origin[0] + p * a, origin[1] + q * a + r * b];
}

function covarianceOf(places: readonly Place[]): Matrix {
  const mean = (k: 0 | 1): number => places.reduce((sum, place) => sum + place[k], 0) / places.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (term: (dx: number, dy: number) => number): number =>
    places.reduce((total, place) => total + term(place[0] - x, place[1] - y), 0) / places.length;
  return [sum((dx) => dx * dx), sum((dx, dy) => dx * dy), sum((_, dy) => dy * dy)];
}

function inverted([xx, xy, yy]: Matrix): Matrix | undefined {
  const determinant = xx * yy - xy * xy;
  return determinant > 1e-12 * xx * yy ? [yy / determinant, -xy / determinant, xx / determinant] : undefined;
}

const distance = (a: Place, b: Place): number => square(a[0] - b[0]) + square(a[1] - b[1]);

/** About so many of the items, at even distances. */
function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  const stride = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % stride === 0);
}

/** Square cells that cover the draws, in the frame of these. The value of the cell (i, j) is at i·size[1] + j. */
interface Grid {
  readonly draws: readonly Place[];
  readonly low: Place;
  readonly cell: number;
  readonly size: Place;
}

function gridOf(draws: readonly Place[]): Grid {
  const end = (k: 0 | 1, of: (a: number, b: number) => number): number =>
    draws.reduce((best, place) => of(best, place[k]), draws[0]![k]);
  const low: Place = [end(0, Math.min) - AROUND, end(1, Math.min) - AROUND];
  const high: Place = [end(0, Math.max) + AROUND, end(1, Math.max) + AROUND];
  const cell = Math.max(1 / PER_WIDTH, (high[0] - low[0]) / MOST, (high[1] - low[1]) / MOST);
  const size = (k: 0 | 1): number => Math.ceil((high[k] - low[k]) / cell) + 1;
  return { draws, low, cell, size: [size(0), size(1)] };
}

function placeOfCell({ low, cell }: Grid, [i, j]: Place): Place {
  return [low[0] + i * cell, low[1] + j * cell];
}

/** The four cells around a place with their shares of it. */
function cellsAround({ low, cell, size }: Grid, [a, b]: Place): readonly (readonly [number, number])[] {
  const [u, v] = [(a - low[0]) / cell, (b - low[1]) / cell];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const at = i * size[1] + j;
  const [s, t] = [u - i, v - j];
  return [
    [at, (1 - s) * (1 - t)],
    [at + 1, (1 - s) * t],
    [at + size[1], s * (1 - t)],
    [at + size[1] + 1, s * t],
  ];
}

function counted(grid: Grid, draws: readonly Place[]): Float64Array {
  const counts = new Float64Array(grid.size[0] * grid.size[1]);
  for (const place of draws) for (const [at, share] of cellsAround(grid, place)) counts[at]! += share;
  return counts;
}

function valueAt(grid: Grid, values: readonly number[], place: Place): number {
  return cellsAround(grid, place).reduce((sum, [at, share]) => sum + share * values[at]!, 0);
}

/** The share of each cell that lies inside of the box, from so many places of it along each side. */
function insideOf(grid: Grid, frame: Frame, box: Box): Float64Array {
  const offsets = [-0.4, -0.2, 0, 0.2, 0.4];
  return Float64Array.from({ length: grid.size[0] * grid.size[1] }, (_, at) => {
    const [i, j] = [Math.floor(at / grid.size[1]), at % grid.size[1]];
    let found = 0;
    for (const di of offsets) {
      for (const dj of offsets) {
        const [x, y] = outOfFrame(frame, placeOfCell(grid, [i + di, j + dj]));
        if (x >= box.x[0] && x <= box.x[1] && y >= box.y[0] && y <= box.y[1]) found++;
      }
    }
    return found / square(offsets.length);
  });
}

/**
 * The draws by how wide they are smoothed: over an area that goes as one over the density, as their neighbours lie (the square-root
 * law of I. S. Abramson, Ann. Statist. 10 (1982) 1217), in steps of √2. In the middle of a Gaussian, where the density is twice its mean
 * over the draws, by the unit of the frame.
 */
function byClass(
  grid: Grid,
  usual: readonly number[],
): readonly [counts: readonly Float64Array[], classes: readonly number[]] {
  const heights = grid.draws.map((place) => valueAt(grid, usual, place));
  const mean = heights.reduce((a, b) => a + b, 0) / heights.length;
  const groups = new Map<number, Place[]>();
  grid.draws.forEach((place, k) => {
    const own = Math.min(WIDEST, Math.max(0, Math.round(Math.log2((2 * mean) / heights[k]!))));
    const group = groups.get(own) ?? [];
    groups.set(own, group);
    group.push(place);
  });
  return [[...groups.values()].map((draws) => counted(grid, draws)), [...groups.keys()]];
}

/** Counts, each smoothed by a Gaussian of the width of its class and divided by how much of that lies inside; their sum. */
function smoothed(
  { size, cell }: Grid,
  counts: readonly Float64Array[],
  classes: readonly number[],
  inside: Float64Array,
): readonly number[] {
  const sum = new Array<number>(inside.length).fill(0);
  counts.forEach((own, k) => {
    const width = power(2, classes[k]! / 2) / cell;
    const both = (values: Float64Array): Float64Array =>
      along(along(values, width, size[1], size[0]), width, 1, size[1]);
    const [found, room] = [both(own), both(inside)];
    for (let i = 0; i < sum.length; i++) sum[i]! += found[i]! / Math.max(room[i]!, 0.05);
  });
  return sum;
}

/** Values smoothed along one side of a grid, whose neighbours are a stride apart. */
function along(values: Float64Array, width: number, stride: number, length: number): Float64Array {
  const reach = Math.min(length - 1, Math.ceil(4 * width));
  const kernel = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-square(k / width) / 2));
  const whole = 2 * kernel.reduce((a, b) => a + b, 0) - 1;
  const result = new Float64Array(values.length);
  values.forEach((value, at) => {
    if (value === 0) return;
    const i = Math.floor(at / stride) % length;
    for (let k = Math.max(-i, -reach); k <= Math.min(length - 1 - i, reach); k++) {
      result[at + k * stride]! += (value * kernel[Math.abs(k)]!) / whole;
    }
  });
  return result;
}

/** The pieces of a line inside of a box, which end on its sides. */
function within(line: readonly Place[], box: Box): readonly (readonly Place[])[] {
  const pieces: Place[][] = [];
  let open = false;
  line.slice(1).forEach((to, i) => {
    const from = line[i]!;
    const [first, last] = sharesInside(from, to, box);
    if (first > last) {
      open = false;
      return;
    }
    if (!(open && first === 0)) pieces.push([between(from, to, first)]);
    pieces.at(-1)!.push(between(from, to, last));
    open = last === 1;
  });
  // A closed line that began inside of the box goes on there.
  const [head, tail] = [pieces[0], pieces.at(-1)];
  const isClosed = line.length > 2 && distance(line[0]!, line.at(-1)!) === 0;
  if (isClosed && open && pieces.length > 1 && head !== undefined && distance(head[0]!, line[0]!) === 0) {
    pieces.pop();
    pieces[0] = [...tail!, ...head.slice(1)];
  }
  return pieces;
}

/** The first and the last share of a way that lie inside of a box; in reverse where none do. */
function sharesInside(from: Place, to: Place, box: Box): Place {
  return ([0, 1] as const).reduce<Place>(
    ([first, last], k) => {
      const step = to[k] - from[k];
      const [low, high] = k === 0 ? box.x : box.y;
      if (step === 0) return from[k] >= low && from[k] <= high ? [first, last] : [1, 0];
      const [a, b] = [(low - from[k]) / step, (high - from[k]) / step];
      return [Math.max(first, Math.min(a, b)), Math.min(last, Math.max(a, b))];
    },
    [0, 1],
  );
}

const between = (from: Place, to: Place, share: number): Place =>
  share === 0
    ? from
    : share === 1
      ? to
      : [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
