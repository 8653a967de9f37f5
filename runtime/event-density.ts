/**
 * The density of the events that are expected at a truth, in cells that it hardly changes in: what events are drawn from, and what
 * stands for them in Asimov data.
 */
import { alternativesTo } from "./alternatives.ts";
import type { CompiledAnalysis, ExperimentInfo, Observation } from "./compiled.ts";
import { orUndefined, RuntimeError } from "./errors.ts";
import { type Cell, Cells, concatenated, type DensityAt, type Expectation, volumeOf } from "./event-cells.ts";
import { type EventList, sumOf } from "./events.ts";
import { RandomStream } from "./random.ts";

/** What an experiment expects, event by event. */
export interface EventDensity {
  /** Expected number of events. */
  readonly total: number;
  /**
   * Asimov data: weights at points, which in each bin add up to what it expects. They are as close as the densities at other values
   * of the parameters want it, to which a likelihood compares them.
   */
  readonly asimov: () => EventList;
  /** Events that may come out. */
  readonly drawn: (random: RandomStream) => EventList;
}

/** What the points may miss of the counts of the bins, which are integrals of their own, relative to the number of events. */
const MISSED = 1e-3;
/** What a density may be, in the largest one of the points of a cell and its halves. */
const MARGIN = 1.25;

/** `x` are all parameters. The analysis has places for its events. */
export function eventDensity(analysis: CompiledAnalysis, name: string, x: Float64Array): EventDensity {
  const info = analysis.experiments.find((one) => one.name === name)!;
  const truth = expectationOf(analysis, info, x);
  if (truth === undefined) throw new RangeError(`${name} expects numbers of events that there are not`);
  const { total, densityAt } = truth;
  const fine = new Cells(info, truth).settled();
  requireAll(info, truth, fine);
  let asimov: EventList | undefined;
  let envelope: Envelope | undefined;
  return {
    total,
    asimov: () => {
      if (asimov === undefined) {
        // The same to the last digit, whatever was evaluated before.
        analysis.forget?.();
        const others = alternativesTo(analysis, x).flatMap((one) => expectationOf(analysis, info, one) ?? []);
        asimov = asimovOf(info, truth, new Cells(info, truth, others).settled());
      }
      return asimov;
    },
    drawn: (random) => {
      if (envelope === undefined) {
        const { cells } = fine.flattened();
        envelope = { cells, bounds: exploredBounds(cells, info.axes.length, densityAt), densityAt };
      }
      return drawnFrom(envelope, total, random);
    },
  };
}

/** Undefined where it is no expectation. */
function expectationOf(
  analysis: CompiledAnalysis,
  info: ExperimentInfo,
  x: Float64Array,
): Expectation | undefined {
  const found = orUndefined(() => analysis.totals(x)[info.name]!);
  if (found === undefined) return undefined;
  const counts = Float64Array.from(found);
  const total = sumOf(counts);
  if (!(counts.every((count) => count >= 0) && total < Number.POSITIVE_INFINITY)) return undefined;
  return { counts, total, densityAt: densityOf(analysis, info, x) };
}

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

/** The points of all cells, the masses of each bin scaled to its count. */
function asimovOf({ axes }: ExperimentInfo, { counts }: Expectation, all: Cells): EventList {
  const masses = all.masses();
  const filled = all.cells.filter(({ mass }) => mass > 0);
  const values = axes.map((_, axis) => concatenated(filled.map(({ points }) => points[axis]!)));
  const weights = concatenated(
    filled.map(({ bin, masses: own }) => own.map((mass) => (mass * counts[bin]!) / masses[bin]!)),
  );
  return { values, weights };
}

/** Throws where the cells do not hold the events that are expected. */
function requireAll({ name }: ExperimentInfo, { counts, total }: Expectation, cells: Cells): void {
  const masses = cells.masses();
  const missed = sumOf(counts.map((count, bin) => Math.abs(count - masses[bin]!)));
  if (missed <= MISSED * total) return;
  const share = ((100 * missed) / total).toFixed(1);
  throw new RuntimeError(
    "rough-density",
    `the density of the events of ${name} has too sharp steps or peaks inside of its bins: ${share}% of them are missed`,
  );
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
