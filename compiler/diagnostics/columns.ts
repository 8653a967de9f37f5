/** How a line of source looks in a terminal: tabs, wide characters and control characters. */

const TAB = 4;

/** Made when something is shown: making it takes as long as reading a spec. */
let segmenter: Intl.Segmenter | undefined;

/** East Asian wide and fullwidth characters and emoji, which take two columns. */
const widePattern =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
/** What must not reach a terminal as it is: control characters, and marks that reverse the reading direction. */
const unprintable = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A line as it is displayed. */
export interface DisplayLine {
  readonly text: string;
  /** The column (from 0) of a character offset in the line. */
  column(offset: number): number;
  /** The displayed text between two columns. */
  slice(from: number, to: number): string;
  readonly width: number;
}

/** Text that is safe to print on one line, unprintable characters replaced. */
export function printable(text: string): string {
  return text.replace(unprintable, "\ufffd");
}

/** The same for text of several lines, whose tabs and line ends stay. */
export function printableText(text: string): string {
  return text.replace(/(?:(?!\r\n)[^\n\t])+/g, printable);
}

export function displayLine(line: string): DisplayLine {
  const cells: { readonly text: string; readonly column: number }[] = [];
  const columns: number[] = [];
  let column = 0;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(line)) {
    const text = segment === "\t" ? " ".repeat(TAB - (column % TAB)) : printable(segment);
    for (let unit = 0; unit < segment.length; unit++) columns.push(column);
    cells.push({ text, column });
    column += segment === "\t" ? text.length : widePattern.test(text) ? 2 : 1;
  }
  const width = column;
  return {
    text: cells.map((cell) => cell.text).join(""),
    column: (offset) => columns[offset] ?? width,
    slice: (from, to) =>
      cells
        .filter((cell) => cell.column >= from && cell.column < to)
        .map((cell) => cell.text)
        .join(""),
    width,
  };
}
