import { describe, expect, test } from "vitest";
import { parseExpression, printExpr } from "../../grammar/index.ts";
import { expr, grouped } from "./support.ts";

describe("precedence", () => {
  test.each([
    ["a + b*c", "(a + (b * c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a/b/c", "((a / b) / c)"],
    ["a^b^c", "(a ^ (b ^ c))"],
    ["-x^2", "(- (x ^ 2))"],
    ["x^-2", "(x ^ (- 2))"],
    ["2^-x^2", "(2 ^ (- (x ^ 2)))"],
    ["-a*b", "((- a) * b)"],
    ["a*-b", "(a * (- b))"],
    ["(a + b)*c", "((a + b) * c)"],
    ["a < b and b < c or not d == e", "(((a < b) and (b < c)) or (not (d == e)))"],
    ["not a and b", "((not a) and b)"],
    ["4.821 +- 0.005 fm", "(4.821 +- <0.005 fm>)"],
    ["0.0848 ± 10%", "(0.0848 +- 10%)"],
    ["a + b +- c", "((a + b) +- c)"],
    ["0 MeV .. m_mu/2", "(<0 MeV> .. (m_mu / 2))"],
    ["0 .. 1 step 0.125", "(0 .. 1 step 0.125)"],
    ["if t < 520 ns then 1 else exp(-t/us)", "(if (t < <520 ns>) then 1 else exp(-t/us))"],
    ["if a then 1 else if b then 2 else 3", "(if a then 1 else (if b then 2 else 3))"],
  ])("%s", (text, structure) => {
    expect(grouped(expr(text))).toBe(structure);
  });

  test.each([
    ["a < b < c", "comparisons do not stand in a row"],
    ["1 +- 2 +- 3", "a value cannot have two errors"],
    ["1 + not a", "`not` stands behind a tighter operator"],
    ["1 + if a then b else c", "expected an expression after `+`, found the keyword `if`"],
    ["a b", "unexpected `b` after `a`"],
    ["", "expected an expression, found the end of the text"],
    ["(a", "`(` is never closed"],
  ])("%s is refused", (text, message) => {
    expect(parseExpression(text, "x").problems.map((p) => p.message)).toEqual([message]);
  });
});

describe("units", () => {
  test.each([
    ["0.9 fm", "<0.9 fm>"],
    ["30ns", "<30 ns>"],
    ["1e-8 mu_B", "<1e-8 mu_B>"],
    ["1eV", "<1 eV>"],
    ["0.01 eV^2", "<0.01 eV^2>"],
    ["5 m^-1", "<5 m^-1>"],
    ["3 µs", "<3 µs>"],
    ["(1 eV)^2", "(<1 eV> ^ 2)"],
    ["1 eV^x", "(<1 eV> ^ x)"],
    ["1 eV^2^3", "(<1 eV^2> ^ 3)"],
    ["4.8e13 /cm^2/s", "((4.8e13 / (cm ^ 2)) / s)"],
    ["13.35 PE/keVee", "(<13.35 PE> / keVee)"],
    ["2*m", "(2 * m)"],
  ])("%s", (text, structure) => {
    expect(grouped(expr(text))).toBe(structure);
  });

  test("one behind a list is that of every item", () => {
    expect(expr("[0, 1 .. 2 step 0.5] us")).toMatchObject({
      kind: "list",
      unit: { name: { text: "us" }, power: 1 },
    });
  });

  test("a number keeps its digits, without percent sign and unit", () => {
    expect(expr("68.270%")).toMatchObject({ kind: "number", text: "68.270", percent: true });
    expect(expr("3.1980e23 POT")).toMatchObject({ text: "3.1980e23", percent: false });
  });
});

describe("names, calls, lists and maps", () => {
  test.each([
    "Cs133.Rn",
    "eps[l, k]",
    "Helm(R = Rp, s = 0.9 fm)",
    "spectrum[nu_e](E)",
    "integral(f(x), x = 0 .. 1)",
    "log(x)",
    "f()",
    "[]",
    "{}",
    "{ u: 1, d: 1, nu: 1 }",
    "[[0, 1], [2, 3]]",
    "sin²θ".replace("²", "2"),
    '"a \\"quoted\\" text"',
  ])("%s is printed as it is written", (text) => {
    expect(printExpr(expr(text))).toBe(text);
  });

  test("a comma may stand at the end", () => {
    expect(printExpr(expr("f([1, 2,], { a: 1, },)"))).toBe("f([1, 2], { a: 1 })");
  });

  test('a text keeps its backslashes, and `\\"` is a quote', () => {
    expect(expr('"\\theta \\"W\\" \\\\"')).toMatchObject({ value: '\\theta "W" \\' });
  });

  test("lines do not matter", () => {
    expect(printExpr(expr("a\n  + f(\n  x,\n  y = 2\n)\n  *\n  b"))).toBe("a + f(x, y = 2)*b");
  });
});

test("spans cover what was written", () => {
  const text = "  (a + b)*c^2";
  const e = expr(text);
  expect(text.slice(e.span.start, e.span.end)).toBe("(a + b)*c^2");
  expect(e.kind === "binary" && text.slice(e.left.span.start, e.left.span.end)).toBe("a + b");
});
