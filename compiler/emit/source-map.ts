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
  for (const { line, written } of lines) {
    const text = sources.get(written.file);
    if (text === undefined) continue;
    const source = nameOf(written.file);
    const at = lineMap(text).position(written.start);
    addSegment(map, line, 0, source, at.line - 1, at.column - 1);
    setSourceContent(map, source, text);
  }
  return JSON.stringify(toEncodedMap(map));
}
