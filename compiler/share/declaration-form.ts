/** A declaration of a document as one text that equals that of another version where it has the same meaning. */
import { canonical } from "../interchange/canonical.ts";
import type { Document } from "../interchange/document.ts";
import { kinds } from "../kinds/index.ts";
import { manyOf, type Names } from "./names-of-document.ts";
import { TooLong } from "./resolved-form.ts";
import { wholeForm } from "./statement-form.ts";

export type Declaration = Document["declarations"][number];

/** Forms that were made, by the names that they were made with. */
const known = new WeakMap<Names, Map<Declaration, string | undefined>>();

/** Undefined for what is too long to be compared. */
export function formOf(one: Declaration, names: Names): string | undefined {
  const forms = known.get(names) ?? new Map<Declaration, string | undefined>();
  known.set(names, forms);
  if (!forms.has(one)) forms.set(one, formMade(one, names));
  return forms.get(one);
}

function formMade({ kind, name, ...written }: Declaration, names: Names): string | undefined {
  try {
    const around = { names, scope: names.globals, owner: name, kind };
    return canonical(JSON.parse(JSON.stringify(wholeForm(written, kinds[kind], around, false))));
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

/** The names of its parameters. */
export const labelsOf = ({ fields }: Declaration): readonly string[] =>
  manyOf(fields?.parameter).flatMap(({ label }) => (label === undefined ? [] : [label]));
