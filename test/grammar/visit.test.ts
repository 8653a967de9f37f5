import { expect, test } from "vitest";
import {
  expressionsOf,
  printExpr,
  sameExpr,
  sameTree,
  visitExpr,
  visitStatements,
} from "../../grammar/index.ts";
import { expr, good, only } from "./support.ts";

test("a walk meets every expression, outside first", () => {
  const met: string[] = [];
  visitExpr(
    expr(
      "-a*f[l](x = [1, 2]) + (if b < c then { u: m[k] } else 0 .. 1 step s)".replace("0 .. 1 step s", "d"),
    ),
    (e) => {
      if (e.kind === "path" || e.kind === "number") met.push(printExpr(e));
    },
  );
  expect(met).toEqual(["a", "f", "l", "1", "2", "b", "c", "m", "k", "d"]);
});

test("a walk leaves out what it is told to", () => {
  const met: string[] = [];
  visitExpr(expr("f(x) + y"), (e) => {
    met.push(e.kind);
    return e.kind !== "call";
  });
  expect(met).toEqual(["binary", "call", "path"]);
});

test("the expressions of a statement are those of all its parts", () => {
  const s = only("f g(x: a = b): c = d in 0 .. e on h from i where j(y: k) = l { m = n }");
  expect(expressionsOf(s).map(printExpr)).toEqual(["g", "a", "b", "c", "d", "0 .. e", "h", "i", "k", "l"]);
});

test("statements are met with those around them", () => {
  const met: string[] = [];
  visitStatements(good("a { b { c = 1 } d = 2 }\ne = 3").statements, (s, parents) => {
    met.push([...parents, s].map((one) => one.keyword.text).join("."));
    return s.keyword.text !== "b";
  });
  expect(met).toEqual(["a", "a.b", "a.d", "e"]);
});

test("syntax is the same wherever it stands", () => {
  expect(sameExpr(expr("a +  b*2"), expr("(a + (b*2))"))).toBe(true);
  expect(sameExpr(expr("2.0"), expr("2.00"))).toBe(false);
  expect(sameTree(good("a = 1 // c"), good("\n\na = 1"))).toBe(true);
  expect(sameTree(good("a = 1"), good("/// doc\na = 1"))).toBe(false);
});
