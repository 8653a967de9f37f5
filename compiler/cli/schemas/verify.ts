import type { Licences } from "../../share/licences.ts";
import {
  anyOf,
  count,
  described,
  flag,
  listOf,
  number,
  oneOf,
  published,
  record,
  text,
  textOrNull,
} from "./schema.ts";

/** What `sevens verify --format json` prints. */
export interface VerifyOutput {
  readonly bundle: string;
  readonly agrees: boolean;
  readonly sevens: { readonly recorded: string; readonly now: string; readonly same: boolean };
  readonly node: string;
  readonly files: number;
  readonly licences: Licences;
  readonly numbers: number;
  readonly fitted: boolean;
  readonly changed: readonly { readonly file: string; readonly change: string }[];
  readonly differences: readonly VerifyDifference[];
}

export interface VerifyDifference {
  readonly result: string;
  readonly what: string;
  readonly recorded: number | string | null;
  readonly found: number | string | null;
  readonly steps: number | null;
}

const value = anyOf(number, oneOf("NaN", "Infinity", "-Infinity", null), text);

export const verifySchema = published(
  "verify",
  "Output of `sevens verify --format json`",
  record({
    bundle: text,
    agrees: described("Nothing was changed, and all numbers are the same to the last bit.", flag),
    sevens: described(
      "Versions of Sevens: where they are not the same, numbers may differ though nothing was changed.",
      record({ recorded: text, now: text, same: flag }),
    ),
    node: described("Version of Node now.", text),
    files: count,
    licences: described(
      "As the bundle has them; null where none is said, `not stated …` where those who released a table said none.",
      record({
        packages: listOf(record({ name: text, version: text, license: textOrNull })),
        tables: listOf(record({ file: text, license: textOrNull })),
        specs: described(
          "Those that say a licence of their own.",
          listOf(record({ file: text, license: textOrNull })),
        ),
      }),
    ),
    numbers: described(
      "How many were compared, without errors and ends of intervals that are infinite.",
      count,
    ),
    fitted: described("Whether best fits are among them.", flag),
    changed: listOf(record({ file: text, change: text })),
    differences: listOf(
      record({
        result: text,
        what: text,
        recorded: value,
        found: value,
        steps: described(
          "Doubles from one to the other; null when one is no number.",
          anyOf(number, { const: null }),
        ),
      }),
    ),
  }),
);
