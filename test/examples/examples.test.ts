/**
 * The examples do what their pages say: the commands of each run in a copy of its folder without their results, and
 * write the same tables and a picture each.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { examples } from "./example.ts";

/** Differences that another machine or another order of sums may make: relative, and in units of the column. */
const tolerance = { relative: 1e-5, ofColumn: 1e-7 };

describe.each(examples())("examples/$name", ({ folder, commands, results }) => {
  it("writes its tables and pictures", { timeout: 120_000 }, async () => {
    const copy = mkdtempSync(join(tmpdir(), "sevens-example-"));
    try {
      cpSync(folder, copy, { recursive: true });
      for (const result of results) rmSync(join(copy, result), { force: true });
      for (const command of commands) {
        const { exitCode, stderr } = await sevens(command, { cwd: copy });
        expect({ command, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      }
      for (const result of results) {
        // Large tables on the way to a picture are not kept.
        if (!existsSync(join(folder, result))) continue;
        const [made, kept] = [copy, folder].map((one) => readFileSync(join(one, result), "utf8"));
        if (result.endsWith(".svg")) expect(made).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
        else expect(differences(made!, kept!), result).toEqual([]);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

/** Where two tables differ, in words. */
function differences(made: string, kept: string): readonly string[] {
  const [ours, theirs] = [made, kept].map((text) => text.split("\n").map((line) => line.split(",")));
  if (ours!.length !== theirs!.length) return [`${ours!.length} lines in place of ${theirs!.length}`];
  const columns = theirs![0]!.map((_, column) =>
    theirs!.reduce((most, row) => {
      const size = Math.abs(Number(row[column]));
      return size < Number.POSITIVE_INFINITY ? Math.max(most, size) : most;
    }, 0),
  );
  return theirs!.flatMap((row, line) =>
    row.flatMap((field, column) => {
      const found = ours![line]?.[column] ?? "";
      return same(found, field, columns[column] ?? 0)
        ? []
        : [`line ${line + 1}, column ${column + 1}: ${found} in place of ${field}`];
    }),
  );
}

function same(found: string, kept: string, size: number): boolean {
  if (found === kept) return true;
  if (found === "" || kept === "") return false;
  const [a, b] = [Number(found), Number(kept)];
  return Math.abs(a - b) <= tolerance.relative * Math.abs(b) + tolerance.ofColumn * size;
}
