/** What may stand in the head of a statement and in its clauses: labels, indices, arguments, types, components. */

import type { Word as Token } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import {
  type AnnotationType,
  exampleOf,
  findKind,
  flavors,
  type IndexType,
  type StatementDescription,
  species,
  type Word,
} from "../kinds/index.ts";
import { signalNames } from "../lower/nuisances.ts";
import type { KindName } from "../model/model.ts";
import { type Dimension, describe, dimensionWords } from "../units/index.ts";
import type { Completion } from "./completion.ts";
import { type HeadForm, type Part, separated, slotOf } from "./context.ts";
import { observablesAround, parameterDefault, unitsOf } from "./expected.ts";
import {
  declarationNamed,
  declarationsOf,
  expanded,
  fieldsIn,
  nameOf,
  ownersOfParameters,
  type Place,
  parametersIn,
  statementsAround,
} from "./scope.ts";

export const wordItems = (list: readonly Word[]): readonly Completion[] =>
  list.map(({ word, doc }) => ({ label: word, kind: "word", detail: doc }));

/** A field by its name, with what is said of it. */
export function fieldItem(field: Statement, label = nameOf(field) ?? ""): Completion {
  const doc = field.doc?.text;
  const detail = field.note?.text ?? field.keyword.text;
  return { label, kind: "parameter", detail, ...(doc === undefined ? {} : { doc }) };
}

/** Declarations of some kinds that the file makes or uses. */
export function declarationItems(place: Place, of: readonly KindName[]): readonly Completion[] {
  return declarationsOf(place, of).map(([label, { keyword, doc }]) => ({
    label,
    kind: "declaration",
    detail: keyword.text,
    ...(doc === undefined ? {} : { doc: doc.text }),
  }));
}

/** Parameters of all that is read, by owner and name. */
export function parameterItems({ modules }: Place): readonly Completion[] {
  return [...ownersOfParameters(modules)].flatMap(([owner, statement]) =>
    parametersIn(expanded(modules, statement)).map((field) => fieldItem(field, `${owner}.${nameOf(field)}`)),
  );
}

/** Parameters of what stands before a dot. */
export function memberItems({ modules }: Place, owner: readonly string[]): readonly Completion[] {
  const [name, ...more] = owner;
  const statement = name === undefined || more.length > 0 ? undefined : declarationNamed(modules, name);
  return statement === undefined ? [] : parametersIn(statement).map((field) => fieldItem(field));
}

/** Species or flavours that are not in the bracket yet. */
export function indexNames(index: IndexType, given: readonly string[]): readonly Completion[] {
  if (index.kind === "none") return [];
  if (index.kind === "species") return given.length > 0 ? [] : wordItems(species);
  return given.length < index.most ? wordItems(flavors) : [];
}

/** Words for dimensions, and units, which mean theirs. */
export function typeItems(annotation: AnnotationType | "argument"): readonly Completion[] {
  if (annotation !== "argument" && annotation.kind === "words") return wordItems(annotation.words);
  if (annotation !== "argument" && annotation.kind === "none") return [];
  const flavor: Completion = { label: "flavor", kind: "word", detail: "e, mu or tau" };
  return [
    ...[...dimensionWords.keys()].map((label): Completion => ({ label, kind: "word", detail: "dimension" })),
    ...(annotation === "argument" ? [flavor] : []),
    ...unitItems(undefined),
  ];
}

/** Units that fit, all where the dimension is not known. */
export const unitItems = (wanted: Dimension | undefined): readonly Completion[] =>
  unitsOf(wanted).map(({ text, unit }) => ({
    label: text,
    kind: "unit",
    detail: unit.doc,
    doc: describe(unit.dimension),
  }));

/** The name behind a keyword. */
function label(place: Place, description: StatementDescription, head: HeadForm): readonly Completion[] {
  const owner = head.label.slice(0, -1);
  const type = description.label;
  if (type.kind === "parameter") return owner.length > 0 ? memberItems(place, owner) : parameterItems(place);
  if (owner.length > 0) return [];
  const taken = namesGiven(place, description.keyword);
  switch (type.kind) {
    case "reference":
      return declarationItems(place, type.to).filter((one) => !taken.has(one.label));
    case "observable":
      return observablesAround(place)
        .map((one) => ({ ...fieldItem(one), detail: "observable" }))
        .filter((one) => !taken.has(one.label));
    case "name":
      return [...namesOfBase(place, description, taken), ...skeleton(place, description)];
    default:
      return [];
  }
}

/** Labels of the statements of a keyword that are there already in the block at hand, before the place. */
function namesGiven(place: Place, keyword: string): ReadonlySet<string> {
  const from = place.outer.at(-1)?.start ?? 0;
  const here = place.open.words[0]?.start ?? 0;
  const before = fieldsIn(statementsAround(place).at(-1)).filter(
    ({ keyword: { text, span } }) =>
      text === keyword && span.file === place.file && span.start > from && span.start < here,
  );
  return new Set(before.flatMap((one) => nameOf(one) ?? []));
}

/** In a copy, names of the fields of the base: given again, a field replaces that. */
function namesOfBase(
  place: Place,
  { keyword }: StatementDescription,
  taken: ReadonlySet<string>,
): readonly Completion[] {
  const base = place.outer.length === 1 ? place.outer[0]?.base : undefined;
  const statement = base === undefined ? undefined : declarationNamed(place.modules, base);
  return fieldsIn(statement)
    .filter((one) => one.keyword.text === keyword && nameOf(one) !== undefined)
    .map((one) => ({ ...fieldItem(one), detail: `replaces that of ${base}` }))
    .filter((one) => !taken.has(one.label));
}

/** A new name with a block that has the fields it needs. */
function skeleton({ outer }: Place, description: StatementDescription): readonly Completion[] {
  const { block, blockRequired, annotation } = description;
  if (block === undefined || !blockRequired || findKind(description.keyword) !== undefined) return [];
  const ways = block.choices.flatMap(({ ways: [first], required }) => (required ? (first ?? []) : []));
  const needed = block.fields.filter(({ keyword, required }) => required || ways.includes(keyword));
  const inner = "  ".repeat(outer.length + 1);
  const type = annotation.kind === "words" ? `: ${annotation.words[0]?.word}` : "";
  const lines = needed.map(({ keyword }) => `${inner}${keyword} = \n`).join("");
  return [
    {
      label: `Name${type} { … }`,
      kind: "word",
      detail: "a new one",
      doc: needed.map((field) => `\`${exampleOf(field)}\``).join("\n\n"),
      insert: `Name${type} {\n${lines}${inner.slice(2)}}`,
    },
  ];
}

/** In the parentheses of a head: usual names, types and defaults of arguments. */
function parameter(
  place: Place,
  { params: type }: StatementDescription,
  { params }: HeadForm,
  words: readonly Token[],
): readonly Completion[] {
  const [entry = []] = params.slice(-1);
  const [, sign] = entry;
  const form = slotOf(entry.slice(2));
  if (sign?.type === "Equals" || entry.some((word) => word.type === "Equals")) {
    const [typed = [], value = []] = separated(entry, ["Equals"]);
    const slot = slotOf(value);
    const dimension = slot.alone
      ? parameterDefault(place, { kind: "type", words: typed.slice(2) })
      : undefined;
    return slot.role === "unit" ? unitItems(dimension) : [];
  }
  if (sign?.type === "Colon")
    return type.kind === "formal" && form.role === "operand" ? typeItems("argument") : [];
  if (entry.length > 1 || type.kind !== "arguments") return [];
  if (type.each !== undefined)
    return observablesAround(place).map((one) => ({ ...fieldItem(one), detail: "observable" }));
  const bars = words.filter((word) => word.type === "Bar").length;
  const names = bars > 0 ? type.given : [...type.names].slice(params.length - 1);
  return names.map(({ name, doc }) => ({ label: name, kind: "parameter", detail: doc }));
}

/** What a systematic acts on: the signal, and backgrounds of the experiment. */
function components(place: Place, { words }: Part): readonly Completion[] {
  const taken = new Set(words.slice(0, -1).map(({ text }) => text));
  const backgrounds = fieldsIn(statementsAround(place)[0]).filter(
    ({ keyword }) => keyword.text === "background",
  );
  const signal: Completion = { label: "signal", kind: "word", detail: "the signal" };
  const channels = signalNames.map(
    (name): Completion => ({ label: name, kind: "word", detail: "a channel of the signal" }),
  );
  return [signal, ...backgrounds.map((one) => fieldItem(one)), ...channels].filter(
    (one) => !taken.has(one.label),
  );
}

export const labelItems = { label, parameter, components };
