/** Specs of older versions of the language. */
import { expect, test } from "vitest";
import { type Migration, migrated } from "../../compiler/share/migrate.ts";
import { inFolder, sevens, textIn } from "../cli/harness.ts";

const body = "/// Half of it.\nconstant half = 1/2\n";

test("a file without a head line gets one, one of today stays as it is", () =>
  inFolder({ "old.sevens": body, "new.sevens": `sevens 1\n${body}` }, async (cwd) => {
    const { code, stderr } = await sevens(["migrate", "old.sevens", "new.sevens"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "old.sevens: from version 0 to 1: the head line `sevens 1`\nnew.sevens: version 1 already\n",
    });
    expect(textIn(cwd, "old.sevens")).toBe(`sevens 1\n${body}`);
    expect(textIn(cwd, "new.sevens")).toBe(`sevens 1\n${body}`);
    expect((await sevens(["check", "old.sevens"], { cwd })).code).toBe(0);
  }));

test("the head line ends as the lines of the file do", () =>
  inFolder({ "old.sevens": body.replaceAll("\n", "\r\n") }, async (cwd) => {
    expect((await sevens(["migrate", "old.sevens"], { cwd })).code).toBe(0);
    expect(textIn(cwd, "old.sevens")).toBe(`sevens 1\n${body}`.replaceAll("\n", "\r\n"));
  }));

test("what cannot be taken apart is left alone", () =>
  inFolder({ "old.sevens": "constant = =\n" }, async (cwd) => {
    expect((await sevens(["migrate", "old.sevens"], { cwd })).code).toBe(1);
    expect(textIn(cwd, "old.sevens")).toBe("constant = =\n");
  }));

test("a version that this compiler does not read is refused, and no other file is changed", () =>
  inFolder({ "old.sevens": body, "next.sevens": `sevens 2\n${body}` }, async (cwd) => {
    const { code, stderr } = await sevens(["migrate", "old.sevens", "next.sevens"], { cwd });
    expect({ code, said: stderr.slice(0, 13) }).toEqual({ code: 1, said: "error[SV1010]" });
    expect(textIn(cwd, "old.sevens")).toBe(body);
  }));

test("a version is told as it is written, however long", () =>
  inFolder({ "far.sevens": `sevens 99999999999999999999\n${body}` }, async (cwd) => {
    expect((await sevens(["check", "far.sevens"], { cwd })).stderr).toContain(
      "version 99999999999999999999 of the language",
    );
  }));

test("versions are gone through one after the other", () => {
  const renaming = (from: string, to: string): Migration => ({
    summary: `\`${from}\` is \`${to}\``,
    migrate: (text) => text.replaceAll(from, to),
  });
  const table = new Map([
    [1, renaming("half", "moiety")],
    [2, renaming("moiety", "part")],
  ]);
  expect(migrated(`// first\nsevens 1\n${body}`, "x", 3, table)).toEqual({
    text: "// first\nsevens 3\n/// Half of it.\nconstant part = 1/2\n",
    from: 1,
    steps: ["`half` is `moiety`", "`moiety` is `part`"],
  });
});
