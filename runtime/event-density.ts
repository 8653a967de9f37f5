/**
 * The density of the events that are expected at a truth, in cells that it hardly changes in: what events are drawn from, and what
 * stands for them in Asimov data.
 */
import type { CompiledAnalysis, ExperimentInfo, Observation } from "./compiled.ts";
import { RuntimeError } from "./errors.ts";
import { type EventList, sumOf } from "./events.ts";
import { panels } from "./panels.ts";
import { RandomStream } from "./random.ts";

/** A part of a bin. */
interface Box {
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
}

/** The same with its halves in the direction of each observable. */
interface Cell extends Sampled {
  readonly halves: readonly (readonly [Sampled, Sampled])[];
  /** The most that halves in one direction change of its mass, and how much more it would have with the largest density in it all over. */
  readonly error: number;
  readonly bulk: number;
}

/** What an experiment expects, event by event. */
export interface EventDensity {
  /** Expected number of events. */
  readonly total: number;
  /** Asimov data: weights at points, which in each bin add up to what it expects. */
  readonly asimov: EventList;
  /** Events that may come out. */
  readonly drawn: (random: RandomStream) => EventList;
}

/** Gauss-Legendre points in a cell, in the direction of each observable. */
const POINTS: readonly number[] = [5, 4, 3, 2];
/** What halves may change of all masses together, relative to the number of events. */
const TOLERANCE = 1e-4;
/** What the points may miss of the counts of the bins, which are integrals of their own, relative to the number of events. */
const MISSED = 1e-3;
/** What events are drawn from is made finer until the largest densities of the cells are together less than so many times the density. */
const BULK = 1.5;
const MOST_POINTS = 12_000;
const ROUNDS = 60;
/** What a density may be, in the largest one of the points of a cell and its halves. */
const MARGIN = 1.25;

/** `x` are all parameters. The analysis has places for its events. */
export function eventDensity(analysis: CompiledAnalysis, name: string, x: Float64Array): EventDensity {
  const info = analysis.experiments.find((one) => one.name === name)!;
  const counts = Float64Array.from(analysis.totals(x)[name]!);
  const total = sumOf(counts);
  if (!(counts.every((count) => count >= 0) && total < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} expects numbers of events that there are not`);
  }
  const densityAt = densityOf(analysis, info, x);
  const order = POINTS[Math.min(info.axes.length, POINTS.length) - 1]!;
  const sample = (boxes: readonly Box[]): readonly Sampled[] => sampled(boxes, order, densityAt);
  const bins = withHalves(sample(boxesOf(info)), sample);
  const fine = refined(bins, sample, total, { of: "error", least: TOLERANCE });
  const asimov = asimovOf(info, fine, counts);
  let envelope: Envelope | undefined;
  const drawn = (random: RandomStream): EventList => {
    if (envelope === undefined) {
      const cells = refined(fine, sample, total, { of: "bulk", least: BULK - 1 });
      envelope = { cells, bounds: exploredBounds(cells, info.axes.length, densityAt), densityAt };
    }
    return drawnFrom(envelope, total, random);
  };
  return { total, asimov, drawn };
}

/** Expected events per unit of the observables at some places. */
type DensityAt = (values: readonly Float64Array[]) => Float64Array;

function densityOf(analysis: CompiledAnalysis, info: ExperimentInfo, x: Float64Array): DensityAt {
  const { name, axes, places = 0 } = info;
  const volume = axes.reduce((product, { edges }) => product * (edges.at(-1)! - edges[0]!), 1);
  const of = (values: readonly Float64Array[]): Float64Array => {
    const weights = new Float64Array(values[0]!.length).fill(1);
    const data = analysis.experiments.map((one): Observation => {
      const events = one === info ? { values, weights } : undefined;
      return { counts: new Float64Array(one.bins), sigma: undefined, events };
    });
    const { density } = analysis.likelihoodInputs!(x, data)[name]!;
    return density!.slice(0, weights.length).map((one) => (one * weights.length) / volume);
  };
  return (values) => {
    const count = values[0]!.length;
    const found = new Float64Array(count);
    for (let from = 0; from < count; from += places) {
      found.set(of(values.map((column) => column.slice(from, from + places))), from);
    }
    return found;
  };
}

/** The cells, those with most of something cut in halves until all have less than so much of the number of events together. */
function refined(
  cells: readonly Cell[],
  sample: (boxes: readonly Box[]) => readonly Sampled[],
  total: number,
  { of, least }: { readonly of: "error" | "bulk"; readonly least: number },
): readonly Cell[] {
  let all = cells;
  for (let round = 0; round < ROUNDS && total > 0; round++) {
    if (sumOf(all.map((cell) => cell[of])) <= least * total) break;
    const share = (least * total) / (2 * all.length);
    const cut = all.filter((cell) => cell[of] > share);
    if ((all.length + cut.length) * all[0]!.masses.length > MOST_POINTS) break;
    const kept = all.filter((cell) => cell[of] <= share);
    all = [
      ...kept,
      ...withHalves(
        cut.flatMap((cell) => bestHalves(cell, of)),
        sample,
      ),
    ];
  }
  return all;
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

/** The density at the points of boxes, all of them at once. */
function sampled(boxes: readonly Box[], order: number, densityAt: DensityAt): readonly Sampled[] {
  const rules = boxes.map(({ low, high }) => low.map((from, i) => panels([[from, high[i]!]], order)));
  const observables = boxes[0]?.low.length ?? 0;
  /** Points before that of an observable moves, the last one fastest. */
  const strides = Array.from({ length: observables }, (_, axis) => wholePower(order, observables - 1 - axis));
  const size = wholePower(order, observables);
  const indexOf = (point: number, axis: number): number => Math.floor(point / strides[axis]!) % order;
  const places = boxes.map((_, box) =>
    rules[box]!.map(({ nodes }, axis) =>
      Float64Array.from({ length: size }, (_, point) => nodes[indexOf(point, axis)]!),
    ),
  );
  const joined = (boxes[0]?.low ?? []).map((_, axis) => concatenated(places.map((own) => own[axis]!)));
  const densities = densityAt(joined);
  return boxes.map((box, b) => {
    const own = densities.slice(b * size, (b + 1) * size).map((one) => Math.max(0, one));
    const masses = own.map((density, point) =>
      rules[b]!.reduce((product, { weights }, axis) => product * weights[indexOf(point, axis)]!, density),
    );
    return { ...box, points: places[b]!, masses, mass: sumOf(masses), largest: Math.max(...own) };
  });
}

function wholePower(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function withHalves(
  boxes: readonly Sampled[],
  sample: (boxes: readonly Box[]) => readonly Sampled[],
): readonly Cell[] {
  const parts = boxes.flatMap(({ bin, low, high }) =>
    low.flatMap((from, axis): readonly Box[] => {
      const middle = (from + high[axis]!) / 2;
      return [
        { bin, low, high: high.with(axis, middle) },
        { bin, low: low.with(axis, middle), high },
      ];
    }),
  );
  const all = sample(parts);
  return boxes.map((box, b) => {
    const first = 2 * b * box.low.length;
    const halves = box.low.map((_, axis) => [all[first + 2 * axis]!, all[first + 2 * axis + 1]!] as const);
    const error = Math.max(...halves.map((pair) => changeOf(box, pair)));
    const largest = Math.max(box.largest, ...halves.flat().map((half) => half.largest));
    return { ...box, halves, error, largest, bulk: largest * volumeOf(box) - box.mass };
  });
}

function changeOf({ mass }: Sampled, [left, right]: readonly [Sampled, Sampled]): number {
  return Math.abs(left.mass + right.mass - mass);
}

/** In the direction where the halves change most, or where their largest densities are least. */
function bestHalves(cell: Cell, of: "error" | "bulk"): readonly Sampled[] {
  const heights = cell.halves.map(([left, right]) => left.largest + right.largest);
  const changes = cell.halves.map((pair) => changeOf(cell, pair));
  const axis = of === "error" ? changes.indexOf(cell.error) : heights.indexOf(Math.min(...heights));
  return cell.halves[axis]!;
}

function volumeOf({ low, high }: Box): number {
  return low.reduce((product, from, axis) => product * (high[axis]! - from), 1);
}

/** The points of all cells, the masses of each bin scaled to its count. */
function asimovOf({ name, axes }: ExperimentInfo, cells: readonly Cell[], counts: Float64Array): EventList {
  const masses = new Float64Array(counts.length);
  for (const { bin, mass } of cells) masses[bin]! += mass;
  const missed = sumOf(counts.map((count, bin) => Math.abs(count - masses[bin]!)));
  if (!(missed <= MISSED * sumOf(counts))) {
    const share = ((100 * missed) / sumOf(counts)).toFixed(1);
    const reason = `${share}% of them are missed`;
    throw new RuntimeError(
      "rough-density",
      `the density of the events of ${name} has too sharp steps or peaks inside of its bins: ${reason}`,
    );
  }
  const filled = cells.filter(({ mass }) => mass > 0);
  const values = axes.map((_, axis) => concatenated(filled.map(({ points }) => points[axis]!)));
  const weights = concatenated(
    filled.map(({ bin, masses: own }) => own.map((mass) => (mass * counts[bin]!) / masses[bin]!)),
  );
  return { values, weights };
}

/** What places are proposed and kept by. */
interface Envelope {
  readonly cells: readonly Cell[];
  /** What the density is at most, by cell. */
  readonly bounds: Float64Array;
  readonly densityAt: DensityAt;
}

/** Places that are proposed at first, to raise the bounds that the points of the rules set too low; always the same ones. */
const EXPLORED = 20_000;

function exploredBounds(cells: readonly Cell[], observables: number, densityAt: DensityAt): Float64Array {
  const bounds = Float64Array.from(cells, ({ largest }) => MARGIN * largest);
  const { chosen, places } = proposals(cells, bounds, observables, EXPLORED, new RandomStream(0, [0, 0]));
  densityAt(places).forEach((density, i) => {
    const cell = chosen[i]!;
    if (density > bounds[cell]!) bounds[cell] = MARGIN * density;
  });
  return bounds;
}

/**
 * A Poisson number of places by rejection: a cell by the bound of its density times its volume, a place in it, kept by
 * the density there. The density at every place is compared with the bound; when it is more, all are drawn anew under a
 * higher one. What comes out has exactly the density at all places but those beyond a bound that none met.
 */
function drawnFrom(envelope: Envelope, total: number, random: RandomStream): EventList {
  const count = random.poisson(total);
  const bounds = Float64Array.from(envelope.bounds);
  for (;;) {
    const values = placesFrom({ ...envelope, bounds }, count, random);
    if (values !== undefined) return { values, weights: new Float64Array(count).fill(1) };
  }
}

/** Undefined after a bound was raised. */
function placesFrom(
  { cells, bounds, densityAt }: Envelope,
  count: number,
  random: RandomStream,
): readonly Float64Array[] | undefined {
  const values = cells[0]!.low.map(() => new Float64Array(count));
  for (let filled = 0; filled < count; ) {
    const wanted = Math.ceil(2 * (count - filled)) + 16;
    const { chosen, places } = proposals(cells, bounds, values.length, wanted, random);
    const densities = densityAt(places);
    for (let i = 0; i < wanted; i++) {
      const [cell, density] = [chosen[i]!, densities[i]!];
      if (density > bounds[cell]!) {
        bounds[cell] = MARGIN * density;
        return undefined;
      }
      if (random.uniform() * bounds[cell]! >= density || filled === count) continue;
      for (const [axis, column] of values.entries()) column[filled] = places[axis]![i]!;
      filled++;
    }
  }
  return values;
}

/** Places spread evenly under the bounds, with their cells. */
function proposals(
  cells: readonly Cell[],
  bounds: Float64Array,
  observables: number,
  count: number,
  random: RandomStream,
): { readonly chosen: Int32Array; readonly places: readonly Float64Array[] } {
  const cumulative = new Float64Array(cells.length);
  let sum = 0;
  cells.forEach((cell, i) => {
    sum += bounds[i]! * volumeOf(cell);
    cumulative[i] = sum;
  });
  const chosen = Int32Array.from({ length: count }, () => firstAbove(cumulative, random.uniform() * sum));
  const places = Array.from({ length: observables }, (_, axis) =>
    Float64Array.from(chosen, (cell) => {
      const [low, high] = [cells[cell]!.low[axis]!, cells[cell]!.high[axis]!];
      return low + (high - low) * random.uniform();
    }),
  );
  return { chosen, places };
}

/** The first of rising numbers that is above another. */
function firstAbove(rising: Float64Array, wanted: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
