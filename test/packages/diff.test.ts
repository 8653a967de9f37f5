/** Differences of two versions of a spec: `diff/old.sevens` and what each edit of it is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { inFolder, sevens, violations } from "../cli/harness.ts";
import pairs from "./diff/pairs.json" with { type: "json" };

const old = readFileSync(fileURLToPath(new URL("./diff/old.sevens", import.meta.url)), "utf8");

async function diff(now: string) {
  const files = { "old.sevens": old, "new.sevens": now };
  return inFolder(files, (cwd) => sevens(["diff", "old.sevens", "new.sevens", "--format", "json"], { cwd }));
}

test.each(pairs)("$name", async ({ from, to, found }) => {
  expect(old).toContain(from);
  const { code, stdout } = await diff(old.replace(from, to));
  expect(violations("diff", stdout)).toBeUndefined();
  const {
    differences,
  }: {
    differences: readonly {
      kind: string;
      declaration: string;
      path: string[];
      what: string;
      before?: string;
      after?: string;
    }[];
  } = JSON.parse(stdout);
  const lines = differences.map(({ kind, declaration, path, what, before, after }) => {
    const change = before === undefined ? "" : `: ${before} → ${after}`;
    return `${kind}: ${[declaration, ...path].join(" / ")}: ${what}${change}`;
  });
  expect(lines).toEqual(found);
  expect(code).toBe(found.some((one) => /^(physics|numeric)/.test(one)) ? 1 : 0);
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
          "numeric: other values, errors or ranges",
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
