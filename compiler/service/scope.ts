/** Declarations and parameters that a half-written statement may name, from what was last understood of the files. */
import type { Around, Unfinished } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import { suggest } from "../diagnostics/index.ts";
import {
  type BlockDescription,
  type FieldDescription,
  findKind,
  type StatementDescription,
} from "../kinds/index.ts";
import { copyOf } from "../load/from.ts";
import type { Modules } from "../load/index.ts";
import { lookUp, meaningIn } from "../load/modules.ts";
import type { KindName } from "../model/model.ts";
import { type HeadForm, headForm, type Part, partsOf } from "./context.ts";
import { baseOf, nameOf } from "./names.ts";
import type { Workspace } from "./workspace.ts";

/** A statement in whose block the place is. */
export interface Outer {
  readonly keyword: string;
  /** Where it begins. */
  readonly start: number;
  readonly head: HeadForm;
  /** The name behind `from`. */
  readonly base: string | undefined;
  /** Words of its annotation. */
  readonly parts: readonly Part[];
  readonly description: StatementDescription | undefined;
}

/** A place in a file that an editor asks about. */
export interface Place {
  readonly workspace: Workspace;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly modules: Modules;
  readonly open: Unfinished;
  readonly outer: readonly Outer[];
}

export function outerOf(around: readonly Around[]): readonly Outer[] {
  const found: Outer[] = [];
  for (const { words } of around) {
    const parts = partsOf(words);
    const keyword = words[0]?.text ?? "";
    const block = found.at(-1)?.description?.block;
    const description = describe(block, keyword);
    // A brace before it is missing.
    if (description !== undefined && description === findKind(keyword)) found.length = 0;
    const base = parts.find(({ kind }) => kind === "from")?.words[0]?.text;
    const start = words[0]?.start ?? 0;
    found.push({ keyword, start, head: headForm(parts[0]!.words), base, parts, description });
  }
  return found;
}

/** What a keyword begins in a block; a declaration where the block has no such field. */
export function describe(
  block: BlockDescription | undefined,
  keyword: string,
): StatementDescription | undefined {
  const own = block?.fields.some((field) => field.keyword === keyword) === true;
  const kind = own ? undefined : findKind(keyword);
  return kind ?? (block && fieldNamed(block, keyword));
}

/** The field of a keyword; of a misspelt one the field that was probably meant. */
function fieldNamed(block: BlockDescription, keyword: string): FieldDescription | undefined {
  const named = (text: string | undefined) => block.fields.find((field) => field.keyword === text);
  const meant = () =>
    named(
      suggest(
        keyword,
        block.fields.map((field) => field.keyword),
      ),
    );
  return named(keyword) ?? block.open ?? meant();
}

/** A declaration with the fields that it takes from the one that it is a copy of. */
export function expanded(modules: Modules, statement: Statement, path: readonly Statement[] = []): Statement {
  const kind = findKind(statement.keyword.text);
  const from = path.includes(statement) ? undefined : baseOf(modules, statement);
  if (from === undefined || kind === undefined) return statement;
  const base = expanded(modules, from, [...path, statement]);
  return base.keyword.text === statement.keyword.text
    ? copyOf(base, statement, kind, meaningIn(modules))
    : statement;
}

/** What a name of the file at hand means: declarations elsewhere are known by their names as well. */
export function declarationNamed(modules: Modules, name: string): Statement | undefined {
  const found = lookUp(modules, modules.root.file, name);
  if (found !== undefined && typeof found !== "string") return expanded(modules, found.statement);
  for (const { tree } of modules.byFile.values()) {
    const statement = tree.statements.find((one) => nameOf(one) === name);
    if (statement !== undefined) return expanded(modules, statement);
  }
  return undefined;
}

export const fieldsIn = (statement: Statement | undefined): readonly Statement[] =>
  statement?.block?.statements ?? [];

/** The statements around a place as they were last read, the outermost first, with what they take from others. */
export function statementsAround({ modules, outer }: Place): readonly (Statement | undefined)[] {
  const found: (Statement | undefined)[] = [];
  for (const [depth, { keyword, head, base }] of outer.entries()) {
    const name = head.label[0];
    const among = depth === 0 ? modules.root.tree.statements : fieldsIn(found[depth - 1]);
    const own = among.find((one) => one.keyword.text === keyword && nameOf(one) === name);
    const other = base === undefined ? undefined : declarationNamed(modules, base);
    found.push(own === undefined || depth > 0 ? (own ?? other) : expanded(modules, own));
  }
  return found;
}

/** The declaration around a place as it was last read, without what it takes from others. */
export function declarationAround({ modules, outer }: Place): Statement | undefined {
  const [first] = outer;
  const isIt = (one: Statement): boolean =>
    one.keyword.text === first?.keyword && nameOf(one) === first.head.label[0];
  return modules.root.tree.statements.find(isIt);
}

/** Names of the file and what they mean, its own ones first; without the declaration that the place is in. */
export function declarationsOf(place: Place, of: readonly KindName[]): readonly [string, Statement][] {
  const { modules, outer, open } = place;
  const own = outer[0]?.head.label[0] ?? headForm(partsOf(open.words)[0]!.words).label[0];
  return [...modules.root.scope.keys()].flatMap((name): [string, Statement][] => {
    const found = lookUp(modules, modules.root.file, name);
    if (found === undefined || typeof found === "string" || name === own) return [];
    const { statement } = found;
    return of.some((kind) => kind === statement.keyword.text) ? [[name, statement]] : [];
  });
}

/** Parameters of a declaration, and the errors of an experiment that are parameters as well. */
export function parametersIn(statement: Statement): readonly Statement[] {
  if (statement.keyword.text === "analysis") return [];
  return fieldsIn(statement).filter((field) => {
    const { text } = field.keyword;
    if (field.label === undefined || text !== "background")
      return text === "parameter" || text === "systematic";
    return fieldsIn(field).some(
      (one) => one.keyword.text === "total" && one.assign?.value.kind === "uncertain",
    );
  });
}

const ownersKnown = new WeakMap<Modules, ReadonlyMap<string, Statement>>();

/** Declarations with parameters by their names: those of the file before what it uses, before what these are made of. */
export function ownersOfParameters(modules: Modules): ReadonlyMap<string, Statement> {
  const known = ownersKnown.get(modules) ?? reachableOwners(modules);
  ownersKnown.set(modules, known);
  return known;
}

function reachableOwners(modules: Modules): ReadonlyMap<string, Statement> {
  const owners = new Map<string, Statement>();
  const reached = new Set<Statement>();
  const waiting: { readonly file: string; readonly name: string }[] = [...modules.root.scope.keys()].map(
    (name) => ({ file: modules.root.file, name }),
  );
  for (const { file, name } of waiting) {
    const found = lookUp(modules, file, name);
    if (found === undefined || typeof found === "string" || reached.has(found.statement)) continue;
    const { statement } = found;
    reached.add(statement);
    const known = file === modules.root.file ? name : (nameOf(statement) ?? name);
    // Parameters of an analysis are its own; copies of many analyses take long to make.
    const holds =
      statement.keyword.text !== "analysis" &&
      (fieldsIn(statement).length > 0 || statement.clauses.length > 0);
    if (holds && !owners.has(known)) owners.set(known, statement);
    const { start, end } = statement.span;
    const text = modules.sources.get(found.file)?.slice(start, end) ?? "";
    for (const [word] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu))
      waiting.push({ file: found.file, name: word });
  }
  return owners;
}

/** The parameter that a name in an analysis means, by itself or behind its owner. */
export function parameterNamed(place: Place, path: readonly string[]): Statement | undefined {
  const { modules } = place;
  const [first = "", second] = path;
  const among = (statement: Statement | undefined, name: string): Statement | undefined =>
    statement && parametersIn(statement).find((one) => nameOf(one) === name);
  if (second !== undefined) return among(declarationNamed(modules, first), second);
  const own = fieldsIn(statementsAround(place)[0]).find(
    (one) => one.keyword.text === "parameter" && nameOf(one) === first,
  );
  if (own !== undefined) return own;
  const found = [...ownersOfParameters(modules).values()].flatMap(
    (statement) => among(expanded(modules, statement), first) ?? [],
  );
  return found[0];
}
