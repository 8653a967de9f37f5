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
