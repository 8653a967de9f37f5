/** What the options say about the scales of axes and the labels of curves. */
import type { Scale } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";

export interface AxisOptions {
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly label?: readonly string[];
}

/** As the options say, else as the values are spaced: evenly, or by equal factors. */
export function scalesOf({ logX, logY }: AxisOptions) {
  return (which: "x" | "y", values: readonly number[]): Scale => {
    const said = which === "x" ? logX : logY;
    return (said ?? byFactors(values)) ? "log" : "linear";
  };
}

/** Whether neighbours differ rather by equal factors than by equal steps. */
export function byFactors(values: readonly number[]): boolean {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  if (sorted.length < 3 || sorted[0]! <= 0) return false;
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const factors = sorted.slice(1).map((value, i) => Math.log(value / sorted[i]!));
  const spread = (numbers: readonly number[]): number => Math.max(...numbers) / Math.min(...numbers);
  return spread(factors) < spread(steps) && sorted.at(-1)! / sorted[0]! > 5;
}

/** The labels of the options in place of the usual ones; as many as there are curves or none. */
export function labelsOf(
  context: Context,
  usual: readonly string[],
  { label }: AxisOptions,
): readonly string[] {
  if (label === undefined) return usual;
  if (label.length === usual.length) return label;
  const problem = `${label.length} labels for ${usual.length} curves`;
  throw wrongUsage(context.line, label.at(-1) ?? "--label", problem, "give `--label` once for each");
}
