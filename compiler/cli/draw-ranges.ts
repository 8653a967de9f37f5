/** The ranges of parameters in a table of draws: comments above its head, which pictures end curves by. */
import type { ParameterInfo } from "../../runtime/compiled.ts";
import { columnName, numberText } from "../scan/journal.ts";
import type { NamedUnit } from "../scan/plan.ts";
import type { CsvTable } from "./csv-table.ts";

/** A line for each parameter that has an end. */
export function rangeComments(
  drawn: readonly NamedUnit[],
  parameters: readonly Pick<ParameterInfo, "name" | "range">[],
): readonly string[] {
  return drawn.flatMap((one) => {
    const range = parameters.find(({ name }) => name === one.name)?.range;
    if (range === undefined || !range.some(Number.isFinite)) return [];
    return [`# range of ${columnName(one)}: ${range.map(numberText).join(" .. ")}`];
  });
}

/** The range of a column; without ends where the table gives none. */
export function rangeIn({ comments }: CsvTable, column: string): readonly [low: number, high: number] {
  const head = `range of ${column}: `;
  const text = comments.find((one) => one.startsWith(head))?.slice(head.length);
  const [low = Number.NaN, high = Number.NaN] = (text ?? "").split(" .. ").map(Number);
  return [
    Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low,
    Number.isNaN(high) ? Number.POSITIVE_INFINITY : high,
  ];
}
