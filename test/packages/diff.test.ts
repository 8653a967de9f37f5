/** Differences of two versions of a spec: `diff/old.sevens`, `diff/formulas.sevens`, and what each edit of them is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { inFolder, sevens, violations } from "../cli/harness.ts";
import formulaPairs from "./diff/formulas.json" with { type: "json" };
import meaningPairs from "./diff/meanings.json" with { type: "json" };
import pairs from "./diff/pairs.json" with { type: "json" };

const textOf = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`./diff/${name}`, import.meta.url)), "utf8");
const old = textOf("old.sevens");
const formulas = textOf("formulas.sevens");
const meanings = textOf("meanings.sevens");

interface Found {
  readonly kind: string;
  readonly declaration: string;
  readonly path: readonly string[];
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

async function diff(before: string, now: string): Promise<{ code: number; lines: readonly string[] }> {
  const files = { "old.sevens": before, "new.sevens": now };
  const { code, stdout, stderr } = await inFolder(files, (cwd) =>
    sevens(["diff", "old.sevens", "new.sevens", "--format", "json"], { cwd }),
  );
  expect(violations("diff", stdout), stderr).toBeUndefined();
  const { differences }: { differences: readonly Found[] } = JSON.parse(stdout);
  const lines = differences.map(({ kind, declaration, path, what, before: was, after }) => {
    const change = was === undefined ? "" : `: ${was} → ${after}`;
    return `${kind}: ${[declaration, ...path].join(" / ")}: ${what}${change}`;
  });
  return { code, lines };
}

const changesResults = (lines: readonly string[]): boolean =>
  lines.some((one) => /^(physics|numeric)/.test(one));

const breaks = (lines: readonly string[]): boolean =>
  lines.some((one) => /^(physics|numeric|interface)/.test(one));

test.each(pairs)("$name", async ({ from, to, found }) => {
  expect(old).toContain(from);
  const { code, lines } = await diff(old, old.replace(from, to));
  expect(lines).toEqual(found);
  expect(code).toBe(breaks(found) ? 1 : 0);
});

/** Counts of all experiments, in any order of them: what a change of the meaning changes. */
async function resultsOf(text: string): Promise<string> {
  const known = results.get(text) ?? computedResults(text);
  results.set(text, known);
  return known;
}

const results = new Map<string, Promise<string>>();

async function computedResults(text: string): Promise<string> {
  const { code, stdout, stderr } = await inFolder({ "one.sevens": text }, (cwd) =>
    sevens(["rates", "one.sevens", "--precision", "1e-3", "--format", "csv"], { cwd }),
  );
  expect(code, stderr).toBe(0);
  return stdout.split("\n").sort().join("\n");
}

test.each(formulaPairs)("in formulas: $name", async ({ edits, found }) => {
  const now = edits.reduce((text, [from = "", to = ""]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, formulas);
  const { code, lines } = await diff(formulas, now);
  expect(lines).toEqual(found);
  expect(code).toBe(breaks(found) ? 1 : 0);
  // A second opinion: where nothing is said to change, no count does.
  if (!changesResults(found)) expect(await resultsOf(now)).toBe(await resultsOf(formulas));
});

/** Expected counts, without names and bins. */
async function countsOf(text: string): Promise<readonly number[]> {
  const lines = (await resultsOf(text)).split("\n").filter((line) => line !== "");
  const header = lines.find((line) => line.startsWith("experiment,"))?.split(",") ?? [];
  const total = header.indexOf("total");
  return lines.flatMap((line) => (line.startsWith("experiment,") ? [] : [Number(line.split(",")[total])]));
}

test.each(meaningPairs)("in meanings: $name", async ({ edits, found }) => {
  const now = edits.reduce((text, [from = "", to = ""]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, meanings);
  const { code, lines } = await diff(meanings, now);
  expect(lines).toEqual(found);
  expect(code).toBe(breaks(found) ? 1 : 0);
  if (changesResults(found)) return;
  const [before, after] = [await countsOf(meanings), await countsOf(now)];
  expect(after.length).toBe(before.length);
  for (const [i, count] of after.entries()) expect(count / (before[i] ?? 0)).toBeCloseTo(1, 9);
});

test("a change behind `where` is found in a formula that is too long to be written out", async () => {
  const squares = Array.from({ length: 30 }, (_, i) => `w${i + 1} = w${i} * w${i}`).join(", ");
  const withFirst = (first: string): string =>
    `${old}\nfunction tower(x: number): number = w30 where w0 = ${first}, ${squares}\n`;
  expect((await diff(withFirst("x"), withFirst("x + 1"))).lines).toEqual([
    "physics: function tower: formula",
  ]);
});

describe("in a formula that is too long to be written out, a name that comes to mean something else is found", () => {
  const sums = Array.from({ length: 18 }, (_, i) => `f${i + 1} = f${i} + f${i}`).join(", ");
  const withLong = (first: string): string =>
    formulas
      .replace("detector Small {", "constant k0 = 0.9\n\ndetector Small {")
      .replace(/efficiency\(x\) = .*/, `efficiency(x) = f18/262144 where f0 = ${first}, ${sums}`);

  test.each([
    ["a `let` of the block", withLong("k0"), "    efficiency", "    let k0 = 0.5\n    efficiency"],
    ["a `let` further out", withLong("k0"), "  observable", "  let k0 = 0.5\n  observable"],
    [
      "a constant for one of the language",
      withLong("pi/4"),
      "detector Small",
      "constant pi = 2\n\ndetector Small",
    ],
    [
      "a function for one of the language",
      withLong("cos(0.5)"),
      "detector Small",
      "function cos(x: number): number = 0.5\n\ndetector Small",
    ],
  ])("%s", async (_, before, from, to) => {
    const now = before.replace(from, to);
    expect(await countsOf(now)).not.toEqual(await countsOf(before));
    const { code, lines } = await diff(before, now);
    expect(lines.join("\n")).toContain("physics: detector Small / observable energy / efficiency: formula");
    expect(code).toBe(1);
    expect((await diff(before, `${before}\n// The same.\n`)).lines).toEqual([]);
  });
});

describe("what is the same only up to rounding changes counts where large numbers cancel", () => {
  const withEfficiency = (formula: string): string =>
    formulas.replace(/efficiency\(x\) = .*/, `efficiency(x) = ${formula}`);

  test.each([
    ["terms in another order", "0.5 + 4.0e16 - 4.0e16 + 0.1", "4.0e16 - 4.0e16 + 0.5 + 0.1"],
    [
      "digits of a number",
      "(1.0000000000000009 eV - 1 eV)/eV * 1e15 * 0.1",
      "(1.0000000000000036 eV - 1 eV)/eV * 1e15 * 0.1",
    ],
  ])("%s", async (_, was, is) => {
    const [before, now] = [withEfficiency(was), withEfficiency(is)];
    expect(await countsOf(now)).not.toEqual(await countsOf(before));
    expect(await diff(before, now)).toEqual({
      code: 1,
      lines: ["numeric: detector Small / observable energy / efficiency: the same up to rounding"],
    });
  });
});

test("of parameters that are declared alike, each gets the name that its uses have now", async () => {
  const withTwo = (first: string, second: string, formula: string): string =>
    meanings
      .replace(/parameter g = (.*)\n/, `parameter ${first} = $1\n  parameter ${second} = $1\n`)
      .replace("strength = g^2", `strength = (${formula})`)
      .replace("Extra.g^2", "0.5")
      .replace("  free s2w\n", `  free ${formula.slice(0, 1)}\n`);
  expect(await diff(withTwo("a", "b", "a - 2*b"), withTwo("x", "y", "y - 2*x"))).toEqual({
    code: 1,
    lines: [
      "interface: interaction Extra / parameter a: renamed: a → y",
      "interface: interaction Extra / parameter b: renamed: b → x",
    ],
  });
});

test("terms of one sum in another order, as statements of their own, change counts where they cancel", async () => {
  const withTerms = (...terms: readonly string[]): string =>
    formulas
      .replace(
        "interaction Terms {",
        "interaction Terms {\n  parameter big = 4.0e16 in 0 .. 1e20\n  parameter h = 0.1",
      )
      .replace(/ {2}charge\[l\] \+= 0\.5 .*\n/, terms.map((one) => `  charge[l] += ${one}\n`).join(""));
  const before = withTerms("big", "-big*cos(h - 0.1)", "10*h");
  const now = withTerms("10*h", "big", "-big*cos(h - 0.1)");
  expect(await countsOf(now)).not.toEqual(await countsOf(before));
  expect(await diff(before, now)).toEqual({
    code: 1,
    lines: ["numeric: interaction Terms / charge: the same up to rounding"],
  });
});

test("for people, the gravest first", () =>
  inFolder(
    {
      "old.sevens": old,
      "new.sevens": old.replace("100 kg", "120 kg").replace("A detector.", "Our detector."),
    },
    async (cwd) => {
      const { code, stdout } = await sevens(["diff", "old.sevens", "new.sevens"], { cwd });
      expect(code).toBe(1);
      expect(stdout).toBe(
        [
          "numeric: other values, errors, ranges or roundings",
          "  detector Small / target Ge: value: 100 kg → 120 kg",
          "",
          "cosmetic: the same results",
          "  detector Small: documentation",
          "",
        ].join("\n"),
      );
    },
  ));

test("the name of the file makes no difference, also where a constant has the name of a built-in one", () => {
  const own = old
    .replace("/// A detector.", "constant pi = 0.9\n\n/// A detector.")
    .replace("efficiency(x) = 0.9", "efficiency(x) = pi");
  return inFolder({ "n3.sevens": own, "n3copy.sevens": own }, async (cwd) => {
    const { code, stdout, stderr } = await sevens(["diff", "n3.sevens", "n3copy.sevens"], { cwd });
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "the same\n" });
  });
});
