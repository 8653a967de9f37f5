/** No regular expression of ours takes more than time in proportion to its text. */
import { readdirSync } from "node:fs";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, test } from "vitest";
import { root, text } from "../infrastructure/root.ts";

const files = ["grammar", "compiler", "runtime"].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

function patternsOf(path: string): readonly RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest));
  return found;
}

/**
 * Patterns with more than one way to split a run of blanks: for what a user types at the command line, which nobody else can make long.
 */
const typed = ["compiler/cli/", "compiler/scan/grid-text.ts"];

test("regular expressions do not backtrack catastrophically", () => {
  const slow = files.flatMap((path) =>
    patternsOf(path).flatMap((pattern) =>
      // What merely begins anew at each character (`Move`) is quadratic at worst, over single lines and names.
      analyse(pattern, { reportTypes: { Move: false } })
        .reports.filter(({ exponential }) => exponential || !typed.some((place) => path.startsWith(place)))
        .map(({ type, exponential }) => `${path}: ${pattern} ${type}${exponential ? ", exponential" : ""}`),
    ),
  );
  expect(slow).toEqual([]);
});
