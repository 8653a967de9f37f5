import { anyNumber, described, listOf, number, published, record, text } from "./schema.ts";

/** What `sevens evaluate --format json` prints. */
export interface EvaluateOutput {
  readonly grid: readonly {
    readonly name: string;
    readonly unit: string;
    readonly values: readonly number[];
  }[];
  readonly expressions: readonly { readonly text: string; readonly unit: string }[];
  /** In the order of the grid, the last variable fastest. */
  readonly points: readonly { readonly at: readonly number[]; readonly values: readonly (number | null)[] }[];
}

export const evaluateSchema = published(
  "evaluate",
  "Output of `sevens evaluate --format json`",
  record({
    grid: described(
      "The variables of the expressions.",
      listOf(record({ name: text, unit: text, values: listOf(number) })),
    ),
    expressions: listOf(record({ text, unit: described("Empty for a pure number.", text) })),
    points: described(
      "In the order of the grid, the last variable fastest; one without a grid.",
      listOf(
        record({
          at: described("Values of the variables.", listOf(number)),
          values: described("Of each expression, in its unit.", listOf(anyNumber)),
        }),
      ),
    ),
  }),
);
