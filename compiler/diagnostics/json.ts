/** Diagnostics for programs: `--format json`. Lines and columns count from 1, columns in UTF-16 code units. */
import type { Span } from "../../grammar/syntax.ts";
import type { Severity } from "./definition.ts";
import type { Diagnostic } from "./diagnostic.ts";
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
  readonly fix:
    | (JsonPlace & { readonly title: string; readonly replacement: string; readonly safe: boolean })
    | null;
  /** The place in a JSON document, as a JSON pointer. */
  readonly pointer: string | null;
  /** The page about the code, below the root of the documentation. */
  readonly docs: string;
}

export function toJson(one: Diagnostic, sources: ReadonlyMap<string, string>): JsonDiagnostic {
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
    fix: fixOf(one, sources),
    pointer: one.pointer ?? null,
    docs: `diagnostics/${one.code}`,
  };
}

function fixOf({ fix }: Diagnostic, sources: ReadonlyMap<string, string>): JsonDiagnostic["fix"] {
  if (fix === undefined) return null;
  const { title, replacement, safe, span } = fix;
  return { ...placeOf(span, sources), title, replacement, safe };
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
