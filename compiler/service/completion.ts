/** What may be written at a place. */
import { unfinishedAt, type Word } from "../../grammar/index.ts";
import {
  type BlockDescription,
  exampleOf,
  type FieldDescription,
  findKind,
  formOf,
  kinds,
  type StatementDescription,
} from "../kinds/index.ts";
import type { KindName } from "../model/model.ts";
import { headForm, type Part, partsOf, slotOf } from "./context.ts";
import { inputsAround } from "./expected.ts";
import { declarationBefore, quicklyRead } from "./extent.ts";
import { declarationItems } from "./items.ts";
import { dataFiles, type Found, usable } from "./modules.ts";
import { nameOf } from "./names.ts";
import { argumentItems, componentItems, indexItems, labelItems, typeItems } from "./offers.ts";
import { describe, outerOf, type Place } from "./scope.ts";
import { behind, siblings } from "./siblings.ts";
import { expressionItems } from "./values.ts";
import type { Workspace } from "./workspace.ts";

export type CompletionKind =
  | "keyword"
  | "field"
  | "word"
  | "declaration"
  | "parameter"
  | "function"
  | "unit"
  | "module";

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line beside it. */
  readonly detail: string;
  readonly doc?: string;
  /** What is put in, where that is not the label. */
  readonly insert?: string;
}

/** A completion with the offset at which what it replaces begins; that ends at the place. */
export interface PlacedCompletion extends Completion {
  readonly start: number;
}

/**
 * What may stand at an offset, what fits best first. It needs no sound text: names come from what was understood of the
 * files.
 */
export function completionsAt(
  workspace: Workspace,
  file: string,
  offset: number,
): readonly PlacedCompletion[] {
  const text = workspace.text(file) ?? "";
  const open = unfinishedAt(text, offset, text.length <= quicklyRead ? 0 : declarationBefore(text, offset));
  const modules = text.length <= quicklyRead ? workspace.modules(file) : workspace.recentModules(file);
  if (open === undefined || modules === undefined) return [];
  const place: Place = { workspace, file, text, offset, modules, open, outer: outerOf(open.around) };
  const { items, start = open.start } = itemsAt(place);
  const distinct = new Map<string, PlacedCompletion>();
  for (const one of items) {
    if (!distinct.has(one.label)) distinct.set(one.label, { ...withoutDouble(one, text, offset), start });
  }
  return [...distinct.values()];
}

/** A sign that stands behind the place already is not put in again. */
function withoutDouble(one: Completion, text: string, offset: number): Completion {
  const sign = /\s*([[(:=])\s*$/.exec(one.insert ?? "");
  const next = /^[\p{L}\p{N}_]*\s*(.)/u.exec(text.slice(offset, offset + 100))?.[1];
  if (sign === null || sign[1] !== next) return one;
  return { ...one, insert: one.insert!.slice(0, sign.index) };
}

function itemsAt(place: Place): Found {
  const { open, outer } = place;
  const { words, before } = open;
  const [first] = words;
  if (first?.type === "Use") return usable(place, words);
  const block = outer.at(-1)?.description?.block;
  const begins = words.length === 1 && first?.type === "Head";
  if (outer.length > 0 && block === undefined) return { items: [] };
  if (begins && open.text === undefined) {
    const items = block === undefined ? topLevel(place) : fields(place, block);
    const more = standsIn(place) ? continued(place, describe(block, before[0]?.text ?? "")) : [];
    return { items: [...items, ...more] };
  }
  const description = describe(block, first?.text ?? "");
  if (description === undefined) return { items: [] };
  return open.text === undefined
    ? { items: statementItems(place, description) }
    : textItems(place, description);
}

const comments = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function topLevel({ text, offset, open }: Place): readonly Completion[] {
  const detail = "takes names from a module";
  const hasVersion = /^sevens[ \t]+\d/m.test(text.slice(offset));
  const isFirst = !hasVersion && text.slice(0, open.start).replace(comments, "").trim() === "";
  const version: Completion = { label: "sevens 1", kind: "keyword", detail: "the version of the language" };
  return [
    ...(isFirst ? [version] : []),
    { label: "use", kind: "keyword", detail, insert: "use " },
    ...Object.values(kinds).map(
      ({ keyword, doc }): Completion => ({ label: keyword, kind: "keyword", detail: doc }),
    ),
  ];
}

/** Fields that the block has not got yet and that no other one excludes, or that it may have again; inputs of what it is for. */
function fields(place: Place, block: BlockDescription): readonly Completion[] {
  const given = siblings(place).map(({ keyword }) => keyword.text);
  const excluded = block.choices.flatMap(({ ways }) => {
    const taken = ways.some((way) => way.some((one) => given.includes(one)));
    return taken ? ways.filter((way) => !way.some((one) => given.includes(one))).flat() : [];
  });
  const free = block.fields.filter(
    ({ keyword, repeatable }) => (repeatable || !given.includes(keyword)) && !excluded.includes(keyword),
  );
  const inputs = block.open === undefined ? [] : inputsAround(place);
  return [
    ...inputs.flatMap((input): Completion[] => {
      const label = nameOf(input);
      if (label === undefined || given.includes(label)) return [];
      return [{ label, kind: "field", detail: "input", ...docOf(input.doc?.text ?? input.note?.text) }];
    }),
    ...free.map(newField),
  ];
}

function newField(field: FieldDescription): Completion {
  return {
    label: field.over === undefined ? field.keyword : `${field.keyword}/${field.over}`,
    kind: "field",
    detail: `${exampleOf(field)}${field.required ? ", required" : ""}`,
    doc: field.doc,
  };
}

const docOf = (doc: string | undefined): { readonly doc?: string } => (doc === undefined ? {} : { doc });

/** Clauses with which a statement may go on behind a value that is complete, but for those that it has behind the place. */
function goingOn(
  place: Place,
  description: StatementDescription,
  words: readonly Word[],
): readonly Completion[] {
  const parts = partsOf(words);
  const [touching, rest] = behind(place);
  const written = words.slice(0, -1);
  const all = partsOf([...written, ...rest]);
  const isBefore = (kind: Part["kind"]): boolean => parts.some((part) => part.kind === kind);
  // `log` stands behind the range.
  const isBeforeRange =
    !isBefore("in") && partsOf([...written, ...touching, ...rest]).some(({ kind }) => kind === "in");
  const has = (kind: Part["kind"]): boolean =>
    all.some((part) => part.kind === kind) || (kind === "log" && isBeforeRange);
  const due = description.valueRequired && !isBefore("value");
  return description.clauses
    .filter((kind) => !has(kind) && (kind === "from" ? !has("value") : !due))
    .map(
      (kind): Completion => ({
        label: kind,
        kind: "keyword",
        detail: formOf({ ...description, clauses: [kind] }),
      }),
    );
}

/** The line of the place stands further in than that of the statement before, as lines that go on do. */
function standsIn({ text, open: { before, start } }: Place): boolean {
  const indentation = (at: number): number => {
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    return line.length - line.trimStart().length;
  };
  return before[0] !== undefined && indentation(start) > indentation(before[0].start);
}

/** What the statement before may go on with in the next line: more than its keyword has to be there. */
function continued(place: Place, description: StatementDescription | undefined): readonly Completion[] {
  const { open } = place;
  if (description === undefined || open.before.length < 2) return [];
  const words = [...open.before, ...open.words];
  return statementItems({ ...place, open: { ...open, words } }, description);
}

/** In the text of a value: names of data files. */
function textItems(place: Place, description: StatementDescription): Found {
  const part = partsOf(place.open.words).at(-1)!;
  const takesFile = [
    description.value,
    ...(description.value?.kind === "either" ? description.value.options : []),
  ].some((type) => type?.kind === "string" || (type?.kind === "numbers" && type.file));
  return part.kind === "value" && part.words.length === 1 && takesFile ? dataFiles(place) : { items: [] };
}

/** Behind the keyword of a statement. */
function statementItems(place: Place, description: StatementDescription): readonly Completion[] {
  const { words } = place.open;
  const parts = partsOf(words);
  const part = parts.at(-1)!;
  const more = goingOn(place, description, words);
  switch (part.kind) {
    case "head":
      return headItems(place, description, part, more);
    case "type": {
      const slot = slotOf(part.words);
      return slot.role === "operand"
        ? typeItems(description.annotation, slot)
        : slot.role === "after"
          ? more
          : [];
    }
    case "log":
      return more;
    case "on": {
      const due = slotOf(part.words).role === "operand";
      return due && description.clauses.includes("on") ? componentItems(place, part) : more;
    }
    case "from":
      return part.words.length === 1 ? declarationItems(place, kindOf(description)) : more;
    default:
      return expressionItems(place, description, parts, more);
  }
}

/** The kind that a declaration has, and that of what it is a copy of. */
function kindOf({ keyword }: StatementDescription): readonly KindName[] {
  const kind = findKind(keyword);
  return kind === undefined ? [] : [kind.keyword];
}

function headItems(
  place: Place,
  description: StatementDescription,
  { words }: Part,
  more: readonly Completion[],
): readonly Completion[] {
  const head = headForm(words);
  switch (head.place) {
    case "over":
      return description.over === undefined ? [] : [{ label: description.over, kind: "word", detail: "" }];
    case "label":
      // Without a name, the first word behind the keyword may as well be a clause.
      return [
        ...labelItems(place, description, head),
        ...(head.label.length === 1 && description.label.kind === "none" ? more : []),
      ];
    case "index":
      return indexItems(place, description, head);
    case "params":
      return argumentItems(place, description.params, head, words);
    case "behind":
      return more;
  }
}
