import type { AnalysisFit } from "./fit.ts";
import { analysisFit } from "./fit.ts";
import { described, listOf, number, published, record, text } from "./schema.ts";

/** What `sevens fit --over --format json` prints. */
export interface FitOverOutput {
  readonly analysis: string;
  readonly parameter: { readonly name: string; readonly unit: string };
  readonly points: readonly { readonly at: number; readonly fit: AnalysisFit }[];
}

export const fitOverSchema = published(
  "fit-over",
  "Output of `sevens fit --over --format json`",
  record({
    analysis: text,
    parameter: described("The one that takes the values.", record({ name: text, unit: text })),
    points: listOf(record({ at: number, fit: analysisFit })),
  }),
);
