import { anyNumber, count, described, listOf, number, oneOf, published, record, text } from "./schema.ts";

/** What `sevens toys --format json` prints. */
export interface ToysOutput {
  readonly analysis: string;
  readonly seed: number;
  readonly count: number;
  readonly nuisances: "fitted" | "nominal";
  readonly tested: readonly { readonly name: string; readonly unit: string }[];
  readonly truths: readonly TruthOutput[];
}

export interface ShareOutput {
  readonly value: number | null;
  readonly error: number | null;
}

export interface TruthOutput {
  readonly at: readonly number[];
  readonly failed: number;
  readonly levels: readonly LevelOutput[];
  /** Null for a projection. */
  readonly observed: {
    readonly t: number | null;
    readonly pValue: ShareOutput;
    readonly chi2: number | null;
    readonly goodness: ShareOutput;
  } | null;
  readonly estimates: readonly EstimateOutput[];
}

export interface LevelOutput {
  readonly level: number;
  readonly coverage: ShareOutput;
  readonly critical: number | null;
  readonly criticalLow: number | null;
  readonly criticalHigh: number | null;
  readonly asymptotic: number;
}

export interface EstimateOutput {
  readonly name: string;
  readonly unit: string;
  readonly truth: number;
  readonly mean: number | null;
  readonly deviation: number | null;
}

const share = record({ value: anyNumber, error: described("Binomial standard deviation.", anyNumber) });

const level = record({
  level: described("Confidence level as a fraction.", number),
  coverage: described("Share of toys whose interval from the profile of chi2 holds the truth.", share),
  critical: described("Value of t that this share of toys does not exceed.", anyNumber),
  criticalLow: described("The same for a share one standard deviation lower.", anyNumber),
  criticalHigh: anyNumber,
  asymptotic: described("Quantile of chi2 that the interval is made with.", number),
});

const truth = record({
  at: described("True values of the tested parameters.", listOf(number)),
  failed: described("Toys without a fit, which are left out of the shares.", count),
  levels: listOf(level),
  observed: described("What the data say; null for a projection.", {
    anyOf: [
      record({
        t: described("chi2 above the best fit.", anyNumber),
        pValue: described("Share of toys with this t or more.", share),
        chi2: described("chi2 of the best fit.", anyNumber),
        goodness: described("Share of toys with this chi2 or more.", share),
      }),
      { type: "null" },
    ],
  }),
  estimates: described(
    "Best values of the parameters without a constraint.",
    listOf(record({ name: text, unit: text, truth: number, mean: anyNumber, deviation: anyNumber })),
  ),
});

export const toysSchema = published(
  "toys",
  "Output of `sevens toys --format json`",
  record({
    analysis: text,
    seed: count,
    count: described("Toys of each truth.", count),
    nuisances: oneOf("fitted", "nominal"),
    tested: listOf(record({ name: text, unit: text })),
    truths: listOf(truth),
  }),
);
