import { anyNumber, count, described, flag, listOf, published, record, text } from "./schema.ts";

/** What `sevens contour --format json` prints. */
export interface ContourOutput {
  readonly analysis: string;
  /** Name and unit of each axis. */
  readonly parameters: readonly { readonly name: string; readonly unit: string }[];
  readonly degreesOfFreedom: number;
  /** chi2 that rises are counted from, and where the smallest one in the plane is. */
  readonly minimum: number | null;
  readonly best: readonly number[];
  readonly contours: readonly ContourOfLevel[];
  readonly fits: number;
  readonly failed: number;
}

export interface ContourOfLevel {
  readonly label: string;
  /** Probability inside. */
  readonly level: number;
  readonly rise: number;
  readonly lines: readonly { readonly closed: boolean; readonly points: readonly (readonly number[])[] }[];
}

const number = { type: "number" };

export const contourSchema = published(
  "contour",
  "Output of `sevens contour --format json`",
  record({
    analysis: text,
    parameters: described("Those of the axes.", listOf(record({ name: text, unit: text }))),
    degreesOfFreedom: count,
    minimum: described("chi2 that the rises are counted from.", anyNumber),
    best: described("Where the smallest chi2 in the plane is.", listOf(number)),
    contours: listOf(
      record({
        label: text,
        level: described("Probability inside.", number),
        rise: described("Of chi2 above the minimum.", number),
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
