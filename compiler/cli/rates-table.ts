/** Counts of experiments as tables for people and as CSV. */
import type { AxisJson, CountsJson, ExperimentRates } from "./schemas/rates.ts";
import { brief, type Column, figures, printTable } from "./tables.ts";

/** A column of counts: a component or a part of one, the total, the data. */
interface CountColumn extends CountsJson {
  readonly name: string;
}

/** One line per bin, and the sums. */
export function ratesTable(experiment: ExperimentRates, split: boolean, color: boolean): string {
  const { axes } = experiment;
  const counts = columnsOf(experiment, split);
  const bins = experiment.total.counts.length;
  const texts = counts.map((column) => figures([...column.counts, column.total], column.counts));
  const columns: Column[] = [
    ...axes.map(({ name, unit }) => ({ title: unit === "" ? name : `${name} [${unit}]` })),
    ...counts.map(({ name }): Column => ({ title: name, align: "right" })),
  ];
  const rows = Array.from({ length: bins }, (_, bin) => [
    ...axes.map((axis, index) => rangeText(axis, binOf(axes, index, bin))),
    ...texts.map((column) => column[bin]!),
  ]);
  const total = [
    ...axes.map((_, index) => (index === 0 ? "all" : "")),
    ...texts.map((column) => column[bins]!),
  ];
  return printTable(columns, rows, { color, ...(axes.length === 0 ? {} : { total }) });
}

/** One line per bin of each experiment; experiments share the columns that they both have. */
export function csvRows(
  experiments: readonly ExperimentRates[],
  split: boolean,
): readonly (readonly (string | number)[])[] {
  const records = experiments.flatMap((experiment) => csvRecords(experiment, split));
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))];
  const ordered = [...names.filter((name) => !isLast(name)), ...names.filter(isLast)];
  return [ordered, ...records.map((record) => ordered.map((name) => record.get(name) ?? ""))];
}

const isLast = (name: string): boolean => name === "total" || name === "data";

function csvRecords(
  experiment: ExperimentRates,
  split: boolean,
): readonly ReadonlyMap<string, string | number>[] {
  const { name, analysis, axes, total } = experiment;
  const counts = columnsOf(experiment, split);
  return total.counts.map((_, bin) => {
    const record = new Map<string, string | number>([["experiment", name]]);
    if (analysis !== null) record.set("analysis", analysis);
    axes.forEach((axis, index) => {
      const at = binOf(axes, index, bin);
      const unit = /^\w+$/.test(axis.unit) ? `_${axis.unit}` : "";
      record.set(`${axis.name}_lo${unit}`, axis.edges[at]!);
      record.set(`${axis.name}_hi${unit}`, axis.edges[at + 1]!);
    });
    for (const column of counts) record.set(column.name, column.counts[bin]!);
    return record;
  });
}

function columnsOf({ components, total, data }: ExperimentRates, split: boolean): readonly CountColumn[] {
  const parts = Object.entries(components).flatMap(([name, component]): readonly CountColumn[] => {
    const channels = split ? Object.entries(component.channels ?? {}) : [];
    return [
      ...channels.map(([channel, counts]) => ({ name: `${name}/${channel}`, ...counts })),
      { name, ...component },
    ];
  });
  const sum = data?.reduce((all, value) => all + value, 0) ?? 0;
  const observed = data === null ? [] : [{ name: "data", total: sum, counts: data }];
  return [...parts, { name: "total", ...total }, ...observed];
}

/** Bin along one axis of a flat index; the last axis is fastest. */
function binOf(axes: readonly AxisJson[], index: number, bin: number): number {
  const inner = axes.slice(index + 1).reduce((product, { edges }) => product * (edges.length - 1), 1);
  return Math.floor(bin / inner) % (axes[index]!.edges.length - 1);
}

function rangeText({ edges }: AxisJson, bin: number): string {
  return `${brief(edges[bin]!)} .. ${brief(edges[bin + 1]!)}`;
}
