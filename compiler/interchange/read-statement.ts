/** Statements from JSON that the schema has accepted. */
import type { AssignOperator, Clause, Index, Name, Param, Statement } from "../../grammar/syntax.ts";
import type { BlockDescription } from "../kinds/index.ts";
import type { DeclarationJson, ParamJson, StatementJson } from "./document.ts";
import { at, nameAt, type Place, pathAt, spanOf } from "./place.ts";
import { readExpr, readPaths, readRange } from "./read-expr.ts";
import { fieldName } from "./write.ts";

export function readDeclaration(
  { kind, name, ...parts }: DeclarationJson,
  block: BlockDescription | undefined,
  place: Place,
): Statement {
  const statement = readStatement(parts, { keyword: nameAt(kind, at(place, "kind")) }, block, place);
  return { ...statement, label: pathAt(name, at(place, "name")) };
}

type Head = { readonly keyword: Name; readonly over?: Name };

function readStatement(
  json: StatementJson,
  head: Head,
  block: BlockDescription | undefined,
  place: Place,
): Statement {
  const { doc, note, cite = [], label, index, params, type, op, value, fields } = json;
  const operator: AssignOperator = op ?? "=";
  return {
    ...head,
    ...(label === undefined ? {} : { label: pathAt(label, at(place, "label")) }),
    ...(index === undefined ? {} : { index: readIndex(index, at(place, "index")) }),
    ...(params === undefined ? {} : { params: readParams(params, at(place, "params")) }),
    ...(type === undefined ? {} : { type: readExpr(type, at(place, "type")) }),
    ...(value === undefined ? {} : { assign: { operator, value: readExpr(value, at(place, "value")) } }),
    clauses: readClauses(json, place),
    ...(fields === undefined || block === undefined
      ? {}
      : {
          block: {
            statements: readFields(fields, block, at(place, "fields")),
            span: spanOf(at(place, "fields")),
          },
        }),
    ...(doc === undefined ? {} : { doc: { text: doc, span: spanOf(at(place, "doc")) } }),
    ...(note === undefined ? {} : { note: { text: note, span: spanOf(at(place, "note")) } }),
    cites: cite.map((key, position) => ({ key, span: spanOf(at(place, "cite", position)) })),
    span: spanOf(place),
  };
}

function readIndex(index: NonNullable<StatementJson["index"]>, place: Place): Index {
  const span = spanOf(place);
  if (!("from" in index)) {
    return { names: index.map((text, position) => nameAt(text, at(place, position))), arrow: false, span };
  }
  return {
    names: [nameAt(index.from, at(place, "from")), nameAt(index.to, at(place, "to"))],
    arrow: true,
    span,
  };
}

function readParams(params: readonly ParamJson[], place: Place): readonly Param[] {
  return params.map(({ name, type, default: initial, given }, position) => {
    const own = at(place, position);
    return {
      name: nameAt(name, at(own, "name")),
      ...(type === undefined ? {} : { type: readExpr(type, at(own, "type")) }),
      ...(initial === undefined ? {} : { default: readExpr(initial, at(own, "default")) }),
      given: given === true,
      span: spanOf(own),
    };
  });
}

function readClauses(json: StatementJson, place: Place): readonly Clause[] {
  const clauses: Clause[] = [];
  if (json.in !== undefined) {
    const own = at(place, "in");
    clauses.push({ kind: "in", range: readRange(json.in, own), span: spanOf(own) });
  }
  if (json.log === true) clauses.push({ kind: "log", span: spanOf(at(place, "log")) });
  if (json.on !== undefined) {
    const own = at(place, "on");
    clauses.push({ kind: "on", targets: readPaths(json.on, own), span: spanOf(own) });
  }
  if (json.for !== undefined) {
    const own = at(place, "for");
    const variable = nameAt(json.for.variable, at(own, "variable"));
    clauses.push({ kind: "for", variable, range: readRange(json.for, own), span: spanOf(own) });
  }
  if (json.where !== undefined) {
    const own = at(place, "where");
    const bindings = json.where.map(({ name, params, value }, position) => {
      const binding = at(own, position);
      return {
        name: nameAt(name, at(binding, "name")),
        ...(params === undefined ? {} : { params: readParams(params, at(binding, "params")) }),
        value: readExpr(value, at(binding, "value")),
        span: spanOf(binding),
      };
    });
    clauses.push({ kind: "where", bindings, span: spanOf(own) });
  }
  return clauses;
}

function readFields(
  fields: NonNullable<StatementJson["fields"]>,
  block: BlockDescription,
  place: Place,
): readonly Statement[] {
  return Object.entries(fields).flatMap(([key, json]) => {
    const own = at(place, key);
    const description = block.fields.find((field) => fieldName(field) === key) ?? block.open;
    const keySpan = own.node?.parent?.children?.[0];
    const [word = key, over] = key.split("/");
    const name = (text: string): Name => nameAt(text, { ...own, node: keySpan });
    const head = over === undefined ? { keyword: name(word) } : { keyword: name(word), over: name(over) };
    if (!isMany(json)) return [readStatement(json, head, description?.block, own)];
    return json.map((one, position) => readStatement(one, head, description?.block, at(own, position)));
  });
}

const isMany = (json: StatementJson | readonly StatementJson[]): json is readonly StatementJson[] =>
  Array.isArray(json);
