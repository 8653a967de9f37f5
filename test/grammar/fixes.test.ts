import { describe, expect, test } from "vitest";
import { edited } from "../../grammar/fixes.ts";
import { parse } from "../../grammar/index.ts";

/** Wrong texts, each with what its first problem is mended to, one text a fix. */
const cases: Readonly<Record<string, readonly string[]>> = {
  "a = 2 × 3": ["a = 2 * 3"],
  "a = b && c": ["a = b and c"],
  "a = b & c": ["a = b and c"],
  "a = √2": ["a = sqrt(2)"],
  "a = √(2 + b)": ["a = sqrt(2 + b)"],
  "a = !b": ["a = not b", "a = !=b"],
  "a = 3 – 1": ["a = 3 - 1", "a = 3 .. 1"],
  "f = “x.csv”": ['f = "x.csv"'],
  "f = 'x.csv'": ['f = "x.csv"'],
  "q' = 1": ["q = 1"],
  "a = 1.5.2e3": ["a = 1.52e3"],
  "a = 1_000.5": ["a = 1000.5"],
  "a = 5.": ["a = 5.0"],
  "a = .5": ["a = 0.5"],
  "use nuclei Cs133, I127\na = 1": ["use nuclei { Cs133, I127 }\na = 1"],
  'use "./a.sevens { X }\na = 1': ['use "./a.sevens" { X }\na = 1'],
  'a = "x.csv\nb = 1': ['a = "x.csv"\nb = 1'],
  "a = 1 + if b then 2 else 3": ["a = 1 + (if b then 2 else 3)"],
  "a = [1 + if b then 2 else f(3, 4), 5]": ["a = [1 + (if b then 2 else f(3, 4)), 5]"],
  "a = b**2": ["a = b^2"],
  "a {\n  b = 1": ["a {\n  b = 1\n}"],
  "a {\n  b = 1\n\nc = 2": ["a {\n  b = 1\n}\n\nc = 2"],
  "a {\n  b = { u: 1, d: 2\n}\nc = 3": ["a {\n  b = { u: 1, d: 2}\n}\nc = 3"],
  "a {\n  b = {\n    u: 1,\n    d: 2\n}\nc = 3": ["a {\n  b = {\n    u: 1,\n    d: 2\n  }\n}\nc = 3"],
  "a {\n  s {\n    b = { u: 1\n  }\n  d = 2\n}\nc = 3": [
    "a {\n  s {\n    b = { u: 1}\n  }\n  d = 2\n}\nc = 3",
  ],
  "a {\n  s {\n    b = 1\n  d = 2\n}\nc = 3": ["a {\n  s {\n    b = 1\n  }\n  d = 2\n}\nc = 3"],
  "a {\n  s {\n    b = 1\n\n}\nc = 3": ["a {\n  s {\n    b = 1\n  }\n\n}\nc = 3"],
  "a {\nb = 1\nc = 2": ["a {\nb = 1\nc = 2\n}"],
  "a\n  b = 1\n}\nc = 2": ["a {\n  b = 1\n}\nc = 2"],
  "a { b = 1 }\nc d // so\n  b = 1\n}": ["a { b = 1 }\nc d { // so\n  b = 1\n}"],
  "a {\n  s\n    b = 1\n  }\n  d = 2\n}\nc = 3": ["a {\n  s {\n    b = 1\n  }\n  d = 2\n}\nc = 3"],
  "a = if b 1 else 2": ["a = if b then 1 else 2"],
  "a = if b then 1 2": ["a = if b then 1 else 2"],
  "a = if b then 1 else if c 2 else 3": ["a = if b then 1 else if c then 2 else 3"],
  "a = b where b 3": ["a = b where b = 3"],
  "a = b for b 0 .. 1": ["a = b for b in 0 .. 1"],
  "a = 1 in 0 2 log": ["a = 1 in 0 .. 2 log"],
  "a = { u: 0,67, d: 0.3 }": ["a = { u: 0.67, d: 0.3 }"],
  "sevens\na = 1": ["sevens 1\na = 1"],
  "a {{\n  b = 1\n}\nc = 2": ["a {\n  b = 1\n}\nc = 2"],
  "a = b, c d": ["a = b, c, d"],
  "use a { B,, C }": ["use a { B, C }"],
  "a = b,, c": ["a = b, c"],
  "a(b:: c) = 1": ["a(b: c) = 1"],
  "a = (2,5 + b)": ["a = (2.5 + b)"],
  "a B fro C {\n  d = 1\n}": ["a B from C {\n  d = 1\n}"],
  "a(b) = c foor b in 0 .. 1": ["a(b) = c for b in 0 .. 1"],
  'usee "./b.sevens" { B }\na = 1': ['use "./b.sevens" { B }\na = 1'],
  "ues b/c { B as C, D }\na = 1": ["use b/c { B as C, D }\na = 1"],
  "Use b {\n  B,\n  C\n}": ["use b {\n  B,\n  C\n}"],
  "import b { B }": ["use b { B }"],
  "a := 2": ["a = 2"],
  "a =: 2": ["a = 2"],
  "a in 1e-5 to 2e-4": ["a in 1e-5 .. 2e-4"],
  "a in 1 keV to 2 keV log": ["a in 1 keV .. 2 keV log"],
  "a = b(x, x = 0 to (c + 1))": ["a = b(x, x = 0 .. (c + 1))"],
  "a in 0 ... 2": ["a in 0 .. 2"],
  "a in 0...2": ["a in 0..2", "a in 0..0.2"],
  "a in [1, 2]": ["a in 1 .. 2"],
  "a in 1 keV, 2 keV log": ["a in 1 keV .. 2 keV log"],
  "a in [1 .. 2] log": ["a in 1 .. 2 log"],
  "a in 1 . 2": ["a in 1 .. 2"],
  "a in -2, -1": ["a in -2 .. -1"],
  "a in -1 - 2": ["a in -1 .. 2"],
  "a b.c 1 .. 2": ["a b.c in 1 .. 2", "a b.c = 1 .. 2"],
  "fix b.c 1": ["fix b.c = 1"],
  "free b.c 1 .. 2": ["free b.c in 1 .. 2"],
  "a in b to c": ["a in b .. c"],
  "a b = 1 inn 0 .. 2": ["a b = 1 in 0 .. 2"],
  "a b = 1 keV im 1 keV .. 2 keV": ["a b = 1 keV in 1 keV .. 2 keV"],
  "a = 2*n 3 keV": ["a = 2*n * 3 keV"],
  "a = bin 3 keV": ["a = bin * 3 keV"],
  "model = A B": ["model = A + B"],
  "a = y x": ["a = y * x", "a = y; x"],
  "a = { u: 1 d: 2 }": ["a = { u: 1, d: 2 }"],
  "a = { u 1 }": ["a = { u: 1 }"],
  "a = 0 < b + 1 < 2": ["a = 0 < b + 1 and b + 1 < 2"],
  "a = 1 @cite A B": ["a = 1 @cite A, B"],
  "/// @cite A B\na = 1": ["/// @cite A, B\na = 1"],
  "a = (1 + 2]": ["a = (1 + 2)"],
  "a { b = [1, 2\n  c = 3\n}": ["a { b = [1, 2]\n  c = 3\n}"],
};

describe("what may be done about a problem", () => {
  test.each(Object.entries(cases))("%j", (text, mended) => {
    const [first] = parse(text, "a.sevens").problems;
    expect(first?.fixes?.map(({ edits }) => edited(text, edits))).toEqual(mended);
  });

  test.each(Object.values(cases).map(([mended]) => mended ?? ""))("%j is right", (text) => {
    expect(parse(text, "a.sevens").problems).toEqual([]);
  });

  test.each([
    "a us { b = 1 }",
    "us = 1",
    "us A {\n  b = 1\n}",
    "a = 5 to",
    "to b {}",
    "a to 3",
    "a = b(to, 3)",
    "a = 1; b to(c: d): d = 2*c",
    "a b { c = 1 } d to(e: f): f = 2*e",
    "a = 3 GeV to MeV",
    "a = b(3 GeV to MeV, c to d)",
    "/* a = 1 */ b to(c: d): d = 2*c",
  ])("%j has no word of another language", (text) => {
    const slips = ["did you mean `use`?", "a range is written `low .. high`"];
    for (const { help } of parse(text, "a.sevens").problems) expect(slips).not.toContain(help);
  });

  test("what is only to be known is no help", () => {
    const [first] = parse("a = 1 in 5", "a.sevens").problems;
    expect(first).toMatchObject({ note: "a range is written `low .. high`" });
    expect(first).not.toHaveProperty("help");
    // Three values are no range, however they are meant.
    expect(parse("a in 1, 2, 3", "a.sevens").problems[0]?.fixes ?? []).toEqual([]);
    // What is missing is not `then`.
    expect(parse("a = if b 1 then 2 else 3", "a.sevens").problems[0]).not.toHaveProperty("help");
  });
});
