import { readdirSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { root, text } from "./root.ts";

/** Lines that a reader is asked to take in at once. */
const longest = { file: 400, function: 80 };

const folders = ["grammar", "compiler", "runtime", "models", "examples", "test"];
const files = folders
  .flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" }).map((one) => `${folder}/${one}`),
  )
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !path.includes(".generated."));

/** A test suite is a list, not a function to follow. */
const isSuite = (path: string): boolean => path.startsWith("test/");

function longFunctions(path: string): readonly string[] {
  const source = ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.getEnd())];
      const lines = last - first + 1;
      if (lines > longest.function) found.push(`${path}:${first} has ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("code that can be read", () => {
  test("files are short", () => {
    const lines = (path: string): number => text(path).trimEnd().split("\n").length;
    const long = files.filter((path) => !isSuite(path) && lines(path) > longest.file);
    expect(long.map((path) => `${path} has ${lines(path)} lines`)).toEqual([]);
  });

  test("functions are short", () => {
    expect(files.filter((path) => !isSuite(path)).flatMap(longFunctions)).toEqual([]);
  });

  test("nothing gets past the type checker", () => {
    const escapes = /@ts-(?:ignore|nocheck|expect-error)|as unknown as/;
    expect(files.filter((path) => !isSuite(path) && escapes.test(text(path)))).toEqual([]);
  });
});
