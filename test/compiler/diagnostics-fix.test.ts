import { describe, expect, test } from "vitest";
import {
  addition,
  diagnostic,
  imported,
  inOwnFiles,
  lineAbove,
  removal,
  settled,
} from "../../compiler/diagnostics/index.ts";
import { edited } from "../../grammar/fixes.ts";
import { parse } from "../../grammar/index.ts";
import type { Fix, Statement } from "../../grammar/syntax.ts";

const file = "a.sevens";

/** A text after a change that is made for its first statement, or for one in its block. */
function mendedText(text: string, make: (first: Statement, inner: readonly Statement[]) => Fix): string {
  const [first] = parse(text, file).tree.statements;
  const [fix] = settled([make(first!, first!.block?.statements ?? [])], new Map([[file, text]]));
  return edited(text, fix!.edits);
}

describe("a statement comes into a block", () => {
  test.each([
    ["a {\n  b = 1\n}\n", "a {\n  b = 1\n  c = 2\n}\n"],
    ["a { b = 1 }", "a { b = 1; c = 2 }"],
    ["a { b = 1; }", "a { b = 1; c = 2 }"],
    ["a {}", "a { c = 2 }"],
    ["a {\n}", "a {\n  c = 2\n}"],
    ["a {\n  b = 1 }", "a {\n  b = 1; c = 2 }"],
    ["a {\n  b = 1 // one\n}", "a {\n  b = 1 // one\n  c = 2\n}"],
    ["a", "a {\n  c = 2\n}"],
    ["a {\n  b = 1", "a {\n  c = 2\n  b = 1"],
  ])("%j", (text, mended) => {
    expect(mendedText(text, (first) => addition(first, "c = 2"))).toBe(mended);
    expect(parse(mended, file).problems.length).toBeLessThanOrEqual(parse(text, file).problems.length);
  });
});

describe("a statement goes", () => {
  test.each([
    ["a {\n  b = 1\n  c = 2\n}", "a {\n  c = 2\n}"],
    ["a {\n  /// of b\n  b = 1\n  c = 2\n}", "a {\n  c = 2\n}"],
    ["a { b = 1; c = 2 }", "a { c = 2 }"],
    ["a { b = 1 }", "a { }"],
    ["a {\n  b = 1 // one\n}", "a {\n // one\n}"],
  ])("the first of %j", (text, mended) => {
    expect(mendedText(text, (_, [inner]) => removal(inner!, "remove it"))).toBe(mended);
  });

  test("the last of a line", () => {
    expect(mendedText("a { b = 1; c = 2 }", (_, inner) => removal(inner[1]!, "remove it"))).toBe(
      "a { b = 1 }",
    );
  });

  test("several", () => {
    expect(mendedText("a {\n  b = 1\n  c = 2\n}", (_, inner) => removal(inner, "remove both"))).toBe(
      "a {\n}",
    );
  });
});

test("a line comes over another one, as far in as that", () => {
  const text = "a {\n  b = 1\n}";
  expect(mendedText(text, (_, [inner]) => lineAbove(inner!.span, "// so"))).toBe("a {\n  // so\n  b = 1\n}");
});

describe("a name of the library comes into a file", () => {
  test.each([
    ["sevens 1\n\na = 1\n", "sevens 1\n\nuse formfactors { Helm }\na = 1\n"],
    ["use nuclei { C12 }\na = 1\n", "use formfactors { Helm }\nuse nuclei { C12 }\na = 1\n"],
    ["use formfactors { none }\na = 1\n", "use formfactors { none, Helm }\na = 1\n"],
    ["use formfactors { Helm }\na = 1\n", "use formfactors { Helm }\na = 1\n"],
    ["a Helm = 1\n", "a Helm = 1\n"],
  ])("%j", (text, mended) => {
    const { tree } = parse(text, file);
    const edits = imported(tree, "formfactors", "Helm");
    expect(mendedText(text, () => ({ title: "", edits, safe: false }))).toBe(mended);
  });
});

test("texts that are not at hand, of JSON, or of others are left alone", () => {
  const span = { file, start: 0, end: 1 };
  const fix = { title: "x", edits: [{ span, text: "b" }], safe: true };
  expect(settled([fix], new Map())).toEqual([]);
  expect(settled([fix], new Map([[file, '{ "sevens": 1 }']]))).toEqual([]);
  expect(settled([fix], new Map([[file, "a = 1"]]))).toEqual([fix]);
  const made = diagnostic("SV1101", { ...span, file: "lib/a.sevens" }, { name: "a" }, { fixes: [fix] });
  expect(inOwnFiles(made, ["lib"]).fixes).toEqual([fix]);
  const there = { ...fix, edits: [...fix.edits, { span: made.span, text: "b" }] };
  expect(inOwnFiles({ ...made, fixes: [there, fix] }, ["lib"]).fixes).toEqual([fix]);
});
