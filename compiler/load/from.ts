/** `from`: a declaration as a copy of another one of its kind, with the fields it gives itself in place of the old. */
import type { Clause, Statement } from "../../grammar/syntax.ts";
import type { BlockDescription, KindDescription } from "../kinds/index.ts";
import { fieldKey } from "./complete.ts";
import { fieldOf } from "./shape.ts";

/**
 * The copy. Fields given again replace those of the base: repeatable ones by label or index (`charge[l]` replaces
 * every `charge[l]` of the base), and a field of one way to say a thing replaces the other ways.
 */
export function copyOf(base: Statement, own: Statement, kind: KindDescription): Statement {
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
  const statements = mergeFields(base.block.statements, own.block.statements, kind.block);
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
): readonly Statement[] {
  const targets = targetsOf([...base, ...own], block);
  const key = (statement: Statement): string => targets.get(statement) ?? mergeKey(statement, block);
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
  const keyOf = (one: Statement): string => (short.has(shortKey(one)) ? shortKey(one) : fullKey(one));
  return new Map(about.map((one) => [one, `parameter ${keyOf(one)}`]));
}

const nameParts = ({ label }: Statement): readonly string[] => label?.parts.map(({ text }) => text) ?? [];
const indexText = ({ index }: Statement): string =>
  index === undefined ? "" : `[${index.names.map(({ text }) => text).join(",")}]`;
const shortKey = (one: Statement): string => `${nameParts(one).at(-1)}${indexText(one)}`;
const fullKey = (one: Statement): string => `${nameParts(one).join(".")}${indexText(one)}`;

function mergeKey(statement: Statement, block: BlockDescription): string {
  const field = fieldOf(block, statement);
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
