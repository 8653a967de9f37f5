/** Source maps: from lines of generated code to the formulas of the specs that they compute. */
import { addSegment, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Span } from "../../grammar/syntax.ts";
import { lineMap } from "../diagnostics/line-map.ts";

export interface SourceMapNaming {
  /** Name of the generated file. */
  readonly file: string;
  /** How the map names a file of the model: relative to the map, as a rule. */
  readonly nameOf: (file: string) => string;
}

/** A line of code, from 0, and where it comes from. */
export interface MappedLine {
  readonly line: number;
  readonly written: Span;
}

/**
 * Marks behind lines of code that survive the templates and the printer of types, and are taken away when the text is
 * whole. No text of a spec can hold one: comments show printable characters alone.
 */
export class Marks {
  readonly #spans: Span[] = [];
  readonly #numbers = new Map<string, number>();

  mark(written: Span): string {
    const key = `${written.file} ${written.start}`;
    const known = this.#numbers.get(key) ?? this.#spans.push(written) - 1;
    this.#numbers.set(key, known);
    return ` //\u0001${known}`;
  }

  taken(text: string): { readonly code: string; readonly lines: readonly MappedLine[] } {
    const lines: MappedLine[] = [];
    const code = text.split("\n").map((whole, line) => {
      const [plain, number] = whole.split(" //\u0001");
      const written = number === undefined ? undefined : this.#spans[Number.parseInt(number, 10)];
      if (written !== undefined) lines.push({ line, written });
      return plain ?? "";
    });
    return { code: code.join("\n"), lines };
  }
}

export function sourceMap(
  lines: readonly MappedLine[],
  sources: ReadonlyMap<string, string>,
  { file, nameOf }: SourceMapNaming,
): string {
  const map = new GenMapping({ file });
  const known = lines.flatMap(({ line, written }) => {
    const text = sources.get(written.file);
    return text === undefined ? [] : [{ line, written, text }];
  });
  const mapped = new Set(known.map(({ line }) => line));
  for (const { line, written, text } of known) {
    const source = nameOf(written.file);
    const at = lineMap(text).position(written.start);
    addSegment(map, line, 0, source, at.line - 1, at.column - 1);
    setSourceContent(map, source, text);
    // A line that says nothing would be taken for a part of the one before.
    if (!mapped.has(line + 1)) addSegment(map, line + 1, 0);
  }
  const encoded = toEncodedMap(map);
  // Node reads a segment without a source as such only in front of a separator.
  return JSON.stringify({ ...encoded, mappings: `${encoded.mappings};` });
}
