/** One name for each declaration of a model. */
import type { Graph, Node } from "./link.ts";
import { stemOf } from "./paths.ts";

/**
 * Names by the id of the declaration. The text's name is kept where it can be: those of the root file come first,
 * the others in an order that does not depend on the order of any text.
 */
export function assignNames(graph: Graph, rootFile: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const hidden = hiddenNames(graph);
  const rank = ({ file, name }: Node): readonly string[] => [
    file === rootFile ? "0" : "1",
    name,
    stemOf(file),
    file,
  ];
  const ordered = [...graph.nodes.values()].sort((a, b) => compareTexts(rank(a), rank(b)));
  for (const node of ordered) {
    const name = candidates(node, rootFile).find(
      (text) => !taken.has(text) && !isCaught(text, node, graph, hidden),
    );
    if (name === undefined) throw new Error(`no name is left for ${node.name}`);
    taken.add(name);
    names.set(node.id, name);
  }
  return names;
}

function compareTexts(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, index) => text !== b[index]);
  return at < 0 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}

/**
 * `Cs133`, `Cs133_nuclei`, `Cs133_nuclei2`, …; endless for the purpose. Those of the root file do not depend on its name,
 * so that a copy of a spec under another name has the same content hash.
 */
function candidates({ name, file }: Node, rootFile: string): readonly string[] {
  const module = (file === rootFile ? "main" : stemOf(file)).replace(/[^A-Za-z0-9_]/g, "_");
  const numbered = Array.from({ length: 1000 }, (_, at) => `${name}_${module}${at + 2}`);
  return [name, `${name}_${module}`, ...numbered];
}

type Hidden = ReadonlyMap<
  string,
  readonly { readonly written: string; readonly locals: ReadonlySet<string> }[]
>;

/** By declaration: where it is used under which name, among which local names. */
function hiddenNames({ edges, locals }: Graph): Hidden {
  const uses = new Map<string, { written: string; locals: ReadonlySet<string> }[]>();
  for (const { from, to, written } of edges) {
    const use = { written, locals: locals.get(from) ?? new Set() };
    uses.set(to, [...(uses.get(to) ?? []), use]);
  }
  return uses;
}

/** A name that would mean something else where it is used, or where another name is left to the language. */
function isCaught(text: string, node: Node, { open }: Graph, hidden: Hidden): boolean {
  if (open.has(text)) return true;
  const uses = hidden.get(node.id) ?? [];
  return uses.some(({ written, locals }) => written !== text && locals.has(text));
}
