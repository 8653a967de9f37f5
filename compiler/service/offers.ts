/** What may stand in the head of a statement and in its clauses: labels, indices, arguments, types, components. */
import type { Word as Token } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import {
  type AnnotationType,
  exampleOf,
  findKind,
  flavors,
  type ParamsType,
  type StatementDescription,
  species,
  type Word,
} from "../kinds/index.ts";
import { signalNames } from "../lower/nuisances.ts";
import { dimensionWords } from "../units/index.ts";
import type { Completion } from "./completion.ts";
import { type HeadForm, type Part, type Slot, separated, slotOf } from "./context.ts";
import { dimensionOfType, observablesAround } from "./expected.ts";
import { isFactor, missingDimension, unitsToward } from "./factors.ts";
import {
  allUnits,
  declarationItems,
  fieldItem,
  noUnits,
  numberItems,
  productUnits,
  type UnitItems,
  unitItems,
  wordItems,
} from "./items.ts";
import { nameOf } from "./names.ts";
import { flavorsOfTarget, targetItems } from "./parameters.ts";
import { declarationNamed, fieldsIn, type Place, statementsAround } from "./scope.ts";
import { namesInStatement, siblings } from "./siblings.ts";

/** Indices over the flavours, as papers call them. */
const usualIndices: readonly Word[] = ["l", "k"].map((word) => ({ word, doc: "every flavour" }));

/** Species, or flavours and indices over them, that are not in the bracket yet. */
export function indexItems(
  place: Place,
  { index, label, keyword }: StatementDescription,
  head: HeadForm,
): readonly Completion[] {
  const given = head.index.slice(0, -1);
  if (index.kind === "none" || given.length >= (index.kind === "species" ? 1 : index.most)) return [];
  if (index.kind === "species") {
    const taken = namesGiven(place, keyword, (one) => one.index?.names[0]?.text);
    return wordItems(species.filter(({ word }) => !taken.has(word)));
  }
  if (label.kind === "parameter") {
    const known = flavorsOfTarget(place, head);
    return wordItems(flavors.filter(({ word }) => known?.has(word) !== false));
  }
  const indices = usualIndices.filter(({ word }) => !given.includes(word));
  return [...wordItems(flavors), ...wordItems(indices)];
}

/** Words for dimensions, and units, which mean theirs; in a product of units these alone. */
export function typeItems(
  annotation: AnnotationType | "argument",
  { written, previous }: Slot,
): readonly Completion[] {
  const words = annotation !== "argument" && annotation.kind === "words" ? annotation.words : undefined;
  if (written.length > 0) return words === undefined && previous !== "^" ? unitItems(undefined) : [];
  if (words !== undefined) return wordItems(words);
  if (annotation !== "argument" && annotation.kind === "none") return [];
  const flavor: Completion = { label: "flavor", kind: "word", detail: "e, mu or tau" };
  return [
    ...[...dimensionWords.keys()].map((label): Completion => ({ label, kind: "word", detail: "dimension" })),
    ...(annotation === "argument" ? [flavor] : []),
    ...unitItems(undefined),
  ];
}

/** The name behind a keyword. */
export function labelItems(
  place: Place,
  description: StatementDescription,
  head: HeadForm,
): readonly Completion[] {
  const owner = head.label.slice(0, -1);
  const type = description.label;
  if (type.kind === "parameter") return targetItems(place, description, owner);
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

/** Labels, or other names, of the other statements of a keyword in the block at hand. */
function namesGiven(
  place: Place,
  keyword: string,
  nameIn: (statement: Statement) => string | undefined = nameOf,
): ReadonlySet<string> {
  const others = siblings(place).filter((one) => one.keyword.text === keyword);
  return new Set(others.flatMap((one) => nameIn(one) ?? []));
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
export function argumentItems(
  place: Place,
  type: ParamsType,
  { params }: HeadForm,
  words: readonly Token[],
): readonly Completion[] {
  const [entry = []] = params.slice(-1);
  const [typed = [], value] = separated(entry, ["Equals"]);
  const annotation = { kind: "type", words: typed.slice(2) } as const;
  if (value !== undefined) {
    const slot = slotOf(value);
    const units = (): UnitItems =>
      productUnits(unitsToward(missingDimension(place, dimensionOfType(place, annotation), value)));
    if (slot.role === "operand") return numberItems(place, isFactor(slot) ? units() : noUnits);
    if (slot.role !== "unit") return [];
    return slot.alone ? unitItems(dimensionOfType(place, annotation)) : allUnits(units());
  }
  if (typed[1]?.type === "Colon") {
    const slot = slotOf(annotation.words);
    return type.kind === "formal" && slot.role === "operand" ? typeItems("argument", slot) : [];
  }
  if (entry.length > 1 || type.kind !== "arguments") return [];
  if (type.each !== undefined)
    return observablesAround(place).map((one) => ({ ...fieldItem(one), detail: "observable" }));
  const bars = words.filter((word) => word.type === "Bar").length;
  const names = bars > 0 ? type.given : type.names.slice(params.length - 1);
  return names.map(({ name, doc }) => ({ label: name, kind: "parameter", detail: doc }));
}

/** What a systematic acts on: the signal, and backgrounds of the experiment. */
export function componentItems(place: Place, { words }: Part): readonly Completion[] {
  const taken = new Set([...words.slice(0, -1).map(({ text }) => text), ...namesInStatement(place)]);
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
