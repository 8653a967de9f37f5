/**
 * The guides are followed to the letter, from top to bottom in an empty folder: a `sevens` block with `file=NAME` is written
 * to that file, commands of `sh` blocks are run, a `text` block is what the command before it prints. Blocks marked `wrong` have
 * mistakes. `npm run golden` writes outputs and pictures anew.
 */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { sevens } from "./command-line.ts";
import { commandsOf, words } from "./commands.ts";
import { type CodeBlock, codeBlocks, fileOf, links, trimmed } from "./markdown.ts";
import { root, text } from "./root.ts";

const updating = process.env.UPDATE !== undefined;
const guides = readdirSync(join(root, "docs", "guide")).filter((name) => name.endsWith(".md"));

/** What the last command printed, by either way. */
interface Printed {
  readonly exitCode: number;
  readonly output: string;
}

async function runAll(block: CodeBlock, folder: string): Promise<Printed> {
  let last: Printed = { exitCode: 0, output: "" };
  for (const command of commandsOf(block)) {
    expect(last.exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await sevens(words(command), { cwd: folder });
    last = { exitCode, output: `${stdout}${stderr}` };
  }
  return last;
}

/** The page with another output in a block. */
function replaced(page: string, { line }: CodeBlock, output: string): string {
  const lines = page.split("\n");
  const fence = lines[line - 1]?.match(/^`+/)?.[0] ?? "```";
  const end = lines.findIndex((one, i) => i >= line && one === fence);
  return [...lines.slice(0, line), ...output.trimEnd().split("\n"), ...lines.slice(end)].join("\n");
}

const marks = (svg: string): string => svg.replace(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g, "#");

describe.each(guides)("docs/guide/%s", (name) => {
  test("does what it says", { timeout: 120_000 }, async () => {
    const path = `docs/guide/${name}`;
    const folder = mkdtempSync(join(tmpdir(), "sevens-guide-"));
    try {
      const blocks = codeBlocks(text(path));
      let printed: Printed = { exitCode: 0, output: "" };
      const outputs: (readonly [block: CodeBlock, output: string])[] = [];
      for (const [i, block] of blocks.entries()) {
        const file = fileOf(block);
        if (block.language === "sevens" && file !== undefined) writeFileSync(join(folder, file), block.code);
        if (block.language === "sh") {
          printed = await runAll(block, folder);
          const failing = updating || blocks[i + 1]?.code.startsWith("error[") === true;
          if (!failing) expect(printed).toMatchObject({ exitCode: 0 });
        }
        if (block.language === "text") outputs.push([block, trimmed(printed.output)]);
      }
      if (updating) {
        const page = [...outputs]
          .reverse()
          .reduce((all, [block, output]) => replaced(all, block, output), text(path));
        writeFileSync(join(root, path), page);
      } else for (const [block, output] of outputs) expect(output).toBe(trimmed(block.code));
      for (const picture of links(text(path)).filter((link) => link.endsWith(".svg"))) {
        const kept = join(root, "docs", "guide", picture);
        if (updating) copyFileSync(join(folder, basename(picture)), kept);
        else
          expect(marks(readFileSync(join(folder, basename(picture)), "utf8"))).toBe(
            marks(readFileSync(kept, "utf8")),
          );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("shows specs that are sound, but for those marked as wrong", async () => {
    const specs = codeBlocks(text(`docs/guide/${name}`)).filter(({ language }) => language === "sevens");
    expect(specs.length).toBeGreaterThan(0);
    for (const { code, marks: said } of specs.filter(({ code }) => !code.includes('use "./'))) {
      const { exitCode } = await sevens(["check", "-"], { stdin: code });
      expect({ code, exitCode }).toEqual({ code, exitCode: said.includes("wrong") ? 1 : 0 });
    }
  });
});
