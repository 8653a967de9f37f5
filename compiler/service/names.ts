/** Which name stands at a place, and what it means: declarations across files, and names inside of a declaration. */
import { expressionsOf, visitExpr } from "../../grammar/index.ts";
import type { Expr, Name, Path, Span, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import { lookUp, type Module, type Modules } from "../load/index.ts";
import type { Workspace } from "./workspace.ts";

/** A place where a name is written. */
export interface Occurrence {
  readonly name: Name;
  /** The names before it of a dotted name: `Cs133` of `Cs133.Rn`. */
  readonly owner: readonly Name[];
  /** Whether names stand behind it: `Cs133` of `Cs133.Rn`. */
  readonly isOwner?: boolean;
  /** Statements around it, the outermost first. */
  readonly inside: readonly Statement[];
  /** The statement whose label it is: what it declares. */
  readonly declares?: Statement;
  /** What a name behind `use` is called in the file: `B` of `A as B`. */
  readonly usedAs?: string;
}

/** Where a name is declared. */
export interface Definition {
  readonly span: Span;
  readonly name: string;
  /** What declares it; absent for arguments and names behind `where`. */
  readonly statement?: Statement;
  /** The declaration that it is inside of. */
  readonly owner?: Statement;
  /** Where the name was declared first: a field of a copy goes by the name that it has in what was copied. */
  readonly first: Span;
}

/** Fields whose label is a name that formulas can read. */
const local = new Set([
  "parameter",
  "let",
  "input",
  "observable",
  "background",
  "systematic",
  "mediator",
  "constraint",
]);

/** Every name of a file that means something. */
export function occurrencesIn(tree: SyntaxTree): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const inExpr = (e: Expr, inside: readonly Statement[]): void =>
    visitExpr(e, (one) => {
      if (one.kind === "path") found.push(...pathNames(one, inside));
      if (one.kind === "call") {
        for (const { name } of one.args)
          if (name !== undefined) found.push({ name, owner: one.callee.parts, inside });
      }
      return true;
    });
  const visit = (statements: readonly Statement[], parents: readonly Statement[]): void => {
    for (const statement of statements) {
      const inside = [...parents, statement];
      const { label } = statement;
      const declares =
        label?.parts.length === 1 && (parents.length === 0 || local.has(statement.keyword.text));
      if (label !== undefined && declares)
        found.push({ name: label.parts[0]!, owner: [], inside, declares: statement });
      for (const e of expressionsOf(statement)) if (!(declares && e === label)) inExpr(e, inside);
      for (const clause of statement.clauses) {
        if (clause.kind !== "where") continue;
        for (const { name } of clause.bindings) found.push({ name, owner: [], inside });
      }
      for (const { name } of statement.params ?? []) found.push({ name, owner: [], inside });
      visit(statement.block?.statements ?? [], inside);
    }
  };
  visit(tree.statements, []);
  for (const use of tree.uses) {
    for (const { name, alias } of use.names) {
      found.push({ name, owner: [], inside: [], usedAs: (alias ?? name).text });
      if (alias !== undefined) found.push({ name: alias, owner: [], inside: [] });
    }
  }
  return found;
}

function pathNames({ parts }: Path, inside: readonly Statement[]): readonly Occurrence[] {
  return parts.map((name, i) => ({
    name,
    owner: parts.slice(0, i),
    isOwner: i + 1 < parts.length,
    inside,
  }));
}

/** The name at a place of a file. */
export function occurrenceAt(tree: SyntaxTree, offset: number): Occurrence | undefined {
  const hits = occurrencesIn(tree).filter(({ name: { span } }) => span.start <= offset && offset <= span.end);
  // The one that declares says most.
  return hits.find(({ declares }) => declares !== undefined) ?? hits[0];
}

/** What a name means; undefined when nothing declares it. */
export function definitionOf(
  workspace: Workspace,
  modules: Modules,
  module: Module,
  occurrence: Occurrence,
): Definition | undefined {
  const { name, owner, isOwner, inside, declares, usedAs } = occurrence;
  if (declares !== undefined) return declaredBy(modules, declares, inside);
  if (usedAs !== undefined) return topLevel(modules, module, usedAs);
  const [first] = owner;
  if (first !== undefined) {
    const of = definitionOf(workspace, modules, module, { name: first, owner: [], isOwner: true, inside });
    return of?.statement === undefined ? undefined : memberOf(modules, of.statement, name.text);
  }
  return (
    localName(modules, name.text, inside) ??
    topLevel(modules, module, name.text) ??
    (isOwner === true ? onlyDeclaration(modules, name.text) : onlyParameter(modules, name.text))
  );
}

function definition(
  statement: Statement,
  owner: Statement | undefined,
  first = statement,
): Definition | undefined {
  const name = statement.label?.parts[0];
  if (name === undefined) return undefined;
  const made = {
    span: name.span,
    name: name.text,
    statement,
    first: first.label?.parts[0]?.span ?? name.span,
  };
  return owner === undefined ? made : { ...made, owner };
}

function declaredBy(
  modules: Modules,
  statement: Statement,
  inside: readonly Statement[],
): Definition | undefined {
  const [owner] = inside;
  if (owner === undefined || inside.length === 1) return definition(statement, undefined);
  const isField = inside.length === 2;
  return (
    (isField ? memberOf(modules, owner, nameOf(statement) ?? "") : undefined) ?? definition(statement, owner)
  );
}

/** Arguments, names behind `where`, and the labels of fields around a place, the innermost first. */
function localName(modules: Modules, name: string, inside: readonly Statement[]): Definition | undefined {
  const [owner] = inside;
  for (const statement of [...inside].reverse()) {
    const param = statement.params?.find((one) => one.name.text === name);
    if (param !== undefined) return argument(param.name);
    for (const clause of statement.clauses) {
      const bound =
        clause.kind === "where" ? clause.bindings.find((one) => one.name.text === name) : undefined;
      if (bound !== undefined) return argument(bound.name);
    }
    const field = statement.block?.statements.find((one) => declaresName(one, name));
    if (field !== undefined && statement !== owner) return definition(field, owner);
  }
  return owner && memberOf(modules, owner, name);
}

const argument = ({ span, text }: Name): Definition => ({ span, name: text, first: span });

function declaresName({ keyword, label }: Statement, name: string): boolean {
  return local.has(keyword.text) && label?.parts.length === 1 && label.parts[0]?.text === name;
}

/** A field of a declaration, or of what it is a copy of. */
function memberOf(modules: Modules, statement: Statement, name: string): Definition | undefined {
  const found = withBases(modules, statement).flatMap((owner) => {
    const field = owner.block?.statements.find((one) => declaresName(one, name));
    return field === undefined ? [] : [{ owner, field }];
  });
  const [nearest] = found;
  return nearest && definition(nearest.field, nearest.owner, found.at(-1)?.field);
}

/** A declaration, what it is a copy of, what that is a copy of, and so on. */
function withBases(modules: Modules, statement: Statement): readonly Statement[] {
  const all = new Set<Statement>();
  let at: Statement | undefined = statement;
  while (at !== undefined && !all.has(at)) {
    all.add(at);
    at = baseOf(modules, at);
  }
  return [...all];
}

/** What a declaration is a copy of. */
export function baseOf(modules: Modules, { clauses, span }: Statement): Statement | undefined {
  const from = clauses.find((clause) => clause.kind === "from");
  const name = from?.base.parts[0]?.text;
  const found = name === undefined ? undefined : lookUp(modules, span.file, name);
  return typeof found === "object" ? found.statement : undefined;
}

export const nameOf = ({ label }: Statement): string | undefined => label?.parts[0]?.text;

/** A declaration of the file, or one that it uses. */
export function topLevel(modules: Modules, module: Module, name: string): Definition | undefined {
  const found = lookUp(modules, module.file, name);
  return typeof found === "object" ? definition(found.statement, undefined) : undefined;
}

/** The file behind the path of a `use`; of a folder that of the first name. */
export function usedFileAt(workspace: Workspace, file: string, offset: number): Span | undefined {
  const module = workspace.modules(file)?.root;
  const use = module?.tree.uses.find(({ pathSpan }) => pathSpan.start <= offset && offset <= pathSpan.end);
  for (const { name, alias } of use?.names ?? []) {
    const entry = module?.scope.get((alias ?? name).text);
    if (entry?.kind === "used") return { file: entry.file, start: 0, end: 0 };
  }
  return undefined;
}

/** A parameter of whatever declaration is read, by its short name when only one has it, its copies left out. */
function onlyParameter(modules: Modules, name: string): Definition | undefined {
  const found = [...modules.byFile.values()].flatMap(({ tree }) =>
    tree.statements.flatMap((statement) => {
      const field = statement.block?.statements.find(
        (one) => declaresName(one, name) && one.keyword.text !== "let" && one.keyword.text !== "input",
      );
      return field === undefined ? [] : (memberOf(modules, statement, name) ?? []);
    }),
  );
  const [one] = found;
  return found.every(({ first }) => isSame(first, one?.first)) ? one : undefined;
}

/** In results a declaration goes by its own name, also where a file does not use it or calls it otherwise. */
function onlyDeclaration(modules: Modules, name: string): Definition | undefined {
  const found = [...modules.byFile.values()].flatMap(({ tree }) =>
    tree.statements.filter((statement) => nameOf(statement) === name),
  );
  return found.length === 1 ? definition(found[0]!, undefined) : undefined;
}

export const isSame = (a: Span, b: Span | undefined): boolean => a.file === b?.file && a.start === b.start;

/** What a name at a place means, and how it is written there. */
export interface Written {
  readonly target: Definition;
  readonly text: string;
  readonly span: Span;
  /** It is a name that this file alone has for it: `B` of `use … { A as B }`. */
  readonly isAlias: boolean;
}

export function writtenAt(workspace: Workspace, file: string, offset: number): Written | undefined {
  const modules = workspace.modules(file);
  const occurrence = modules && occurrenceAt(modules.root.tree, offset);
  if (modules === undefined || occurrence === undefined) return undefined;
  const target = definitionOf(workspace, modules, modules.root, occurrence);
  const { text, span } = occurrence.name;
  return target && { target, text, span, isAlias: text !== target.name };
}

/**
 * All places that mean the same and where it is written so, where it is declared included: in the file, in what it uses,
 * and in the other files of the project.
 */
export function placesOf(
  workspace: Workspace,
  file: string,
  { target, text, isAlias }: Written,
): readonly Span[] {
  const places = new Map<string, Span>();
  const collect = (modules: Modules, module: Module): void => {
    for (const occurrence of occurrencesIn(module.tree)) {
      if (occurrence.name.text !== text) continue;
      const found = definitionOf(workspace, modules, module, occurrence);
      if (found === undefined || !isSame(found.first, target.first)) continue;
      const { span } = occurrence.name;
      places.set(`${span.file} ${span.start}`, span);
    }
  };
  const own = workspace.modules(file);
  if (own !== undefined) {
    for (const module of isAlias ? [own.root] : own.byFile.values()) collect(own, module);
  }
  const others = isAlias ? [] : workspace.specFiles();
  for (const other of others) {
    if (workspace.text(other)?.includes(text) !== true) continue;
    const modules = workspace.modules(other);
    if (modules !== undefined) collect(modules, modules.root);
  }
  return [...places.values()].sort((a, b) =>
    a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1,
  );
}
