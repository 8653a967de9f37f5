/** Toys of the points of a scan: p-values, and the critical values of Feldman and Cousins. */
import { criticalValue, pValueOf } from "../../runtime/toy-summary.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { TableRow, ToyColumns } from "../scan/table.ts";
import type { Pool } from "../scan/threads.ts";
import type { Context } from "./context.ts";
import { withRoomForToys } from "./event-places.ts";
import { type Level, levelsFor } from "./levels.ts";
import { finite } from "./limit-toys.ts";
import type { Choices } from "./options.ts";
import type { Planned } from "./scan-plan.ts";
import type { TableFile } from "./scan-run.ts";
import type { PointToysOutput } from "./schemas/scan.ts";
import type { Spec } from "./spec.ts";
import { type ToyOptions, toysBeside, truthsOf } from "./toy-plan.ts";
import { failedToys, makeToys } from "./toy-run.ts";
import type { WorkOptions } from "./work.ts";

export interface PointToys {
  readonly columns: ToyColumns;
  /** Null at a point without a fit, which no toys can be made of. */
  readonly points: readonly (PointToysOutput | null)[];
  readonly failures: readonly Diagnostic[];
}

interface Options extends Choices, WorkOptions, ToyOptions {
  readonly toys: number;
  readonly level?: readonly Level[];
}

/** Toys of all points that have a fit; `later` when the user asked not to wait for them. */
export async function toysOfPoints(
  context: Context,
  spec: Spec,
  given: Planned,
  rows: readonly TableRow[],
  options: Options,
  table: TableFile | undefined,
  threads: Promise<Pool> | undefined,
): Promise<PointToys | "later"> {
  const fitted = rows.filter(({ converged }) => converged);
  const truths = truthsOf(context, spec, given, fitted, options.nuisances ?? "fitted");
  const planned = withRoomForToys(context, spec, options, given, truths);
  const made = await makeToys(context, planned, truths, options.toys, options, toysBeside(table), threads);
  if (made === undefined) return "later";
  const levels = levelsFor(options.level, planned.compiled.intervals);
  const found = new Map(
    fitted.map((row, i) => [row, pointOf(row, made.sets[i]!.statistics.filter(Number.isFinite), levels)]),
  );
  const failed = new Map(fitted.map((row, i) => [row, made.sets[i]!.failed]));
  const points = rows.map((row) => {
    const point = found.get(row);
    return point === undefined ? null : { ...point, failed: failed.get(row) ?? 0 };
  });
  return { columns: columnsOf(points, levels), points, failures: failedToys(spec, made) };
}

function pointOf(
  { deltaChi2 }: TableRow,
  statistics: readonly number[],
  levels: readonly Level[],
): Omit<PointToysOutput, "failed"> {
  const { value, error } = pValueOf(statistics, deltaChi2);
  return {
    pValue: finite(value),
    pValueError: finite(error),
    critical: levels.map(({ probability }) => {
      const critical = criticalValue(statistics, probability);
      return {
        level: probability,
        value: finite(critical.value),
        low: finite(critical.low),
        high: finite(critical.high),
      };
    }),
  };
}

function columnsOf(points: PointToys["points"], levels: readonly Level[]): ToyColumns {
  const critical = levels.flatMap(({ label }) =>
    ["", "_low", "_high"].map((end) => `critical_${label}${end}`),
  );
  return {
    names: ["p_value", "p_value_error", ...critical, "failed_toys"],
    numbers: points.map((point) => {
      const ends = levels.flatMap((_, i) => {
        const { value = null, low = null, high = null } = point?.critical[i] ?? {};
        return [value, low, high];
      });
      const numbers = [point?.pValue ?? null, point?.pValueError ?? null, ...ends, point?.failed ?? null];
      return numbers.map((number) => number ?? Number.NaN);
    }),
  };
}
