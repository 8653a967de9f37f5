import { block, exactlyOne, field, kind, words } from "./build.ts";

export const table = kind({
  keyword: "table",
  doc:
    "A function of one argument given by points, from a file or written out. The numbers are in the units of the head: " +
    "`table f(x: us): 1/us`. For `histogram` a row is lo, hi, value.",
  params: { kind: "formal", required: true, typed: true, defaults: false, most: 1 },
  annotation: { kind: "unit", required: true },
  block: block(
    [
      field("file", "A file of comma-separated numbers, relative to the file of the table.", {
        value: { kind: "string", meaning: "name of a data file" },
        inlined: true,
        sample: { text: 'file = "points.csv"' },
      }),
      field("columns", "Names of the columns that hold x and y (for `histogram`: lo, hi and value).", {
        value: { kind: "names" },
        inlined: true,
        sample: { text: "columns = x, y" },
      }),
      field("points", "The points themselves, x ascending.", {
        value: { kind: "rows" },
        sample: { text: "points = [[0, 0], [1, 1]]" },
      }),
      field("interpolation", "What holds between the points.", {
        value: words({
          histogram: "constant from lo to hi of each row",
          linear: "straight lines",
          pchip: "monotone cubic pieces",
          spline: "natural cubic spline",
          log_linear: "straight lines in the logarithm of y",
          log_pchip: "monotone cubic pieces in the logarithm of y",
          log_spline: "natural cubic spline in the logarithm of y",
        }),
        default: "pchip",
      }),
      field("outside", "What holds below the first and above the last point.", {
        value: words({
          zero: "zero",
          hold: "the value at the end",
          error: "evaluating there is an error",
          extrapolate_exponential: "the exponential through the last two points",
        }),
        default: "error",
      }),
    ],
    { choices: [exactlyOne(["file", "columns"], ["points"])] },
  ),
  example: `sevens 1

/// Fraction of the light that reaches the sensor.
table collection(x: cm): number {
  points = [[0, 1], [10, 0.92], [20, 0.81]]
  interpolation = linear
  outside = hold
}
`,
});
