/** Changes that would mend what a diagnostic is about. */

import type { Span } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Mend {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It cannot change the meaning beyond mending it. */
  readonly preferred: boolean;
}

/** What can be done about a diagnostic in a text; nothing where its help is advice that no edit follows from. */
export function mendsFor(found: Diagnostic, text: string): readonly Mend[] {
  const { fix, help = "", span, code } = found;
  if (fix !== undefined) {
    return [{ title: fix.title, edits: [{ span: fix.span, text: fix.replacement }], preferred: fix.safe }];
  }
  const mends: Mend[] = [];
  const example = /^add for example `([^`]+)`/.exec(help)?.[1];
  if (example !== undefined) mends.push(...added(span, text, example));
  const said = /^write `(data = asimov|likelihood = poisson)`/.exec(help)?.[1];
  if (said !== undefined) mends.push(...added(span, text, said));
  if (code === "SV1113") mends.push(...unused(span, text));
  return mends;
}

/** A line at the beginning of the block that the place is in, or heads. */
function added(span: Span, text: string, line: string): readonly Mend[] {
  const open = openBrace(text, span);
  if (open === undefined) return [];
  const start = text.lastIndexOf("\n", open) + 1;
  const indent = /^\s*/.exec(text.slice(start))?.[0] ?? "";
  const at = { ...span, start: open + 1, end: open + 1 };
  return [
    { title: `Add \`${line}\``, edits: [{ span: at, text: `\n${indent}  ${line}` }], preferred: false },
  ];
}

/** The brace behind a head on its line, else the one that the place is inside of. */
function openBrace(text: string, { start, end }: Span): number | undefined {
  const rest = text.slice(end, (text.indexOf("\n", end) + 1 || text.length + 1) - 1);
  const behind = rest.indexOf("{");
  if (behind >= 0) return end + behind;
  let depth = 0;
  for (let i = start - 1; i >= 0; i--) {
    if (text[i] === "}") depth++;
    if (text[i] === "{") {
      if (depth === 0) return i;
      depth--;
    }
  }
  return undefined;
}

/** A name that nothing reads is taken out of its list, with the comma beside it. */
function unused({ file, start, end }: Span, text: string): readonly Mend[] {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const span = after > 0 ? { file, start, end: end + after } : { file, start: start - before, end };
  return [{ title: `Remove \`${text.slice(start, end)}\``, edits: [{ span, text: "" }], preferred: true }];
}
