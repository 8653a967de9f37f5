/** Large input takes time in proportion to it, and no more arguments of a function than the stack holds. */
import { expect, test } from "vitest";
import { check } from "../../compiler/check/index.ts";
import { suggest } from "../../compiler/diagnostics/index.ts";
import { diskHost } from "../../compiler/disk/host.ts";
import { readDocument } from "../../compiler/interchange/index.ts";
import { loadText } from "../../compiler/load/index.ts";
import { emptyOver, mostElements, TooLarge } from "../../compiler/rate/arrays.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import { panels } from "../../runtime/panels.ts";

/** The shorter of two runs, in milliseconds. */
function timeOf(work: () => unknown): number {
  const times = [0, 1].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test("four times as many equal declarations take no sixteen times as long", { timeout: 60_000 }, () => {
  const declaration = '{"kind":"constant","name":"a","value":{"num":"1"}}';
  const document = (count: number): string =>
    `{"sevens":1,"declarations":[${new Array<string>(count).fill(declaration).join(",")}]}`;
  const [small, large] = [document(10_000), document(40_000)];
  const { diagnostics } = readDocument(small, "m.json");
  expect(diagnostics[0]).toMatchObject({ code: "SV1102", pointer: "/declarations/1/name" });
  expect(diagnostics.at(-1)?.pointer).toBe("/declarations/9999/name");
  const [short, long] = [small, large].map((text) => timeOf(() => readDocument(text, "m.json")));
  expect((long ?? 0) / (short ?? 1)).toBeLessThan(8);
});

/** One experiment with a background of flat shape. */
function experimentOf(bins: number): string {
  return `sevens 1
use materials { Ge }
use sources { SNS }

detector Small {
  target Ge = 100 kg
  observable energy: keVnr {
    value(T) = T
  }
}

experiment Run {
  source SNS {
    protons = 1.5e23 POT
    distance = 20 m
  }
  detector Small
  bins energy = [1 .. 2 step ${1 / bins}] keVnr
  background Flat {
    shape(x) = 1 /keVnr
    total = 60
  }
}
`;
}

test("four times as many bins take no sixteen times as long to check", { timeout: 120_000 }, () => {
  const host = diskHost(".");
  const [short, long] = [12_000, 48_000].map((bins) => {
    const { model } = loadText(experimentOf(bins), "m.sevens", host, { project: "" });
    if (model === undefined) throw new Error("it cannot be read");
    return timeOf(() => check(model));
  });
  expect((long ?? 0) / (short ?? 1)).toBeLessThan(7);
});

test("of very many known names none is looked at", () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `name${i}`);
  const times = [names(2000), names(2001)].map((known) =>
    timeOf(() => {
      for (let i = 0; i < 200; i++) suggest(`unknown${i}`, known);
    }),
  );
  const [some, many] = times;
  expect(suggest("nam1", names(2000))).toBe("name1");
  expect((many ?? 0) / (some ?? 1)).toBeLessThan(0.5);
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
