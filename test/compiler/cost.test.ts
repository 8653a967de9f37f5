/** The operations that generated code costs. */
import { describe, expect, test } from "vitest";
import { costOfExpression, costOfStatements, operationCosts } from "../../compiler/kernel/cost.ts";
import type { KernelExpr, KernelStatement } from "../../compiler/kernel/form.ts";

const { division, call, table, rootSteps, read, write, step } = operationCosts;
const x: KernelExpr = { kind: "name", name: "x" };
const two: KernelExpr = { kind: "number", value: 2 };
const element: KernelExpr = { kind: "element", array: "a", offset: [{ index: "i", stride: 1 }] };

function binary(operator: "+" | "-" | "*" | "/", left: KernelExpr, right: KernelExpr): KernelExpr {
  return { kind: "binary", operator, left, right };
}
function called(name: string, ...args: readonly KernelExpr[]): KernelExpr {
  return { kind: "call", function: name, args };
}
const local = (value: KernelExpr): KernelStatement => ({ kind: "let", name: "y", value });

describe("an expression", () => {
  test.each([
    ["a name", x, 0],
    ["a sign", { kind: "negate", operand: x }, 0],
    ["2 x + x", binary("+", binary("*", two, x), x), 2],
    ["x / 2", binary("/", x, two), division],
    ["exp(x / 2)", called("exp", binary("/", x, two)), call + division],
    ["max(x, 2)", called("max", x, two), 1],
    ["a[i] - x", binary("-", element, x), 1 + read],
    ["a table", { kind: "table", table: "t", order: 0, arg: binary("+", x, x) }, table + 1],
    [
      "a choice",
      { kind: "select", relation: "<", left: x, right: two, chosen: x, otherwise: element },
      1 + read,
    ],
  ] satisfies [string, KernelExpr, number][])("%s", (_, value, cost) => {
    expect(costOfExpression(value)).toBe(cost);
  });

  test("a root costs its body many times over", () => {
    const body = called("exp", x);
    const root: KernelExpr = { kind: "root", variable: "x", body, low: two, high: two, fallback: two };
    expect(costOfExpression(root)).toBe(rootSteps * call);
  });
});

describe("statements", () => {
  test("add up; comments are free", () => {
    const statements: KernelStatement[] = [
      { kind: "comment", text: "why" },
      local(binary("*", x, x)),
      { kind: "assign", name: "s", value: x },
      { kind: "store", array: "a", offset: [], value: x },
    ];
    expect(costOfStatements(statements)).toBe(1 + 3 * write);
  });

  test("loops are multiplied out", () => {
    const inner: KernelStatement = { kind: "loop", index: "j", size: 5, body: [local(binary("+", x, x))] };
    const outer: KernelStatement = { kind: "loop", index: "i", size: 7, body: [inner, local(x)] };
    expect(costOfStatements([outer])).toBe(7 * (step + 5 * (step + write + 1) + write));
  });

  test("a sum adds each of its terms in every step", () => {
    const sum: KernelStatement = {
      kind: "sum",
      index: "i",
      size: 36,
      body: [local(binary("*", element, x))],
      terms: [
        { name: "s", term: binary("*", element, x) },
        { name: "t", term: x },
      ],
    };
    expect(costOfStatements([sum])).toBe(36 * (step + (write + read + 1) + (1 + read + 1) + 1));
  });
});
