/** Counts by bin and sample, as tables for any program. */
import type { AxisInfo } from "../../runtime/compiled.ts";
import { type BinnedModel, type ModelChannel, templateErrors } from "./binned-model.ts";

export interface TableSample {
  readonly name: string;
  readonly kind: "signal" | "background";
  /** Flattened, the last axis fastest. */
  readonly counts: readonly number[];
  /** Standard deviations from limited statistics of the template; null where it has none. */
  readonly errors: readonly number[] | null;
}

/** One experiment of one analysis, at the values where the model stands. */
export interface CountTable {
  /** Null for an experiment of a file without analyses. */
  readonly analysis: string | null;
  readonly experiment: string;
  readonly likelihood: string;
  readonly axes: readonly AxisInfo[];
  readonly samples: readonly TableSample[];
  readonly total: readonly number[];
  /** Standard deviations of the total from limited statistics of templates; null where there are none. */
  readonly totalErrors: readonly number[] | null;
  /** Null for a projection. */
  readonly data: readonly number[] | null;
  /** Standard deviations of the data; null where they are those of Poisson counts. */
  readonly errors: readonly number[] | null;
}

/** Counts of every channel where the model stands. */
export function countTables(model: BinnedModel): readonly CountTable[] {
  return model.channels.map((channel) => tableOf(model, channel));
}

function tableOf(model: BinnedModel, channel: ModelChannel): CountTable {
  const { name, axes, likelihood, components, over, total, observed, isMeasured, errors } = channel;
  const spread = (of: Pick<ModelChannel, "variance">): readonly number[] | null => {
    const found = templateErrors(model, channel, of);
    return found === undefined ? null : Array.from(found);
  };
  return {
    analysis: model.kind === "analysis" ? model.name : null,
    experiment: name,
    likelihood,
    axes,
    samples: components.map((component) => ({
      name: component.name,
      kind: component.kind,
      counts: Array.from(model.evaluate(component.total, over)),
      errors: spread(component),
    })),
    total: Array.from(model.evaluate(total, over)),
    totalErrors: spread(channel),
    data: isMeasured ? Array.from(observed) : null,
    errors: isMeasured && errors !== undefined ? Array.from(errors) : null,
  };
}

/** A column of a long table; null where a row has none. */
export type Column =
  | { readonly name: string; readonly type: "text"; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly type: "integer"; readonly values: readonly number[] }
  | { readonly name: string; readonly type: "number"; readonly values: readonly (number | null)[] };

interface Row {
  readonly table: CountTable;
  readonly bin: number;
  readonly sample: string;
  readonly kind: "signal" | "background" | "total" | "data";
  readonly counts: number;
  readonly error: number | null;
}

/** One row for each bin and sample, with `total` and `data` as samples; experiments share the columns that both have. */
export function longTable(tables: readonly CountTable[]): readonly Column[] {
  const rows = tables.flatMap(rowsOf);
  const text = (name: string, of: (row: Row) => string | null): Column => ({
    name,
    type: "text",
    values: rows.map(of),
  });
  const edges = [
    ...new Map(tables.flatMap(({ axes }) => axes.map((axis) => [edgeName(axis, "lo"), axis] as const))),
  ];
  return [
    text("analysis", ({ table }) => table.analysis),
    text("experiment", ({ table }) => table.experiment),
    { name: "bin", type: "integer", values: rows.map(({ bin }) => bin + 1) },
    ...edges.flatMap(([, axis]) =>
      (["lo", "hi"] as const).map((end): Column => {
        const name = edgeName(axis, end);
        return { name, type: "number", values: rows.map(({ table, bin }) => edgeOf(table, bin, name, end)) };
      }),
    ),
    text("sample", ({ sample }) => sample),
    text("kind", ({ kind }) => kind),
    { name: "counts", type: "number", values: rows.map(({ counts }) => counts) },
    { name: "error", type: "number", values: rows.map(({ error }) => error) },
  ];
}

function rowsOf(table: CountTable): readonly Row[] {
  const { samples, total, totalErrors, data, errors } = table;
  return total.flatMap((sum, bin): readonly Row[] => [
    ...samples.map(
      ({ name, kind, counts, errors: own }): Row => ({
        table,
        bin,
        sample: name,
        kind,
        counts: counts[bin]!,
        error: own?.[bin] ?? null,
      }),
    ),
    { table, bin, sample: "total", kind: "total", counts: sum, error: totalErrors?.[bin] ?? null },
    ...(data === null
      ? []
      : [
          {
            table,
            bin,
            sample: "data",
            kind: "data",
            counts: data[bin]!,
            error: errors?.[bin] ?? null,
          } as const,
        ]),
  ]);
}

/** `pe_lo_PE`: the unit is in the name where it is a word. */
function edgeName({ name, unit }: AxisInfo, end: "lo" | "hi"): string {
  return /^\w+$/.test(unit) ? `${name}_${end}_${unit}` : `${name}_${end}`;
}

function edgeOf({ axes }: CountTable, bin: number, column: string, end: "lo" | "hi"): number | null {
  const index = axes.findIndex((axis) => edgeName(axis, end) === column);
  const axis = axes[index];
  return axis === undefined ? null : axis.edges[binAlong(axes, index, bin) + (end === "lo" ? 0 : 1)]!;
}

/** Bin along one axis of a flat index; the last axis is fastest. */
export function binAlong(axes: readonly AxisInfo[], index: number, bin: number): number {
  const inner = axes.slice(index + 1).reduce((product, { edges }) => product * (edges.length - 1), 1);
  return Math.floor(bin / inner) % (axes[index]!.edges.length - 1);
}
