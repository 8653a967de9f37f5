/** What half-written text breaks off in. */
import { describe, expect, test } from "vitest";
import { type Unfinished, unfinishedAt } from "../../grammar/index.ts";

function at(text: string): Unfinished | undefined {
  const offset = text.indexOf("¦");
  return unfinishedAt(text.slice(0, offset) + text.slice(offset + 1), offset);
}

const heads = (text: string): readonly string[] | undefined =>
  at(text)?.around.map(({ words }) => words.map((word) => word.text).join(" "));
const types = (text: string): readonly string[] | undefined => at(text)?.words.map(({ type }) => type);

describe("what a text breaks off in", () => {
  test("blocks around", () => {
    const text = "a X {\n  b = 1\n  c Y { d = 2; ¦ }\n  e = 3\n}";
    expect(heads(text)).toEqual(["a X", "c Y"]);
    expect(heads("a X { b { c = 1 } }\n¦")).toEqual([]);
  });

  test("a statement begins on a new line, not behind an operator or in a bracket", () => {
    expect(types("a X {\n  b = 1\n  ¦")).toEqual(["Head"]);
    expect(types("a X {\n  b = 1 +\n  ¦")).toEqual(["Head", "Equals", "Number", "Plus", "Name"]);
    expect(types("a X {\n  b = f(\n  ¦")).toEqual(["Head", "Equals", "Name", "LeftParen", "Name"]);
    expect(types("a X {\n  b = { c: 1,\n  ¦")?.at(-1)).toBe("Name");
    expect(at("a X {\n  b = 1\n  ¦")?.before.map(({ text }) => text)).toEqual(["b", "=", "1"]);
  });

  test("is the same from the declaration at hand on", () => {
    const text = "a X {\n  b = 1\n}\na Y {\n  c = 2\n  d Z { e = ";
    const from = text.indexOf("a Y");
    expect(unfinishedAt(text, text.length, from)).toEqual(unfinishedAt(text, text.length));
    expect(unfinishedAt(`${text}"f`, text.length + 2, from)).toEqual(
      unfinishedAt(`${text}"f`, text.length + 2),
    );
  });

  test("the word at the place stands for whatever is to come", () => {
    expect(types("a = 1 Me¦V")).toEqual(["Head", "Equals", "Number", "Unit"]);
    expect(types("a = in¦")).toEqual(["Head", "Equals", "Name"]);
    expect(at("a = b.cd¦")?.start).toBe("a = b.".length);
  });

  test("texts that are open, and places of no word", () => {
    expect(at('use "./a b¦c"')).toMatchObject({ text: "./a b", start: 4 });
    for (const text of ["// a¦", "/* a ¦", "a = 1¦", "a = 1.¦", "a = 1 @cite B¦"])
      expect(at(text)).toBeUndefined();
    expect(types("/* a */ ¦")).toEqual(["Head"]);
    expect(types('a = "b" ¦')?.at(-1)).toBe("Name");
  });
});
