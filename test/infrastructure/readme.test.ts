/**
 * The README does what it says. Of its ```sh blocks the lines with `npx sevens` are run, in order, in a folder of
 * their own where the files of the project are; a ```text block is the output of the command before it. ```sevens
 * blocks are complete files; `file=NAME` names the file that a block shows, or that commands after it use.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verbs } from "../../compiler/cli/verbs.ts";
import { sevens } from "./command-line.ts";
import { commandsOf, words } from "./commands.ts";
import { codeBlocks, fileOf, links, trimmed } from "./markdown.ts";
import { root, text } from "./root.ts";

const readme = text("README.md");
const blocks = codeBlocks(readme);

/** A command of the README, and what it is said to print. */
interface Step {
  readonly line: number;
  readonly command: string;
  readonly output: string | undefined;
}

const steps: readonly Step[] = blocks.flatMap((block, i) => {
  const next = blocks[i + 1];
  const commands = block.language === "sh" ? commandsOf(block) : [];
  return commands.map((command, k) => ({
    line: block.line,
    command,
    output: next?.language === "text" && k === commands.length - 1 ? next.code : undefined,
  }));
});

const sources = blocks.filter(({ language }) => language === "sevens");

describe("README.md", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sevens-readme-"));
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    mkdirSync(join(folder, "docs", "images"), { recursive: true });
    for (const block of sources) {
      const file = fileOf(block);
      if (file !== undefined && !existsSync(join(folder, file)))
        writeFileSync(join(folder, file), block.code);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has commands and specs", () => {
    expect(steps.length).toBeGreaterThan(3);
    expect(sources).not.toHaveLength(0);
  });

  test.each(sources)("the spec of line $line is sound", async ({ code }) => {
    expect(await sevens(["check", "-"], { stdin: code })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "<stdin>: no problems\n",
    });
  });

  test.each(sources.filter((block) => existsSync(join(root, fileOf(block) ?? " "))))(
    "the spec of line $line is the file that it names",
    (block) => expect(block.code).toBe(text(fileOf(block) ?? "")),
  );

  test.each(steps)("line $line: sevens $command", async ({ command, output }) => {
    const { exitCode, stdout, stderr } = await sevens(words(command), { cwd: folder });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    if (output === undefined) return;
    if (process.env.UPDATE !== undefined)
      writeFileSync(join(root, "README.md"), text("README.md").replace(output, trimmed(stdout)));
    else expect(trimmed(stdout)).toBe(trimmed(output));
  });

  test("npm scripts that it names exist", () => {
    const { scripts } = JSON.parse(text("package.json"));
    const named = [...readme.matchAll(/npm (?:run )?(\w+)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "ci" && name !== "pack");
    for (const name of named) expect(scripts).toHaveProperty(name);
  });

  test("its table of verbs is that of the command line", () => {
    const rows = [...readme.matchAll(/^\| `(\w+)` \| /gm)].map(([, name]) => name);
    expect(rows).toEqual(verbs.map(({ name }) => name));
  });

  test("its links lead somewhere", () => {
    const local = links(readme).filter((link) => !/^(https?:|#)/.test(link));
    expect(local.filter((link) => !existsSync(join(root, link.replace(/#.*$/, ""))))).toEqual([]);
  });

  test("its picture is what `npm run csi` draws", async () => {
    const { scripts } = JSON.parse(text("package.json"));
    const plot = /node dist\/cli\.js (plot .*) -o (\S+)$/.exec(scripts.csi);
    const [, command = "", file = ""] = plot ?? [];
    expect(links(readme)).toContain(file);
    const { exitCode, stdout } = await sevens(words(command));
    expect(exitCode).toBe(0);
    expectSamePicture(stdout, text(file));
  });
});

const number = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;

/** The same marks, at most a hundredth of a pixel apart: the last digit of a fit is not the same on all machines. */
function expectSamePicture(drawn: string, kept: string): void {
  expect(drawn.replace(number, "#")).toBe(kept.replace(number, "#"));
  const numbers = (svg: string): readonly number[] => (svg.match(number) ?? []).map(Number);
  const there = numbers(kept);
  const apart = numbers(drawn).map((value, i) => Math.abs(value - (there[i] ?? Number.NaN)));
  expect(Math.max(...apart)).toBeLessThan(0.01);
}
