import { described, listOf, published, record, text } from "./schema.ts";

/** What `sevens cite --format json` prints. */
export interface CiteOutput {
  readonly citations: readonly { readonly key: string; readonly by: readonly string[] }[];
}

export const citeSchema = published(
  "cite",
  "Output of `sevens cite --format json`",
  record({
    citations: listOf(record({ key: text, by: described("Declarations that rest on it.", listOf(text)) })),
  }),
);
