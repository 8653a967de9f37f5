/** Events that are observed one by one: where they lie, and in which bins. */
import type { Expr } from "../../grammar/syntax.ts";
import { type Declaration, field } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import { listNumbers } from "./lists.ts";
import type { BinnedAxis } from "./response.ts";

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

/** The axes at the events in the place of their bins: one axis of the graph for all of them. */
export function atEvents(
  graph: Graph,
  experiment: string,
  axes: readonly BinnedAxis[],
  events: EventList,
): readonly BinnedAxis[] {
  const axis = graph.axis(`${experiment}_event`, events.values.length, true);
  return axes.map((one, i) => {
    const values = events.values.map((row) => row[i]! * one.factor);
    const value = graph.data(`${experiment}_${one.name}_event`, [axis], { kind: "values", values });
    return { ...one, at: { axis, value, bins: events.bins } };
  });
}

/** The same axes with their bins. */
export function inBins(axes: readonly BinnedAxis[]): readonly BinnedAxis[] {
  return axes.map(({ at, ...axis }) => axis);
}

/** Size of the bin that each event is in, internal units. */
export function binSizes(axes: readonly BinnedAxis[], bins: readonly number[]): readonly number[] {
  return bins.map((bin) => {
    let [rest, size] = [bin, 1];
    for (const { internalEdges: edges, axis } of [...axes].reverse()) {
      const at = rest % axis.size;
      rest = Math.floor(rest / axis.size);
      size *= edges[at + 1]! - edges[at]!;
    }
    return size;
  });
}
