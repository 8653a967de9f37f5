/** What else the block and the statement at hand hold, behind the place as well as before it, as the text is now. */
import { expressionsOf, parse, visitExpr, type Word, wordsBehind } from "../../grammar/index.ts";
import type { Statement } from "../../grammar/syntax.ts";
import { partsOf, slotOf, unclosed } from "./context.ts";
import { declarationBehind } from "./extent.ts";
import { fieldsIn, type Outer, type Place } from "./scope.ts";

interface Surroundings {
  /** The statement that the place is in. */
  readonly own: Statement | undefined;
  /** The other statements of its block. */
  readonly others: readonly Statement[];
}

const known = new WeakMap<readonly Outer[], Surroundings>();

function surroundings(place: Place): Surroundings {
  const found = known.get(place.outer) ?? read(place);
  known.set(place.outer, found);
  return found;
}

/** A word for the place, with what has to stand behind it for the text to go on as it will. */
function probeFor({ text, offset, open }: Place): string {
  const part = partsOf(open.words).at(-1)!;
  const rest = text.slice(offset, offset + mostOfLine).split("\n", 1)[0] ?? "";
  if (part.kind === "head") return /[)\]]/.test(rest) ? "x" : `x${closersFor(part.words)}`;
  const isKey = part.kind === "value" && slotOf(part.words).role === "key";
  return isKey && !/^[\p{L}\p{N}_]*\s*:/u.test(rest) ? "x: 1" : "x";
}

/** Characters behind the place that are looked at for the rest of its line. */
const mostOfLine = 500;

/** Closes the bracket of a head that is open. */
function closersFor(words: readonly Word[]): string {
  const at = unclosed(words);
  if (at === undefined) return "";
  return words[at]!.type === "LeftBracket" ? "]" : ")";
}

/** Reads the declaration at hand with a word at the place. */
function read(place: Place): Surroundings {
  const { text, offset, open, outer } = place;
  const here = open.words[0]?.start ?? open.start;
  const from = outer[0]?.start ?? here;
  const whole = `${text.slice(from, open.start)}${probeFor(place)}${declarationBehind(text, offset)}`;
  let statements: readonly Statement[] = parse(whole, "").tree.statements;
  for (const { start } of outer)
    statements = fieldsIn(statements.find(({ keyword }) => keyword.span.start === start - from));
  const isOwn = ({ keyword }: Statement): boolean => keyword.span.start === here - from;
  return { own: statements.find(isOwn), others: statements.filter((one) => !isOwn(one)) };
}

/** The other statements of the block that the place is in. */
export const siblings = (place: Place): readonly Statement[] =>
  place.outer.length === 0 ? [] : surroundings(place).others;

/** The statement at hand with what stands behind the place. */
export const statementAt = (place: Place): Statement | undefined => surroundings(place).own;

type Behind = readonly [touching: readonly Word[], rest: readonly Word[]];

const knownBehind = new WeakMap<readonly Outer[], Behind>();

/** The words of the statement at hand behind the place: one that begins there, which a completion is for, and the others. */
export function behind(place: Place): Behind {
  const found = knownBehind.get(place.outer) ?? readBehind(place);
  knownBehind.set(place.outer, found);
  return found;
}

function readBehind({ text, offset, open, outer }: Place): Behind {
  const from = outer[0]?.start ?? open.words[0]?.start ?? open.start;
  const whole = `${text.slice(from, offset)}${declarationBehind(text, offset)}`;
  const words = wordsBehind(whole, offset - from);
  const [first] = words;
  // Of a word that was begun, the place is in it or behind it.
  const touches = open.start === offset && first?.start === offset - from && /^\p{L}/u.test(first.text);
  return touches ? [words.slice(0, 1), words.slice(1)] : [[], words];
}

/** Names that the statement at hand has in its values, in keys of maps, and behind its clauses. */
export function namesInStatement(place: Place): ReadonlySet<string> {
  const found = new Set<string>();
  const { own } = surroundings(place);
  for (const expr of own === undefined ? [] : expressionsOf(own)) {
    visitExpr(expr, (one) => {
      if (one.kind === "path") found.add(one.parts.map(({ text }) => text).join("."));
      if (one.kind === "map") for (const { key } of one.entries) found.add(key.text);
      return true;
    });
  }
  return found;
}
