import type { Explanation } from "../../explain/index.ts";
import {
  anyNumber,
  count,
  described,
  listOf,
  number,
  oneOf,
  published,
  record,
  text,
  textOrNull,
} from "./schema.ts";

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

const place = {
  place: described("`formfactors.sevens:12`; null for what the compiler made itself.", textOrNull),
  formula: described("Beginning of the formula there.", textOrNull),
};
const purpose = oneOf("energy", "recoil", "observable", "background", "general");

const factor = record({
  what: described("`sphere(…)`.", text),
  parameters: described("Fitted ones that are in it together with the variable.", listOf(text)),
  ...place,
});

const separation = record({
  purpose,
  integrals: count,
  once: described("Integrals that read no fitted parameter.", count),
  again: listOf(
    record({
      labels: listOf(text),
      parameters: described("When one of these changes.", listOf(text)),
      prevented: described("Factors that cannot be taken out of the integral.", listOf(factor)),
    }),
  ),
});

const templates = record({
  labels: described("Recoil integrals.", listOf(text)),
  coefficients: described("What their templates are multiplied by; null: they stay whole.", {
    oneOf: [listOf(text), { type: "null" }],
  }),
});

const splits = record({
  purpose,
  variables: listOf(text),
  cause: oneOf("limit", "knots", "condition", "peak"),
  what: described("The table, or the function with the condition.", textOrNull),
  fixed: described("Points that are numbers.", count),
  moving: described("Points that follow parameters, bins or outer variables.", count),
  parameters: described("The parameters that they follow.", listOf(text)),
  ...place,
});

const rule = record({
  purpose,
  variables: listOf(text),
  integrals: count,
  order: described("Gauss-Legendre points in a panel, the fewest and the most.", listOf(count)),
  panels: count,
  nodes: described("Points of one integral, in all bins that it runs over.", count),
});

const passes = record({
  separation: described("Integrals by what they are over.", listOf(separation)),
  templates: described("What became of the recoil integrals.", listOf(templates)),
  couplings: record({
    parameters: described(
      "Fitted parameters of which whole integrals are polynomials; while only they change, these are used.",
      listOf(text),
    ),
    templates: described("Integrals that the polynomials multiply.", count),
  }),
  splits: described("Points at which integrals are split.", listOf(splits)),
  factoring: described("Common factors taken out of sums.", record({ sums: count, factors: count })),
  quadrature: record({
    precision: described("Relative error asked for.", number),
    reached: described("By estimate; null when it is not a number.", anyNumber),
    rules: listOf(rule),
  }),
  differentiation: record({
    parameters: described("Fitted parameters with exact derivatives.", listOf(text)),
    missing: described("What has no derivative, so that fits take differences.", {
      oneOf: [record({ function: text, ...place }), { type: "null" }],
    }),
  }),
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
        passes: described("What each staging pass did.", passes),
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
  /** What to do about it, and what is to be known, where that is the same at every place. */
  readonly help: string | null;
  readonly note: string | null;
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
    note: textOrNull,
    why: text,
    wrong: text,
    right: text,
  }),
);
