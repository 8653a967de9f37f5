/** One name for each declaration of a model. */
import type { Graph, Node } from "./link.ts";

/** A name of the root file's scope, and the declaration that it means. */
export interface RootName {
  readonly name: string;
  readonly id: string;
}

/**
 * Names by the id of the declaration. The text's name is kept where it can be: those of the root file come first, the
 * others in the order in which names lead to them from there. That depends on names alone, neither on those of files nor
 * on the order of any text, so that the same spec in other files has the same content hash.
 */
export function assignNames(
  graph: Graph,
  rootFile: string,
  roots: readonly RootName[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const hidden = hiddenNames(graph);
  const reached = reachedFrom(graph, roots);
  const own = ({ file }: Node): number => (file === rootFile ? 0 : 1);
  const rank = ({ id }: Node): number => reached.get(id)?.rank ?? reached.size;
  const ordered = [...graph.nodes.values()].sort(
    (a, b) => own(a) - own(b) || compareTexts(a.name, b.name) || rank(a) - rank(b),
  );
  for (const node of ordered) {
    const user = own(node) === 0 ? undefined : reached.get(node.id)?.user;
    const name = freeName(node.name, user ?? "main", (text) => {
      return !taken.has(text) && !isCaught(text, node, graph, hidden);
    });
    taken.add(name);
    names.set(node.id, name);
  }
  return names;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `Cs133`, `Cs133_CsI` when it is there for `CsI`, `Cs133_CsI2`, … */
function freeName(name: string, user: string, isFree: (text: string) => boolean): string {
  if (isFree(name)) return name;
  if (isFree(`${name}_${user}`)) return `${name}_${user}`;
  for (let count = 2; ; count++) if (isFree(`${name}_${user}${count}`)) return `${name}_${user}${count}`;
}

interface Reached {
  /** The shortest way by names comes first, of equally long ones the first in alphabetical order. */
  readonly rank: number;
  /** The declaration before it on that way; undefined for what the root file names itself. */
  readonly user?: string;
}

/** How names lead from the root file to each declaration. */
function reachedFrom({ nodes, edges }: Graph, roots: readonly RootName[]): ReadonlyMap<string, Reached> {
  const uses = new Map<string, RootName[]>();
  for (const { from, written, to } of edges) push(uses, from, { name: written, id: to });
  const found = new Map<string, Reached>();
  const byName = (a: RootName, b: RootName): number => compareTexts(a.name, b.name);
  let level = [...roots].sort(byName).map((one) => ({ ...one, user: undefined as string | undefined }));
  while (level.length > 0) {
    const fresh = level.filter(({ id, user }) => {
      if (found.has(id)) return false;
      found.set(id, { rank: found.size, ...(user === undefined ? {} : { user }) });
      return true;
    });
    level = fresh.flatMap(({ id }) =>
      [...(uses.get(id) ?? [])].sort(byName).map((one) => ({ ...one, user: nodes.get(id)?.name })),
    );
  }
  return found;
}

function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}

interface Use {
  readonly written: string;
  readonly locals: ReadonlySet<string>;
}

/** By declaration: where it is used under which name, among which local names. */
function hiddenNames({ edges, locals }: Graph): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const { from, to, written } of edges)
    push(uses, to, { written, locals: locals.get(from) ?? new Set<string>() });
  return uses;
}

/** A name that would mean something else where it is used, or where another name is left to the language. */
function isCaught(
  text: string,
  node: Node,
  { open }: Graph,
  hidden: ReadonlyMap<string, readonly Use[]>,
): boolean {
  if (open.has(text)) return true;
  const uses = hidden.get(node.id) ?? [];
  return uses.some(({ written, locals }) => written !== text && locals.has(text));
}
