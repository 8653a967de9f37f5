/** What may stand in the value of a statement, in its ranges and behind `where`. */
import { expressionsOf, parse, type Word as Token, visitExpr } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import { constants } from "../../runtime/constants.ts";
import { signatures } from "../../runtime/signatures.ts";
import {
  type ContextName,
  flavors,
  type StatementDescription,
  type ValueType,
  type Word,
} from "../kinds/index.ts";
import type { Completion } from "./completion.ts";
import { type Frame, headForm, type Part, type Slot, separated, slotOf } from "./context.ts";
import { expectedDimension, wholeDimension } from "./expected.ts";
import { isFactor, missingDimension, unitsToward } from "./factors.ts";
import {
  allUnits,
  declarationItems,
  fieldItem,
  forms,
  noUnits,
  numberItems,
  predefined,
  productUnits,
  type UnitItems,
  unitItems,
  wordItems,
} from "./items.ts";
import { columnsOf, dataFiles } from "./modules.ts";
import { nameOf } from "./names.ts";
import { argumentItems } from "./offers.ts";
import { memberItems, parameterItems } from "./parameters.ts";
import { declarationNamed, fieldsIn, type Place, statementsAround } from "./scope.ts";
import { behind, namesInStatement } from "./siblings.ts";

/** At the end of a value or a clause; `more` are the clauses that may follow. */
export function expressionItems(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  more: readonly Completion[],
): readonly Completion[] {
  const part = parts.at(-1)!;
  const words = formulaIn(part);
  if (words === undefined) return part.kind === "for" ? variables(part, parts) : bindingItems(place, part);
  const slot = slotOf(words);
  const rest = slot.frames.length > 0 || isHalfRange(part) ? [] : more;
  switch (slot.role) {
    case "member":
      return isFormula(description.value) || part.kind !== "value" ? memberItems(place, slot.owner) : [];
    case "unit":
      return [
        ...allUnits(unitsAt(place, description, parts, slot, words)),
        ...branches(place, slot),
        ...rest,
      ];
    case "after":
      return [...branches(place, slot), ...rest];
    default:
      return operands(place, description, parts, slot, words);
  }
}

/** Units of a number: those that fit one that stands alone, all in a product. */
function unitsAt(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  slot: Slot,
  words: readonly Token[],
): UnitItems {
  const expected = expectedDimension(place, description, parts, slot);
  if (expected !== undefined || slot.alone) return { leading: unitItems(expected), others: [] };
  const whole = wholeDimension(place, description, parts, slot);
  return productUnits(unitsToward(missingDimension(place, whole, words)));
}

const inWord: Completion = { label: "in", kind: "keyword", detail: "for x in low .. high" };

/** The words of the formula that the place is in: behind the `in` of `for x in`, behind the last `=` of a `where`. */
function formulaIn({ kind, words }: Part): readonly Token[] | undefined {
  if (kind === "for") {
    const at = words.findIndex(({ type }) => type === "Keyword_in");
    return at < 0 ? undefined : words.slice(at + 1);
  }
  if (kind !== "where") return words;
  const binding = bindingsIn(words).at(-1)!;
  return binding.value;
}

/** The bindings of `where`: the names that each has, and its formula as far as it is written. */
function bindingsIn(words: readonly Token[]) {
  return separated(words, ["Comma"]).map((binding) => {
    const sides = separated(binding, ["Equals"]);
    return { head: headForm(sides[0]!), value: sides[1] };
  });
}

/** Behind `for`, the arguments of the statement. */
function variables({ words }: Part, parts: readonly Part[]): readonly Completion[] {
  if (words.length > 1) return words.length === 2 ? [inWord] : [];
  return argumentNames(parts[0]!.words).map(argumentItem);
}

/** Types of the arguments of a name behind `where`. */
function bindingItems(place: Place, { words }: Part): readonly Completion[] {
  const head = bindingsIn(words).at(-1)!.head;
  const type = { kind: "formal", required: false, typed: false, defaults: false } as const;
  return head.place === "params" ? argumentItems(place, type, head, words) : [];
}

const argumentItem = (label: string): Completion => ({ label, kind: "parameter", detail: "argument" });

const argumentNames = (head: readonly Token[]): readonly string[] =>
  headForm(head).params.flatMap(([first]) => first?.text ?? []);

/** The lower end of a range stands alone. */
const isHalfRange = ({ kind, words }: Part): boolean =>
  (kind === "in" || kind === "for") && !words.some(({ type }) => type === "DotDot");

const comparisons = new Set(["Same", "Differs", "AtMost", "AtLeast", "Less", "More"]);

/** `then` and `else` of conditions that have not got them yet, `and` of comparisons, `step` of ranges in a list. */
function branches(place: Place, { entry, frames }: Slot): readonly Completion[] {
  const open: string[] = [];
  let compared = false;
  for (const { type } of entry) {
    if (type === "Keyword_if") open.push("then");
    else if (type === "Keyword_then") open[open.length - 1] = "else";
    else if (type === "Keyword_else") open.pop();
    compared = comparisons.has(type) || (compared && !type.startsWith("Keyword_"));
  }
  const has = (type: string): boolean => entry.some((word) => word.type === type);
  const inList = frames.at(-1)?.kind === "list" && has("DotDot") && !has("Keyword_step");
  const items = [
    ...open.slice(-1).map(keywordItem("if … then … else …")),
    ...(compared ? ["and", "or"] : []).map(keywordItem("of two conditions")),
    ...(inList ? ["step"] : []).map(keywordItem("low .. high step width")),
  ];
  const [, [next]] = behind(place);
  return items.filter(({ label }) => label !== next?.text);
}

const keywordItem =
  (detail: string) =>
  (label: string): Completion => ({ label, kind: "keyword", detail });

function isFormula(type: ValueType | undefined): boolean {
  return type?.kind === "either" ? type.options.some(isFormula) : type?.kind === "formula";
}

function operands(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  slot: Slot,
  words: readonly Token[],
): readonly Completion[] {
  const part = parts.at(-1)!;
  const frame = slot.frames.at(-1);
  if (frame?.kind === "index")
    return [...wordItems(flavors), ...[...indicesIn(parts), ...boundNames(place, parts)].map(argumentItem)];
  const units = isFactor(slot)
    ? unitsAt(place, description, parts, { ...slot, alone: false }, words)
    : noUnits;
  const formula = () => formulaItems(place, description, parts, slot, units);
  const numbers = () => numberItems(place, units);
  if (part.kind === "where" || part.kind === "for") return formula();
  return part.kind === "in" ? numbers() : valueItems(place, description.value, slot, { formula, numbers });
}

/** What a formula and what a fixed number may hold at the place, each made where it is asked for. */
interface Operands {
  readonly formula: () => readonly Completion[];
  readonly numbers: () => readonly Completion[];
}

/** What a value of a type begins with, or goes on with behind an operator. */
function valueItems(
  place: Place,
  type: ValueType | undefined,
  slot: Slot,
  operands: Operands,
): readonly Completion[] {
  const { formula, numbers } = operands;
  const { frames, written } = slot;
  const [outermost] = frames;
  const anew = (items: readonly Completion[]) => {
    const given = new Set([...written, ...namesInStatement(place)]);
    return items.filter(({ label }) => !given.has(label));
  };
  switch (type?.kind) {
    case "either":
      return type.options.flatMap((option) => valueItems(place, option, slot, operands));
    case "words":
      return written.length === 0 ? wordItems(type.words) : [];
    case "reference":
      return anew(declarationItems(place, type.to));
    case "sum":
      return anew(declarationItems(place, [type.of]));
    case "call":
      return outermost === undefined ? declarationItems(place, [type.to]) : formula();
    case "map":
      return mapItems(place, type, slot, operands);
    case "sequence":
      return valueItems(place, type.item, slot, operands);
    case "names":
      return anew(columnsOf(place));
    case "string":
      return frames.length === 0 ? dataFiles(place).items : [];
    case "numbers":
      return outermost === undefined ? (type.file ? dataFiles(place).items : []) : numbers();
    case "quantity":
      if (type.usual !== undefined) return usualItems(place, type.usual, numbers());
      return outermost?.kind === "map" || type.integer === true ? [] : numbers();
    case "formula":
      return outermost?.kind === "map" ? [] : formula();
    default:
      return [];
  }
}

/** Values as they are usual and not in the line yet; what else a pure number may be made of. */
function usualItems(
  { text, open, offset }: Place,
  usual: readonly Word[],
  numbers: readonly Completion[],
): readonly Completion[] {
  const rest = text.slice(offset, offset + mostBehind).split("\n", 1)[0] ?? "";
  const line = `${text.slice(open.words[0]?.start, open.start)} ${rest}`.split(/[\s,=]+/);
  const pure = numbers.filter(
    ({ label }) => !constants.some(({ name, unit }) => name === label && unit !== "1"),
  );
  return [...wordItems(usual.filter(({ word }) => !line.includes(word))), ...pure];
}

/** Keys that a map has not got yet, and values of its entries. */
function mapItems(
  place: Place,
  { keys, value }: Extract<ValueType, { kind: "map" }>,
  slot: Slot,
  operands: Operands,
): readonly Completion[] {
  const [map, ...inner] = slot.frames;
  if (map === undefined || map.kind !== "map") return [];
  if (map.name !== undefined) return valueItems(place, value, { ...slot, frames: inner }, operands);
  const given = new Set([...map.entries.map(([key]) => key?.text), ...namesInStatement(place)]);
  const items = keys.kind === "words" ? wordItems(keys.words) : declarationItems(place, keys.to);
  return items.filter(({ label }) => !given.has(label)).map((one) => ({ ...one, insert: `${one.label}: ` }));
}

/** All that a formula may read, the innermost names first. */
function formulaItems(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  slot: Slot,
  units: UnitItems,
): readonly Completion[] {
  const own = parts[0]!.words;
  const flavored = takesFlavor(place, slot);
  const local = [
    ...boundNames(place, parts),
    ...[own, ...place.outer.map((one) => one.parts[0]!.words).reverse()].flatMap(argumentNames),
    ...(flavored ? indicesIn(parts) : []),
  ].map(argumentItem);
  const head = headForm(own);
  const label = head.label.join(".") + (head.index.length > 0 ? `[${head.index.join(", ")}]` : "");
  return [
    ...namedArguments(place, slot),
    ...(slot.frames.at(-1)?.callee[0] === "sum" && slot.frames.at(-1)?.name !== undefined
      ? [allFlavors]
      : []),
    ...local,
    ...(flavored ? wordItems(flavors) : []),
    ...contextOf(place, description).map(
      ({ name, doc, call }): Completion => ({
        label: name,
        kind: "parameter",
        detail: doc,
        ...(call === undefined || call.optional ? {} : { insert: `${name}(` }),
      }),
    ),
    ...[...statementsAround(place)].reverse().flatMap(localItems),
    ...units.leading,
    ...declarationItems(place, ["constant", "function", "table"]),
    ...(place.outer[0]?.keyword === "analysis" ? parameterItems(place) : []),
    ...predefined(units.others),
  ].filter((one) => one.label !== label);
}

const allFlavors: Completion = { label: "flavors", kind: "word", detail: "e, mu and tau" };

/** Names that the compiler defines in the formula of a field; a `let` has those of the formulas that it stands in. */
function contextOf({ outer }: Place, { keyword, value }: StatementDescription): readonly ContextName[] {
  const own = (type: ValueType | undefined): readonly ContextName[] =>
    type?.kind === "either" ? type.options.flatMap(own) : type?.kind === "formula" ? type.context : [];
  const around = keyword === "let" ? (outer.at(-1)?.description?.block?.context ?? []) : [];
  return [...own(value), ...around];
}

/** Parameters, inputs and lets of a statement around the place; a family waits for its index. */
function localItems(statement: Statement | undefined): readonly Completion[] {
  const own = fieldsIn(statement).filter(
    (one) => ["parameter", "let", "input"].includes(one.keyword.text) && nameOf(one) !== undefined,
  );
  return own.map((one) => ({
    ...fieldItem(one),
    ...opened(nameOf(one)!, one),
  }));
}

/** A family goes on with its index, a function with its arguments. */
function opened(name: string, { keyword, index, params }: Statement): { readonly insert?: string } {
  if (keyword.text === "parameter" && index !== undefined) return { insert: `${name}[` };
  return params === undefined ? {} : { insert: `${name}(` };
}

/** Indices of the head: `l` and `k` of `charge[l -> k]`, arguments that are flavours. */
function indicesIn(parts: readonly Part[]): readonly string[] {
  const { index, params } = headForm(parts[0]!.words);
  const typed = params.filter((param) => param[2]?.text === "flavor").flatMap(([first]) => first?.text ?? []);
  const isFlavor = (name: string): boolean => flavors.some(({ word }) => word === name);
  return [...index.filter((name) => !isFlavor(name)), ...typed];
}

/** Names behind `where`, before the place and behind it, and variables of integrals and sums. */
function boundNames({ open, text, offset }: Place, parts: readonly Part[]): readonly string[] {
  const part = parts.at(-1)!;
  const binding = part.kind === "where" ? bindingsIn(part.words).at(-1) : undefined;
  const whole = `${text.slice(open.words[0]?.start, open.start)}x${text.slice(offset, offset + mostBehind)}`;
  const [statement] = parse(whole, "").tree.statements;
  const names = binding?.head.params.flatMap(([first]) => first?.text ?? []) ?? [];
  if (statement === undefined) return names;
  for (const clause of statement.clauses) {
    if (clause.kind === "where") names.push(...clause.bindings.map(({ name }) => name.text));
  }
  for (const formula of expressionsOf(statement)) {
    visitExpr(formula, (one) => {
      if (one.kind === "call" && (one.callee.parts[0]?.text ?? "") in forms)
        names.push(...one.args.flatMap(({ name }) => name?.text ?? []));
      return true;
    });
  }
  return names.filter((name) => name !== binding?.head.label[0]);
}

/** Characters behind the place that are looked at for the rest of its statement. */
const mostBehind = 1000;

/** The formal arguments of what is called, declared or of the language; types only of what is declared. */
function argumentsOf(place: Place, frame: Frame | undefined): readonly { name: string; type?: string }[] {
  const callee = frame?.kind === "call" ? (frame.callee[0] ?? "") : "";
  const declared = callee === "" ? undefined : declarationNamed(place.modules, callee)?.params;
  if (declared === undefined) return signatures.find(({ name }) => name === callee)?.args ?? [];
  return declared.map(({ name, type }) => ({
    name: name.text,
    ...(type?.kind === "path" ? { type: type.parts[0]?.text ?? "" } : {}),
  }));
}

/** `R = ` at the beginning of an argument. */
function namedArguments(place: Place, { frames, entry }: Slot): readonly Completion[] {
  const frame = frames.at(-1);
  if (frame?.kind !== "call" || frame.name !== undefined || entry.length > 1) return [];
  const given = new Set(frame.entries.map(([first]) => first?.text));
  return argumentsOf(place, frame)
    .slice(frame.entries.length)
    .filter(({ name }) => !given.has(name))
    .map(({ name }) => ({ label: `${name} =`, kind: "parameter", detail: "argument", insert: `${name} = ` }));
}

/** In conditions, and for arguments that are flavours; `sum` may go over all of them. */
function takesFlavor(place: Place, { frames, previous }: Slot): boolean {
  if (["==", "!=", "if", "and", "or", "not"].includes(previous)) return true;
  const frame = frames.at(-1);
  const known = argumentsOf(place, frame);
  const at =
    frame?.name === undefined
      ? known[frame?.entries.length ?? 0]
      : known.find(({ name }) => name === frame.name);
  return at?.type === "flavor";
}
