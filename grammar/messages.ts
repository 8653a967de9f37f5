/**
 * What the parser says: one sentence for every place where it can break, in the reader's words, and a help for
 * the mistakes people make.
 */
import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
  tokenMatcher,
} from "chevrotain";
import { endOf } from "./brackets.ts";
import { decimalComma } from "./decimal-comma.ts";
import {
  behind,
  changes,
  inFrontOf,
  insertion,
  omission,
  parenthesised,
  replacement,
  safely,
} from "./fixes.ts";
import { rangeMeant } from "./range-meant.ts";
import type { Span, SyntaxProblem } from "./syntax.ts";
import * as T from "./tokens.ts";

/** The error-message provider of the parser. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, previous, ruleName }) =>
    expectation(nameOf(expected, ruleName, previous), previous, actual),
  buildNoViableAltMessage: ({ actual, previous, customUserDescription }) =>
    expectation(customUserDescription ?? "a statement", previous, actual[0]),
  buildEarlyExitMessage: ({ actual, previous, customUserDescription }) =>
    expectation(customUserDescription ?? "more", previous, actual[0]),
  buildNotAllInputParsedMessage: ({ firstRedundant }) => `unexpected ${quote(firstRedundant)}`,
};

function expectation(expected: string, previous: IToken, found: IToken | undefined): string {
  const place = isNothing(previous) ? "" : ` after ${quoteBefore(previous)}`;
  return `expected ${expected}${place}, found ${quote(found)}`;
}

const isNothing = (token: IToken): boolean => token.tokenType === EOF || Number.isNaN(token.startOffset);

/** How a message names a word of the text. */
export function quote(token: IToken | undefined): string {
  if (token === undefined || isNothing(token)) return "the end of the text";
  if (token.tokenType === T.Head) return `the next statement \`${short(token.image)}\``;
  if (token.tokenType === T.Use) return "the next `use`";
  if (tokenMatcher(token, T.Keyword)) return `the keyword \`${token.image}\``;
  if (token.image === "") return token.tokenType.LABEL ?? "the end of the text";
  return `\`${short(token.image)}\``;
}

/** The same for the word before, which is no "next" one. */
export const quoteBefore = (token: IToken): string =>
  token.tokenType === T.Head || token.tokenType === T.Use ? `\`${short(token.image)}\`` : quote(token);

const short = (image: string): string => (image.length > 30 ? `${image.slice(0, 28)}…` : image);

/** What is due, by the rule that asks for it. */
function nameOf(expected: TokenType, rule: string, previous: IToken): string {
  switch (expected) {
    case T.RightBracket:
    case T.RightParen:
    case T.MapClose:
    case T.NamesClose:
      if (rule === "group") return "an operator or `)`";
      return `${itemIsDue.has(previous.tokenType) ? (itemOf.get(rule) ?? "a name") : "`,`"} or ${expected.LABEL}`;
    case T.NamesOpen:
      return "the used names in braces";
    case T.DotDot:
      return "`..` and the end of the range";
    case T.NumberWord:
      return rule === "version" ? "the version of the language" : "a number";
    case T.Name:
      return namedBy.get(rule) ?? "a name";
    default:
      return expected.LABEL ?? expected.name;
  }
}

/** Behind these an item of a list comes, or its end. */
const itemIsDue: ReadonlySet<TokenType> = new Set([
  ...[T.Comma, T.LeftParen, T.LeftBracket, T.MapOpen, T.NamesOpen],
]);

const itemOf: ReadonlyMap<string, string> = new Map([
  ["list", "an expression"],
  ["args", "an argument"],
  ["map", "an entry"],
  ["use", "a name to use"],
  ["params", "the name of a parameter"],
]);

const namedBy: ReadonlyMap<string, string> = new Map([
  ["usedName", "a name to use"],
  ["entry", "the name of an entry"],
  ["param", "the name of a parameter"],
  ["binding", "the name of a binding"],
  ["index", "the name of an index"],
]);

/** How it is written, by the rule that broke. */
const forms: ReadonlyMap<string, string> = new Map([
  ["version", "write `sevens 1`"],
  ["use", "write `use nuclei { Cs133, I127 }`"],
  ["usedName", "write `use nuclei { Cs133, I127 as Iodine }`"],
  ["range", "a range is written `low .. high`"],
  ["condition", "write `if condition then value else value`"],
  ["entry", "an entry of a map is written `name: value`"],
  ["forClause", "write `for E in low .. high`"],
  ["binding", "write `where name = value`"],
  ["index", "an index is written `[l]`, `[l, k]` or `[l -> k]`"],
]);

/** What there is to do or to know about a problem. */
export type Remark = Pick<SyntaxProblem, "help" | "note" | "fixes">;

/** The words of a file, and its name. */
export interface Words {
  readonly file: string;
  readonly tokens: readonly IToken[];
}

/** The problem that an exception of the parser stands for. */
export function problemOf(
  error: IRecognitionException,
  previous: IToken | undefined,
  words: Words,
): SyntaxProblem {
  const { token, message, context } = error;
  const rule = context.ruleStack.at(-1) ?? "";
  const remark =
    previous === undefined
      ? undefined
      : (missing(token, previous, rule, words) ?? missingSign(message, token, previous, words));
  const span = placeOf(token, previous, words.file);
  return { kind: "missing-token", message, ...(remark ?? wayOf(token, rule)), span };
}

/** What is missing between two words, where that is clear. */
function missing(found: IToken, previous: IToken, rule: string, words: Words): Remark | undefined {
  const [here, before] = [spanOf(found, words), spanOf(previous, words)];
  const value = valueStarts.has(found.tokenType) || found.tokenType === T.Use;
  if (found.tokenType === T.If) {
    const whole = { ...here, end: valueEnd(found, words) };
    const help = "put parentheses around `if … then … else …` inside an expression";
    return { help, fixes: [parenthesised(whole)] };
  }
  if (found.tokenType === T.BlockOpen && previous.tokenType === T.Equals) {
    return {
      help: "a block follows its statement without `=`",
      fixes: [safely(omission(before, "remove `=`"))],
    };
  }
  if (found.tokenType === T.Equals && previous.tokenType === T.Equals) {
    return { help: "write `=` once", fixes: [safely(replacement({ ...before, end: here.end }, "="))] };
  }
  if (found.tokenType === T.Times && previous.tokenType === T.Times) {
    return { help: "write `^`", fixes: [safely(replacement({ ...before, end: here.end }, "^"))] };
  }
  if (isTwice(found, previous)) {
    return {
      help: `write \`${found.image}\` once`,
      fixes: [safely(omission({ ...here, start: before.end }, `remove \`${found.image}\``))],
    };
  }
  const separator = rule === "range" || rule === "group" ? found : rule === "map" ? previous : undefined;
  const comma = separator && decimalComma(separator, words.tokens, words.file);
  if (comma !== undefined) return comma;
  const range = rule === "range" ? rangeMeant(found, words.tokens, words.file) : undefined;
  if (range !== undefined) return { help: "a range is written `low .. high`", fixes: [range] };
  if (rule === "version") {
    const isWord = found.tokenType === T.Name;
    return {
      help: "write `sevens 1`",
      fixes: [isWord ? replacement(here, "1") : insertion(before, " 1", "add `1`")],
    };
  }
  if (rule === "entry" && value) {
    return { help: "an entry of a map is written `name: value`", fixes: [insertion(before, ":")] };
  }
  if (rule === "group" && value) return { help: joinValues, fixes: [insertion(before, " *")] };
  if (rule === "use" && found.tokenType === T.Name && !isOpen(found, words)) {
    const end = namesEnd(found, words);
    const braces = changes(
      "put braces around the names",
      inFrontOf(here, "{ "),
      behind({ ...here, end }, " }"),
    );
    return { help: "write `use nuclei { Cs133, I127 }`", fixes: [braces] };
  }
  return unseparated(found, previous, rule, words);
}

/** A comma or colon behind its like. */
const isTwice = (found: IToken, previous: IToken): boolean =>
  found.tokenType === previous.tokenType && (found.tokenType === T.Comma || found.tokenType === T.Colon);

/** Signs that a message asks for. */
const signDue = /^expected `(then|else|in|=|\.\.)`/;

/** A sign between two values, or a name and its value, unless it comes later. */
function missingSign(message: string, found: IToken, previous: IToken, words: Words): Remark | undefined {
  const [, sign] = signDue.exec(message) ?? [];
  if (sign === undefined || !valueStarts.has(found.tokenType)) return undefined;
  const rest = words.tokens.slice(words.tokens.indexOf(found));
  const end = rest.findIndex(
    ({ tokenType }) => tokenType === T.Head || tokenType === T.Use || tokenType === T.If,
  );
  const comes = rest
    .slice(0, end < 0 ? undefined : end)
    .find(({ image }) => image === sign || image === "else");
  if (comes?.image === sign) return undefined;
  return { help: `add \`${sign}\``, fixes: [insertion(spanOf(previous, words), ` ${sign}`)] };
}

export const joinValues = "join values by an operator such as `*`";

/** Two items of a list without a comma. */
function unseparated(found: IToken, previous: IToken, rule: string, words: Words): Remark | undefined {
  if (!itemOf.has(rule) || itemIsDue.has(previous.tokenType)) return undefined;
  const help = "separate by `,`";
  if (found.tokenType === T.LostSemicolon) return { help, fixes: [replacement(spanOf(found, words), ",")] };
  // `Cs133: 1 I127: 1`: the name was taken for a unit.
  const named = found.tokenType === T.Colon && previous.tokenType === T.Unit;
  const last = named ? words.tokens[words.tokens.indexOf(previous) - 1] : previous;
  if (last === undefined || !(named || valueStarts.has(found.tokenType))) return undefined;
  return { help, fixes: [insertion(spanOf(last, words), ",")] };
}

/** What there is to know where no change is clear. */
function wayOf(found: IToken, rule: string): Remark {
  if (found.tokenType === T.BlockOpen) return { note: "a block follows its statement without `=`" };
  const form = forms.get(rule);
  if (form !== undefined) return { note: form };
  if (found.tokenType === T.Head) return { note: "the line before seems unfinished" };
  return tokenMatcher(found, T.Keyword) && found.tokenType !== T.Use
    ? { note: `\`${found.image}\` is a word of the language and cannot be a name or a value` }
    : {};
}

export const spanOf = (word: IToken, { file }: Pick<Words, "file">): Span => ({
  file,
  start: word.startOffset,
  end: endOf(word),
});

/** Whether the names of the `use` that a word is in have their brace. */
function isOpen(word: IToken, { tokens }: Words): boolean {
  const at = tokens.indexOf(word);
  const from = tokens.slice(0, at).findLastIndex(({ tokenType }) => tokenType === T.Use);
  return tokens.slice(from, at).some(({ tokenType }) => tokenType === T.NamesOpen);
}

/** Where names in a row end. */
function namesEnd(from: IToken, { tokens }: Words): number {
  const rest = tokens.slice(tokens.indexOf(from));
  const end = rest.findIndex(({ tokenType }) => ![T.Name, T.Comma, T.As].includes(tokenType));
  return endOf(rest.slice(0, end < 0 ? undefined : end).findLast(({ image }) => image !== "") ?? from);
}

/** Where the value ends that begins with a word. */
function valueEnd(from: IToken, { tokens }: Words): number {
  let depth = 0;
  let end = endOf(from);
  for (const word of tokens.slice(tokens.indexOf(from))) {
    const { tokenType } = word;
    if (opening.has(tokenType)) depth++;
    else if (closing.has(tokenType)) depth--;
    if (depth < 0 || (depth === 0 && valueEnds.has(tokenType))) break;
    if (word.image !== "") end = endOf(word);
  }
  return end;
}

const opening: ReadonlySet<TokenType> = new Set([T.LeftParen, T.LeftBracket, T.MapOpen]);
const closing: ReadonlySet<TokenType> = new Set([T.RightParen, T.RightBracket, T.MapClose, T.BlockClose]);
const valueEnds: ReadonlySet<TokenType> = new Set([
  ...[T.Head, T.Use, T.Semicolon, T.Comma, T.BlockOpen, T.Where, T.For, T.Text, T.Cite],
]);

export const valueStarts: ReadonlySet<TokenType> = new Set([
  ...[T.Name, T.Unit, T.NumberWord, T.BadNumber, T.LeftParen, T.LeftBracket, T.MapOpen, T.Text],
]);

/** Where something is missing: at the word found instead, or behind the last one if that is far away. */
function placeOf(found: IToken, previous: IToken | undefined, file: string): Span {
  const elsewhere = isNothing(found) || found.image === "" || farAway.has(found.tokenType);
  const token = elsewhere && previous !== undefined && !isNothing(previous) ? previous : found;
  if (isNothing(token)) return { file, start: 0, end: 0 };
  return { file, start: token.startOffset, end: endOf(token) };
}

const farAway: ReadonlySet<TokenType> = new Set([T.Head, T.Use, T.BlockClose, T.BlockOpen]);
