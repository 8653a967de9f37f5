/** A few mutated inputs of each target, the same in every run; `test/fuzz/run.ts` runs many. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RandomStream } from "../../runtime/random.ts";
import { fuzz } from "./fuzz.ts";
import { targets } from "./targets.ts";

test.each(targets.map((target) => [target.name, target] as const))("%s takes any text", (_, target) => {
  const { runs, findings } = fuzz(target, { seed: 7, runs: 60 });
  expect(findings).toEqual([]);
  expect(runs).toBe(60);
});

test.each([
  ["--help", 0, "stdout"],
  ["--nothing", 2, "stderr"],
  ["nothing", 2, "stderr"],
] as const)(
  "`run.ts %s` says how it is used",
  (argument, code, channel) => {
    const script = fileURLToPath(new URL("./run.ts", import.meta.url));
    const run = spawnSync(process.execPath, ["--import", "tsx", script, argument], { encoding: "utf8" });
    expect(run.status).toBe(code);
    expect(run[channel]).toContain("npx tsx test/fuzz/run.ts [TARGET …]");
    expect(run.stderr).not.toContain("    at ");
  },
  60_000,
);

/** What was found, by target. */
const found: readonly (readonly [target: string, input: string])[] = [["json", '{ "sevens": 1, /*']];

test.each(found)("%s takes %j", (name, input) => {
  const target = targets.find((one) => one.name === name);
  expect(() => target?.run(input, new RandomStream(1, [0, 0]))).not.toThrow();
});
