/**
 * What has a help can be mended by an editor: each of its fixes, applied to the wrong program, leaves it without the
 * finding and without new errors of syntax.
 */
import { describe, expect, test } from "vitest";
import { type Diagnostic, inOwnFiles, settled } from "../../compiler/diagnostics/index.ts";
import { editedFiles } from "../../grammar/fixes.ts";
import type { Edit } from "../../grammar/syntax.ts";
import { checked, foldersOf, programs, textOf } from "./corpus.ts";

const all = foldersOf(/^(SV|[a-z])/)
  .filter((folder) => folder !== "parts")
  .flatMap(programs);

/** The texts after the edits, by file; no edit is in another one. */
function edited(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const ends = new Map<string, number>();
  for (const { span } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    expect(span.start).toBeGreaterThanOrEqual(ends.get(span.file) ?? 0);
    ends.set(span.file, span.end);
  }
  return editedFiles(edits, textOf);
}

const isSyntax = ({ code }: Diagnostic): boolean => /^SV100[1-9]$/.test(code);

const fixesOf = (one: Diagnostic) => settled(inOwnFiles(one, ["/models"]).fixes, { get: textOf });

describe.each(all)("%s", (program) => {
  const { diagnostics } = checked(program);
  test("each help can be followed", () => {
    const idle = diagnostics.filter((one) => one.help !== undefined && fixesOf(one).length === 0);
    expect(idle.map(({ code, message, help }) => `${code} ${message}: ${help}`)).toEqual([]);
  });

  const fixes = diagnostics.flatMap((of) =>
    fixesOf(of).map((fix) => ({ of, fix, name: `${of.code} at ${of.span.start}: ${fix.title}` })),
  );
  test.each(fixes)("$name", ({ of, fix }) => {
    const after = checked(program, edited(fix.edits)).diagnostics;
    const same = (found: readonly Diagnostic[]) =>
      found.filter(({ code }) => code === of.code).map(({ message }) => message);
    expect(same(after).length, `${same(after)} in ${[...edited(fix.edits).values()]}`).toBeLessThan(
      same(diagnostics).length,
    );
    expect(after.filter(isSyntax).length).toBeLessThanOrEqual(diagnostics.filter(isSyntax).length);
  });
});
