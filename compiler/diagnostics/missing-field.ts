/** The finding that a declaration needs a field, with an example of it. */
import type { Edit, Fix, Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, type Label } from "./diagnostic.ts";

export interface MissingField {
  /** As the message names it: `nucleus Cs133`, in backticks. */
  readonly owner: string;
  readonly field: string;
  readonly example: string;
}

/** `edits` write the example where it belongs; `others` are other ways out, which `or` says. */
export function missingField(
  span: Span,
  { owner, field, example }: MissingField,
  edits: readonly Edit[],
  { labels = [], or = "", others = [] }: MissingFieldExtra = {},
): Diagnostic {
  const fix: Fix = { title: `add \`${example}\``, edits, safe: false };
  const help = `add for example \`${example}\`${or}`;
  return diagnostic("SV1303", span, { owner, field }, { help, labels, fixes: [fix, ...others] });
}

interface MissingFieldExtra {
  readonly labels?: readonly Label[];
  readonly or?: string;
  readonly others?: readonly Fix[];
}
