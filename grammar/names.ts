/** The names in a piece of a syntax tree, whatever they are for. */
import type { Name } from "./syntax.ts";

/** Parts with names that are words of the language or of units, or that name nothing. */
const apart: ReadonlySet<string> = new Set(["keyword", "unit", "cites", "note", "doc"]);

/** All names but those of fields and units; each place once. */
export function namesIn(part: unknown): readonly Name[] {
  const found = new Map<number, Name>();
  collect(part, found);
  return [...found.values()];
}

/** All names of several parts, such as `Cs133.Rn`, as lists of these. */
export function pathsIn(part: unknown): readonly (readonly Name[])[] {
  if (Array.isArray(part)) {
    const names = part.filter((one) => typeof one === "object" && one !== null && isName(one));
    return names.length === part.length && part.length > 1 ? [names] : part.flatMap(pathsIn);
  }
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => (apart.has(key) ? [] : pathsIn(value)));
}

function collect(part: unknown, found: Map<number, Name>): void {
  if (Array.isArray(part)) for (const one of part) collect(one, found);
  else if (typeof part === "object" && part !== null) {
    if (isName(part)) found.set(part.span.start, part);
    else for (const [key, value] of Object.entries(part)) if (!apart.has(key)) collect(value, found);
  }
}

const isName = (part: object): part is Name =>
  "text" in part && "span" in part && Object.keys(part).length === 2;
