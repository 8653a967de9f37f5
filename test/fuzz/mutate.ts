/** Inputs made of others by small changes, the same for the same random numbers. */
import type { RandomStream } from "../../runtime/random.ts";

/** A whole number from 0 to below a bound. */
export function below(random: RandomStream, bound: number): number {
  return Math.floor(random.uniform() * bound);
}

export function oneOf<T>(random: RandomStream, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

/** Pieces that have a meaning somewhere: in a grammar, in JSON, in JavaScript, for a terminal. */
const pieces: readonly string[] = [
  ..."{ } ( ) [ ] , ; : . .. = += | -> + - * / ^ % +- ± ≤ <= == < > \" ' ` \\ # @ $ _ ~ & ! ?".split(" "),
  ..."if then else in on for where from step and or not use as sevens log nan inf null true false".split(" "),
  ..."__proto__ constructor prototype toString hasOwnProperty valueOf eval process require".split(" "),
  ..."MeV fm keVnr PE 1/keV u barn 0 1 -1 1e308 1e-400 9007199254740993 1.5e+ 0x10 00 1..2".split(" "),
  ..."Z A N Rn q T E g s2w model experiments bins data flux spectrum target nucleus".split(" "),
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u001b[2J",
  "\u2028",
  "\uFEFF",
  "\u202E",
  "\uD800",
  "\u{1F600}",
  "é",
  "//",
  "///",
  "/*",
  "*/",
  "@cite ",
  '"../../etc/passwd"',
  '"file:///etc/passwd"',
  "$" + "{1}",
  "{{x}}",
  "</script>",
  '"\\u0000"',
];

type Change = (text: string, random: RandomStream, others: readonly string[]) => string;

/** A part of a text, mostly a short one. */
function part(text: string, random: RandomStream): readonly [start: number, end: number] {
  const start = below(random, text.length + 1);
  const most = random.uniform() < 0.8 ? 12 : 400;
  return [start, Math.min(text.length, start + below(random, most + 1))];
}

function put(text: string, random: RandomStream, piece: string): string {
  const at = below(random, text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

const changes: readonly Change[] = [
  (text, random) => {
    const [start, end] = part(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  (text, random) => {
    const [start, end] = part(text, random);
    return put(text, random, text.slice(start, end));
  },
  (text, random) => {
    const [start, end] = part(text, random);
    return text.slice(0, start) + oneOf(random, pieces) + text.slice(end);
  },
  (text, random) => put(text, random, oneOf(random, pieces)),
  (text, random) => put(text, random, ` ${oneOf(random, pieces)} `),
  (text, random) => put(text, random, oneOf(random, pieces).repeat(1 + below(random, 40))),
  (text, random) => put(text, random, String.fromCharCode(below(random, 0x10000))),
  (text, random, others) => {
    const other = oneOf(random, others);
    const [start, end] = part(other, random);
    return put(text, random, other.slice(start, end));
  },
  (text, random) => {
    const words = [...text.matchAll(/[\p{L}_][\p{L}\p{N}_]*|\d[\d.eE]*/gu)];
    if (words.length < 2) return text;
    const [from, to] = [oneOf(random, words), oneOf(random, words)];
    return text.slice(0, to.index) + from[0] + text.slice(to.index + to[0].length);
  },
  (text, random) => {
    const lines = text.split("\n");
    const [from, to] = [below(random, lines.length), below(random, lines.length)];
    const [line = ""] = lines.splice(from, 1);
    lines.splice(to, 0, line);
    return lines.join("\n");
  },
  (text, random) => text.slice(0, below(random, text.length + 1)),
];

/** A text with one to six changes. */
export function mutated(texts: readonly string[], random: RandomStream): string {
  let text = oneOf(random, texts);
  for (let left = 1 + below(random, 6); left > 0; left--) text = oneOf(random, changes)(text, random, texts);
  return text;
}

/** A JSON document in which one to four values or keys are others. */
export function mutatedJson(documents: readonly string[], random: RandomStream): string {
  let text = oneOf(random, documents);
  for (let left = 1 + below(random, 4); left > 0; left--) text = changedJson(text, documents, random);
  return text;
}

const values: readonly string[] = [
  ...'null true false 0 -1 1e999 1e-999 [] {} [[]] [null] ""'.split(" "),
  '{"__proto__": {"polluted": true}}',
  '{"constructor": {"prototype": {"polluted": true}}}',
  '{"call": "f", "args": []}',
  "[".repeat(300) + "]".repeat(300),
];

/** Keys and plain values, as the text has them. */
const leaf = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b/g;

function changedJson(text: string, documents: readonly string[], random: RandomStream): string {
  const places = [...text.matchAll(leaf)];
  if (places.length === 0) return text;
  const place = oneOf(random, places);
  const behind = text.slice(place.index + place[0].length);
  const isKey = /^\s*:/.test(behind);
  const kind = random.uniform();
  const word = JSON.stringify(oneOf(random, pieces));
  const other = oneOf(random, [...oneOf(random, documents).matchAll(leaf)])[0];
  const chosen = kind < 0.4 ? other : kind < 0.7 ? word : isKey ? '"__proto__"' : oneOf(random, values);
  const fitting = isKey && !chosen.startsWith('"') ? word : chosen;
  return text.slice(0, place.index) + fitting + behind;
}
