/**
 * What a text breaks off in, for whoever completes half-written text: the blocks that are open at a place and the words of the
 * statement at hand. Blocks, maps, units and the beginnings of statements are told apart as everywhere else.
 */
import type { IToken } from "chevrotain";
import { arrange } from "./arrange.ts";
import { endOf, retype } from "./brackets.ts";
import { maxCharacters } from "./parse.ts";
import * as T from "./tokens.ts";

/** A word of a statement; `type` is the name of its token type: `Name`, `Unit`, `Keyword_in`, `LeftParen`. */
export interface Word {
  readonly type: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A statement in whose block the place is. */
export interface Around {
  /** Its words before the brace. */
  readonly words: readonly Word[];
}

export interface Unfinished {
  /** The outermost first. */
  readonly around: readonly Around[];
  /** The words of the statement at hand. The last one stands for what is to come at the place, whatever was written of it. */
  readonly words: readonly Word[];
  /** The statement before, where the one at hand is about to begin: it may go on instead. */
  readonly before: readonly Word[];
  /** Where the word at the place begins. */
  readonly start: number;
  /** What is written of a text in quotes that the place is in. */
  readonly text?: string;
}

const partOfName = /[\p{L}_][\p{L}\p{N}_]*$/u;
/** Stands for the word at the place. */
const probe = "x";

/**
 * Undefined in comments, citations and numbers, where nothing can be completed. Reads from `from` on, where a statement begins
 * that is in no block.
 */
export function unfinishedAt(text: string, offset: number, from = 0): Unfinished | undefined {
  if (offset > maxCharacters) return undefined;
  const found = unfinishedIn(text.slice(from, offset), offset - from);
  if (found === undefined || from === 0) return found;
  const moved = (words: readonly Word[]): readonly Word[] =>
    words.map((word) => ({ ...word, start: word.start + from, end: word.end + from }));
  return {
    ...found,
    around: found.around.map(({ words }) => ({ words: moved(words) })),
    words: moved(found.words),
    before: moved(found.before),
    start: found.start + from,
  };
}

/** The words behind an offset that belong to the statement there, its block left out. */
export function wordsBehind(text: string, offset: number): readonly Word[] {
  const { tokens } = arrange(T.tokenize(text).tokens, text, "");
  const behind = tokens.filter(({ image, startOffset }) => image !== "" && startOffset >= offset);
  const end = behind.findIndex(({ tokenType }) => ends.has(tokenType));
  return behind.slice(0, end < 0 ? undefined : end).map(wordOf);
}

const ends = new Set([T.Head, T.Use, T.Sevens, T.Semicolon, T.BlockOpen, T.BlockClose]);

function unfinishedIn(text: string, offset: number): Unfinished | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const start = offset - (partOfName.exec(line)?.[0].length ?? 0);
  const { tokens } = T.tokenize(text.slice(0, start) + probe);
  const last = tokens.at(-1);
  if (last === undefined || endOf(last) !== start + probe.length) return undefined;
  if (last.tokenType === T.OpenText) {
    const words = gathered([...tokens.slice(0, -1), retype(last, T.Name)], text, last.startOffset);
    return words && { ...words, text: text.slice(last.startOffset + 1, offset) };
  }
  const previous = tokens.at(-2);
  const inNumber = start === offset && previous?.tokenType === T.NumberWord && endOf(previous) === start;
  const isLost = last.tokenType !== T.Name || previous?.tokenType === T.BadNumber || inNumber;
  return isLost ? undefined : gathered(tokens, text, start);
}

interface Level {
  readonly head: readonly Word[];
  words: Word[];
  before: Word[];
}

const level = (head: readonly Word[]): Level => ({ head, words: [], before: [] });
const begins = new Set([T.Head, T.Use, T.Sevens]);

/** Goes through the words up to the one that begins at `start`. */
function gathered(tokens: readonly IToken[], text: string, start: number): Unfinished | undefined {
  const levels = [level([])];
  for (const token of arrange(tokens, text, "").tokens) {
    const top = levels.at(-1)!;
    if (begins.has(token.tokenType)) {
      top.before = top.words;
      top.words = [wordOf(token)];
    } else if (token.tokenType === T.BlockOpen) levels.push(level(top.words));
    else if (token.tokenType === T.BlockClose) {
      if (levels.length > 1) levels.pop();
      levels.at(-1)!.words = [];
    } else if (token.tokenType === T.Semicolon) top.words = [];
    else if (token.image !== "") top.words.push(wordOf(token));
    if (token.startOffset === start && token.image !== "") return unfinished(levels, start);
  }
  return undefined;
}

function unfinished(levels: readonly Level[], start: number): Unfinished {
  const { words, before } = levels.at(-1)!;
  const around = levels.slice(1).map(({ head }) => ({ words: head }));
  return { around, words, before, start };
}

function wordOf({ tokenType, image, startOffset }: IToken): Word {
  return { type: tokenType.name, text: image, start: startOffset, end: startOffset + image.length };
}
