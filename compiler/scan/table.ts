/** The finished table: a row per point, in the order of the grid, with the rise above the smallest χ². */
import { pointValues } from "../../runtime/scan.ts";
import { columnName, numberText } from "./journal.ts";
import type { ScanPlan } from "./plan.ts";
import type { Results } from "./results.ts";

/** A point of the finished table. */
export interface TableRow {
  /** Values of the grid's parameters. */
  readonly at: readonly number[];
  readonly chi2: number;
  readonly deltaChi2: number;
  readonly profiled: readonly number[];
  readonly converged: boolean;
}

/** The smallest χ² known: of the best fit, or of a point that is lower. NaN when there is none at all. */
export function smallestChi2({ start }: ScanPlan, points: Iterable<{ readonly chi2: number }>): number {
  let smallest = start.chi2 ?? Number.NaN;
  for (const { chi2 } of points) if (chi2 < smallest || Number.isNaN(smallest)) smallest = chi2;
  return smallest;
}

export function tableRows(plan: ScanPlan, results: Results): readonly TableRow[] {
  const points = results.all().map(({ point, numbers: [chi2 = Number.NaN, ...values], converged }) => {
    return { point, chi2, values, converged };
  });
  const smallest = smallestChi2(plan, points);
  return points.map(({ point, chi2, values, converged }) => {
    const at = pointValues(plan.identity.grid, point);
    return { at, chi2, deltaChi2: chi2 - smallest, profiled: values, converged };
  });
}

/** Columns of what toys say about the points, behind delta_chi2. */
export interface ToyColumns {
  readonly names: readonly string[];
  /** By row of the table. */
  readonly numbers: readonly (readonly number[])[];
}

const noToys: ToyColumns = { names: [], numbers: [] };

/** As CSV: the grid's parameters, chi2, delta_chi2, what toys say, the profiled parameters, converged. */
export function csvTable(plan: ScanPlan, rows: readonly TableRow[], toys: ToyColumns = noToys): string {
  const head = [
    ...plan.identity.grid.map(({ parameter }, i) =>
      columnName({ name: parameter, unit: plan.units[i] ?? "" }),
    ),
    "chi2",
    "delta_chi2",
    ...toys.names,
    ...plan.profiled.map(columnName),
    "converged",
  ].join(",");
  const lines = rows.map(({ at, chi2, deltaChi2, profiled, converged }, i) => {
    const numbers = [...at, chi2, deltaChi2, ...(toys.numbers[i] ?? []), ...profiled].map(numberText);
    return `${numbers.join(",")},${converged}`;
  });
  return `${[head, ...lines].join("\n")}\n`;
}
