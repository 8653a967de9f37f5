import { expect, test } from "vitest";
import type { Host } from "../../compiler/model/model.ts";
import { warmUp } from "../../compiler/service/index.ts";
import { host } from "../physics/compile.ts";

test("each step of the warm-up completes something, and reads files of the library alone", () => {
  const read = new Set<string>();
  const watched: Host = {
    ...host,
    readFile: (path) => {
      const text = host.readFile(path);
      if (text !== undefined) read.add(path);
      return text;
    },
  };
  const steps = [...warmUp(watched)];
  expect(steps.length).toBeGreaterThan(8);
  expect(Math.min(...steps)).toBeGreaterThan(0);
  expect(
    [...read].filter((path) => !path.startsWith(host.library) && !path.endsWith("package.json")),
  ).toEqual([]);
  // Listing a whole module of the library takes longer than all else.
  expect(read.size).toBeLessThan(15);
});
