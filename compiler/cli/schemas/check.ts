import type { JsonDiagnostic } from "../../diagnostics/index.ts";
import {
  count,
  described,
  flag,
  listOf,
  number,
  oneOf,
  published,
  record,
  type Schema,
  text,
  textOrNull,
} from "./schema.ts";

/** What `sevens check --format json` prints. */
export interface CheckOutput {
  readonly files: readonly string[];
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly JsonDiagnostic[];
  /** With `--fix`, in the order in which they were made. */
  readonly fixed: readonly MadeChange[];
  /** With `--precision`. */
  readonly precision: readonly ReachedPrecision[];
}

/** A change that was made in a file. */
export interface MadeChange {
  readonly file: string;
  /** Of the finding, in the text as it was then. */
  readonly line: number;
  /** Of the finding that it mended. */
  readonly code: string;
  readonly title: string;
}

export interface ReachedPrecision {
  /** Analysis, or experiment of a file without analyses. */
  readonly name: string;
  /** Relative error of the bins. */
  readonly reached: number;
}

const place = {
  file: text,
  line: described("From 1; 0 when the text is not at hand.", count),
  column: described("From 1, in UTF-16 code units.", count),
  endLine: count,
  endColumn: count,
};

const code: Schema = { type: "string", pattern: "^SV\\d{4}$" };
const title = described("What is done, as an order.", text);
const replacement = described("What the place holds instead; empty when it is taken out.", text);
const safe = described("True when the change cannot alter the meaning beyond mending it.", flag);

const fix: Schema = {
  description: "The first of `fixes`, when it changes one place.",
  oneOf: [{ type: "null" }, record({ ...place, title, replacement, safe })],
};

const fixes = described(
  "Changes of which each would mend it, the likeliest first. All edits of one belong together, and their places are those before it.",
  listOf(record({ title, safe, edits: listOf(record({ ...place, replacement })) })),
);

const diagnosticSchema = record({
  code,
  name: text,
  severity: oneOf("error", "warning"),
  message: text,
  ...place,
  label: textOrNull,
  labels: listOf(record({ ...place, text })),
  help: textOrNull,
  notes: listOf(text),
  fix,
  fixes,
  pointer: described("The place in a JSON document, as a JSON pointer.", textOrNull),
  docs: described("The page about the code, below the root of the documentation.", text),
});

export const checkSchema = published(
  "check",
  "Output of `sevens check --format json`",
  record({
    files: listOf(text),
    errors: count,
    warnings: count,
    diagnostics: listOf(diagnosticSchema),
    fixed: described(
      "With `--fix`: the changes that were made, each with the line of the finding in the text as it was then.",
      listOf(record({ file: text, line: count, code, title })),
    ),
    precision: described(
      "With `--precision`: the relative error that was reached, by analysis or experiment.",
      listOf(record({ name: text, reached: number })),
    ),
  }),
);
