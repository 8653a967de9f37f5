/** Words that fit nowhere: what is said of them, and what they may have been meant for. */
import { type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { distance } from "fastest-levenshtein";
import { endOf } from "./brackets.ts";
import { changes, inFrontOf, insertion, omission, replacement, safely } from "./fixes.ts";
import { joinValues, quote, quoteBefore, type Remark, spanOf, valueStarts } from "./messages.ts";
import type { SyntaxProblem } from "./syntax.ts";
import * as T from "./tokens.ts";

interface Place {
  readonly file: string;
  /** The word before an offset. */
  readonly wordBefore: (offset: number) => IToken | undefined;
}

/** The problem of a word where a statement is due. */
export function noStatement(found: IToken, file: string): SyntaxProblem {
  const note = tokenMatcher(found, T.Keyword)
    ? `\`${found.image}\` is a word of the language and cannot begin a statement`
    : found.tokenType === T.Cite || found.tokenType === T.Text
      ? "notes and citations stand in the head of their statement, before its block"
      : "a statement begins with a name";
  const message = `expected a statement, found ${quote(found)}`;
  return { kind: "unexpected-token", message, note, span: spanOf(found, { file }) };
}

/** The problem of words in a statement that fit nowhere: of the first, `next` is the one behind it. */
export function strayProblem(found: IToken, next: IToken | undefined, place: Place): SyntaxProblem {
  const previous = place.wordBefore(found.startOffset);
  if (previous === undefined) return noStatement(found, place.file);
  const message = `unexpected ${quote(found).replace("the keyword", "keyword")} after ${quoteBefore(previous)}`;
  const remark = remarkOn(found, previous, next, place);
  return { kind: "unexpected-token", message, ...remark, span: spanOf(found, place) };
}

function remarkOn(found: IToken, previous: IToken, next: IToken | undefined, place: Place): Remark {
  const [here, last] = [spanOf(found, place), spanOf(previous, place)];
  const before = place.wordBefore(previous.startOffset);
  const value = valueStarts.has(found.tokenType);
  if (found.image === "==" && isUnassigned(found, place)) {
    return { help: "write `=`", fixes: [safely(replacement(here, "="))] };
  }
  if (previous.image === "sevens" && found.tokenType === T.NumberWord) {
    const line = { span: { ...last, end: here.end }, text: "", place: "line" } as const;
    return { help: "a file says its version once", fixes: [changes("remove it", line)] };
  }
  const clause = isName(found) && next !== undefined ? clauseMeant(found.image) : undefined;
  if (clause !== undefined && previous.tokenType !== T.Head) {
    return { help: `did you mean \`${clause}\`?`, fixes: [replacement(here, clause)] };
  }
  if (value && isBehindValue(before) && isMisspeltIn(previous) && isRangeBegun(next)) {
    return { help: "did you mean `in`?", fixes: [replacement(last, "in")] };
  }
  if (isMisspeltIn(found) && next?.tokenType === T.NumberWord) {
    return { help: "did you mean `in`?", fixes: [replacement(here, "in")] };
  }
  if (found.tokenType === T.NumberWord && endsPath(previous, before) && isUnassigned(found, place)) {
    const help = "a value is given with `=`, a range behind `in`";
    const [range, assignment] = [insertion(last, " in"), insertion(last, " =")];
    const head = headOf(found, place);
    return { help, fixes: head === "fix" ? [assignment] : head === "free" ? [range] : [range, assignment] };
  }
  if (value && (previous.tokenType === T.Head || (before?.tokenType === T.Head && isName(previous)))) {
    const help = `a value is given with \`=\`: \`${previous.image} = …\``;
    return { help, fixes: [insertion(last, " =", "add `=`")] };
  }
  // `a = 1 constant b = 2`: the second statement begins with the word before.
  const assigned =
    tokenMatcher(found, T.Assign) || (isName(found) && next !== undefined && tokenMatcher(next, T.Assign));
  if (assigned && isName(previous)) {
    const help = `start a new line, or put \`;\`, before \`${previous.image}\``;
    const comma = before?.tokenType === T.Comma ? spanOf(before, place) : undefined;
    const fix =
      comma === undefined ? changes("put `;` between them", inFrontOf(last, "; ")) : replacement(comma, ";");
    return { help, fixes: [fix] };
  }
  if (!value) {
    const note = ways.get(found.tokenType);
    return note === undefined ? {} : { note };
  }
  if (previous.tokenType === T.Cite) return { help: "separate keys by `,`", fixes: [insertion(last, ",")] };
  const join = insertion(last, " *");
  if (isName(found) && before !== undefined && isSlip(previous, before)) {
    return { help: `remove \`${previous.image}\``, fixes: [omission(last, `remove \`${previous.image}\``)] };
  }
  if (!isName(found)) return { help: joinValues, fixes: [join] };
  // `a = b, c d`
  if (before?.tokenType === T.Comma) return { help: "separate by `,`", fixes: [insertion(last, ",")] };
  if (isOfSum(found, place)) return { help: "models are added: `A + B`", fixes: [insertion(last, " +")] };
  const help = `${joinValues}; a new statement needs a new line or \`;\``;
  return { help, fixes: [join, insertion(last, ";")] };
}

/** The word of a clause that another one is by one letter, or two in the wrong order. */
function clauseMeant(word: string): string | undefined {
  const letters = (text: string): string => [...text].sort().join("");
  return ["from", "for", "where"].find(
    (one) => distance(word, one) === 1 || (word !== one && letters(word) === letters(one)),
  );
}

/** `100q GeV`: a letter that touches the number, and is no unit, where another unit follows. */
const isSlip = ({ image, tokenType, startOffset }: IToken, before: IToken): boolean =>
  tokenType === T.Unit &&
  /^[a-zA-Z]$/.test(image) &&
  !"JWegmsu".includes(image) &&
  endOf(before) === startOffset;

/** Names of one letter are names. */
const isMisspeltIn = (word: IToken): boolean =>
  isName(word) && word.image.length > 1 && distance(word.image, "in") === 1;

const isBehindValue = (before: IToken | undefined): boolean =>
  before !== undefined && !tokenMatcher(before, T.BinaryOperator) && !tokenMatcher(before, T.Assign);

/** What stands behind the lower end of a range. */
const isRangeBegun = (next: IToken | undefined): boolean =>
  next?.tokenType === T.DotDot || next?.tokenType === T.Unit;

/** `Cs133.Rn`, the end of a name with its owner. */
const endsPath = ({ tokenType }: IToken, before: IToken | undefined): boolean =>
  tokenType === T.Name && before?.tokenType === T.Dot;

/** Whether a word is in the value of a `model`, which is a sum of names. */
const isOfSum = (found: IToken, place: Place): boolean => headOf(found, place) === "model";

/** The word that begins the statement of another one. */
function headOf(found: IToken, place: Place): string | undefined {
  let word = place.wordBefore(found.startOffset);
  while (word !== undefined && word.tokenType !== T.Head) word = place.wordBefore(word.startOffset);
  return word?.image;
}

/** Whether the statement has no sign yet that gives it a value, nor a comparison. */
function isUnassigned(found: IToken, place: Place): boolean {
  for (let word = place.wordBefore(found.startOffset); word !== undefined; ) {
    if (word.tokenType === T.Head) return true;
    if (tokenMatcher(word, T.Assign) || word.tokenType === T.For || word.tokenType === T.In) return false;
    word = place.wordBefore(word.startOffset);
  }
  return false;
}

const isName = ({ tokenType }: IToken): boolean => tokenType === T.Name || tokenType === T.Unit;

const ways: ReadonlyMap<TokenType, string> = new Map([
  [T.Comma, "give each name a statement of its own"],
  [T.Colon, "a type stands before the value: `name: type = value`"],
  [T.Step, "`step` stands behind a range: `0 .. 1 step 0.1`"],
  [T.Then, "`then` belongs to `if … then … else …`"],
  [T.Else, "`else` belongs to `if … then … else …`"],
  [T.As, "`as` renames a used name: `use nuclei { I127 as Iodine }`"],
  [T.If, "a choice is written `if condition then value else value`"],
  [T.PlusMinus, "a value has one error: `4.8 +- 0.1 fm`"],
  [T.DotDot, "a range has two ends, and a condition in it needs parentheses"],
]);
