import { described, listOf, mapOf, number, oneOf, published, record, text, textOrNull } from "./schema.ts";

/** What `sevens rates --format json` prints. */
export interface RatesOutput {
  readonly experiments: readonly ExperimentRates[];
}

export interface ExperimentRates {
  readonly name: string;
  /** Null for an experiment of a file without analyses. */
  readonly analysis: string | null;
  readonly axes: readonly AxisJson[];
  readonly components: Readonly<Record<string, ComponentRates>>;
  readonly total: CountsJson;
  /** Null for a projection. */
  readonly data: readonly number[] | null;
  readonly parameters: readonly ValueJson[];
}

export interface AxisJson {
  readonly name: string;
  readonly unit: string;
  readonly edges: readonly number[];
}

export interface CountsJson {
  readonly total: number;
  /** Flattened, the last axis fastest. */
  readonly counts: readonly number[];
}

export interface ComponentRates extends CountsJson {
  readonly kind: "signal" | "background";
  /** Parts of a signal, by neutrino. */
  readonly channels?: Readonly<Record<string, CountsJson>>;
}

export interface ValueJson {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const counts = {
  total: number,
  counts: described("Per bin, flattened with the last axis fastest.", listOf(number)),
};

const component = record(
  {
    ...counts,
    kind: oneOf("signal", "background"),
    channels: described("The parts of a signal, by species of neutrino.", mapOf(record(counts))),
  },
  ["channels"],
);

const experiment = record({
  name: text,
  analysis: described("Null for an experiment of a file without analyses.", textOrNull),
  axes: listOf(record({ name: text, unit: text, edges: listOf(number) })),
  components: mapOf(component),
  total: record(counts),
  data: described("Observed counts per bin; null for a projection.", {
    type: ["array", "null"],
    items: number,
  }),
  parameters: described(
    "The values that the counts were computed with.",
    listOf(record({ name: text, value: number, unit: text })),
  ),
});

export const ratesSchema = published(
  "rates",
  "Output of `sevens rates --format json`",
  record({ experiments: listOf(experiment) }),
);
