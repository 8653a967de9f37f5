/** Declarations that one version of a spec has under another name. */
import { canonical } from "../interchange/canonical.ts";
import type { Document } from "../interchange/document.ts";
import { kinds } from "../kinds/index.ts";
import { Names, type Renames } from "./names-of-document.ts";
import { TooLong } from "./resolved-form.ts";
import { wholeForm } from "./statement-form.ts";

type Declaration = Document["declarations"][number];

/** More pairs of declarations are not compared. */
const mostPairs = 2000;

/**
 * Names of the old version that are others in the new one: what is declared under them has the same meaning, and is gone and new.
 * What others need comes first, so that a renamed function does not hide that its user is renamed as well.
 */
export function renamesOf(before: Document, after: Document): Renames {
  const removed = missingIn(before, after);
  const added = missingIn(after, before);
  const renames = new Map<string, string>();
  if (removed.length * added.length > mostPairs) return renames;
  const forms = new Map(added.map((one) => [one, formOf(one, new Names(after))] as const));
  for (let known = -1; known < renames.size; ) {
    known = renames.size;
    for (const old of removed) {
      if (renames.has(old.name)) continue;
      const taken = new Set(renames.values());
      const now = added.find(
        (one) => one.kind === old.kind && !taken.has(one.name) && isRenamed(old, one, before, renames, forms),
      );
      if (now !== undefined) renames.set(old.name, now.name);
    }
  }
  return renames;
}

function missingIn({ declarations }: Document, other: Document): readonly Declaration[] {
  const names = new Set(other.declarations.map(({ name }) => name));
  return declarations.filter(({ name }) => !names.has(name));
}

function isRenamed(
  old: Declaration,
  now: Declaration,
  before: Document,
  renames: Renames,
  forms: ReadonlyMap<Declaration, string | undefined>,
): boolean {
  const found = formOf(old, new Names(before, new Map([...renames, [old.name, now.name]])));
  return found !== undefined && found === forms.get(now);
}

function formOf({ kind, name, ...written }: Declaration, names: Names): string | undefined {
  try {
    const around = { names, scope: names.globals, owner: name, kind };
    return canonical(JSON.parse(JSON.stringify(wholeForm(written, kinds[kind], around, false))));
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}
