/** Schema of the documents of HS3 that `sevens export --to hs3` writes: the standard itself has published none. */
import { described, listOf, number, oneOf, published, record, type Schema, text } from "./schema.ts";

const name: Schema = { type: "string", minLength: 1 };
const identifier: Schema = { type: "string", pattern: "^[A-Za-z][A-Za-z0-9_]*$" };
const numbers = listOf(number);

const axis = record({ name: identifier, edges: { ...numbers, minItems: 2 } });

const modifier: Schema = {
  anyOf: [
    record({ name, type: oneOf("normfactor"), parameter: identifier }),
    record({ name, type: oneOf("shapefactor"), parameters: { ...listOf(identifier), minItems: 1 } }),
  ],
};

const sample = record({
  name,
  data: record({ contents: numbers, errors: numbers }),
  modifiers: listOf(modifier),
});

const distribution: Schema = {
  anyOf: [
    record({
      name: identifier,
      type: oneOf("histfactory_dist"),
      axes: { ...listOf(axis), minItems: 1 },
      samples: { ...listOf(sample), minItems: 1 },
    }),
    record({
      name: identifier,
      type: oneOf("gaussian_dist"),
      x: identifier,
      mean: { anyOf: [identifier, number] },
      sigma: { type: "number", exclusiveMinimum: 0 },
    }),
  ],
};

const data: Schema = {
  anyOf: [
    record({ name: identifier, type: oneOf("binned"), axes: listOf(axis), contents: numbers }),
    record({
      name: identifier,
      type: oneOf("point"),
      value: number,
      axes: listOf(record({ name: identifier, min: number, max: number })),
    }),
  ],
};

export const hs3Schema = published(
  "hs3",
  "HEP Statistics Serialization Standard 0.2, as `sevens export --to hs3` writes it",
  record({
    metadata: record({
      hs3_version: text,
      packages: listOf(record({ name: text, version: text })),
      publications: listOf(text),
      description: text,
    }),
    distributions: { ...listOf(distribution), minItems: 1 },
    functions: described(
      "Expressions of parameters and of other functions; powers are products or `pow`.",
      listOf(record({ name: identifier, type: oneOf("generic_function"), expression: text })),
    ),
    data: { ...listOf(data), minItems: 1 },
    likelihoods: described(
      "Each distribution with the datum at the same place.",
      listOf(record({ name: identifier, distributions: listOf(identifier), data: listOf(identifier) })),
    ),
    domains: listOf(
      record({
        name: identifier,
        type: oneOf("product_domain"),
        axes: listOf(record({ name: identifier, min: number, max: number })),
      }),
    ),
    parameter_points: listOf(
      record({ name: identifier, parameters: listOf(record({ name: identifier, value: number })) }),
    ),
    analyses: listOf(
      record({
        name: identifier,
        likelihood: identifier,
        parameters_of_interest: listOf(identifier),
        domains: listOf(identifier),
        init: identifier,
      }),
    ),
    misc: { type: "object" },
  }),
);
