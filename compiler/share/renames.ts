/** Declarations and parameters that one version of a spec has under another name. */
import { canonical } from "../interchange/canonical.ts";
import type { Document } from "../interchange/document.ts";
import { kinds } from "../kinds/index.ts";
import { manyOf, Names, type Renames } from "./names-of-document.ts";
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
  const isMany = removed.length * added.length > mostPairs;
  const forms = new Map(added.map((one) => [one, formOf(one, new Names(after))] as const));
  for (let known = -1; known < renames.size; ) {
    known = renames.size;
    for (const old of isMany ? [] : removed) {
      if (renames.has(old.name)) continue;
      const taken = new Set(renames.values());
      const now = added.find(
        (one) => one.kind === old.kind && !taken.has(one.name) && isRenamed(old, one, before, renames, forms),
      );
      if (now !== undefined) renames.set(old.name, now.name);
    }
    for (const [full, name] of parameterRenames(before, after, renames)) renames.set(full, name);
  }
  return renames;
}

/** So many ways of pairing the parameters of a declaration that are gone with those that are new are tried. */
const mostWays = 120;

/** Parameters of declarations that both versions have, where the declaration is the same but for their names. */
function parameterRenames(before: Document, after: Document, renames: Renames): Renames {
  const known = new Map(after.declarations.map((one) => [`${one.kind} ${one.name}`, one] as const));
  const found = new Map<string, string>();
  for (const old of before.declarations) {
    const now = known.get(`${old.kind} ${renames.get(old.name) ?? old.name}`);
    if (now === undefined) continue;
    const [own, others] = [labelsOf(old), labelsOf(now)];
    const removed = own.filter((label) => !others.includes(label) && !renames.has(`${old.name}.${label}`));
    const added = others.filter((label) => !own.includes(label));
    if (removed.length === 0 || removed.length !== added.length) continue;
    const form = formOf(now, new Names(after));
    const isSame = (way: Renames): boolean =>
      formOf(old, new Names(before, new Map([...renames, ...way]))) === form;
    const ways = form === undefined ? [] : waysOf(removed, added).map((names) => fullNames(old, now, names));
    for (const [full, name] of ways.find(isSame) ?? []) found.set(full, name);
  }
  return found;
}

const labelsOf = ({ fields }: Declaration): readonly string[] =>
  manyOf(fields?.parameter).flatMap(({ label }) => (label === undefined ? [] : [label]));

const fullNames = (old: Declaration, now: Declaration, names: Renames): Renames =>
  new Map([...names].map(([before, after]) => [`${old.name}.${before}`, `${now.name}.${after}`] as const));

/** Ways of giving each of some names one of the others, in the order of both first. */
function waysOf(names: readonly string[], others: readonly string[]): readonly Renames[] {
  let ways: readonly Renames[] = [new Map()];
  for (const name of names) {
    ways = ways
      .flatMap((way) => {
        const free = others.filter((other) => ![...way.values()].includes(other));
        return free.map((other) => new Map([...way, [name, other]]));
      })
      .slice(0, mostWays);
  }
  return ways;
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
