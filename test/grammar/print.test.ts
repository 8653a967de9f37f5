import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  format,
  parse,
  parseExpression,
  printExpr,
  printStatement,
  sameExpr,
  sameStatement,
  sameTree,
} from "../../grammar/index.ts";
import * as arbitrary from "./arbitrary.ts";
import { expr } from "./support.ts";

describe("the printer inverts the parser", () => {
  test("for any expression", () => {
    fc.assert(
      fc.property(arbitrary.expr, (e) => {
        const text = printExpr(e);
        const read = parseExpression(text, "f");
        expect(read.problems).toEqual([]);
        expect(sameExpr(read.expr, e), text).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("for any statement", () => {
    fc.assert(
      fc.property(arbitrary.statement, (s) => {
        const text = printStatement(s);
        const read = parse(text, "f");
        expect(read.problems, text).toEqual([]);
        expect(read.tree.statements.length === 1 && sameStatement(read.tree.statements[0]!, s), text).toBe(
          true,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("for any statement that was formatted, twice", () => {
    fc.assert(
      fc.property(fc.array(arbitrary.statement, { minLength: 1, maxLength: 3 }), (list) => {
        const text = list.map((s) => printStatement(s)).join(" ;\n\n\n");
        const first = parse(text, "f");
        const once = format(first.tree, text);
        const second = parse(once, "f");
        expect(second.problems, once).toEqual([]);
        expect(sameTree(second.tree, first.tree), once).toBe(true);
        expect(format(second.tree, once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe("parentheses stand where they are needed, and only there", () => {
  test.each([
    ["((a))*(b*c)", "a*(b*c)"],
    ["(a*b)*c", "a*b*c"],
    ["(a + b) - (c + d)", "a + b - (c + d)"],
    ["(a^b)^c", "(a^b)^c"],
    ["a^(b^c)", "a^b^c"],
    ["(-a)^2", "(-a)^2"],
    ["-(a^2)", "-a^2"],
    ["-(-a)", "-(-a)"],
    ["(1 eV)^2", "(1 eV)^2"],
    ["not (a and b)", "not (a and b)"],
    ["(a < b) == c", "(a < b) == c"],
    ["(0 .. 1)", "0 .. 1"],
    ["2*(if a then b else c)", "2*(if a then b else c)"],
  ])("%s is printed as %s", (text, printed) => {
    expect(printExpr(expr(text))).toBe(printed);
  });
});
