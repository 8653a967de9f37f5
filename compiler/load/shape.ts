/**
 * Statements against the descriptions of their kinds: which parts they have, which fields, which words.
 *
 * One mistake is one diagnostic: a statement with a wrong part is reported once and left out of its block, which
 * is then `incomplete`, so that nothing misses it. What is required is asked for by `complete.ts`, after `from`.
 */
import type { Block, Span, Statement } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, didYouMean, insertion, removal } from "../diagnostics/index.ts";
import {
  type BlockDescription,
  findKind,
  formOf,
  type KindDescription,
  kinds,
  type StatementDescription,
  species,
} from "../kinds/index.ts";
import { checkRepetition, checkRequired } from "./complete.ts";
import { hasHole } from "./missing.ts";
import { headOf, partToAdd, signMeant } from "./missing-part.ts";
import { checkValue, checkWord, spelled, wrongForm } from "./shape-value.ts";

/** A top-level statement that is a declaration. */
export interface Shaped {
  readonly kind: KindDescription;
  readonly name: string;
  /** Without the statements that were wrong. */
  readonly statement: Statement;
  readonly incomplete: boolean;
  /** What else may miss because the declaration itself is wrong: it is not to be used. */
  readonly broken: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

interface Result {
  readonly statement: Statement;
  /** Fields were left out. */
  readonly incomplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Undefined, with a diagnostic, when the statement declares nothing. */
export function shapeDeclaration(statement: Statement): Shaped | readonly Diagnostic[] {
  const kind = statement.over === undefined ? findKind(statement.keyword.text) : undefined;
  if (kind === undefined) return [unknownKind(statement)];
  const name = statement.label?.parts[0]?.text;
  if (name === undefined) {
    if (hasHole(statement)) return [];
    return [unnamed(statement)];
  }
  const hole = hasHole(statement);
  const own = hole ? [] : checkParts(statement, kind);
  const inner = shapeBlock(statement, kind, `\`${kind.keyword} ${name}\``);
  return {
    kind,
    name,
    statement: inner.statement,
    incomplete: inner.incomplete || hole || own.length > 0 || statement.broken === true,
    broken: hole || own.length > 0,
    diagnostics: [...own, ...inner.diagnostics],
  };
}

function unnamed({ keyword }: Pick<Statement, "keyword">): Diagnostic {
  const { text, span } = keyword;
  const name = `New${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  const fixes = [insertion(span, ` ${name}`, `name it \`${name}\``)];
  return diagnostic("SV1312", span, { keyword: text }, { fixes });
}

function unknownKind(statement: Statement): Diagnostic {
  const { keyword } = statement;
  if (placesOf(keyword.text).length > 0) {
    const help = `it belongs into ${placesOf(keyword.text).join(" or ")}`;
    const parameters = { keyword: keyword.text, place: "a file" };
    const fixes = [removal(statement, "remove it from here")];
    return diagnostic("SV1313", keyword.span, parameters, { help, fixes });
  }
  const extra = didYouMean(keyword.span, keyword.text, Object.keys(kinds));
  return diagnostic("SV1301", keyword.span, { keyword: keyword.text }, extra);
}

/** The statement with the good part of its block. */
function shapeBlock(statement: Statement, description: StatementDescription, owner: string): Result {
  const { block } = statement;
  if (block === undefined || description.block === undefined) {
    return { statement, incomplete: false, diagnostics: [] };
  }
  const inner = shapeFields(block, description.block, owner);
  return { ...inner, statement: { ...statement, block: { ...block, statements: inner.statements } } };
}

function shapeFields(block: Block, description: BlockDescription, owner: string) {
  const diagnostics: Diagnostic[] = [];
  const statements: Statement[] = [];
  let incomplete = false;
  for (const statement of block.statements) {
    const shaped = shapeField(statement, description, owner);
    diagnostics.push(...shaped.diagnostics);
    if (shaped.kept !== undefined) statements.push(shaped.kept);
    if (shaped.kept === undefined || shaped.incomplete) incomplete = true;
  }
  const repetition = checkRepetition(statements, description);
  const kept = statements.filter((statement) => !repetition.dropped.has(statement));
  return { statements: kept, incomplete, diagnostics: [...diagnostics, ...repetition.diagnostics] };
}

interface Field {
  readonly kept?: Statement;
  readonly incomplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

function shapeField(statement: Statement, block: BlockDescription, owner: string): Field {
  const description = fieldOf(block, statement);
  if (description === undefined) {
    return { incomplete: true, diagnostics: [unknownField(statement, block, owner)] };
  }
  const hole = hasHole(statement);
  const own = hole ? [] : checkParts(statement, description);
  const label = statement.label === undefined ? "" : ` ${spelled(statement.label)}`;
  const written = `\`${statement.keyword.text}${label}\``;
  const inner = shapeBlock(statement, description, written);
  const diagnostics = [...own, ...inner.diagnostics];
  if (hole || own.length > 0) return { incomplete: true, diagnostics };
  const lacking =
    statement.block === undefined || description.block === undefined || inner.incomplete
      ? []
      : checkRequired(statement, description.block, written, statement.keyword.span);
  return { kept: inner.statement, incomplete: inner.incomplete, diagnostics: [...diagnostics, ...lacking] };
}

/** The description of a field by its keyword and what stands over the slash. */
export function fieldOf(block: BlockDescription, { keyword, over }: Statement) {
  const known = block.fields.find((field) => field.keyword === keyword.text && field.over === over?.text);
  return known ?? (over === undefined ? block.open : undefined);
}

function unknownField(statement: Statement, block: BlockDescription, owner: string): Diagnostic {
  const { keyword, over } = statement;
  const written = over === undefined ? keyword.text : `${keyword.text}/${over.text}`;
  const span = over === undefined ? keyword.span : { ...keyword.span, end: over.span.end };
  const own = block.fields.map((field) =>
    field.over === undefined ? field.keyword : `${field.keyword}/${field.over}`,
  );
  const suggestion = didYouMean(span, written, own);
  const places = placesOf(written);
  if (suggestion.help === undefined && places.length > 0) {
    const help = `it belongs into ${places.join(" or ")}`;
    const fixes = [removal(statement, "remove it from here")];
    return diagnostic("SV1313", span, { keyword: written, place: owner }, { help, fixes });
  }
  return diagnostic("SV1302", span, { owner, field: written }, suggestion);
}

/** In which blocks a field of that keyword is known, for people. */
function placesOf(keyword: string): readonly string[] {
  const inside = (of: string, block: BlockDescription | undefined): readonly string[] =>
    (block?.fields ?? []).flatMap((field) => {
      const written = field.over === undefined ? field.keyword : `${field.keyword}/${field.over}`;
      const here = written === keyword ? [of] : [];
      return [...here, ...inside(`\`${field.keyword}\` of ${of}`, field.block)];
    });
  return Object.values(kinds).flatMap((kind) => inside(`\`${kind.keyword}\``, kind.block));
}

/** The parts of a statement but for its block; at most one diagnostic about its form. */
function checkParts(statement: Statement, description: StatementDescription): readonly Diagnostic[] {
  const place = { field: statement.keyword.text, form: formOf(description) };
  const misplaced =
    labelProblem(statement, description) ??
    indexProblem(statement, description) ??
    paramsProblem(statement, description) ??
    annotationProblem(statement, description) ??
    assignProblem(statement, description) ??
    clauseProblem(statement, description) ??
    blockProblem(statement, description);
  if (misplaced !== undefined) {
    if (!("file" in misplaced)) return [misplaced];
    // What is there is right as far as it goes where the keyword is pointed at.
    const lacks = misplaced === statement.keyword.span || misplaced === statement.label?.span;
    return [
      wrongForm(
        misplaced,
        place,
        lacks ? partToAdd(statement, description) : signMeant(statement, description),
      ),
    ];
  }
  return [
    ...checkSpecies(statement, description),
    ...checkAnnotation(statement, description),
    ...(statement.assign !== undefined && description.value !== undefined
      ? checkValue(statement.assign.value, description.value, place)
      : []),
  ];
}

/** What is wrong: the place of a wrong form, or a diagnostic of its own. */
type Problem = Span | Diagnostic | undefined;

function labelProblem({ keyword, label }: Statement, { label: type }: StatementDescription): Problem {
  if (type.kind === "none") return label?.span;
  if (label === undefined) return unnamed({ keyword });
  return label.parts.length > (type.kind === "parameter" ? 2 : 1) ? label.span : undefined;
}

function indexProblem({ keyword, index }: Statement, { index: type }: StatementDescription): Problem {
  if (type.kind === "none") return index?.span;
  const least = type.kind === "species" ? 1 : type.least;
  if (index === undefined) return least > 0 ? keyword.span : undefined;
  const count = index.names.length;
  if (type.kind === "species") return count !== 1 || index.arrow ? index.span : undefined;
  const arrowFits = type.arrow ? index.arrow === (count === 2) : !index.arrow;
  return count < least || count > type.most || !arrowFits ? index.span : undefined;
}

function paramsProblem(statement: Statement, { params: type }: StatementDescription): Problem {
  const { keyword, params } = statement;
  const [first] = params ?? [];
  const span = first?.span ?? keyword.span;
  if (type.kind === "none") return params === undefined ? undefined : span;
  if (type.kind === "formal") {
    if (params === undefined) return type.required && !isCopy(statement) ? keyword.span : undefined;
    const wrong = params.find(
      (param) =>
        param.given ||
        (type.typed && param.type === undefined) ||
        (!type.defaults && param.default !== undefined),
    );
    if (params.length === 0 || params.length > (type.most ?? params.length)) return span;
    return wrong?.span;
  }
  // A shape given as numbers has no arguments.
  if (type.each !== undefined)
    return params?.find((param) => param.given || param.default !== undefined)?.span;
  if (params === undefined) return keyword.span;
  const free = params.filter((param) => !param.given);
  const given = params.filter((param) => param.given);
  if (free.length !== type.names.length) return span;
  if (given.some((param) => !type.given.some(({ name }) => name === param.name.text))) return given[0]?.span;
  return params.find((param) => param.type !== undefined || param.default !== undefined)?.span;
}

function annotationProblem(statement: Statement, { annotation }: StatementDescription): Problem {
  const { keyword, type } = statement;
  if (annotation.kind === "none") return type?.span;
  const required = annotation.kind === "words" || annotation.required;
  if (type === undefined) return required && !isCopy(statement) ? keyword.span : undefined;
  return annotation.kind === "words" && type.kind !== "path" ? type.span : undefined;
}

function assignProblem(statement: Statement, description: StatementDescription): Problem {
  const { keyword, assign } = statement;
  if (assign === undefined) {
    return description.valueRequired && !isCopy(statement) ? keyword.span : undefined;
  }
  if (description.value === undefined || !description.operators.includes(assign.operator)) {
    return headOf(statement);
  }
  return undefined;
}

function clauseProblem({ keyword, clauses }: Statement, description: StatementDescription): Problem {
  const wrong = clauses.find(
    (clause, at) =>
      !description.clauses.includes(clause.kind) ||
      clauses.findIndex((other) => other.kind === clause.kind) !== at,
  );
  if (wrong !== undefined) return wrong.span;
  const lacking = description.requiredClauses.some((kind) => !clauses.some((clause) => clause.kind === kind));
  return lacking ? keyword.span : undefined;
}

function blockProblem(statement: Statement, description: StatementDescription): Problem {
  const { block, keyword, assign } = statement;
  if (block !== undefined) {
    const both = assign !== undefined && description.block !== undefined && description.value !== undefined;
    return description.block === undefined || both ? { ...block.span, end: block.span.start + 1 } : undefined;
  }
  if (isCopy(statement)) return undefined;
  if (description.blockRequired) return keyword.span;
  const either = description.block !== undefined && description.value !== undefined;
  return either && !description.valueRequired && assign === undefined ? keyword.span : undefined;
}

/** A copy takes from its base what it does not say itself. */
function isCopy({ clauses }: Statement): boolean {
  return clauses.some(({ kind }) => kind === "from");
}

function checkSpecies({ keyword, index }: Statement, { index: type }: StatementDescription) {
  const [name] = index?.names ?? [];
  if (type.kind !== "species" || name === undefined) return [];
  return checkWord(name.span, name.text, species, keyword.text);
}

function checkAnnotation({ keyword, type }: Statement, { annotation }: StatementDescription) {
  if (annotation.kind !== "words" || type?.kind !== "path") return [];
  return checkWord(type.span, spelled(type), annotation.words, keyword.text);
}
