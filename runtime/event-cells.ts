/** The bins of an experiment, cut into cells in which the densities of its events hardly change. */
import type { ExperimentInfo } from "./compiled.ts";
import { sumOf } from "./events.ts";
import { largestOf, smallestOf } from "./extremes.ts";
import { panels } from "./panels.ts";

/** Expected events per unit of the observables at some places. */
export type DensityAt = (values: readonly Float64Array[]) => Float64Array;

/** What is expected at some values of the parameters. */
export interface Expectation {
  /** By bin; integrals of their own. */
  readonly counts: Float64Array;
  readonly total: number;
  readonly densityAt: DensityAt;
}

/** A part of a bin. */
export interface Box {
  readonly bin: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A box with the density at the points of a quadrature rule. */
interface Sampled extends Box {
  /** By observable. */
  readonly points: readonly Float64Array[];
  /** Expected events that each point stands for. */
  readonly masses: Float64Array;
  readonly mass: number;
  readonly largest: number;
  /** Expected events by the alternatives. */
  readonly others: readonly number[];
}

/** The same with its halves in the direction of each observable. */
export interface Cell extends Sampled {
  readonly halves: readonly (readonly [Sampled, Sampled])[];
  /** By observable, what its halves change of the mass, or of one by an alternative on the scale of its own. */
  readonly changes: readonly number[];
  /** The largest change, and how much more mass there would be with the largest density all over. */
  readonly error: number;
  readonly bulk: number;
}

/** Gauss-Legendre points in a cell, in the direction of each observable. */
const POINTS: readonly number[] = [5, 4, 3, 2];
/** What halves may change of all masses together, relative to the number of events. */
const TOLERANCE = 1e-4;
/** What events are drawn from is made finer until the largest densities of the cells are together less than so many times the density. */
const BULK = 1.5;
const MOST_POINTS = 12_000;
const ROUNDS = 60;

/** The cells of a truth, and of the alternatives to it that a likelihood compares it with. */
export class Cells {
  readonly cells: readonly Cell[];
  readonly #info: ExperimentInfo;
  readonly #truth: Expectation;
  readonly #alternatives: readonly Expectation[];

  constructor(
    info: ExperimentInfo,
    truth: Expectation,
    alternatives: readonly Expectation[] = [],
    cells?: readonly Cell[],
  ) {
    this.#info = info;
    this.#truth = truth;
    this.#alternatives = alternatives.filter(({ total }) => total > 0);
    this.cells = cells ?? this.#withHalves(this.#sampled(boxesOf(info)));
  }

  /** Cut until the integrals stay, and are the counts of the bins. */
  settled(): Cells {
    return this.#refined(
      (cells) => {
        const missing = this.#missing(cells);
        return cells.map(({ error }, i) => error + missing[i]!);
      },
      TOLERANCE,
      ({ changes }) => changes.indexOf(largestOf(changes)),
    );
  }

  /** Cut until no density is much below the largest one of its cell. */
  flattened(): Cells {
    return this.#refined(
      (cells) => cells.map(({ bulk }) => bulk),
      BULK - 1,
      ({ halves }) => {
        const heights = halves.map(([left, right]) => left.largest + right.largest);
        return heights.indexOf(smallestOf(heights));
      },
    );
  }

  /** By bin, the events that the cells hold. */
  masses(): Float64Array {
    const masses = new Float64Array(this.#truth.counts.length);
    for (const { bin, mass } of this.cells) masses[bin]! += mass;
    return masses;
  }

  /** The cells with most of something cut in halves until all have less than so much of the number of events together. */
  #refined(
    sizesOf: (cells: readonly Cell[]) => readonly number[],
    least: number,
    axisOf: (cell: Cell) => number,
  ): Cells {
    const { total } = this.#truth;
    let all = this.cells;
    for (let round = 0; round < ROUNDS && total > 0; round++) {
      const sizes = sizesOf(all);
      if (sumOf(sizes) <= least * total) break;
      const share = (least * total) / (2 * all.length);
      const cut = all.filter((_, i) => sizes[i]! > share);
      if ((all.length + cut.length) * all[0]!.masses.length > MOST_POINTS) break;
      const kept = all.filter((_, i) => sizes[i]! <= share);
      all = [...kept, ...this.#withHalves(cut.flatMap((cell) => cell.halves[axisOf(cell)]!))];
    }
    return new Cells(this.#info, this.#truth, this.#alternatives, all);
  }

  /** By cell, its share of what the cells of its bin miss of the count, by the truth or the worst alternative. */
  #missing(cells: readonly Cell[]): readonly number[] {
    const { counts, total } = this.#truth;
    const bins = new Int32Array(counts.length);
    for (const { bin } of cells) bins[bin]! += 1;
    const worst = new Float64Array(counts.length);
    const compare = (expected: Expectation, massOf: (cell: Cell) => number): void => {
      const masses = new Float64Array(counts.length);
      for (const cell of cells) masses[cell.bin]! += massOf(cell);
      for (const [bin, mass] of masses.entries()) {
        const missed = (Math.abs(expected.counts[bin]! - mass) * total) / expected.total;
        // Less is what the quadratures of the counts are off by.
        if (missed > (TOLERANCE / 10) * total) worst[bin] = Math.max(worst[bin]!, missed);
      }
    };
    compare(this.#truth, ({ mass }) => mass);
    for (const [k, one] of this.#alternatives.entries()) compare(one, ({ others }) => others[k]!);
    return cells.map(({ bin }) => worst[bin]! / bins[bin]!);
  }

  /** The densities at the points of boxes, all of them at once. */
  #sampled(boxes: readonly Box[]): readonly Sampled[] {
    const observables = this.#info.axes.length;
    const order = POINTS[Math.min(observables, POINTS.length) - 1]!;
    const rules = boxes.map(({ low, high }) => low.map((from, i) => panels([[from, high[i]!]], order)));
    /** Points before that of an observable moves, the last one fastest. */
    const strides = Array.from({ length: observables }, (_, axis) =>
      wholePower(order, observables - 1 - axis),
    );
    const size = wholePower(order, observables);
    const indexOf = (point: number, axis: number): number => Math.floor(point / strides[axis]!) % order;
    const places = boxes.map((_, box) =>
      rules[box]!.map(({ nodes }, axis) =>
        Float64Array.from({ length: size }, (_, point) => nodes[indexOf(point, axis)]!),
      ),
    );
    const joined = this.#info.axes.map((_, axis) => concatenated(places.map((own) => own[axis]!)));
    const densities = this.#truth.densityAt(joined);
    const others = this.#alternatives.map((one) => one.densityAt(joined));
    return boxes.map((box, b) => {
      const positive = (all: Float64Array): Float64Array =>
        all.slice(b * size, (b + 1) * size).map((one) => Math.max(0, one));
      const massesOf = (own: Float64Array): Float64Array =>
        own.map((density, point) =>
          rules[b]!.reduce((product, { weights }, axis) => product * weights[indexOf(point, axis)]!, density),
        );
      const own = positive(densities);
      const masses = massesOf(own);
      return {
        ...box,
        points: places[b]!,
        masses,
        mass: sumOf(masses),
        largest: largestOf(own),
        others: others.map((all) => sumOf(massesOf(positive(all)))),
      };
    });
  }

  #withHalves(boxes: readonly Sampled[]): readonly Cell[] {
    const parts = boxes.flatMap(({ bin, low, high }) =>
      low.flatMap((from, axis): readonly Box[] => {
        const middle = (from + high[axis]!) / 2;
        return [
          { bin, low, high: high.with(axis, middle) },
          { bin, low: low.with(axis, middle), high },
        ];
      }),
    );
    const all = this.#sampled(parts);
    return boxes.map((box, b) => {
      const first = 2 * b * box.low.length;
      const halves = box.low.map((_, axis) => [all[first + 2 * axis]!, all[first + 2 * axis + 1]!] as const);
      const changes = halves.map((pair) => this.#change(box, pair));
      const largest = Math.max(box.largest, ...halves.flat().map((half) => half.largest));
      return {
        ...box,
        halves,
        changes,
        error: largestOf(changes),
        largest,
        bulk: largest * volumeOf(box) - box.mass,
      };
    });
  }

  /** What halves change of the mass of a box, or of one by an alternative on the scale of its own. */
  #change(box: Sampled, [left, right]: readonly [Sampled, Sampled]): number {
    const { total } = this.#truth;
    const others = this.#alternatives.map(
      (one, k) => (Math.abs(left.others[k]! + right.others[k]! - box.others[k]!) * total) / one.total,
    );
    return largestOf(others, Math.abs(left.mass + right.mass - box.mass));
  }
}

function boxesOf({ axes }: ExperimentInfo): readonly Box[] {
  return axes
    .reduce<readonly Omit<Box, "bin">[]>(
      (boxes, { edges }) =>
        boxes.flatMap(({ low, high }) =>
          edges.slice(1).map((edge, i) => ({ low: [...low, edges[i]!], high: [...high, edge] })),
        ),
      [{ low: [], high: [] }],
    )
    .map((box, bin) => ({ bin, ...box }));
}

function wholePower(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

export function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function volumeOf({ low, high }: Box): number {
  return low.reduce((product, from, axis) => product * (high[axis]! - from), 1);
}
