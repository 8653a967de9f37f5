/**
 * From modules to one flat set of declarations: what the root file needs, each under a name of its own.
 *
 * A clash of names renames one of the two, `name_user`. So does a name that would be caught by something else:
 * a name that a module leaves to the language (a constant, a function, a unit), or a local name where it is used.
 */
import type { Name, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import {
  changes,
  type Diagnostic,
  diagnostic,
  didYouMean,
  type Extra,
  imported,
} from "../diagnostics/index.ts";
import type { KindDescription } from "../kinds/index.ts";
import type { KindName } from "../model/model.ts";
import { copyOf } from "./from.ts";
import type { Holding } from "./library.ts";
import { type Found, lookUp, type Modules, meaningIn, meantNames, rootsOf } from "./modules.ts";
import { nothingBound } from "./names.ts";
import { assignNames, type RootName } from "./rename.ts";
import { shapeDeclaration } from "./shape.ts";
import { walkStatement } from "./walk-statement.ts";

/** A declaration with `from` expanded, its names still those of its modules. */
export interface Node {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly kind: KindDescription;
  readonly statement: Statement;
  readonly incomplete: boolean;
}

/** A use of a name in a declaration, and the declaration that it means. */
export interface Edge {
  readonly from: string;
  readonly written: string;
  readonly to: string;
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: readonly Edge[];
  /** Names that formulas leave to the language. */
  readonly open: ReadonlySet<string>;
  /** Names bound inside each declaration. */
  readonly locals: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Linked {
  readonly nodes: readonly Node[];
  readonly roots: readonly string[];
  readonly poisoned: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Linking {
  readonly modules: Modules;
  readonly holding: Holding;
  readonly nodes: Map<string, Node>;
  /** Declarations that were looked at and are wrong. */
  readonly broken: Set<string>;
  readonly shaped: Map<string, Found & { kind: KindDescription; incomplete: boolean }>;
  readonly edges: Edge[];
  readonly open: Set<string>;
  readonly locals: Map<string, Set<string>>;
  readonly poisoned: Set<string>;
  readonly diagnostics: Diagnostic[];
  readonly queue: Node[];
}

const idOf = ({ file, name }: Pick<Found, "file" | "name">): string => `${file}\n${name}`;

export function link(modules: Modules, holding: Holding): Linked {
  const linking = newLinking(modules, holding);
  const { root } = modules;
  for (const statement of root.tree.statements) reportUnnamed(statement, linking);
  const known: RootName[] = [];
  for (const name of root.scope.keys()) {
    const node = nodeFor(root.file, name, linking);
    if (node === undefined) linking.poisoned.add(name);
    else known.push({ name, id: node.id });
  }
  // It grows while it is walked.
  for (const node of linking.queue) collect(node, linking);
  const names = assignNames(linking, root.file, known);
  const roots = new Set<string>();
  for (const name of rootsOf(root)) {
    const node = nodeFor(root.file, name, linking);
    const flat = node === undefined ? undefined : names.get(node.id);
    if (flat !== undefined) roots.add(flat);
  }
  const global = globalNames(names, linking);
  const nodes = [...linking.nodes.values()].map((node) => renamed(node, names, global, linking));
  return { nodes, roots: [...roots], poisoned: linking.poisoned, diagnostics: linking.diagnostics };
}

function newLinking(modules: Modules, holding: Holding): Linking {
  return {
    modules,
    holding,
    nodes: new Map(),
    broken: new Set(),
    shaped: new Map(),
    edges: [],
    open: new Set(),
    locals: new Map(),
    poisoned: new Set(),
    diagnostics: [],
    queue: [],
  };
}

/** Statements of the root file that have no name to be found by. */
function reportUnnamed(statement: Statement, { diagnostics }: Linking): void {
  if (statement.label !== undefined) return;
  const shaped = shapeDeclaration(statement);
  if (!("kind" in shaped)) diagnostics.push(...shaped);
}

/** The declaration that a name of a module means; undefined when there is none or it is broken. */
function nodeFor(file: string, name: string, linking: Linking): Node | undefined {
  const found = lookUp(linking.modules, file, name);
  if (found === undefined || typeof found === "string") return undefined;
  const id = idOf(found);
  const known = linking.nodes.get(id);
  if (known !== undefined || linking.broken.has(id)) return known;
  const node = expand(found, linking, []);
  if (node === undefined) return undefined;
  linking.nodes.set(id, node);
  linking.queue.push(node);
  return node;
}

/** Shapes a declaration once. */
function shape(found: Found, linking: Linking) {
  const id = idOf(found);
  const known = linking.shaped.get(id);
  if (known !== undefined || linking.broken.has(id)) return known;
  const shaped = shapeDeclaration(found.statement);
  if (!("kind" in shaped)) {
    linking.broken.add(id);
    linking.diagnostics.push(...shaped);
    return undefined;
  }
  linking.diagnostics.push(...shaped.diagnostics);
  if (shaped.broken) {
    linking.broken.add(id);
    return undefined;
  }
  const { kind, statement, incomplete } = shaped;
  const result = { ...found, statement, kind, incomplete };
  linking.shaped.set(id, result);
  return result;
}

/** Declarations of which each is a copy of the next. */
const mostCopies = 100;

/** The declaration with its bases copied in; `path` are the declarations that are copies of this one. */
function expand(found: Found, linking: Linking, path: readonly Found[]): Node | undefined {
  const id = idOf(found);
  const node = linking.broken.has(id) ? undefined : expandOnce(found, linking, path);
  if (node === undefined) linking.broken.add(id);
  return node;
}

function expandOnce(found: Found, linking: Linking, path: readonly Found[]): Node | undefined {
  const own = shape(found, linking);
  if (own === undefined) return undefined;
  const id = idOf(found);
  const clause = own.statement.clauses.find(({ kind }) => kind === "from");
  const node = { id, file: found.file, name: found.name, kind: own.kind };
  const name = clause?.kind === "from" ? clause.base.parts[0] : undefined;
  if (name === undefined) return { ...node, statement: own.statement, incomplete: own.incomplete };
  const base = lookUp(linking.modules, found.file, name.text);
  if (base === "poisoned" || base === "circular") return undefined;
  if (base === undefined) {
    linking.diagnostics.push(unknownName(name, found.file, [own.kind.keyword], linking));
    return undefined;
  }
  const chain = [...path, found];
  if (chain.some((one) => idOf(one) === idOf(base))) {
    const cycle = [...chain, base].map((one) => one.name).join(" from ");
    linking.diagnostics.push(diagnostic("SV1107", name.span, { name: found.name, cycle }));
    return undefined;
  }
  if (chain.length > mostCopies) {
    const found = {
      what: `\`${chain[0]!.name}\``,
      found: chain.length,
      items: "copies of copies",
      most: mostCopies,
    };
    linking.diagnostics.push(diagnostic("SV1422", name.span, found));
    return undefined;
  }
  const copied = linking.nodes.get(idOf(base)) ?? expand(base, linking, chain);
  if (copied === undefined) return undefined;
  if (copied.kind !== own.kind) {
    linking.diagnostics.push(wrongKind(name, copied.kind, [own.kind.keyword]));
    return undefined;
  }
  const statement = copyOf(copied.statement, own.statement, own.kind, meaningIn(linking.modules));
  return { ...node, statement, incomplete: own.incomplete || copied.incomplete };
}

function unknownName(
  name: Name,
  file: string,
  kinds: readonly KindName[],
  { modules, holding }: Linking,
): Diagnostic {
  const module = modules.byFile.get(file);
  const extra = module === undefined ? {} : importing(name.text, holding(name.text, kinds), module.tree);
  const near = (): Extra => didYouMean(name.span, name.text, meantNames(module));
  return diagnostic("SV1101", name.span, { name: name.text }, extra.help === undefined ? near() : extra);
}

/** For a name of the library. */
function importing(name: string, modules: readonly string[], tree: SyntaxTree): Extra {
  const fixes = modules.map((from) =>
    changes(`add \`use ${from} { ${name} }\``, ...imported(tree, from, name)),
  );
  return fixes.length === 0 ? {} : { help: fixes.map(({ title }) => title).join(", or "), fixes };
}

function wrongKind(name: Name, found: KindDescription, expected: readonly KindName[]): Diagnostic {
  const [article, due] = [withArticle(found.keyword), expected.map(withArticle).join(" or ")];
  return diagnostic("SV1109", name.span, { name: name.text, found: article, expected: due });
}

export const withArticle = (word: string): string => `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;

/** Finds what the names of a declaration mean, and so what else is needed. */
function collect(node: Node, linking: Linking): void {
  const locals = new Set<string>();
  linking.locals.set(node.id, locals);
  const meet = (name: Name): Node | undefined => {
    const target = nodeFor(name.span.file, name.text, linking);
    if (target !== undefined) linking.edges.push({ from: node.id, written: name.text, to: target.id });
    return target;
  };
  walkStatement(
    node.statement,
    node.kind,
    {
      bind: (name) => void locals.add(name),
      free(name, dotted) {
        if (meet(name) !== undefined) return undefined;
        if (isPoisoned(name, linking)) linking.poisoned.add(name.text);
        else if (!dotted) linking.open.add(name.text);
        return undefined;
      },
      reference(name, to) {
        const target = meet(name);
        if (target !== undefined && !to.includes(target.kind.keyword)) {
          linking.diagnostics.push(wrongKind(name, target.kind, to));
        } else if (target === undefined) {
          if (isPoisoned(name, linking)) linking.poisoned.add(name.text);
          else linking.diagnostics.push(unknownName(name, name.span.file, to, linking));
        }
        return undefined;
      },
    },
    nothingBound,
  );
}

/** Something is meant by the name, and what is wrong with it was said elsewhere. */
function isPoisoned(name: Name, { modules }: Linking): boolean {
  return modules.byFile.get(name.span.file)?.scope.has(name.text) === true;
}

/** The declaration under its flat name, with the flat names of all others in it. */
function renamed(
  node: Node,
  names: ReadonlyMap<string, string>,
  global: ReadonlyMap<string, string | undefined>,
  linking: Linking,
): Node {
  const flat = (name: Name): string | undefined => {
    const target = nodeFor(name.span.file, name.text, linking);
    return target === undefined ? undefined : names.get(target.id);
  };
  const statement = walkStatement(
    node.statement,
    node.kind,
    {
      free: (name, dotted) => flat(name) ?? (dotted ? global.get(name.text) : undefined),
      reference: flat,
    },
    nothingBound,
  );
  const name = names.get(node.id) ?? node.name;
  const label = statement.label;
  const [head] = label?.parts ?? [];
  if (label === undefined || head === undefined) return { ...node, name, statement };
  return {
    ...node,
    name,
    statement: { ...statement, label: { ...label, parts: [{ ...head, text: name }] } },
  };
}

/**
 * Flat names by the names in the text, for `Cs133.Rn` of a nucleus that the file has not imported: parameters have global
 * names. Undefined for a name that several have.
 */
function globalNames(
  names: ReadonlyMap<string, string>,
  { nodes }: Linking,
): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { id, name } of nodes.values()) found.set(name, found.has(name) ? undefined : names.get(id));
  return found;
}
