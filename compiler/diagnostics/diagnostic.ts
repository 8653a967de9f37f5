/** One finding about a spec. The same object feeds the terminal, JSON, the editor and `explain`. */
import type { Edit, Fix, Span } from "../../grammar/syntax.ts";
import type { Severity } from "./definition.ts";
import { type Code, definitionOf, fill, type ParametersOf } from "./messages.ts";

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** What to write under the marked text: "this is energy". */
  readonly label?: string;
  /** Other places that have to do with it: "first declared here". */
  readonly labels: readonly Label[];
  /** What to do about it. */
  readonly help?: string;
  readonly notes: readonly string[];
  /** Changes of which each would mend it, the likeliest first; what has a help in a text has one. */
  readonly fixes: readonly Fix[];
  /** In a JSON document: the place as a JSON pointer. */
  readonly pointer?: string;
}

export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** What a diagnostic may carry beyond its message; `help` and `notes` replace those of the table. */
export interface Extra {
  readonly label?: string;
  readonly labels?: readonly Label[];
  readonly help?: string;
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
  readonly pointer?: string;
}

/**
 * Makes a diagnostic. A wrong code or a missing parameter does not compile:
 * `diagnostic("SV1202", span, { field: "distance", expected: "length", found: "time" })`.
 */
export function diagnostic<C extends Code>(
  code: C,
  span: Span,
  parameters: ParametersOf<NoInfer<C>>,
  extra: Extra = {},
): Diagnostic {
  const definition = definitionOf(code);
  const filled = (text: string | undefined): string | undefined => text && fill(text, parameters);
  const help = extra.help ?? filled(definition.help);
  const note = filled(definition.note);
  return {
    ...extra,
    code,
    severity: definition.severity,
    message: clipped(fill(definition.message, parameters)),
    span,
    labels: extra.labels ?? [],
    notes: (extra.notes ?? (note === undefined ? [] : [note])).map(clipped),
    fixes: extra.fixes ?? [],
    ...(help === undefined ? {} : { help: clipped(help) }),
  };
}

/** Characters of a message: a name of a megabyte is not worth reading. */
const longest = 2000;

function clipped(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === "error");
}

/** In the order of files and text, errors before warnings at one place. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compareText(a.span.file, b.span.file) ||
      a.span.start - b.span.start ||
      compareText(a.severity, b.severity) ||
      compareText(a.code, b.code),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same with other names of files. */
export function inFiles(one: Diagnostic, naming: (file: string) => string): Diagnostic {
  const place = (span: Span): Span => ({ ...span, file: naming(span.file) });
  const edited = (edit: Edit): Edit => ({ ...edit, span: place(edit.span) });
  return {
    ...one,
    span: place(one.span),
    labels: one.labels.map(({ span, text }) => ({ span: place(span), text })),
    fixes: one.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(edited) })),
  };
}
