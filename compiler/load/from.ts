/** `from`: a declaration as a copy of another one of its kind, with the fields it gives itself in place of the old. */
import type { Clause, Name, Statement } from "../../grammar/syntax.ts";
import type { BlockDescription, KindDescription } from "../kinds/index.ts";
import { fieldKey } from "./complete.ts";
import { fieldOf } from "./shape.ts";

/** Tells which declaration a name means, whatever it is called in its file; undefined for one that the file does not know. */
export type Meaning = (name: Name) => { readonly file: string; readonly name: string } | undefined;

/**
 * The copy. Fields given again replace those of the base: repeatable ones by label or index (`charge[l]` replaces
 * every `charge[l]` of the base), and a field of one way to say a thing replaces the other ways.
 */
export function copyOf(base: Statement, own: Statement, kind: KindDescription, meaning: Meaning): Statement {
  const { assign: _assign, block: _block, clauses: _clauses, ...rest } = base;
  const replacesValue = own.assign !== undefined || (own.block !== undefined && base.block === undefined);
  const merged: Statement = {
    ...rest,
    ...own,
    cites: [...base.cites, ...own.cites.filter(({ key }) => !base.cites.some((cite) => cite.key === key))],
    clauses: mergeClauses(base.clauses, own.clauses, replacesValue),
    ...(replacesValue || base.assign === undefined ? {} : { assign: base.assign }),
  };
  if (own.assign !== undefined || base.block === undefined || kind.block === undefined) return merged;
  if (own.block === undefined) return { ...merged, block: base.block };
  const named = namesOf([...base.block.statements, ...own.block.statements], kind.block, meaning);
  const statements = mergeFields(base.block.statements, own.block.statements, kind.block, named);
  return { ...merged, block: { ...own.block, statements } };
}

function mergeClauses(
  base: readonly Clause[],
  own: readonly Clause[],
  replacesValue: boolean,
): readonly Clause[] {
  const mine = own.filter(({ kind }) => kind !== "from");
  const kept = base.filter(
    ({ kind }) => kind !== "from" && !replacesValue && !mine.some((clause) => clause.kind === kind),
  );
  return [...kept, ...mine];
}

function mergeFields(
  base: readonly Statement[],
  own: readonly Statement[],
  block: BlockDescription,
  named: Named,
): readonly Statement[] {
  const targets = targetsOf([...base, ...own], block, named);
  const key = (statement: Statement): string => targets.get(statement) ?? mergeKey(statement, block, named);
  const replaced = new Set(own.map(key));
  const given = new Set<string>();
  const excluded = excludedBy(own, block);
  const merged = base.flatMap((statement) => {
    if (excluded.has(statement.keyword.text)) return [];
    if (!replaced.has(key(statement))) return [statement];
    if (given.has(key(statement))) return [];
    given.add(key(statement));
    return own.filter((mine) => key(mine) === key(statement));
  });
  return [...merged, ...own.filter((statement) => !given.has(key(statement)))];
}

/**
 * The parameters that fields like `free` and `fix` are about, the same for each way to name one and whatever is done
 * with it: `M_Zp` is `UniversalVector.M_Zp` unless the analysis has a parameter of that name itself.
 */
function targetsOf(
  statements: readonly Statement[],
  block: BlockDescription,
  named: Named,
): ReadonlyMap<Statement, string> {
  const about = statements.filter((one) => fieldOf(block, one)?.label.kind === "parameter");
  const declared = new Set(
    statements.flatMap((one) => (fieldOf(block, one)?.label.kind === "name" ? nameParts(one) : [])),
  );
  const short = new Set(
    about
      .filter((one) => nameParts(one).length === 1 && !declared.has(nameParts(one)[0] ?? ""))
      .map(shortKey),
  );
  const keyOf = (one: Statement): string =>
    short.has(shortKey(one)) ? shortKey(one) : named(one) + indexText(one);
  return new Map(about.map((one) => [one, `parameter ${keyOf(one)}`]));
}

const nameParts = ({ label }: Statement): readonly string[] => label?.parts.map(({ text }) => text) ?? [];
const indexText = ({ index }: Statement): string =>
  index === undefined ? "" : `[${index.names.map(({ text }) => text).join(",")}]`;
const shortKey = (one: Statement): string => `${nameParts(one).at(-1)}${indexText(one)}`;

/** How the label of a statement is called among others that may call the same declarations otherwise. */
type Named = (statement: Statement) => string;

/**
 * Labels of statements in the names that declarations have where they are made: `UV.M_Zp` of `use … { UniversalVector as UV }`
 * is `UniversalVector.M_Zp`. A name that its file does not know is that of the one declaration which is called so.
 */
function namesOf(statements: readonly Statement[], block: BlockDescription, meaning: Meaning): Named {
  const owners = new Map<Name, string>();
  const known = new Map<string, Set<string>>();
  const names = statements.flatMap((one) => ownerIn(one, block) ?? []);
  for (const name of names) {
    const found = meaning(name);
    if (found === undefined) continue;
    const id = `${found.name} of ${found.file}`;
    owners.set(name, id);
    known.set(found.name, (known.get(found.name) ?? new Set()).add(id));
  }
  for (const name of names) {
    const [only, ...others] = known.get(name.text) ?? [];
    if (!owners.has(name) && only !== undefined && others.length === 0) owners.set(name, only);
  }
  return (statement) => {
    const [first, ...rest] = statement.label?.parts ?? [];
    const owner = first && (owners.get(first) ?? first.text);
    return [owner, ...rest.map(({ text }) => text)].join(".");
  };
}

/** The name in a label that is one of a declaration: `CsI` of `target CsI`, `Cs133` of `fix Cs133.Rn`. */
function ownerIn(statement: Statement, block: BlockDescription): Name | undefined {
  const kind = fieldOf(block, statement)?.label.kind;
  const [first, ...rest] = statement.label?.parts ?? [];
  return kind === "reference" || (kind === "parameter" && rest.length > 0) ? first : undefined;
}

function mergeKey(statement: Statement, block: BlockDescription, named: Named): string {
  const field = fieldOf(block, statement);
  if (field?.repeatable === true && field.label.kind === "reference")
    return `${statement.keyword.text} ${named(statement)}${indexText(statement)}`;
  if (field?.label.kind === "name") return `name ${statement.label?.parts[0]?.text}`;
  return field?.repeatable === true ? fieldKey(statement) : `field ${statement.keyword.text}`;
}

/** Fields of the ways that the copy does not take any more. */
function excludedBy(own: readonly Statement[], { choices }: BlockDescription): ReadonlySet<string> {
  const gives = (keyword: string): boolean => own.some((statement) => statement.keyword.text === keyword);
  return new Set(
    choices.flatMap(({ ways }) =>
      ways.some((way) => way.some(gives)) ? ways.filter((way) => !way.some(gives)).flat() : [],
    ),
  );
}
