/** Nothing that enters results takes powers from the engine, whose digits depend on its version and on the machine. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { power } from "../../runtime/power.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = [
  "runtime",
  ...["rate", "stage", "lower", "elaborate", "emit", "kernel", "wasm", "exchange", "check", "units"].map(
    (one) => `compiler/${one}`,
  ),
];

/** Powers of two, of integers without end and of −1 are exact everywhere. */
const exact = /^(2|10n|\(-1\)|value|base\.numerator|base\.denominator)$/;

function powersIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const power =
      ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken;
    const bare = ts.isPropertyAccessExpression(node) && node.getText() === "Math.pow";
    if (bare || (power && !exact.test(node.left.getText()))) found.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true));
  return found;
}

test("no `**` and no Math.pow but where they are exact", () => {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name}`),
  );
  // The special cases, infinities and zeros, which the language lays down.
  expect(files.flatMap(powersIn)).toEqual(["runtime/power.ts: x ** y"]);
});

test("powers agree with those of the engine to a few units in the last place", () => {
  const exponent = fc.double({ min: -40, max: 40, noNaN: true });
  const base = fc.double({ min: -300, max: 300, noNaN: true }).map((x) => Math.exp(x / 20));
  fc.assert(
    fc.property(base, exponent, (x, y) => {
      const expected = x ** y;
      expect(Math.abs(power(x, y) - expected)).toBeLessThanOrEqual(2 ** -50 * expected);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test.each([
  [10, 3, 1000],
  [2, -2, 0.25],
  [-2, 3, -8],
  [-8, 1 / 3, Number.NaN],
  [0, 0.3, 0],
  [0, -0.3, Number.POSITIVE_INFINITY],
  [9, 0.5, 3],
  [1.5, 1e6, Number.POSITIVE_INFINITY],
  [0.5, 1e6, 0],
  [Number.NaN, 0, 1],
])("%d^%d", (x, y, value) => expect(power(x, y)).toBe(value));

// At most one unit in the last place off the exact 3.388695291147646, 6.0858061945018465 and 44.68925627034346.
test("digits are fixed", () => {
  expect([power(1.7, 2.3), power(0.3, -1.5), power(123.456, 0.789)]).toMatchInlineSnapshot(`
    [
      3.388695291147646,
      6.085806194501846,
      44.68925627034347,
    ]
  `);
});
