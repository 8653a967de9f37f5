/**
 * Random edits of documents: one that changes a number, an operation or a name is never said to be cosmetic, one that changes only the
 * order is the same up to rounding, and one that only writes the same otherwise is cosmetic.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diskHost } from "../../compiler/disk/host.ts";
import type { Document } from "../../compiler/interchange/document.ts";
import { toDocument } from "../../compiler/interchange/write.ts";
import { loadText } from "../../compiler/load/index.ts";
import { type SpecDifference, specDifferences } from "../../compiler/share/diff.ts";

type Node = { [key: string]: unknown };

const root = fileURLToPath(new URL("../../", import.meta.url));
const files = [
  "test/packages/diff/old.sevens",
  "test/packages/diff/formulas.sevens",
  "test/packages/diff/meanings.sevens",
  "examples/coherent-csi/neutron-radius.sevens",
];

function documentOf(file: string): Document {
  const { model } = loadText(readFileSync(`${root}${file}`, "utf8"), file, diskHost(root), { project: "" });
  if (model === undefined) throw new Error(`${file} cannot be read`);
  return toDocument(model);
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every expression of a document that `accepts` takes, once; words of reports, types and labels are none. */
function nodesOf(document: unknown, accepts: (node: Node) => boolean): readonly Node[] {
  const found: Node[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) walk(part);
    if (!isNode(value)) return;
    if (accepts(value)) found.push(value);
    for (const [key, part] of Object.entries(value)) if (!outside.has(key)) walk(part);
  };
  walk(isNode(document) ? document.declarations : []);
  return found;
}

/** What is told and not computed, and what is no formula. */
const outside: ReadonlySet<string> = new Set(["interval", "type", "doc", "note", "cite", "index"]);

function replace(node: Node, by: Node): void {
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, by);
}

const isNumber = (node: Node): boolean => typeof node.num === "string" && Number(node.num) !== 0;
const operationOf = (node: Node): string =>
  typeof node.op === "string" && Array.isArray(node.args) && node.args.length === 2 ? node.op : "";
const others: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "<": ">=",
  "<=": ">",
};
const isZero = (value: unknown): boolean => isNode(value) && Number(value.num) === 0;
const argsOf = (node: Node): readonly unknown[] => (Array.isArray(node.args) ? node.args : []);

/** Changes of the meaning, whatever the place. */
const changes = {
  "another number": {
    accepts: isNumber,
    edit: (node: Node) => replace(node, { ...node, num: String(Number(node.num) * 1.25) }),
  },
  "another sign": {
    accepts: isNumber,
    edit: (node: Node) =>
      replace(node, { op: "-", args: [{ ...node, num: String(Number(node.num) * 1.25) }] }),
  },
  "another operation": {
    accepts: (node: Node) => operationOf(node) in others && !argsOf(node).some(isZero),
    edit: (node: Node) => replace(node, { ...node, op: others[operationOf(node)] }),
  },
  "a number in place of a call": {
    accepts: (node: Node) => typeof node.call === "string",
    edit: (node: Node) => replace(node, { num: "0.7310585" }),
  },
  "one term less": {
    accepts: (node: Node) => ["+", "-"].includes(operationOf(node)) && !isZero(argsOf(node)[1]),
    edit: (node: Node) => replace(node, { ...(argsOf(node)[0] as Node) }),
  },
};

/** The same up to rounding. */
const reorderings = {
  "factors and terms that change places": {
    accepts: (node: Node) => ["+", "*"].includes(operationOf(node)),
    edit: (node: Node) => replace(node, { ...node, args: [...argsOf(node)].reverse() }),
  },
  "a square as a product": {
    accepts: (node: Node) =>
      operationOf(node) === "^" && isNode(argsOf(node)[1]) && (argsOf(node)[1] as Node).num === "2",
    edit: (node: Node) =>
      replace(node, { op: "*", args: [argsOf(node)[0], structuredClone(argsOf(node)[0])] }),
  },
  "a difference as a sum": {
    accepts: (node: Node) => operationOf(node) === "-",
    edit: (node: Node) => {
      const [left, right] = argsOf(node);
      replace(node, { op: "+", args: [{ op: "-", args: [right] }, left] });
    },
  },
};

/** The same in other words. */
const rewritings = {
  "a unit written otherwise": {
    accepts: (node: Node) => node.unit === "m" && typeof node.num === "string",
    edit: (node: Node) =>
      replace(node, { num: `${node.num}e2`.replace(/e(.*)e2$/, (_, e) => `e${Number(e) + 2}`), unit: "cm" }),
  },
};

const kindsFound = (before: Document, after: unknown): readonly string[] => [
  ...new Set(specDifferences(before, after as Document).map(({ kind }) => kind)),
];

/** Documents with one to three edits, and what is found of each. */
function expectFound(
  document: Document,
  { accepts, edit }: { accepts: (node: Node) => boolean; edit: (node: Node) => void },
  check: (found: readonly SpecDifference[]) => void,
): void {
  const count = nodesOf(document, accepts).length;
  fc.assert(
    fc.property(fc.array(fc.nat(Math.max(0, count - 1)), { minLength: 1, maxLength: 3 }), (places) => {
      const edited = structuredClone(document);
      for (const at of places) {
        const node = nodesOf(edited, accepts)[at];
        if (node !== undefined) edit(node);
      }
      check(specDifferences(document, edited));
    }),
    { numRuns: 8, seed: 7 },
  );
}

describe.each(files)("in %s", (file) => {
  const document = documentOf(file);

  test.each(Object.entries(changes))("%s is a difference of physics or numbers", (_, { accepts, edit }) => {
    const count = nodesOf(document, accepts).length;
    fc.assert(
      fc.property(fc.nat(Math.max(0, count - 1)), (at) => {
        const edited = structuredClone(document);
        const node = nodesOf(edited, accepts)[at];
        if (node === undefined) return;
        edit(node);
        const kinds = kindsFound(document, edited);
        expect(
          kinds.some((kind) => kind === "physics" || kind === "numeric"),
          JSON.stringify(node),
        ).toBe(true);
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  test.each(Object.entries(reorderings))("%s: the same up to rounding", (_, edit) =>
    expectFound(document, edit, (found) => {
      const others = found.filter(({ what }) => what !== "the same up to rounding");
      expect(others.filter(({ kind }) => kind !== "cosmetic")).toEqual([]);
      expect(found.filter(({ kind }) => kind !== "cosmetic" && kind !== "numeric")).toEqual([]);
    }),
  );

  test.each(Object.entries(rewritings))("%s: cosmetic", (_, edit) =>
    expectFound(document, edit, (found) =>
      expect(found.filter(({ kind }) => kind !== "cosmetic")).toEqual([]),
    ),
  );
});
