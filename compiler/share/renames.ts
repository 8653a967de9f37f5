/** Declarations and parameters that one version of a spec has under another name. */
import type { Document } from "../interchange/document.ts";
import { type Declaration, formOf, labelsOf } from "./declaration-form.ts";
import { Names, type Renames } from "./names-of-document.ts";
import { swapsOf } from "./swaps.ts";

/** More pairs of declarations are not compared. */
const mostPairs = 2000;

/** Ways of pairing their parameters that are tried, of all pairs together. */
const mostTries = 4000;

/**
 * Names of the old version that are others in the new one: what is declared under them has the same meaning, and is gone and new,
 * or was exchanged.
 * What others need comes first, so that a renamed function does not hide that its user is renamed as well.
 */
export function renamesOf(before: Document, after: Document): Renames {
  const removed = missingIn(before, after);
  const added = missingIn(after, before);
  const renames = new Map<string, string>();
  const isMany = removed.length * added.length > mostPairs;
  const most = Math.max(1, Math.floor(mostTries / Math.max(1, removed.length * added.length)));
  const now = new Names(after);
  for (let known = -1; known < renames.size; ) {
    known = renames.size;
    for (const old of isMany ? [] : removed) {
      if (renames.has(old.name)) continue;
      const taken = new Set(renames.values());
      const free = added.filter((one) => one.kind === old.kind && !taken.has(one.name));
      for (const one of free) {
        const ways = waysTo(old, one).slice(0, most);
        const way = ways.find((names) => isSame(old, formOf(one, now), before, renames, names));
        if (way === undefined) continue;
        for (const [full, name] of way) renames.set(full, name);
        break;
      }
    }
    for (const [full, name] of parameterRenames(before, now, renames)) renames.set(full, name);
    for (const [full, name] of swapsOf(before, now, renames)) renames.set(full, name);
  }
  return renames;
}

/** So many ways of pairing the parameters of a declaration that are gone with those that are new are tried. */
const mostWays = 120;

/** What has another name when one declaration is the other: itself, and parameters that only one has. */
function waysTo(old: Declaration, now: Declaration): readonly Renames[] {
  const name = [old.name, now.name] as const;
  return parameterWays(old, now, new Map()).map((way) => new Map([name, ...way]));
}

/** Parameters of declarations that both versions have, where the declaration is the same but for their names. */
function parameterRenames(before: Document, after: Names, renames: Renames): Renames {
  const known = new Map(after.document.declarations.map((one) => [`${one.kind} ${one.name}`, one] as const));
  const found = new Map<string, string>();
  for (const old of before.declarations) {
    const now = known.get(`${old.kind} ${renames.get(old.name) ?? old.name}`);
    if (now === undefined) continue;
    const ways = parameterWays(old, now, renames).filter((way) => way.size > 0);
    const form = ways.length === 0 ? undefined : formOf(now, after);
    for (const [full, name] of ways.find((way) => isSame(old, form, before, renames, way)) ?? [])
      found.set(full, name);
  }
  return found;
}

/** Ways of pairing the parameters that only one of two declarations has; none where their numbers differ. */
function parameterWays(old: Declaration, now: Declaration, renames: Renames): readonly Renames[] {
  const [own, others] = [labelsOf(old), labelsOf(now)];
  const removed = own.filter((label) => !others.includes(label) && !renames.has(`${old.name}.${label}`));
  const added = others.filter((label) => !own.includes(label));
  if (removed.length !== added.length) return [];
  return waysOf(removed, added).map((names) => fullNames(old, now, names));
}

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

/** Whether a declaration has some form under other names. */
function isSame(
  old: Declaration,
  form: string | undefined,
  before: Document,
  renames: Renames,
  names: Renames,
): boolean {
  return form !== undefined && formOf(old, new Names(before, new Map([...renames, ...names]))) === form;
}
