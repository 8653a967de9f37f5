/** The options of `plot`: which are for specs, which for tables. */
import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import { collectLevels } from "./levels.ts";
import { collect } from "./options.ts";
import { rangeOf } from "./plot-tables.ts";

/** Options that say something about specs only. */
const forSpecs = [
  "--set",
  "--experiment",
  "--analysis",
  "--observables",
  "--precision",
  "--prefit",
  "--subtract",
  "--residuals",
  "--no-density",
  "--no-band",
  "--impacts",
  "--most",
];

/** And about tables only. */
const forTables = [
  "--corner",
  "--x",
  "--y",
  "--by",
  "--where",
  "--label",
  "--level",
  "--dof",
  "--minimum",
  "--toys",
  "--best",
  "--limits",
  "--points",
  "--overlay",
  "--log-x",
  "--no-log-x",
  "--log-y",
  "--no-log-y",
  "--x-range",
  "--y-range",
  "--x-title",
  "--y-title",
  "--title",
];

/** Sets the options for tables. */
export function addTableOptions(command: Command): Command {
  return command
    .option("--level <levels>", "levels of Δχ² in a picture of scans: `90%`, `2sigma`", collectLevels)
    .option("--dof <number>", "degrees of freedom of the levels; those of the grid unless given", degrees)
    .option("--minimum <chi2>", "count Δχ² from this χ² (repeat it: one for each table)", collectNumbers)
    .option("--corner", "of draws from `sevens sample`: densities of parameters, one by one and in pairs")
    .option("--toys", "of scans with toys: levels by their p-values instead of Δχ²")
    .option("--best", "mark the lowest point of each scan in a plane")
    .option("--limits", "of a plane, ends of the ranges along the second parameter instead of contours")
    .option(
      "--x <column>",
      "a column of a table that is no scan; `E` for bins `E_lo`, `E_hi`, which make steps",
    )
    .option("--y <column>", "what to draw against it; may be repeated", collect)
    .option("--by <column>", "a curve for each value of this column")
    .option("--where <column=value>", "only such rows of the tables; may be repeated", collect)
    .option("--label <text>", "name of a curve in the legend; repeat it, in the order of the curves", collect)
    .option(
      "--points <file: columns>",
      "points over it: `FILE where COLUMN=VALUE: x, y, error named COLUMN as Label`",
      collect,
    )
    .option("--overlay <file: columns>", "curve (`x, y`) or band (`x, low, high`) over it", collect)
    .option("--log-x", "logarithmic horizontal axis; for a scan as its grid is spaced unless given")
    .option("--no-log-x", "linear horizontal axis")
    .option("--log-y", "logarithmic vertical axis")
    .option("--no-log-y", "linear vertical axis")
    .option("--x-range <low..high>", "what the horizontal axis shows", rangeOf)
    .option("--y-range <low..high>", "what the vertical axis shows", rangeOf)
    .option("--x-title <text>", "title of the horizontal axis, with its unit")
    .option("--y-title <text>", "title of the vertical axis, with its unit")
    .option("--title <text>", "line above the picture");
}

/** True for tables, false for a spec; stops when it is neither or an option is for the other. */
export function areTables(context: Context, files: readonly string[]): boolean {
  const { line } = context;
  const tables = files.filter((file) => /\.csv$/i.test(file));
  const [other] = files.filter((file) => !tables.includes(file));
  if (tables.length > 0 && other !== undefined) {
    throw wrongUsage(line, other, "a spec and tables make no common picture");
  }
  if (files.length > 1 && tables.length === 0) {
    throw wrongUsage(line, files[1]!, "one spec at a time", "several files may be tables, which end in .csv");
  }
  const [wrong, what] = tables.length > 0 ? [forSpecs, "specs"] : [forTables, "tables, which end in .csv"];
  const found = line.args.find((arg) => wrong.includes(arg.replace(/=.*$/s, "")));
  if (found !== undefined) throw wrongUsage(line, found, `\`${found}\` is for ${what}`);
  return tables.length > 0;
}

export function degrees(value: string): number {
  if (value !== "1" && value !== "2") throw new InvalidArgumentError("It is not 1 or 2.");
  return Number(value);
}

function collectNumbers(value: string, before: readonly number[] = []): readonly number[] {
  const numbers = value.split(",").map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  if (!numbers.every(Number.isFinite)) throw new InvalidArgumentError("It is not a number.");
  return [...before, ...numbers];
}
