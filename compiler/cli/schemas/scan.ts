import { anyNumber, count, described, flag, listOf, published, record, text } from "./schema.ts";

/** What `sevens scan --format json` prints. */
export interface ScanOutput {
  readonly analysis: string;
  /** chi2 that `deltaChi2` is counted from; null when there is no fit at all. */
  readonly minimum: number | null;
  readonly grid: readonly {
    readonly name: string;
    readonly unit: string;
    readonly values: readonly number[];
  }[];
  readonly profiled: readonly { readonly name: string; readonly unit: string }[];
  /** In the order of the grid, the last parameter fastest. */
  readonly points: readonly PointOutput[];
}

export interface PointOutput {
  readonly at: readonly number[];
  readonly chi2: number | null;
  readonly deltaChi2: number | null;
  /** Present when there are toys; null at a point without a fit. */
  readonly toys?: PointToysOutput | null;
  readonly profiled: readonly (number | null)[];
  readonly converged: boolean;
}

export interface PointToysOutput {
  readonly pValue: number | null;
  readonly pValueError: number | null;
  readonly critical: readonly {
    readonly level: number;
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly failed: number;
}

const number = { type: "number" };

const toys = record({
  pValue: described("Share of toys with this deltaChi2 or more.", anyNumber),
  pValueError: anyNumber,
  critical: described(
    "By level, what deltaChi2 may be; `low` and `high` for a share one standard deviation away.",
    listOf(record({ level: number, value: anyNumber, low: anyNumber, high: anyNumber })),
  ),
  failed: described("Toys without a fit, which are left out.", count),
});

export const scanSchema = published(
  "scan",
  "Output of `sevens scan --format json`",
  record({
    analysis: text,
    minimum: described(
      "chi2 that deltaChi2 is counted from: of the best fit, or of a lower point.",
      anyNumber,
    ),
    grid: listOf(record({ name: text, unit: text, values: listOf(number) })),
    profiled: described(
      "The parameters that are fitted at each point.",
      listOf(record({ name: text, unit: text })),
    ),
    points: described(
      "In the order of the grid, the last parameter fastest.",
      listOf(
        record(
          {
            at: described("Values of the grid's parameters.", listOf(number)),
            chi2: described("Null where the fit did not converge.", anyNumber),
            deltaChi2: anyNumber,
            toys: described("What toys say, when there are any.", { anyOf: [toys, { type: "null" }] }),
            profiled: described("Best values of the others.", listOf(anyNumber)),
            converged: flag,
          },
          ["toys"],
        ),
      ),
    ),
  }),
);
