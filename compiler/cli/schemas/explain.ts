import type { Explanation } from "../../explain/index.ts";
import { count, described, listOf, oneOf, published, record, text, textOrNull } from "./schema.ts";

/** What `sevens explain FILE --format json` prints. */
export interface ExplainOutput {
  readonly units: readonly Explanation[];
}

const stage = record({
  name: text,
  makes: listOf(text),
  reads: described("Parameters that it is computed anew for.", listOf(text)),
  when: oneOf("once", "fixed", "fit"),
  cost: described("Elementary operations of one run.", count),
  nodes: described("Largest number of points that one of its formulas is evaluated at.", count),
});

const parameter = record({
  name: text,
  role: oneOf("free", "nuisance", "fixed", null),
  stages: described("Stages that are computed anew when it changes.", count),
  cost: described("Operations that a change of it costs.", count),
});

export const explainSchema = published(
  "explain",
  "Output of `sevens explain FILE --format json`",
  record({
    units: listOf(
      record({
        name: text,
        kind: oneOf("analysis", "experiment"),
        stages: listOf(stage),
        parameters: listOf(parameter),
        cost: record({ once: count, step: count }),
        numbers: described("Numbers that are kept between the stages.", count),
      }),
    ),
  }),
);

/** What `sevens explain CODE --format json` prints. */
export interface PageOutput {
  readonly code: string;
  readonly name: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly help: string | null;
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
}

export const pageSchema = published(
  "page",
  "Output of `sevens explain CODE --format json`",
  record({
    code: text,
    name: text,
    severity: oneOf("error", "warning"),
    message: text,
    help: textOrNull,
    why: text,
    wrong: text,
    right: text,
  }),
);
