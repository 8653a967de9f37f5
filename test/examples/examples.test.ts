/**
 * The examples do what their pages say: the commands of each run in a copy of the examples without their results, and
 * write the same tables and a picture each.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { root } from "../infrastructure/root.ts";
import { examples } from "./example.ts";
import { differences } from "./tables.ts";

/** Tests run on all cores: what would start threads of its own does without, which changes no result. */
function alone([verb = ""]: readonly string[]): readonly string[] {
  return ["scan", "limit", "toys", "sample"].includes(verb) ? ["--workers", "1"] : [];
}

describe.each(examples())("examples/$name", ({ name, folder, commands, results }) => {
  it("writes its tables and pictures", { timeout: 240_000 }, async () => {
    const project = mkdtempSync(join(tmpdir(), "sevens-example-"));
    const copy = join(project, "examples", name);
    try {
      cpSync(join(root, "examples"), join(project, "examples"), { recursive: true });
      symlinkSync(join(root, "models"), join(project, "models"), "junction");
      for (const result of results) rmSync(join(copy, result), { force: true });
      for (const command of commands) {
        const { exitCode, stderr } = await sevens([...command, ...alone(command)], { cwd: copy });
        expect({ command, exitCode, stderr }).toMatchObject({ exitCode: 0 });
      }
      for (const result of results) {
        // Large tables on the way to a picture are not kept.
        if (!existsSync(join(folder, result))) {
          expect(result).toMatch(/^(?:scan|contour)-.*\.csv$/);
          continue;
        }
        const [made, kept] = [copy, folder].map((one) => readFileSync(join(one, result), "utf8"));
        if (result.endsWith(".svg")) expect(made).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
        else expect(differences(made!, kept!), result).toEqual([]);
      }
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });
});
