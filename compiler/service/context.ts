/** Which part of a half-written statement an editor's cursor is in: found from its words, whatever its keyword means. */
import type { Word } from "../../grammar/index.ts";

/** Parts of a statement, each begun by a sign or word of its own. */
export type PartKind = "head" | "type" | "value" | "in" | "log" | "on" | "for" | "where" | "from";

export interface Part {
  readonly kind: PartKind;
  /** Without the sign or word that begins it. */
  readonly words: readonly Word[];
}

/** What stands before the place in a bracket around it. */
export interface Frame {
  /** `list` also for `(…)` around a part of a formula. */
  readonly kind: "call" | "index" | "list" | "group" | "map";
  /** The name before the bracket: what is called or indexed. */
  readonly callee: readonly string[];
  /** Entries before the one at hand. */
  readonly entries: readonly (readonly Word[])[];
  /** The name before `=` or the key before `:` of the entry at hand. */
  readonly name: string | undefined;
}

/** What an expression may hold at the place, its end. */
export interface Slot {
  /**
   * An operand; a member of what stands before the dot; a unit behind a number; something behind an operand; the key of a
   * map.
   */
  readonly role: "operand" | "member" | "unit" | "after" | "key";
  /** Names before the dot. */
  readonly owner: readonly string[];
  /** Brackets around the place, the outermost first. */
  readonly frames: readonly Frame[];
  /** The word before; empty at the beginning. */
  readonly previous: string;
  /** All words before. */
  readonly written: readonly string[];
  /** The number at hand stands alone or in a sum, not in a product: its unit is that of the whole. */
  readonly alone: boolean;
  /** Words of the entry at hand, behind its name or key. */
  readonly entry: readonly Word[];
}

const opening: Readonly<Record<string, string>> = {
  LeftParen: "RightParen",
  LeftBracket: "RightBracket",
  MapOpen: "MapClose",
  NamesOpen: "NamesClose",
};
const closing = new Set(Object.values(opening));

const clauses: Readonly<Record<string, PartKind>> = {
  Keyword_in: "in",
  Keyword_on: "on",
  Keyword_for: "for",
  Keyword_where: "where",
  Keyword_from: "from",
  Log: "log",
};

/** The parts of a statement, its keyword left out. The last one is that at hand. */
export function partsOf(words: readonly Word[]): readonly Part[] {
  const parts: { kind: PartKind; words: Word[] }[] = [{ kind: "head", words: [] }];
  let depth = 0;
  for (const word of words.slice(1)) {
    const last = parts.at(-1)!;
    if (word.type in opening) depth++;
    else if (closing.has(word.type)) depth--;
    const begun = depth === 0 ? beginning(word, last) : undefined;
    if (begun === undefined) last.words.push(word);
    else parts.push({ kind: begun, words: [] });
  }
  return parts;
}

function beginning(word: Word, { kind, words }: Part): PartKind | undefined {
  const clause = clauses[word.type];
  // `for x in a .. b` is one part.
  if (clause === "in" && kind === "for" && !words.some(({ type }) => type === "Keyword_in")) return undefined;
  if (clause !== undefined) return clause;
  if (kind === "head" && word.type === "Colon") return "type";
  return (kind === "head" || kind === "type") && isAssign(word) ? "value" : undefined;
}

export const isAssign = ({ type }: Word): boolean => type === "Equals" || type.endsWith("Assign");
const isName = ({ type }: Word): boolean => type === "Name" || type === "Head";

/** What a head says: `dsigma/dT`, `bins pe`, `nucleus Cs133 from …`. */
export interface HeadForm {
  readonly over: string | undefined;
  /** The dotted name behind the keyword. */
  readonly label: readonly string[];
  /** Names in the bracket behind it. */
  readonly index: readonly string[];
  /** Words of each formal parameter. */
  readonly params: readonly (readonly Word[])[];
  /** Where the place is, when it is in the head. */
  readonly place: "over" | "label" | "index" | "params" | "behind";
}

/** Reads a head whose last word is that at the place, or all of it. */
export function headForm(words: readonly Word[]): HeadForm {
  const over = words[0]?.type === "Slash" ? 2 : 0;
  let at = over;
  while (at < words.length && (isName(words[at]!) || words[at]!.type === "Dot")) {
    if (at > over && isName(words[at]!) && words[at - 1]!.type !== "Dot") break;
    at++;
  }
  const label = words.slice(over, at).filter(isName);
  const index = bracket(words, at, "LeftBracket");
  const params = bracket(words, index.end, "LeftParen");
  const place = (): HeadForm["place"] => {
    if (params.end > index.end && params.open) return "params";
    if (index.end > at && index.open) return "index";
    if (over > 0 && words.length <= over) return "over";
    return words.length <= at ? "label" : "behind";
  };
  return {
    over: words[0]?.type === "Slash" ? words[1]?.text : undefined,
    label: label.map(({ text }) => text),
    index: index.words.filter(isName).map(({ text }) => text),
    params: params.words.length === 0 ? [] : separated(params.words, ["Comma", "Bar"]),
    place: place(),
  };
}

/** The words in a bracket that begins at an index, and whether it is still open. */
function bracket(words: readonly Word[], at: number, type: string) {
  if (words[at]?.type !== type) return { words: [], end: at, open: false };
  let depth = 0;
  for (let i = at; i < words.length; i++) {
    if (words[i]!.type in opening) depth++;
    else if (closing.has(words[i]!.type) && --depth === 0)
      return { words: words.slice(at + 1, i), end: i + 1, open: false };
  }
  return { words: words.slice(at + 1), end: words.length, open: true };
}

/** Words between separators outside of brackets; the last piece is that at hand. */
export function separated(words: readonly Word[], by: readonly string[]): readonly (readonly Word[])[] {
  const pieces: Word[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word.type in opening) depth++;
    else if (closing.has(word.type)) depth--;
    if (depth === 0 && by.includes(word.type)) pieces.push([]);
    else pieces.at(-1)!.push(word);
  }
  return pieces;
}

/** What may stand at the end of the words of an expression. */
export function slotOf(words: readonly Word[]): Slot {
  const frames: Frame[] = [];
  let rest = words;
  for (;;) {
    const entries = separated(rest, ["Comma"]);
    const entry = entries.at(-1)!;
    const inner = unclosed(entry);
    const frame = frames.pop();
    const named = frame === undefined ? { name: undefined, words: entry } : namedEntry(entry, frame);
    if (frame !== undefined) frames.push({ ...frame, entries: entries.slice(0, -1), name: named.name });
    if (inner === undefined) return roleOf(named.words, frames, words);
    frames.push(frameAt(entry, inner));
    rest = entry.slice(inner + 1);
  }
}

/** Where the first bracket that stays open begins. */
export function unclosed(words: readonly Word[]): number | undefined {
  const open: number[] = [];
  for (const [i, { type }] of words.entries()) {
    if (type in opening) open.push(i);
    else if (closing.has(type)) open.pop();
  }
  return open[0];
}

function namedEntry(entry: readonly Word[], { kind }: Frame) {
  const sign = kind === "map" ? "Colon" : kind === "call" ? "Equals" : undefined;
  const named = sign !== undefined && entry[1]?.type === sign;
  return named ? { name: entry[0]!.text, words: entry.slice(2) } : { name: undefined, words: entry };
}

function frameAt(words: readonly Word[], at: number): Frame {
  const { type } = words[at]!;
  const callee = dottedBefore(words, at);
  const called = callee.length > 0;
  const kind =
    type === "MapOpen"
      ? "map"
      : type === "LeftBracket"
        ? called
          ? "index"
          : "list"
        : called
          ? "call"
          : "group";
  return { kind, callee, entries: [], name: undefined };
}

/** The dotted name that ends before an index; of `spectrum[nu_e](` that before the bracket. */
function dottedBefore(words: readonly Word[], at: number): readonly string[] {
  const names: string[] = [];
  let i = at - 1;
  while (i >= 0 && isName(words[i]!)) {
    names.unshift(words[i]!.text);
    if (words[i - 1]?.type !== "Dot") break;
    i -= 2;
  }
  return names;
}

const operators = new Set([
  ...[
    "Plus",
    "Minus",
    "Times",
    "Slash",
    "Power",
    "PlusMinus",
    "Same",
    "Differs",
    "AtMost",
    "AtLeast",
    "Less",
  ],
  ...[
    "More",
    "DotDot",
    "Comma",
    "Colon",
    "Bar",
    "Equals",
    "LeftParen",
    "LeftBracket",
    "MapOpen",
    "Keyword_if",
  ],
  ...[
    "Keyword_then",
    "Keyword_else",
    "Keyword_step",
    "Keyword_and",
    "Keyword_or",
    "Keyword_not",
    "Keyword_in",
  ],
]);
const ofSums = new Set([
  ...["Number", "BadNumber", "Percent", "Unit", "UnitPower", "Plus", "Minus", "PlusMinus", "DotDot"],
  ...["Keyword_step", "Comma", "LeftBracket", "RightBracket"],
]);

/** A number behind `^` has no unit. */
function endsInExponent(words: readonly Word[]): boolean {
  const sign = words.at(-3);
  const before = sign?.type === "Minus" ? words.at(-4) : sign;
  return before?.type === "Power" || before?.type === "UnitPower";
}

function roleOf(entry: readonly Word[], frames: readonly Frame[], all: readonly Word[]): Slot {
  const probe = entry.at(-1);
  const before = all.at(-2);
  const written = all.slice(0, -1).map(({ text }) => text);
  const shared = { frames, previous: before?.text ?? "", written, entry, owner: [] };
  const alone = entry.slice(0, -1).every(({ type }) => ofSums.has(type));
  const frame = frames.at(-1);
  if (frame?.kind === "map" && frame.name === undefined) {
    return { ...shared, role: entry.length <= 1 ? "key" : "after", alone };
  }
  if (before?.type === "Dot") {
    return { ...shared, role: "member", alone, owner: dottedBefore(all, all.length - 2) };
  }
  if (probe?.type === "Unit") return { ...shared, role: endsInExponent(all) ? "after" : "unit", alone };
  const due = before === undefined || operators.has(before.type) || isAssign(before);
  return { ...shared, role: due ? "operand" : "after", alone };
}
