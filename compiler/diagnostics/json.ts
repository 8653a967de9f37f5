/** Diagnostics for programs: `--format json`. Lines and columns count from 1, columns in UTF-16 code units. */
import type { Span } from "../../grammar/syntax.ts";
import type { Severity } from "./definition.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { settled } from "./fix.ts";
import { lineMap } from "./line-map.ts";
import { definitionOf } from "./messages.ts";

/** A span with its place in the text; zeros when the text is not at hand. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly label: string | null;
  readonly labels: readonly (JsonPlace & { readonly text: string })[];
  readonly help: string | null;
  readonly notes: readonly string[];
  /** The first of `fixes`, when it changes one place. */
  readonly fix:
    | (JsonPlace & { readonly title: string; readonly replacement: string; readonly safe: boolean })
    | null;
  /** Changes of which each would mend it, the likeliest first. */
  readonly fixes: readonly JsonFix[];
  /** The place in a JSON document, as a JSON pointer. */
  readonly pointer: string | null;
  /** The page about the code, below the root of the documentation. */
  readonly docs: string;
}

/** All its edits together make one change; their places are those of the texts before it. */
export interface JsonFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly (JsonPlace & { readonly replacement: string })[];
}

export function toJson(one: Diagnostic, sources: ReadonlyMap<string, string>): JsonDiagnostic {
  const fixes = settled(one.fixes, sources).map(
    ({ title, safe, edits }): JsonFix => ({
      title,
      safe,
      edits: edits.map(({ span, text }) => ({ ...placeOf(span, sources), replacement: text })),
    }),
  );
  return {
    code: one.code,
    name: definitionOf(one.code).name,
    severity: one.severity,
    message: one.message,
    ...placeOf(one.span, sources),
    label: one.label ?? null,
    labels: one.labels.map(({ span, text }) => ({ ...placeOf(span, sources), text })),
    help: one.help ?? null,
    notes: one.notes,
    fix: only(fixes[0]),
    fixes,
    pointer: one.pointer ?? null,
    docs: `diagnostics/${one.code}`,
  };
}

function only(fix: JsonFix | undefined): JsonDiagnostic["fix"] {
  const [edit, another] = fix?.edits ?? [];
  if (fix === undefined || edit === undefined || another !== undefined) return null;
  return { ...edit, title: fix.title, safe: fix.safe };
}

function placeOf(span: Span, sources: ReadonlyMap<string, string>): JsonPlace {
  const text = sources.get(span.file);
  if (text === undefined) return { file: span.file, line: 0, column: 0, endLine: 0, endColumn: 0 };
  const map = lineMap(text);
  const [start, end] = [map.position(span.start), map.position(span.end)];
  return {
    file: span.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
