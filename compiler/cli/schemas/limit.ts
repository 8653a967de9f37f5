import type { CrossingStatus } from "../../../runtime/minos.ts";
import {
  anyNumber,
  count,
  described,
  listOf,
  number,
  oneOf,
  published,
  record,
  text,
  tuple,
} from "./schema.ts";

export type LimitMethodName = "profile" | "cls" | "feldman-cousins";

/** What `sevens limit --format json` prints. */
export interface LimitOutput {
  readonly analysis: string;
  readonly parameter: string;
  readonly unit: string;
  readonly level: number;
  readonly method: LimitMethodName;
  readonly nuisances: "fitted" | "nominal";
  /** The value without a signal. */
  readonly null: number;
  /** Null in the limit of many events. */
  readonly toys: { readonly count: number; readonly seed: number; readonly failed: number } | null;
  /** Null for a projection. */
  readonly observed: {
    readonly best: number;
    readonly regions: readonly {
      readonly low: number | null;
      readonly high: number | null;
      readonly status: readonly [CrossingStatus, CrossingStatus];
      /** Of the ends, from the number of toys; null in the limit of many events. */
      readonly errors: readonly [number, number] | null;
    }[];
  } | null;
  readonly expected: readonly { readonly shift: number; readonly value: number | null }[] | null;
  /** Empty in the limit of many events. */
  readonly points: readonly LimitPoint[];
}

export interface LimitPoint {
  readonly at: number;
  readonly t: number | null;
  /** Of Feldman–Cousins. */
  readonly critical: number | null;
  readonly criticalLow: number | null;
  readonly criticalHigh: number | null;
  /** Of the other methods: what is compared with 1 − level. */
  readonly share: number | null;
}

const status = oneOf("found", "at-bound", "not-finite", "open", "new-minimum", "failed");

const errors = described("Standard deviations of the ends from the number of toys; null without toys.", {
  anyOf: [tuple(number, number), { type: "null" }],
});

export const limitSchema = published(
  "limit",
  "Output of `sevens limit --format json`",
  record({
    analysis: text,
    parameter: text,
    unit: text,
    level: described("Confidence level as a fraction.", number),
    method: oneOf("profile", "cls", "feldman-cousins"),
    nuisances: described("Where they are in toys and in the Asimov data.", oneOf("fitted", "nominal")),
    null: described("Value of the parameter without a signal.", number),
    toys: described("Null in the limit of many events.", {
      anyOf: [record({ count, seed: count, failed: count }), { type: "null" }],
    }),
    observed: described("Null for a projection.", {
      anyOf: [
        record({
          best: described("Best value.", number),
          regions: described(
            "Values that are not excluded, rising and disjoint; null is an end without limit or beyond the grid.",
            listOf(record({ low: anyNumber, high: anyNumber, status: tuple(status, status), errors })),
          ),
        }),
        { type: "null" },
      ],
    }),
    expected: described("Upper ends of experiments without a signal, when asked for.", {
      anyOf: [
        listOf(
          record({
            shift: described("Standard deviations by which the experiment is luckless.", number),
            value: anyNumber,
          }),
        ),
        { type: "null" },
      ],
    }),
    points: described(
      "Tests by toys at the values of the grid.",
      listOf(
        record({
          at: number,
          t: described("chi2 of the data above its best fit.", anyNumber),
          critical: described("Of Feldman-Cousins: what t may be.", anyNumber),
          criticalLow: anyNumber,
          criticalHigh: anyNumber,
          share: described("Of the other methods: what is compared with 1 - level.", anyNumber),
        }),
      ),
    ),
  }),
);
