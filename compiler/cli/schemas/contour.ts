import { anyNumber, count, described, flag, listOf, published, record, text } from "./schema.ts";

/** What `sevens contour --format json` prints. */
export interface ContourOutput {
  readonly analysis: string;
  /** Name and unit of each axis. */
  readonly parameters: readonly { readonly name: string; readonly unit: string }[];
  /** Smallest and largest value of each. */
  readonly plane: readonly (readonly [low: number, high: number])[];
  readonly degreesOfFreedom: number;
  /** chi2 that rises are counted from, and where the smallest one was found. */
  readonly minimum: number | null;
  readonly best: readonly number[];
  readonly bestInside: boolean;
  readonly contours: readonly ContourOfLevel[];
  readonly fits: number;
  readonly failed: number;
}

export interface ContourOfLevel {
  readonly label: string;
  /** Probability inside. */
  readonly level: number;
  readonly rise: number;
  /** False when some lines may be lacking, or be in pieces. */
  readonly settled: boolean;
  readonly lines: readonly { readonly closed: boolean; readonly points: readonly (readonly number[])[] }[];
}

const number = { type: "number" };

export const contourSchema = published(
  "contour",
  "Output of `sevens contour --format json`",
  record({
    analysis: text,
    parameters: described("Those of the axes.", listOf(record({ name: text, unit: text }))),
    plane: described("Smallest and largest value of each.", listOf(listOf(number))),
    degreesOfFreedom: count,
    minimum: described("chi2 that the rises are counted from.", anyNumber),
    best: described(
      "Where the smallest chi2 was found; the best fit may lie outside the plane.",
      listOf(number),
    ),
    bestInside: described("False when that is outside of the plane.", flag),
    contours: listOf(
      record({
        label: text,
        level: described("Probability inside.", number),
        rise: described("Of chi2 above the minimum.", number),
        settled: described("False when some lines may be lacking, or be in pieces.", flag),
        lines: listOf(
          record({
            closed: described("The rim of an island; its last point is the first.", flag),
            points: listOf(listOf(number)),
          }),
        ),
      }),
    ),
    fits: described("Fits that were made.", count),
    failed: described("Those that found no minimum.", count),
  }),
);
