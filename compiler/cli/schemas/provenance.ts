/** Schema of the record that `sevens export` writes beside a file, or into it. */
import { described, listOf, mapOf, number, oneOf, published, record, type Schema, text } from "./schema.ts";

const degree = oneOf("exact", "matched at ±1σ", "approximate", "unsupported");

const bound = record(
  {
    within: described("How far nuisances were moved, in standard deviations.", number),
    perError: described("Largest difference of a bin over its Poisson error.", number),
    relative: described("Largest difference of a bin over its counts.", number),
    chi2: described("Largest change of a difference of chi2.", number),
  },
  ["chi2"],
);

const byNature = described(
  "Lost by what the format is, such as a table of counts at one point of the parameters.",
  { const: true },
);

const fidelity = record({ subject: text, as: text, degree, byNature, bounds: listOf(bound), note: text }, [
  "byNature",
  "bounds",
  "note",
]);

const exported = record(
  {
    analysis: text,
    format: text,
    degree: described("The worst of all parts.", degree),
    values: described("What the numbers were computed with.", mapOf(record({ value: number, unit: text }))),
    parameters: listOf(record({ name: text, parameter: text, unit: text, relation: text })),
    fidelity: listOf(fidelity),
    digests: mapOf(text),
  },
  ["parameters", "digests"],
);

export const provenance: Schema = record({
  provenance: { const: 1 },
  exporter: record({ name: oneOf("sevens"), version: text }),
  spec: record({ file: text, hash: text }),
  settings: { type: "object" },
  exports: listOf(exported),
  citations: listOf(record({ key: text, declarations: listOf(text) })),
});

export const provenanceSchema = published(
  "provenance",
  "Provenance of what `sevens export` writes",
  provenance,
);
