/**
 * Between lexer and parser: tokens get the type that their neighbours give them.
 *
 * - a name that begins a statement becomes a `Head`: the first of its line, or behind `{`, `}` or `;`. The
 *   parser begins a statement with nothing else, so one broken statement never swallows the next;
 * - a name behind a number or a list on the same line becomes a `Unit`, and `^` with an integer its `UnitPower`;
 * - `log` behind a value becomes the `Log` clause;
 * - `{` and `}` of maps and of used names get types of their own;
 * - words between statements that cannot begin one are left out;
 * - brackets are matched, and nesting is limited before anything recurses.
 */
import { type IToken, type TokenType, tokenMatcher } from "chevrotain";
import {
  type Balance,
  closeAll,
  closeBrace,
  closeBracket,
  closeExpression,
  endOf,
  insideExpression,
  maxNesting,
  openBracket,
  retype,
} from "./brackets.ts";
import { insertion, omission, safely } from "./fixes.ts";
import { isHeadLine, misspeltHead } from "./head-line.ts";
import { beforeLostBraces, closeDeeper, closeLeft, type Layout, layoutOf, withBraces } from "./lost-brace.ts";
import { quote } from "./messages.ts";
import { noStatement } from "./stray.ts";
import type { SyntaxProblem } from "./syntax.ts";
import * as T from "./tokens.ts";

export interface Arranged {
  readonly tokens: IToken[];
  readonly problems: readonly SyntaxProblem[];
  /** Offsets at which statements and uses begin, ascending. */
  readonly starts: readonly number[];
}

interface Work extends Balance {
  /** The tokens of the lexer, reserved words recognised. */
  readonly source: readonly IToken[];
  /** Per token: whether a line break stands before it. */
  readonly breaks: readonly boolean[];
  /** True when the text is one expression and holds no statement. */
  readonly expression: boolean;
  readonly starts: number[];
  /** Where a brace has got lost, what the layout says of it. */
  readonly layout?: Layout;
  /** Inside a `use`, before its names. */
  inUse: boolean;
  /** Behind words that were left out. */
  lost: boolean;
  /** `if`s and signs in a row, which nest without brackets. */
  ifs: number;
  signs: number;
}

/** Arranges the tokens of a file, or of a lone expression. */
export function arrange(words: readonly IToken[], text: string, file: string, expression = false): Arranged {
  const plain = arrangeOnce(words, text, file, expression, false);
  const second = words.filter(({ image }, i) => image === "{" && words[i - 1]?.image === "{");
  if (plain.isOpen && second.length > 0) {
    const single = words.filter((word) => !second.includes(word));
    const once = arrangeOnce(single, text, file, expression, false);
    const problems = second.map((word) => doubleBrace(word, file));
    return fewest(plain, { ...once, problems: [...problems, ...once.problems] });
  }
  // Which brace has got lost is seen by the layout, if there is one.
  if (plain.isOpen) return fewest(plain, arrangeOnce(words, text, file, expression, true));
  if (!plain.hasStray) return plain;
  const before = beforeLostBraces(words, plain.starts, text);
  if (before.length === 0) return plain;
  const opened = arrangeOnce(withBraces(words, before), text, file, expression, false);
  const problems = before.map((word) => lostBrace(word, file));
  return fewest(plain, { ...opened, problems: [...problems, ...opened.problems] });
}

const fewest = (plain: Arranged, other: Arranged): Arranged =>
  other.problems.length <= plain.problems.length ? other : plain;

/** The problem of a block that begins with two braces, and ends with one. */
function doubleBrace(second: IToken, file: string): SyntaxProblem {
  const span = { file, start: second.startOffset, end: endOf(second) };
  const fixes = [safely(omission(span, "remove `{`"))];
  return { kind: "unexpected-token", message: "a second `{`", help: "remove `{`", fixes, span };
}

/** The problem of a block that begins without its brace. */
function lostBrace(before: IToken, file: string): SyntaxProblem {
  const span = { file, start: before.startOffset, end: endOf(before) };
  const message = `expected \`{\` after ${quote(before)}`;
  return { kind: "missing-token", message, help: "add `{`", fixes: [safely(insertion(span, " {"))], span };
}

/** `isOpen`: whether a brace was still open at the end; `hasStray`: whether one closed nothing. */
function arrangeOnce(
  words: readonly IToken[],
  text: string,
  file: string,
  expression: boolean,
  byLayout: boolean,
): Arranged & { readonly isOpen: boolean; readonly hasStray: boolean } {
  const source = words.map((word) => withKeyword(word));
  const work: Work = {
    file,
    text,
    ...(byLayout ? { layout: layoutOf(source, text) } : {}),
    source,
    breaks: lineBreaks(source, text),
    expression,
    out: [],
    open: [],
    problems: [],
    starts: [],
    inUse: false,
    lost: false,
    ifs: 0,
    signs: 0,
  };
  const read = source.every((token, i) => {
    take(work, token, i);
    return nestingIsBearable(work, token);
  });
  const { problems } = work;
  const known = problems.length;
  const isOpen = read && work.open.some(({ image }) => image === "{");
  const hasStray = problems.some(({ span: { start } }) => text[start] === "}");
  closeAll(work);
  const found = read ? problems : problems.slice(0, known);
  return { tokens: work.out, problems: found, starts: work.starts, isOpen, hasStray };
}

function take(work: Work, token: IToken, i: number): void {
  if (beginsStatement(work, i) && work.breaks[i]) closeLeft(work, token);
  const head = i === 0 && isHeadLine(work.source, work.breaks);
  if (head) work.problems.push(...misspeltHead(token, work.source[1], work.file));
  if (beginsStatement(work, i)) begin(work, retype(token, head ? T.Sevens : T.Head));
  else if (isLost(work, token)) leaveOut(work, token);
  else takeInner(work, token, i);
}

function takeInner(work: Work, token: IToken, i: number): void {
  switch (token.tokenType) {
    case T.Use:
      if (work.breaks[i] || atBoundary(work)) begin(work, token);
      else work.out.push(token);
      work.inUse = true;
      return;
    case T.LeftParen:
    case T.LeftBracket:
      openBracket(work, token);
      return;
    case T.BlockOpen:
      openBracket(work, retype(token, braceAt(work, i)));
      work.inUse = false;
      work.lost = false;
      return;
    case T.RightParen:
    case T.RightBracket:
      closeBracket(work, token);
      return;
    case T.BlockClose:
      work.lost = false;
      if (work.breaks[i]) closeDeeper(work, token);
      closeBrace(work, token);
      return;
    case T.Semicolon:
      work.lost = false;
      work.out.push(insideExpression(work) ? retype(token, T.LostSemicolon) : token);
      return;
    case T.Name:
      work.out.push(nameInContext(work, token, i));
      return;
    case T.Power:
      work.out.push(isUnitPower(work, i) ? retype(token, T.UnitPower) : token);
      return;
    default:
      work.out.push(token);
  }
}

function begin(work: Work, token: IToken): void {
  closeExpression(work);
  if (token.tokenType !== T.Sevens) work.starts.push(token.startOffset);
  work.out.push(token);
  work.inUse = false;
  work.lost = false;
  work.ifs = 0;
}

const canBegin = new Set([T.Use, T.Semicolon, T.BlockOpen, T.BlockClose]);

const isLost = (work: Work, token: IToken): boolean =>
  !work.expression && atBoundary(work) && !insideExpression(work) && !canBegin.has(token.tokenType);

function leaveOut(work: Work, token: IToken): void {
  if (!work.lost) work.problems.push(noStatement(token, work.file));
  work.lost = true;
}

function withKeyword(word: IToken): IToken {
  const type = word.tokenType === T.Name ? T.keywords.get(word.image) : undefined;
  return retype(word, type ?? word.tokenType);
}

function lineBreaks(source: readonly IToken[], text: string): boolean[] {
  let end = 0;
  return source.map((token, i) => {
    const broken = i === 0 || /[\n\r]/.test(text.slice(end, token.startOffset));
    end = endOf(token);
    return broken;
  });
}

const boundaries = new Set([T.BlockOpen, T.BlockClose, T.Semicolon, T.NamesClose]);

/** True where a statement may begin even within a line. */
function atBoundary(work: Work): boolean {
  const last = work.out.at(-1);
  if (last === undefined || boundaries.has(last.tokenType)) return true;
  return work.out.length === 2 && work.out[0]?.tokenType === T.Sevens && last.tokenType === T.NumberWord;
}

function beginsStatement(work: Work, i: number): boolean {
  const token = work.source[i]!;
  if (work.expression || token.tokenType !== T.Name) return false;
  const inside = insideExpression(work);
  if (atBoundary(work) && !inside) return !work.lost || work.breaks[i] === true;
  if (!work.breaks[i]) return false;
  const top = work.open.at(-1)?.tokenType;
  const inBraces = top === T.MapOpen || top === T.NamesOpen;
  const next = work.source[i + 1];
  if (endsOperand(work)) {
    if (isLogClause(work, i)) return false;
    if (inBraces) return !(next && separatesEntries.has(next.tokenType));
    return !inside || looksLikeStatement(work, i);
  }
  if (inBraces) return false;
  // Behind an operator a value is due, but `name =` and `name name` are a statement: the value was forgotten.
  const named = work.out.at(-1)?.tokenType;
  return looksLikeStatement(work, i) && !(named && takesBinding.has(named) && !isNextName(work, i));
}

const separatesEntries = new Set([T.Colon, T.Comma, T.BlockClose, T.As]);
/** Behind these `name = value` is a binding or a named argument. */
const takesBinding = new Set([T.Comma, T.LeftParen, T.Where, T.Bar]);
const operandEnds = new Set([
  ...[T.Name, T.Head, T.Unit, T.NumberWord, T.BadNumber, T.Percent, T.Text, T.OpenText, T.Cite, T.BadCite],
  ...[T.RightParen, T.RightBracket, T.MapClose, T.Log],
]);

/** True when the token before could be the last of a value. */
function endsOperand(work: Work): boolean {
  const last = work.out.at(-1);
  return last !== undefined && operandEnds.has(last.tokenType);
}

const isNextName = (work: Work, i: number): boolean => {
  const next = work.source[i + 1];
  return next?.tokenType === T.Name && !work.breaks[i + 1] && next.image !== "log";
};

function looksLikeStatement(work: Work, i: number): boolean {
  const next = work.source[i + 1];
  return isNextName(work, i) || (next !== undefined && tokenMatcher(next, T.Assign));
}

function nameInContext(work: Work, token: IToken, i: number): IToken {
  const last = work.out.at(-1)?.tokenType;
  if (isLogClause(work, i)) return retype(token, T.Log);
  const countable = last === T.NumberWord || last === T.BadNumber || last === T.RightBracket;
  return countable && !work.breaks[i] ? retype(token, T.Unit) : token;
}

/** `log` behind a value, unless something makes it the name of a new statement or of a function. */
function isLogClause(work: Work, i: number): boolean {
  if (work.source[i]?.image !== "log" || !endsOperand(work)) return false;
  if (work.out.at(-1)?.tokenType === T.Head) return false;
  const next = work.source[i + 1];
  if (next === undefined || !work.breaks[i]) return true;
  return !startsTail.has(next.tokenType) && !looksLikeStatement(work, i);
}

const startsTail = new Set([T.LeftParen, T.LeftBracket, T.BlockOpen, T.Colon, T.Dot, T.Slash]);

/** `1 eV^2`, `5 m^-1`: an integer behind a unit. */
function isUnitPower(work: Work, i: number): boolean {
  if (work.out.at(-1)?.tokenType !== T.Unit) return false;
  const next = work.source[i + 1];
  const power = next?.tokenType === T.Minus ? work.source[i + 2] : next;
  return power?.tokenType === T.NumberWord && /^\d{1,3}$/.test(power.image);
}

/** What `{` opens: the names of a `use`, a map, or a block. */
function braceAt(work: Work, i: number): TokenType {
  if (work.expression || insideExpression(work)) return T.MapOpen;
  if (work.inUse) return T.NamesOpen;
  if (endsOperand(work) || atBoundary(work)) return T.BlockOpen;
  // `source S = { distance = 19 m }`: the sign is too much, what follows is a block.
  const block = work.source[i + 1]?.tokenType === T.Name && looksLikeStatement(work, i + 1);
  return block ? T.BlockOpen : T.MapOpen;
}

function nestingIsBearable(work: Work, token: IToken): boolean {
  if (token.tokenType === T.If) work.ifs++;
  work.signs = tokenMatcher(token, T.PrefixOperator) ? work.signs + 1 : 0;
  if (work.open.length + work.ifs + work.signs <= maxNesting) return true;
  work.problems.push({
    kind: "nesting-too-deep",
    message: `this stands more than ${maxNesting} levels deep, and the text behind it was not read`,
    note: "split the expression with `let`, or the declaration into several",
    span: { file: work.file, start: token.startOffset, end: endOf(token) },
  });
  return false;
}
