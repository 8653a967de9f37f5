/**
 * What stands beside the statements: comments, doc comments, citations.
 */
import type { IToken } from "chevrotain";
import { endOf } from "./brackets.ts";
import { replacement } from "./fixes.ts";
import { citeHelp } from "./lexical.ts";
import type { Cite, Comment, Doc, Span, SyntaxProblem } from "./syntax.ts";
import { DocComment } from "./tokens.ts";

/** Doc lines by the offset of the statement they stand before, and all other comments. */
export interface Asides {
  readonly docs: ReadonlyMap<number, readonly IToken[]>;
  readonly comments: readonly Comment[];
}

/** Sorts out which `///` lines document a statement; any other is a plain comment. */
export function sortAsides(
  asides: readonly IToken[],
  words: readonly IToken[],
  starts: readonly number[],
  text: string,
  file: string,
): Asides {
  const docs = new Map<number, IToken[]>();
  const comments: Comment[] = [];
  const begins = new Set(starts);
  const ownsLine = lineOwner(text);
  let next = 0;
  for (const aside of asides) {
    while (next < words.length && words[next]!.startOffset < aside.startOffset) next++;
    const word = words[next];
    const ownLine = ownsLine(aside.startOffset);
    if (aside.tokenType === DocComment && ownLine && word !== undefined && begins.has(word.startOffset)) {
      const lines = docs.get(word.startOffset);
      if (lines === undefined) docs.set(word.startOffset, [aside]);
      else lines.push(aside);
    } else {
      comments.push({
        text: aside.image,
        span: { file, start: aside.startOffset, end: endOf(aside) },
        ownLine,
      });
    }
  }
  return { docs, comments };
}

/** Tells of ascending offsets whether only blanks stand before them on their line. */
function lineOwner(text: string): (offset: number) => boolean {
  let lineStart = 0;
  let seen = 0;
  return (offset) => {
    for (; seen < offset; seen++) {
      if (text[seen] === "\n" || text[seen] === "\r") lineStart = seen + 1;
    }
    return /^\s*$/.test(text.slice(lineStart, offset));
  };
}

/** `@cite KEY, KEY` behind words of a doc line, at its end. */
const trailingCite = /[ \t]@cite[ \t]+[^\s,;{}`]+(?:[ \t]*,[ \t]*[^\s,;{}`]+)*[ \t]*$/;

/** The text of doc lines, without what cites in them. */
export function buildDoc(
  lines: readonly IToken[],
  file: string,
  problems: SyntaxProblem[],
): { readonly doc?: Doc; readonly cites: readonly Cite[] } {
  const cites: Cite[] = [];
  const kept: IToken[] = [];
  for (const line of lines) {
    if (/^\/\/\/[ \t]*@cite(?![A-Za-z])/.test(line.image)) {
      cites.push(...citedBy(line, file, problems));
      continue;
    }
    const at = line.image.search(trailingCite);
    if (at < 0) kept.push(line);
    else {
      const [words, cite] = [line.image.slice(0, at), line.image.slice(at)];
      cites.push(...citedBy({ ...line, image: cite, startOffset: line.startOffset + at }, file, problems));
      kept.push({ ...line, image: words });
    }
  }
  return { ...(kept.length === 0 ? {} : { doc: plainDoc(kept, file) }), cites };
}

/** All doc lines as text. */
export function plainDoc(lines: readonly IToken[], file: string): Doc {
  const text = lines
    .map((line) =>
      line.image
        .slice(3)
        .replace(/^[ \t]/, "")
        .trimEnd(),
    )
    .join("\n");
  return { text, span: { file, start: lines[0]!.startOffset, end: endOf(lines.at(-1)!) } };
}

/** `@cite KEY, KEY`, in a doc line or behind a statement. */
export function citedBy(token: IToken, file: string, problems: SyntaxProblem[]): Cite[] {
  const from = token.image.indexOf("@cite") + "@cite".length;
  const cites: Cite[] = [];
  let at = from;
  const written = token.image.trimEnd().length;
  const place = (start: number, end: number): Span => ({
    file,
    start: token.startOffset + start,
    end: token.startOffset + end,
  });
  for (;;) {
    const found = /^[ \t]*([^\s,;{}]+)[ \t]*/.exec(token.image.slice(at));
    if (found === null) {
      const span = place(from - "@cite".length, written);
      const message = "expected a key behind `@cite`";
      problems.push({ kind: "missing-token", message, ...citeHelp(span), span });
      return cites;
    }
    const [all, key = ""] = found;
    const start = token.startOffset + at + all.indexOf(key);
    cites.push({ key, span: { file, start, end: start + key.length } });
    at += all.length;
    if (at >= token.image.length) return cites;
    if (token.image[at] !== ",") {
      const gap = place(at - all.length + all.trimEnd().length, at);
      const form = "write `@cite KEY` or `@cite KEY, KEY`";
      const isKey = /[^\s,;{}]/.test(token.image[at] ?? "");
      problems.push({
        kind: "missing-token",
        message: "expected `,` or the end of the line behind the key",
        ...(isKey ? { help: form, fixes: [replacement(gap, ", ")] } : { note: form }),
        span: place(at, written),
      });
      return cites;
    }
    at++;
  }
}
