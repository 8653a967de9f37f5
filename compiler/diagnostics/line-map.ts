/** From character offsets to lines and columns, as editors and terminals count them. */

/** Both count from 1; a column is a UTF-16 code unit, as in the language server protocol. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface LineMap {
  readonly lineCount: number;
  /** Offsets beyond the text count as its end. */
  position(offset: number): Position;
  /** The offset where a line begins. */
  start(line: number): number;
  /** The text of a line without its end. */
  text(line: number): string;
}

const CACHE_SIZE = 32;
const cache = new Map<string, LineMap>();

/** The line map of a text; the most recent ones are kept. */
export function lineMap(text: string): LineMap {
  const known = cache.get(text);
  const map = known ?? makeLineMap(text);
  cache.delete(text);
  cache.set(text, map);
  if (cache.size > CACHE_SIZE) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }
  return map;
}

function makeLineMap(text: string): LineMap {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const start = (line: number): number => starts[line - 1] ?? text.length;
  return {
    lineCount: starts.length,
    start,
    position(offset) {
      const at = Math.max(0, Math.min(text.length, offset));
      const line = lastNotAbove(starts, at) + 1;
      return { line, column: at - start(line) + 1 };
    },
    text: (line) => {
      let end = start(line + 1);
      while (end > start(line) && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
      return text.slice(start(line), end);
    },
  };
}

/** The index of the last entry that is not above a value, in a rising list that begins with 0. */
function lastNotAbove(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rising[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
