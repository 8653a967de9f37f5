/** Canonical JSON, RFC 8785: equal values, equal bytes. */
import imported from "canonicalize";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

// Its types describe an ES module, but what it exports is the function itself.
const canonicalize = typeof imported === "function" ? imported : imported.default;

export function canonical(json: Json): string {
  const text = canonicalize(json);
  if (text === undefined) throw new Error("no canonical form");
  return text;
}
