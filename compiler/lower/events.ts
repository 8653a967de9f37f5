/** Events that are observed one by one: where they lie, and in which bins. */
import type { Expr } from "../../grammar/syntax.ts";
import { type Declaration, field } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { DataSource, PlaceOf } from "../rate/node.ts";
import { listNumbers } from "./lists.ts";
import type { BinnedAxis, EventPlaces } from "./response.ts";

export interface EventList {
  /** Observables of each event inside of the bins, in the units and the order of the axes. */
  readonly values: readonly (readonly number[])[];
  /** The bin of each of them, the last axis fastest. */
  readonly bins: readonly number[];
  /** How many lie outside of the bins. */
  readonly outside: number;
}

/** The events of an experiment; undefined when it gives none, or rows of another length. */
export function eventsOf(declaration: Declaration, axes: readonly BinnedAxis[]): EventList | undefined {
  const rows = rowsOf(field(declaration, "events")?.assign?.value);
  if (rows === undefined || rows.some((row) => row.length !== axes.length)) return undefined;
  const found = rows.map((row) => ({ row, bin: binOf(row, axes) }));
  const inside = found.flatMap(({ row, bin }) => (bin === undefined ? [] : [{ row, bin }]));
  return {
    values: inside.map(({ row }) => row),
    bins: inside.map(({ bin }) => bin),
    outside: rows.length - inside.length,
  };
}

/** The numbers of `[[x, y], …]`. */
export function rowsOf(expr: Expr | undefined): readonly (readonly number[])[] | undefined {
  return expr?.kind === "list" ? expr.items.map((item) => listNumbers(item)) : undefined;
}

/** Bins have their lower edge, not the upper one. */
function binOf(row: readonly number[], axes: readonly BinnedAxis[]): number | undefined {
  let at = 0;
  for (const [i, { edges }] of axes.entries()) {
    const value = row[i]!;
    const bin = edges.findIndex(
      (low, k) => low <= value && value < (edges[k + 1] ?? Number.NEGATIVE_INFINITY),
    );
    if (bin < 0) return undefined;
    at = at * (edges.length - 1) + bin;
  }
  return at;
}

/** How many events each bin holds. */
export function countsOf({ bins }: EventList, axes: readonly BinnedAxis[]): readonly number[] {
  const counts = new Array<number>(axes.reduce((product, { axis }) => product * axis.size, 1)).fill(0);
  for (const bin of bins) counts[bin]! += 1;
  return counts;
}

/** Size of the bins together in the observables, internal units. */
export function volumeOf(axes: readonly BinnedAxis[]): number {
  return axes.reduce((product, { internalEdges: edges }) => product * (edges.at(-1)! - edges[0]!), 1);
}

/**
 * The axes at the events in the place of their bins: one axis of the graph for all of them. Where they are `exchanged`, others
 * can be put in their places at run time.
 */
export function atEvents(
  graph: Graph,
  experiment: string,
  axes: readonly BinnedAxis[],
  events: EventList,
  exchanged: boolean,
): readonly BinnedAxis[] {
  const axis = graph.axis(`${experiment}_event`, events.values.length, true);
  const own = { axis, bins: events.bins, ...(exchanged ? { exchanged: experiment } : {}) };
  return axes.map((one, i) => {
    const { factor, internalEdges: edges } = one;
    const values = events.values.map((row) => row[i]! * factor);
    const range = [edges[0]!, edges.at(-1)!] as const;
    const of: PlaceOf = { what: "observable", axis: i, factor, range };
    const value = graph.data(`${experiment}_${one.name}_event`, [axis], sourceAt(own, values, of));
    return { ...one, at: { ...own, value } };
  });
}

/** Something that is known of each event: for ever, or of those that are put in. */
export function sourceAt(
  { exchanged: experiment }: Pick<EventPlaces, "exchanged">,
  values: readonly number[],
  of: PlaceOf,
): DataSource {
  return experiment === undefined ? { kind: "values", values } : { kind: "places", values, experiment, of };
}

/**
 * So many events that stand for those that are put in later: all over the bins, as many of them in each, in the sequence of
 * multiples of irrational numbers.
 */
export function standIns(axes: readonly BinnedAxis[], count: number): EventList {
  const steps = axes.map((_, i) => Math.sqrt(irrational[i % irrational.length]!) % 1);
  const values = Array.from({ length: count }, (_, k) =>
    axes.map(({ edges }, i) => {
      const at = ((0.5 + (k + 1) * steps[i]!) % 1) * (edges.length - 1);
      const bin = Math.floor(at);
      return edges[bin]! + (at - bin) * (edges[bin + 1]! - edges[bin]!);
    }),
  );
  return { values, bins: values.map((row) => binOf(row, axes) ?? 0), outside: 0 };
}

/** Their roots are. */
const irrational = [2, 3, 5, 7, 11, 13] as const;

/** The same axes with their bins. */
export function inBins(axes: readonly BinnedAxis[]): readonly BinnedAxis[] {
  return axes.map(({ at, ...axis }) => axis);
}

/** Sizes of all bins, internal units, the last axis fastest. */
export function binSizes(axes: readonly BinnedAxis[]): readonly number[] {
  return axes.reduce<readonly number[]>(
    (sizes, { internalEdges: edges }) =>
      sizes.flatMap((size) => edges.slice(1).map((edge, i) => size * (edge - edges[i]!))),
    [1],
  );
}
