import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { didYouMean, lineMap, suggest, suggestUnit } from "../../compiler/diagnostics/index.ts";

describe("the nearest known name", () => {
  const known = ["sphere", "sqrt", "exp", "flux", "quenching", "efficiency", "Cs133", "Rn", "Rp"];
  test.each([
    ["spere", "sphere"],
    ["FLUX", "flux"],
    ["fulx", "flux"],
    ["quencing", "quenching"],
    ["eficency", "efficiency"],
    ["cs_133", "Cs133"],
    ["rn", "Rn"],
  ])("%s -> %s", (typed, meant) => {
    expect(suggest(typed, known)).toBe(meant);
  });

  test.each([
    ["Cs13", "Cs133"],
    ["C14", "C13"],
    ["I131", "I127"],
    ["Xe200", "Xe130"],
  ])("%s -> %s: isotopes of the element come first", (typed, meant) => {
    const nuclides = ["C12", "C13", "Cs133", "I127", "Xe129", "Xe130", "Xe136"];
    expect(suggest(typed, nuclides)).toBe(meant);
  });

  test.each(["Rx", "banana", "q", "", "x".repeat(100_000)])("nothing is near", (typed) => {
    expect(suggest(typed, known)).toBeUndefined();
  });

  test("it comes with a help and a fix", () => {
    const span = { file: "a", start: 0, end: 5 };
    expect(didYouMean(span, "spere", known)).toEqual({
      help: "did you mean `sphere`?",
      fixes: [{ title: "replace by `sphere`", edits: [{ span, text: "sphere" }], safe: false }],
    });
    expect(didYouMean(span, "banana", known)).toEqual({});
  });
});

test.each([
  ["kevnr", "keVnr"],
  ["keV_ee", "keVee"],
  ["keV_nr", "keVnr"],
  ["MeV_nr", "MeVnr"],
  ["keVr", "keVnr"],
  ["mev", "MeV"],
  ["hours", "hr"],
  ["h", "hr"],
  ["t", "tonne"],
  ["µs", "us"],
  ["muB", "mu_B"],
  ["b", "barn"],
  ["pe", "PE"],
  ["kgs", "kg"],
])("the unit %s is %s", (typed, meant) => {
  expect(suggestUnit(typed)).toBe(meant);
});

test("a parsec is no photoelectron", () => {
  expect(suggestUnit("qqq")).toBeUndefined();
  expect(suggestUnit("toString")).toBeUndefined();
});

describe("lines and columns", () => {
  test("count from 1, whatever ends a line", () => {
    const map = lineMap("ab\ncd\r\ne\rf");
    expect([0, 1, 2, 3, 5, 7, 9].map((offset) => map.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 3 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
    expect([1, 2, 3, 4, 5].map((line) => map.text(line))).toEqual(["ab", "cd", "e", "f", ""]);
    expect(map.position(99)).toEqual({ line: 4, column: 2 });
  });

  test("agree with counting", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "é", "\n", " ")), fc.nat(20), (characters, at) => {
        const text = characters.join("");
        const before = text.slice(0, at).split("\n");
        expect(lineMap(text).position(at)).toEqual({
          line: before.length,
          column: (before.at(-1)?.length ?? 0) + 1,
        });
      }),
    );
  });
});
