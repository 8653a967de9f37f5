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
import type { SyntaxProblem } from "./syntax.ts";
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
function quote(token: IToken | undefined): string {
  if (token === undefined || isNothing(token)) return "the end of the text";
  if (token.tokenType === T.Head) return `the next statement \`${short(token.image)}\``;
  if (token.tokenType === T.Use) return "the next `use`";
  if (tokenMatcher(token, T.Keyword)) return `the keyword \`${token.image}\``;
  if (token.image === "") return token.tokenType.LABEL ?? "the end of the text";
  return `\`${short(token.image)}\``;
}

/** The same for the word before, which is no "next" one. */
const quoteBefore = (token: IToken): string =>
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

/** The problem that an exception of the parser stands for. */
export function problemOf(
  error: IRecognitionException,
  previous: IToken | undefined,
  file: string,
): SyntaxProblem {
  const help = helpFor(error.token, error.context.ruleStack.at(-1) ?? "");
  const span = placeOf(error.token, previous, file);
  return { kind: "missing-token", message: error.message, ...(help === undefined ? {} : { help }), span };
}

function helpFor(found: IToken, rule: string): string | undefined {
  if (found.tokenType === T.If) return "put parentheses around `if … then … else …` inside an expression";
  if (found.tokenType === T.BlockOpen) return "a block follows its statement without `=`";
  const form = forms.get(rule);
  if (form !== undefined) return form;
  if (found.tokenType === T.Head) return "the line before seems unfinished";
  if (tokenMatcher(found, T.Keyword) && found.tokenType !== T.Use) {
    return `\`${found.image}\` is a word of the language and cannot be a name or a value`;
  }
  return undefined;
}

/** Where something is missing: at the word found instead, or behind the last one if that is far away. */
function placeOf(found: IToken, previous: IToken | undefined, file: string): SyntaxProblem["span"] {
  const elsewhere = isNothing(found) || found.image === "" || farAway.has(found.tokenType);
  const token = elsewhere && previous !== undefined && !isNothing(previous) ? previous : found;
  if (isNothing(token)) return { file, start: 0, end: 0 };
  return { file, start: token.startOffset, end: endOf(token) };
}

const farAway: ReadonlySet<TokenType> = new Set([T.Head, T.Use, T.BlockClose, T.BlockOpen]);

/** The problem of words that fit nowhere; `previous` is the word before them, if it is of the same statement. */
export function strayProblem(found: IToken, previous: IToken | undefined, file: string): SyntaxProblem {
  const span = { file, start: found.startOffset, end: endOf(found) };
  if (previous === undefined) {
    const help = tokenMatcher(found, T.Keyword)
      ? `\`${found.image}\` is a word of the language and cannot begin a statement`
      : found.tokenType === T.Cite || found.tokenType === T.Text
        ? "notes and citations stand in the head of their statement, before its block"
        : "a statement begins with a name";
    return { kind: "unexpected-token", message: `expected a statement, found ${quote(found)}`, help, span };
  }
  const message = `unexpected ${quote(found).replace("the keyword", "keyword")} after ${quoteBefore(previous)}`;
  const help = strayHelp(found, previous);
  return { kind: "unexpected-token", message, ...(help === undefined ? {} : { help }), span };
}

function strayHelp(found: IToken, previous: IToken): string | undefined {
  const value = valueStarts.has(found.tokenType);
  if (previous.tokenType === T.Head && value) return `a value is given with \`=\`: \`${previous.image} = …\``;
  if (tokenMatcher(found, T.Assign) && (previous.tokenType === T.Unit || previous.tokenType === T.Name)) {
    return `start a new line, or put \`;\`, before \`${previous.image}\``;
  }
  if (value) return "join values by an operator such as `*`; a new statement needs a new line or `;`";
  return strayHelps.get(found.tokenType);
}

const valueStarts: ReadonlySet<TokenType> = new Set([
  ...[T.Name, T.Unit, T.NumberWord, T.BadNumber, T.LeftParen, T.LeftBracket, T.MapOpen, T.Text],
]);

const strayHelps: ReadonlyMap<TokenType, string> = new Map([
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
