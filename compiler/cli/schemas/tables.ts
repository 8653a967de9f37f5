/** Schema of `sevens export --to json-tables`. */
import { provenance } from "./provenance.ts";
import { described, listOf, number, oneOf, published, record, text, textOrNull } from "./schema.ts";

const numbersOrNull = { type: ["array", "null"], items: number };

const table = record({
  analysis: described("Null for an experiment of a file without analyses.", textOrNull),
  experiment: text,
  likelihood: oneOf("poisson", "gaussian", "unbinned"),
  axes: listOf(record({ name: text, unit: text, edges: listOf(number) })),
  samples: listOf(
    record({
      name: text,
      kind: oneOf("signal", "background"),
      counts: described("Per bin, flattened with the last axis fastest.", listOf(number)),
      errors: described("From limited statistics of the template; null where it has none.", numbersOrNull),
    }),
  ),
  total: listOf(number),
  totalErrors: described("From limited statistics of templates; null where there are none.", numbersOrNull),
  data: described("Observed counts per bin; null for a projection.", numbersOrNull),
  errors: described("Of the data; null where they are those of Poisson counts.", numbersOrNull),
});

export const tablesSchema = published(
  "json-tables",
  "Output of `sevens export --to json-tables`",
  record({ experiments: listOf(table), provenance }),
);
