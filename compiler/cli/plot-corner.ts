/** Corner pictures of the draws that `sevens sample --data` wrote. */
import { type CornerInput, cornerCsv, cornerFigure } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type CsvTable, columnAt, columnName, numbersAt } from "./csv-table.ts";
import { rangeIn } from "./draw-ranges.ts";
import { wrongUsage } from "./exit.ts";
import type { Level } from "./levels.ts";
import { checkTexts, type Drawable } from "./plot-files.ts";

export interface CornerOptions {
  readonly parameter?: readonly string[];
  readonly level?: readonly Level[];
  readonly title?: string;
}

const first = ["chain", "draw", "chi2", "steps", "acceptance"];
const usualLevels: readonly Level[] = [
  { label: "68.27%", probability: 0.6827 },
  { label: "95.45%", probability: 0.9545 },
];
const mostParameters = 12;

export function areDraws({ columns }: CsvTable): boolean {
  return first.every((name, i) => columns[i] === name) && columns.at(-1) === "divergent";
}

/** The picture of one table of draws. */
export function cornerPicture(
  context: Context,
  tables: readonly CsvTable[],
  { parameter, level = usualLevels, title }: CornerOptions,
): Drawable {
  const [table, second] = tables;
  if (table === undefined || second !== undefined) {
    throw wrongUsage(context.line, second?.file ?? "--corner", "a corner picture is of one table");
  }
  if (!areDraws(table)) {
    const problem = `\`${table.file}\` is no table of draws`;
    throw wrongUsage(context.line, table.file, problem, "`sevens sample --data FILE` writes them");
  }
  const all = table.columns.slice(first.length, -1);
  const chosen = parameter?.map((name) => table.columns[columnAt(context, table, name)]!) ?? all;
  if (chosen.length > mostParameters) {
    const problem = `${chosen.length} parameters are more than a picture holds`;
    throw wrongUsage(
      context.line,
      "--corner",
      problem,
      `choose up to ${mostParameters} with \`--parameter\``,
    );
  }
  const input: CornerInput = {
    title,
    parameters: chosen.map((column) => ({
      ...columnName(column),
      draws: numbersAt(context, table, table.columns.indexOf(column)),
      range: rangeIn(table, column),
    })),
    levels: level.map(({ label, probability: share }) => ({ label, share })),
  };
  checkTexts(context, [title, ...input.parameters.map(({ name }) => name)]);
  return { key: "", figure: (size) => cornerFigure(input, size), csv: () => cornerCsv(input) };
}
