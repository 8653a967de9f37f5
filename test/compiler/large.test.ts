/** Large input, which takes no more arguments of a function than the stack holds. */
import { expect, test } from "vitest";
import { suggest } from "../../compiler/diagnostics/index.ts";
import { readDocument } from "../../compiler/interchange/index.ts";
import { emptyOver, mostElements, TooLarge } from "../../compiler/rate/arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import { panels } from "../../runtime/panels.ts";

test("each of very many equal declarations is told of", { timeout: 60_000 }, () => {
  const declaration = '{"kind":"constant","name":"a","value":{"num":"1"}}';
  const list = new Array<string>(10_000).fill(declaration).join(",");
  const { diagnostics } = readDocument(`{"sevens":1,"declarations":[${list}]}`, "m.json");
  expect(diagnostics[0]).toMatchObject({ code: "SV1102", pointer: "/declarations/1/name" });
  expect(diagnostics.at(-1)?.pointer).toBe("/declarations/9999/name");
});

test("of very many known names none is looked at", () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `name${i}`);
  expect(suggest("nam1", names(2000))).toBe("name1");
  expect(suggest("nam1", names(2001))).toBeUndefined();
});

test("a rule of very many panels, of which there may be one for each bin", () => {
  const boundaries = Array.from({ length: 200_001 }, (_, i) => i);
  const { weights } = panels([boundaries], 2);
  expect(weights.length).toBe(400_000);
  const rows = boundaries.slice(1).map((end) => [end - 1, end]);
  expect(panels(rows, 1).weights.length).toBe(200_000);
});

test("an array that no machine holds is told with its size", () => {
  const graph = new Graph();
  const axes = [graph.axis("bins", 100_000, true), graph.axis("nodes", 200_000, true)];
  expect(100_000 * 200_000).toBeGreaterThan(mostElements);
  expect(() => emptyOver(axes)).toThrow(new TooLarge(2e10));
});
