/** How changes of a text that mend something are made. */
import type { Edit, Fix, Span } from "./syntax.ts";

/** Something else stands in a place. */
export function replacement(span: Span, text: string, title = `replace by \`${text}\``): Fix {
  return changes(title, { span, text });
}

/** Something more stands behind a place. */
export function insertion(span: Span, text: string, title = `add \`${text.trim()}\``): Fix {
  return changes(title, behind(span, text));
}

/** A place is empty. */
export function omission(span: Span, title: string): Fix {
  return changes(title, { span, text: "" });
}

export function changes(title: string, ...edits: readonly Edit[]): Fix {
  return { title, edits, safe: false };
}

/** A change that can mean one thing only. */
export const safely = (fix: Fix): Fix => ({ ...fix, safe: true });

export function parenthesised(span: Span): Fix {
  return changes("put parentheses around it", inFrontOf(span, "("), behind(span, ")"));
}

export const behind = ({ file, end }: Span, text: string): Edit => ({
  span: { file, start: end, end },
  text,
});

export const inFrontOf = ({ file, start }: Span, text: string): Edit => ({
  span: { file, start, end: start },
  text,
});

/** A text after edits of it, which are given in any order; those at one place come in theirs. */
export function edited(text: string, edits: readonly Edit[]): string {
  let [done, at] = ["", 0];
  for (const { span, text: put } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    done += text.slice(at, span.start) + put;
    at = span.end;
  }
  return done + text.slice(at);
}

/** The texts of files after edits in any of them, by file. */
export function editedFiles(
  edits: readonly Edit[],
  textOf: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  const byFile = new Map<string, Edit[]>();
  for (const one of edits) byFile.set(one.span.file, [...(byFile.get(one.span.file) ?? []), one]);
  return new Map([...byFile].map(([file, own]) => [file, edited(textOf(file) ?? "", own)]));
}
