import { anyNumber, count, described, listOf, number, published, record, text } from "./schema.ts";

/** What `sevens sample --format json` prints. */
export interface SampleOutput {
  readonly analysis: string;
  readonly seed: number;
  readonly chains: number;
  readonly draws: number;
  readonly warmup: number;
  readonly parameters: readonly MarginalOutput[];
  readonly divergent: number;
  readonly acceptance: number;
  readonly steps: number;
}

export interface MarginalOutput {
  readonly name: string;
  readonly unit: string;
  readonly mean: number;
  readonly deviation: number;
  readonly median: number;
  readonly errorOfMean: number | null;
  readonly rhat: number | null;
  readonly bulkSize: number | null;
  readonly tailSize: number | null;
  readonly intervals: readonly {
    readonly level: number;
    readonly central: readonly number[];
    readonly highest: readonly (readonly number[])[];
  }[];
}

export const sampleSchema = published(
  "sample",
  "Output of `sevens sample --format json`",
  record({
    analysis: text,
    seed: number,
    chains: count,
    draws: described("Kept draws of each chain.", count),
    warmup: count,
    parameters: listOf(
      record({
        name: text,
        unit: text,
        mean: number,
        deviation: described("Standard deviation.", number),
        median: number,
        errorOfMean: described("Standard error of the mean.", anyNumber),
        rhat: described("Rank-normalised split R-hat.", anyNumber),
        bulkSize: described("Effective sample size of the body.", anyNumber),
        tailSize: described("Effective sample size of the ends.", anyNumber),
        intervals: listOf(
          record({
            level: number,
            central: described("As much on either side.", listOf(number)),
            highest: described("Where the density is highest.", listOf(listOf(number))),
          }),
        ),
      }),
    ),
    divergent: described("Draws whose trajectory lost its energy.", count),
    acceptance: described("Mean of the acceptance.", number),
    steps: described("Mean number of steps of a trajectory.", number),
  }),
);
