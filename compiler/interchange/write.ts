/** A model as its document. */
import type { Clause, Index, Param, Statement } from "../../grammar/syntax.ts";
import { type BlockDescription, kinds } from "../kinds/index.ts";
import { fieldOf } from "../load/index.ts";
import { type Declaration, kindNames, type Model } from "../model/model.ts";
import {
  type BindingJson,
  type DeclarationJson,
  type Document,
  documentVersion,
  type FieldsJson,
  type ParamJson,
  type StatementJson,
  schemaAddress,
} from "./document.ts";
import { writeExpr, writePath, writeRange } from "./write-expr.ts";

/** The document of a sound model. The order of declarations in the text leaves no trace in it. */
export function toDocument(model: Model): Document {
  return {
    $schema: schemaAddress,
    sevens: documentVersion,
    declarations: [...model.declarations].sort(byKindAndName).map(writeDeclaration),
    roots: [...model.roots].sort(),
  };
}

function byKindAndName(a: Declaration, b: Declaration): number {
  return kindNames.indexOf(a.kind) - kindNames.indexOf(b.kind) || (a.name < b.name ? -1 : 1);
}

function writeDeclaration({ kind, name, statement }: Declaration): DeclarationJson {
  const { label: _label, ...parts } = writeStatement(statement, kinds[kind].block);
  return { kind, name, ...parts };
}

function writeStatement(statement: Statement, block: BlockDescription | undefined): StatementJson {
  const { doc, note, cites, label, index, params, type, assign, clauses } = statement;
  return {
    ...(doc === undefined ? {} : { doc: doc.text }),
    ...(label === undefined ? {} : { label: writePath(label) }),
    ...(index === undefined ? {} : { index: writeIndex(index) }),
    ...(params === undefined ? {} : { params: params.map(writeParam) }),
    ...(type === undefined ? {} : { type: writeExpr(type) }),
    ...(assign === undefined || assign.operator === "=" ? {} : { op: assign.operator }),
    ...(assign === undefined ? {} : { value: writeExpr(assign.value) }),
    ...writeClauses(clauses),
    ...(note === undefined ? {} : { note: note.text }),
    ...(cites.length === 0 ? {} : { cite: cites.map(({ key }) => key) }),
    ...(statement.block === undefined || block === undefined
      ? {}
      : { fields: writeFields(statement.block.statements, block) }),
  };
}

function writeIndex({ names, arrow }: Index): NonNullable<StatementJson["index"]> {
  const [from, to] = names.map(({ text }) => text);
  return arrow && from !== undefined && to !== undefined ? { from, to } : names.map(({ text }) => text);
}

function writeParam({ name, type, default: initial, given }: Param): ParamJson {
  return {
    name: name.text,
    ...(type === undefined ? {} : { type: writeExpr(type) }),
    ...(initial === undefined ? {} : { default: writeExpr(initial) }),
    ...(given ? { given } : {}),
  };
}

function writeClauses(clauses: readonly Clause[]): StatementJson {
  return Object.assign({}, ...clauses.map(writeClause));
}

function writeClause(clause: Clause): StatementJson {
  switch (clause.kind) {
    case "in":
      return { in: writeRange(clause.range) };
    case "log":
      return { log: true };
    case "on":
      return { on: clause.targets.map(writePath) };
    case "for":
      return { for: { variable: clause.variable.text, ...writeRange(clause.range) } };
    case "where":
      return {
        where: clause.bindings.map(({ name, params, value }): BindingJson => {
          const formal = params === undefined ? {} : { params: params.map(writeParam) };
          return { name: name.text, ...formal, value: writeExpr(value) };
        }),
      };
    case "from":
      return {};
  }
}

/** In the order of the description, so that the order of fields leaves no trace either. */
function writeFields(statements: readonly Statement[], block: BlockDescription): FieldsJson {
  const known = block.fields.flatMap((description) => {
    const own = statements.filter((statement) => fieldOf(block, statement) === description);
    const written = own.map((statement) => writeStatement(statement, description.block));
    const [only] = written;
    if (only === undefined) return [];
    return [[fieldName(description), description.repeatable ? written : only] as const];
  });
  const free = statements.filter((statement) => fieldOf(block, statement) === block.open);
  const given = free
    .map((statement) => [statement.keyword.text, writeStatement(statement, block.open?.block)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries([...known, ...given]);
}

/** The key of a field in a document: `dsigma/dT`. */
export function fieldName({ keyword, over }: { readonly keyword: string; readonly over?: string }): string {
  return over === undefined ? keyword : `${keyword}/${over}`;
}
