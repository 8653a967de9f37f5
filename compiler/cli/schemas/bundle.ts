/** Schema of bundles. */
import { bundleVersions } from "../../share/bundle.ts";
import {
  anyOf,
  count,
  described,
  flag,
  listOf,
  mapOf,
  number,
  oneOf,
  published,
  record,
  text,
  textOrNull,
} from "./schema.ts";

const recordedNumber = anyOf(number, oneOf("NaN", "Infinity", "-Infinity"));

export const recordedResult = record({
  name: text,
  fitted: flag,
  numbers: described("Numbers by what they are, to the last digit.", mapOf(listOf(recordedNumber))),
});

const file = record(
  {
    text: described("The file, UTF-8.", text),
    sha256: text,
    lines: described("The first eight digits of the SHA-256 of each line.", text),
    license: described("That of the file, else of its package.", textOrNull),
    source: described(
      "Where the file says that its content is from; always there from version 2 on.",
      textOrNull,
    ),
  },
  ["source"],
);

export const bundleSchema = published(
  "bundle",
  "A bundle, as `sevens bundle` writes it",
  record({
    bundle: described("Version of the bundle.", oneOf(...bundleVersions)),
    language: described("Version of the language.", count),
    sevens: described("Version of Sevens.", {
      type: "string",
      // It is printed as part of a command to run.
      pattern: "^\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,100})?$",
    }),
    root: described("The spec it is about, one of the files.", text),
    library: described("Folder of the standard library among the files.", text),
    files: mapOf(file),
    packages: listOf(record({ name: text, version: text, license: textOrNull })),
    citations: listOf(record({ key: text, by: listOf(text) })),
    model: described("Content hash of the spec.", text),
    precision: described("Relative quadrature error asked for.", {
      type: "number",
      minimum: 1e-15,
      maximum: 1,
    }),
    results: listOf(recordedResult),
  }),
);
