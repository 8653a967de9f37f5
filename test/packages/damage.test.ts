/** What a bundle with many wrong hashes costs: the search for what stood there before is bounded. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Bundle } from "../../compiler/share/bundle.ts";
import { damageOf } from "../../compiler/share/read-bundle.ts";

const node = (text: string): string => createHash("sha256").update(text).digest("hex");

function bundleOf(text: string, lines: string): Bundle {
  return {
    bundle: 1,
    language: 1,
    sevens: "0.1.0",
    root: "a.csv",
    library: "models",
    files: { "a.csv": { text, sha256: "", lines, license: null } },
    packages: [],
    citations: [],
    model: "",
    precision: 1e-6,
    results: [],
  };
}

test("the lines that are tried are bounded for the whole bundle", () => {
  let hashes = 0;
  const sha256 = (text: string): string => {
    hashes++;
    return node(text);
  };
  const text = Array.from({ length: 300 }, () => "1".repeat(1999)).join("\n");
  const found = damageOf(bundleOf(text, "f".repeat(8 * 300)), sha256);
  expect(found).toHaveLength(300);
  expect(found[299]?.message).toContain("line 300 was changed");
  expect(found[299]?.span).toMatchObject({ start: 299 * 2000, end: 299 * 2000 + 1999 });
  expect(hashes).toBeLessThan(101_000);
});

test("a digit is restored in a file of many lines", () => {
  const line = (i: number): string => `${i},${1000 + i}`;
  const before = Array.from({ length: 5000 }, (_, i) => line(i));
  const lines = before.map((one) => node(one).slice(0, 8)).join("");
  const after = before.with(4321, "4321,5322").with(17, "17,1018").join("\n");
  expect(damageOf(bundleOf(after, lines), node).map(({ message }) => message)).toEqual([
    "`a.csv` is not what was bundled: line 18 was `17,1017`, with `7` in place of `8`",
    "`a.csv` is not what was bundled: line 4322 was `4321,5321`, with `1` in place of `2`",
  ]);
});
