/**
 * Every diagnostic has a wrong program under `test/bad/CODE/` with its exact output beside it.
 * `UPDATE=1 npx vitest run test/check` writes the outputs anew: review them as code.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Code, codes } from "../../compiler/diagnostics/index.ts";
import { checked, foldersOf, programs, root } from "./corpus.ts";

/** Codes that no program in a file can provoke, and what covers them. */
const elsewhere: Readonly<Partial<Record<Code, string>>> = {
  SV1119: "test/packages/packages.test.ts",
  SV1702: "test/cli: binary files, folders",
  SV1707: "test/compiler/interchange.test.ts",
  SV1708: "test/compiler/interchange.test.ts",
  SV1709: "test/compiler/interchange.test.ts",
  SV1803: "test/cli: fit",
  SV1804: "test/cli: rates, fit",
  SV1805: "reported by compile()",
  SV1808: "test/cli/sample.test.ts",
  SV1809: "test/cli/sample.test.ts",
  SV1810: "test/cli/toys.test.ts",
  SV1811: "test/cli/sample.test.ts",
  SV1812: "test/cli/limit.test.ts",
  SV1813: "test/cli/contour.test.ts",
  SV1814: "test/cli/limit.test.ts",
  SV1815: "test/cli/points-at.test.ts",
  SV1816: "test/cli/limit.test.ts",
  SV1901: "test/cli",
  SV1902: "test/cli",
  SV1903: "test/cli",
  SV1904: "test/cli",
  SV1905: "test/cli",
  SV2001: "test/exchange",
  SV2002: "test/exchange",
  SV2003: "test/exchange",
  SV2101: "test/packages/packages.test.ts",
  SV2102: "test/packages/packages.test.ts",
  SV2103: "test/packages/bundle.test.ts",
  SV2104: "test/packages/bundle.test.ts",
  SV2105: "test/packages/bundle.test.ts",
  SV2106: "test/packages/lock.test.ts",
};

const expectation = (program: string): string => join(root, program.replace(/\.sevens$/, ".expected"));

function compare(program: string, printed: string): void {
  const path = expectation(program);
  if (process.env.UPDATE !== undefined) writeFileSync(path, printed);
  expect(printed).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
}

describe.each(codes.filter((code) => elsewhere[code] === undefined))("%s", (code) => {
  test("has a wrong program", () => {
    expect(foldersOf(/^SV/)).toContain(code);
    expect(programs(code)).not.toEqual([]);
  });
});

describe.each(foldersOf(/^SV/))("%s", (folder) => {
  test.each(programs(folder))("%s", (program) => {
    const { diagnostics, printed } = checked(program);
    expect(diagnostics.map(({ code }) => code)).toContain(folder);
    compare(program, printed);
  });
});

describe.each(foldersOf(/^[a-z]+$/).filter((name) => name !== "parts"))("%s", (folder) => {
  test.each(programs(folder))("%s", (program) => compare(program, checked(program).printed));
});

test("the parts that programs are made of are right", () => {
  for (const part of programs("parts")) expect(checked(part).printed).toBe("");
});
