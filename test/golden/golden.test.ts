/** Output that changes is seen in a review: every form of a small spec as text, those of the examples as hashes. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadText } from "../../compiler/index.ts";
import { compiled, countsOf, host, modelOf, root } from "../physics/compile.ts";
import { examples, formsOf, golden, hashOf, sha256, tiny } from "./forms.ts";

const small = await formsOf(tiny);
const text = small.compiled.model.sources.get(tiny) ?? "";

describe("the small spec", () => {
  test.each([...small.texts])("%s", (name, found) => {
    expect(found).toBe(golden(`tiny.${name}`, found));
  });

  test("compiled again is the same, byte for byte", async () => {
    expect(await formsOf(tiny)).toMatchObject({ texts: small.texts });
  });

  test("its syntax form means what the text means", () => {
    const again = modelOf(loadText(small.texts.get("syntax.sevens") ?? "", tiny, host));
    expect(hashOf(again)).toBe(hashOf(small.compiled.model));
  });

  test("declarations in another order have the same hash and the same counts", () => {
    const [head = "", ...blocks] = text.split("\n\n");
    const expected = countsOf(small.compiled.analysis).total;
    fc.assert(
      fc.property(fc.shuffledSubarray(blocks, { minLength: blocks.length }), (order) => {
        const moved = modelOf(loadText([head, ...order].join("\n\n"), tiny, host));
        expect(hashOf(moved)).toBe(hashOf(small.compiled.model));
        countsOf(compiled(moved, { derivatives: "none" }).analysis).total.forEach((events, bin) => {
          expect(events).toBeCloseTo(expected[bin] ?? Number.NaN, 9);
        });
      }),
      { numRuns: 10 },
    );
  });

  test.each([
    ["a number", "10 kg", "11 kg"],
    ["an operator", "(1/2 - 2*s2w)", "(1/2 + 2*s2w)"],
    ["a bin", "[2, 5, 10, 15, 25]", "[2, 5, 10, 16, 25]"],
    ["a name", "flux = 5%", "fluxes = 5%"],
  ])("another hash when %s changes", (_, from, to) => {
    const renamed = to.startsWith("fluxes") ? text.replace("Run.flux", "Run.fluxes") : text;
    const changed = renamed.replace(from, to);
    expect(changed).not.toBe(text);
    expect(hashOf(modelOf(loadText(changed, tiny, host)))).not.toBe(hashOf(small.compiled.model));
  });

  test.each([
    ["comments", "/// Four bins", "// Four bins"],
    ["spaces", "(1/2 - 2*s2w)", "( 1/2  -  2 * s2w )"],
  ])("the same hash when %s change", (_, from, to) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(hashOf(modelOf(loadText(changed, tiny, host)))).toBe(hashOf(small.compiled.model));
  });
});

describe("the examples", () => {
  test.each(examples())("%s", { timeout: 120_000 }, async (path) => {
    const { texts } = await formsOf(join(root, "examples", path));
    const lines = [...texts].map(([name, found]) => {
      expect(found, `${name} names a folder of this machine`).not.toContain(root);
      return `${name.padEnd(14)} ${sha256(found).slice(0, 16)} ${found.split("\n").length} lines`;
    });
    const found = `${lines.join("\n")}\n`;
    expect(found).toBe(golden(`${path.replaceAll("/", ".").replace(/\.sevens$/, "")}.hashes.txt`, found));
  });
});
