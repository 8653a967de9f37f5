import { describe, expect, test } from "vitest";
import { parse } from "../../grammar/index.ts";
import { sevens } from "./command-line.ts";
import { codeBlocks } from "./markdown.ts";
import { text } from "./root.ts";

const blocks = codeBlocks(text("docs/language.md")).filter(({ language }) => language === "sevens");
const fragments = blocks.filter(({ marks }) => marks.includes("fragment"));
const files = blocks.filter((block) => !fragments.includes(block));
const withRates = files.filter(({ code }) => /^(experiment|analysis) /m.test(code));

describe("docs/language.md", () => {
  test("has examples of every sort", () => {
    for (const some of [fragments, files, withRates]) expect(some).not.toHaveLength(0);
  });

  test.each(files)("line $line is a sound file", async ({ code }) => {
    expect(await sevens(["check", "--no-warnings", "-"], { stdin: code })).toMatchObject({ exitCode: 0 });
  });

  test.each(withRates)("line $line compiles, and gives counts", async ({ code }) => {
    const { exitCode, stdout, stderr } = await sevens(["rates", "-", "--format", "json"], { stdin: code });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ experiments: [{ name: expect.any(String) }] });
  });

  test.each(fragments)("line $line parses", ({ code }) => {
    expect(parse(`sevens 1\n${code}`, "fragment.sevens").problems).toEqual([]);
  });
});
