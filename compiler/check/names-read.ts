/** Which names a piece of a syntax tree mentions, wherever they stand but in the place that declares them. */
import type { Statement } from "../../grammar/syntax.ts";

/** Heads of all paths, keys of maps, and words in brackets below a statement, the statement's own label aside. */
export function namesRead(statement: Statement): ReadonlySet<string> {
  const names = new Set<string>();
  collect({ ...statement, label: undefined }, names);
  return names;
}

/** The same with what statements in its block refer to: `target CsI`, `tie Cs133.Rn`. */
export function namesMentioned(statement: Statement): ReadonlySet<string> {
  const names = new Set(namesRead(statement));
  const visit = (inner: Statement): void => {
    const [head] = inner.label?.parts ?? [];
    if (head !== undefined) names.add(head.text);
    inner.block?.statements.forEach(visit);
  };
  statement.block?.statements.forEach(visit);
  return names;
}

/** Fields that hold a name which is declared, not read. */
const declaring: ReadonlySet<string> = new Set(["label", "keyword", "span", "variable"]);

function collect(part: unknown, names: Set<string>): void {
  if (Array.isArray(part)) {
    for (const one of part) collect(one, names);
    return;
  }
  if (typeof part !== "object" || part === null) return;
  if ("kind" in part && part.kind === "path" && "parts" in part && Array.isArray(part.parts)) {
    const head: unknown = part.parts[0];
    if (typeof head === "object" && head !== null && "text" in head) names.add(String(head.text));
    return;
  }
  if ("key" in part && typeof part.key === "object" && part.key !== null && "text" in part.key) {
    names.add(String(part.key.text));
  }
  for (const [key, value] of Object.entries(part)) if (!declaring.has(key)) collect(value, names);
}
