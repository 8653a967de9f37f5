/**
 * Pairs of names that were exchanged: each is declared now as the other was. Whether the names were exchanged, or what stands under
 * them, only their uses tell, which follow the names or do not.
 */
import type { Json } from "../interchange/canonical.ts";
import type { Document } from "../interchange/document.ts";
import { type Declaration, formOf, labelsOf } from "./declaration-form.ts";
import { manyOf, Names, type Renames } from "./names-of-document.ts";

/** More pairs are not compared. */
const mostPairs = 500;

/**
 * Names that are exchanged between the versions, where every use follows them and at least one shows it: all pairs that there are, else
 * those that can be exchanged without others.
 */
export function swapsOf(before: Document, after: Names, renames: Renames): Renames {
  const versions = new Versions(before, after, renames);
  const changed = versions.changed();
  const all = [...declarationSwaps(versions, changed), ...parameterSwaps(versions, changed)];
  if (all.length === 0) return new Map();
  const together = matching(versions, all);
  if (isFollowed(versions, together)) return namesOf(together);
  const single = all.filter((one) => {
    const own = matching(versions, [one]);
    return own.length > 0 && isFollowed(versions, own);
  });
  return isFollowed(versions, single) ? namesOf(single) : namesOf(single.slice(0, 1));
}

/** Swaps under which what is declared is the same, in the order in which each of them helps others to be. */
function matching(versions: Versions, all: readonly Swap[]): readonly Swap[] {
  const found: Swap[] = [];
  for (let known = -1; known < found.length; ) {
    known = found.length;
    for (const swap of all) {
      const taken = namesOf(found);
      if ([...swap.names.keys()].some((name) => taken.has(name) || versions.renames.has(name))) continue;
      const names = versions.with(new Map([...taken, ...swap.names]));
      if (swap.declared.every((one) => versions.isSame(one, names))) found.push(swap);
    }
  }
  return found;
}

const namesOf = (swaps: readonly Swap[]): Renames => new Map(swaps.flatMap(({ names }) => [...names]));

interface Swap {
  readonly names: Renames;
  /** What declares them in the old version. */
  readonly declared: readonly Declaration[];
  /** Names by which a declaration can mean one of the two. */
  readonly saidIn: (one: Declaration) => readonly string[];
  /** Whether the form of a declaration, as it is with and without the swap, shows that a use follows. */
  readonly isUse: (one: Declaration, withSwap: Names, without: Names) => boolean;
}

class Versions {
  readonly before: Document;
  readonly renames: Renames;
  /** The names of the old version without a swap. */
  readonly without: Names;
  readonly #after: Names;
  readonly #now: ReadonlyMap<string, Declaration>;

  constructor(before: Document, after: Names, renames: Renames) {
    this.before = before;
    this.renames = renames;
    this.without = new Names(before, renames);
    this.#after = after;
    this.#now = new Map(after.document.declarations.map((one) => [`${one.kind} ${one.name}`, one]));
  }

  with(names: Renames): Names {
    return new Names(this.before, new Map([...this.renames, ...names]));
  }

  /** Whether what a declaration is called under other names is the same in the new version. */
  isSame(one: Declaration, names: Names): boolean {
    const now = this.named(one, names.renamed(one.name));
    const form = now && formOf(now, this.#after);
    return form !== undefined && formOf(one, names) === form;
  }

  named({ kind }: Declaration, name: string): Declaration | undefined {
    return this.#now.get(`${kind} ${name}`);
  }

  /** Declarations that are not as they were under their names. Forms take far longer than texts. */
  changed(): readonly Declaration[] {
    return this.before.declarations.filter((one) => {
      const now = this.named(one, this.without.renamed(one.name));
      return JSON.stringify(one) !== JSON.stringify(now) && !this.isSame(one, this.without);
    });
  }
}

function declarationSwaps(versions: Versions, changed: readonly Declaration[]): readonly Swap[] {
  return pairsOf(changed).flatMap(([a, b]): readonly Swap[] => {
    if (versions.named(a, b.name) === undefined || versions.named(b, a.name) === undefined) return [];
    const own = [a.name, b.name];
    return [
      {
        names: exchanged(a.name, b.name, a.name, b.name),
        declared: [a, b],
        saidIn: () => own,
        isUse: ({ name }) => !own.includes(name),
      },
    ];
  });
}

function parameterSwaps(versions: Versions, changed: readonly Declaration[]): readonly Swap[] {
  return changed.flatMap((old): readonly Swap[] => {
    const now = versions.named(old, versions.without.renamed(old.name));
    if (now === undefined) return [];
    const kept = labelsOf(old).filter((label) => labelsOf(now).includes(label));
    const pairs = pairsOf(kept).filter(([x, y]) => mayBeExchanged(old, now, x, y));
    return pairs.map(([x, y]): Swap => {
      const full = [`${old.name}.${x}`, `${old.name}.${y}`] as const;
      return {
        names: exchanged(...full, `${now.name}.${x}`, `${now.name}.${y}`),
        declared: [old],
        saidIn: ({ kind }) => (kind === "analysis" ? [x, y, ...full] : full),
        // Its own parameters have other names in any case.
        isUse: (one, withSwap, without) =>
          one !== old || formOf(withoutParameters(one), withSwap) !== formOf(withoutParameters(one), without),
      };
    });
  });
}

/** Not where both are written as they were, and not alike: then neither can be the other. */
function mayBeExchanged(old: Declaration, now: Declaration, x: string, y: string): boolean {
  const [own, other] = [writtenParameter(old, x), writtenParameter(old, y)];
  return own === other || own !== writtenParameter(now, x) || other !== writtenParameter(now, y);
}

/** What is written behind the name of a parameter; its description has no meaning. */
function writtenParameter({ fields }: Declaration, wanted: string): string {
  const {
    label: _label,
    doc: _doc,
    ...written
  } = manyOf(fields?.parameter).find(({ label }) => label === wanted) ?? {};
  return JSON.stringify(written);
}

const exchanged = (a: string, b: string, nowA: string, nowB: string): Renames =>
  new Map([
    [a, nowB],
    [b, nowA],
  ]);

function pairsOf<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  if (all.length * all.length > 2 * mostPairs) return [];
  return all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b] as const));
}

function withoutParameters(one: Declaration): Declaration {
  const { parameter: _parameter, ...fields } = one.fields ?? {};
  return { ...one, fields };
}

function isFollowed(versions: Versions, swaps: readonly Swap[]): boolean {
  const { before, without } = versions;
  const all = versions.with(namesOf(swaps));
  const isConsistent = before.declarations.every((one) => {
    const form = formOf(one, all);
    const isMoved = form === undefined || form !== formOf(one, without);
    if (isMoved || all.renamed(one.name) !== without.renamed(one.name)) return versions.isSame(one, all);
    // A name that the form does not hold as one may mean the other thing now.
    return !swaps.some(({ saidIn }) => says({ ...one, name: "" }, saidIn(one)));
  });
  return isConsistent && swaps.every((swap) => isShown(versions, swap, swaps, all));
}

/** Whether a use of the names shows that they were exchanged. */
function isShown(versions: Versions, swap: Swap, swaps: readonly Swap[], all: Names): boolean {
  const others = versions.with(namesOf(swaps.filter((one) => one !== swap)));
  return versions.before.declarations.some(
    (one) => formOf(one, all) !== formOf(one, others) && swap.isUse(one, all, others),
  );
}

/** Whether one of some names stands in a declaration, alone or before a dot. */
function says(json: Json | Declaration, names: readonly string[]): boolean {
  if (typeof json === "string") return names.some((name) => json === name || json.startsWith(`${name}.`));
  if (typeof json !== "object" || json === null) return false;
  return Object.values(json).some((part: Json) => says(part, names));
}
