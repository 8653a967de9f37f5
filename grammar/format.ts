/**
 * The formatter: one statement a line, long ones broken, comments and single blank lines kept.
 *
 * Formatting twice changes nothing more, and the text means what it meant. A statement with a comment inside
 * its expressions stays as it was written, because only its author knows where that comment belongs.
 */
import { docLines, printHeader, printUse, textLines } from "./print.ts";
import type { Quote } from "./print-expr.ts";
import type { Block, Comment, Span, Statement, SyntaxTree, Use } from "./syntax.ts";

/** Prints the tree of a text that has no problems; `text` is what it was parsed from. */
export function format(tree: SyntaxTree, text: string): string {
  const page: Page = { text, comments: tree.comments, next: 0, lines: [], end: 0, fresh: true };
  const items = [...tree.uses.map(useItem), ...tree.statements.map(statementItem)];
  if (tree.version !== undefined) items.push(versionItem(tree.version));
  setItems(page, items, 0, text.length);
  return page.lines.length === 0 ? "" : `${page.lines.join("\n")}\n`;
}

interface Page {
  readonly text: string;
  readonly comments: readonly Comment[];
  /** The first comment that is not yet set. */
  next: number;
  readonly lines: string[];
  /** Where in the text the last thing set has ended. */
  end: number;
  /** True at the beginning of the page or of a block, where no blank line belongs. */
  fresh: boolean;
}

/** Something that begins on a line of its own. */
interface Item {
  /** Where it begins, doc lines included, and where its first word stands. */
  readonly start: number;
  readonly word: number;
  readonly end: number;
  readonly doc: readonly string[];
  readonly set: (page: Page, depth: number) => void;
}

function versionItem(version: NonNullable<SyntaxTree["version"]>): Item {
  const { start, end } = version.span;
  // The word before the number begins nothing else, so a comment cannot be lost by counting it in.
  return {
    start,
    word: start,
    end,
    doc: [],
    set: (page) => setLine(page, 0, `sevens ${sourceOf(page, version.span)}`),
  };
}

function useItem(use: Use): Item {
  const { start, end } = use.span;
  return {
    start: use.doc?.span.start ?? start,
    word: start,
    end,
    doc: use.doc === undefined ? [] : textLines(use.doc.text),
    set: (page) => {
      const kept = hasComment(page, start, end);
      setLine(page, 0, kept ? verbatim(page, start, end, 0) : printUse(use, quoteAsWritten(page)));
    },
  };
}

function statementItem(s: Statement): Item {
  const { start, end } = s.span;
  const starts = [
    start,
    ...(s.doc === undefined ? [] : [s.doc.span.start]),
    ...s.cites.map((c) => c.span.start),
  ];
  return {
    start: Math.min(...starts),
    word: start,
    end,
    doc: docLines(s),
    set: (page, depth) => setStatement(page, s, depth),
  };
}

function setItems(page: Page, items: readonly Item[], depth: number, end: number): void {
  for (const item of [...items].sort((one, other) => one.start - other.start)) {
    setComments(page, item.start, depth);
    separate(page, item.start);
    for (const row of item.doc) setLine(page, depth, row);
    if (item.doc.length > 0) page.end = item.word;
    setComments(page, item.word, depth);
    item.set(page, depth);
    page.end = item.end;
    setTrailing(page);
  }
  setComments(page, end, depth);
}

function setStatement(page: Page, s: Statement, depth: number): void {
  const { start } = s.span;
  const headerEnd = s.block === undefined ? s.span.end : endOfHeader(page, start, s.block);
  const kept = hasComment(page, start, headerEnd);
  const header = kept ? verbatim(page, start, headerEnd, depth) : printHeader(s, depth, quoteAsWritten(page));
  if (s.block === undefined) setLine(page, depth, header);
  else setBlock(page, s.block, header, depth);
}

function setBlock(page: Page, block: Block, header: string, depth: number): void {
  const inside = block.span.end - 1;
  const empty = block.statements.length === 0 && nextComment(page, inside) === undefined;
  if (empty) {
    setLine(page, depth, `${header} {}`);
    return;
  }
  setLine(page, depth, `${header} {`);
  page.end = block.span.start + 1;
  setTrailing(page);
  page.fresh = true;
  setItems(page, block.statements.map(statementItem), depth + 2, inside);
  setLine(page, depth, "}");
}

/** Comments between the head of a statement and its brace go behind the brace. */
function endOfHeader(page: Page, start: number, block: Block): number {
  let end = block.span.start;
  for (;;) {
    end = start + page.text.slice(start, end).trimEnd().length;
    const last = page.comments.find((comment) => comment.span.end === end && comment.span.start > start);
    if (last === undefined) return end;
    end = last.span.start;
  }
}

/** The next comment not yet set, if it begins before an offset. */
function nextComment(page: Page, before: number): Comment | undefined {
  const comment = page.comments[page.next];
  return comment !== undefined && comment.span.start < before ? comment : undefined;
}

const hasComment = (page: Page, start: number, end: number): boolean => {
  const comment = nextComment(page, end);
  return comment !== undefined && comment.span.start > start;
};

/** Sets the comments before an offset, each on a line of its own. */
function setComments(page: Page, before: number, depth: number): void {
  for (;;) {
    const comment = nextComment(page, before);
    if (comment === undefined) return;
    separate(page, comment.span.start);
    setLine(page, depth, shifted(page, comment.text, comment.span.start, depth));
    page.end = comment.span.end;
    page.next++;
  }
}

/** Sets comments that stand behind the last thing, on its line. */
function setTrailing(page: Page): void {
  for (;;) {
    const comment = page.comments[page.next];
    if (comment === undefined) return;
    const between = page.text.slice(page.end, comment.span.start);
    // A comment of several lines before it may have ended on this line.
    if (/[\n\r]/.test(between) || !/^[\s;{]*$/.test(between)) return;
    const last = page.lines.pop() ?? "";
    page.lines.push(`${last} ${comment.text}`);
    page.end = comment.span.end;
    page.next++;
  }
}

/** Keeps a blank line, never more than one. */
function separate(page: Page, start: number): void {
  const gap = page.text.slice(page.end, start);
  const breaks = gap.match(/\r\n|\n|\r/g)?.length ?? 0;
  if (breaks > 1 && !page.fresh) page.lines.push("");
}

function setLine(page: Page, depth: number, content: string): void {
  page.lines.push(" ".repeat(depth) + content);
  page.fresh = false;
}

const sourceOf = (page: Page, span: Span): string => page.text.slice(span.start, span.end);

const quoteAsWritten =
  (page: Page): Quote =>
  (_, span) =>
    page.text.slice(span.start, span.end);

/** A part of the text as it is, moved to a new depth; the comments in it are set with it. */
function verbatim(page: Page, start: number, end: number, depth: number): string {
  while (nextComment(page, end) !== undefined) page.next++;
  return shifted(page, page.text.slice(start, end), start, depth);
}

/** Moves the further lines of a text as far as its first line is moved. */
function shifted(page: Page, content: string, start: number, depth: number): string {
  const lineStart =
    Math.max(page.text.lastIndexOf("\n", start - 1), page.text.lastIndexOf("\r", start - 1)) + 1;
  const before = page.text.slice(lineStart, start);
  const old = before.length - before.trimStart().length;
  const [first = "", ...rest] = content.split(/\r\n|\n|\r/);
  const moved = rest.map((row) => {
    const blanks = row.length - row.trimStart().length;
    return row.trim() === "" ? "" : " ".repeat(Math.max(0, blanks - old + depth)) + row.trim();
  });
  return [first.trimEnd(), ...moved].join("\n");
}
