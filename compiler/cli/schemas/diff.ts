import { differenceKinds, type SpecDifference } from "../../share/diff.ts";
import { described, listOf, oneOf, published, record, text } from "./schema.ts";

/** What `sevens diff --format json` prints. */
export interface DiffOutput {
  readonly old: string;
  readonly new: string;
  /** The gravest of all; "none" when the specs mean and say the same. */
  readonly worst: SpecDifference["kind"] | "none";
  readonly differences: readonly SpecDifference[];
}

export const diffSchema = published(
  "diff",
  "Output of `sevens diff --format json`",
  record({
    old: text,
    new: text,
    worst: oneOf(...differenceKinds, "none"),
    differences: listOf(
      record(
        {
          kind: oneOf(...differenceKinds),
          declaration: described("Kind and name.", text),
          path: described("Fields down to what differs.", listOf(text)),
          what: text,
          before: text,
          after: text,
        },
        ["before", "after"],
      ),
    ),
  }),
);
