import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inFolder, projection, sevens, violations } from "./harness.ts";

/** Of a projection with its mixing angle and a background. */
const plane = ["--grid", "s2w in 0.1 .. 0.4 9 points", "--grid", "Ge1.k in 0.1 .. 0.25 9 points"];

async function contour(...args: readonly string[]) {
  return sevens(["contour", "-", ...args], { stdin: projection });
}

test("contours are told as JSON, closed around the lowest point", async () => {
  const { code, stdout, stderr } = await contour(...plane, "--level", "1sigma,90%", "--format", "json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(violations("contour", stdout)).toBeUndefined();
  const { contours, best, failed } = JSON.parse(stdout);
  expect(failed).toBe(0);
  expect(best[0]).toBeCloseTo(0.23857, 3);
  expect(contours.map(({ label, rise }: { label: string; rise: number }) => [label, rise])).toEqual([
    ["1σ", expect.closeTo(2.2957, 4)],
    ["90%", expect.closeTo(4.6052, 4)],
  ]);
  for (const { lines } of contours) expect(lines.length).toBeGreaterThan(0);
});

test("as CSV they are drawn by `plot`", async () => {
  await inFolder({ "ge.sevens": projection }, async (folder) => {
    const table = `${folder}/plane.csv`;
    const made = await sevens(["contour", `${folder}/ge.sevens`, ...plane, "--dof", "1", "-o", table]);
    expect({ code: made.code, stdout: made.stdout }).toEqual({ code: 0, stdout: "" });
    const [head, lowest] = readFileSync(table, "utf8").split("\n");
    expect(head).toBe("level,rise,line,closed,s2w,Ge1.k");
    expect(lowest).toMatch(/^minimum,0,0,false,0\.238/);
    const drawn = await sevens(["plot", table, "--best"]);
    expect({ code: drawn.code, stderr: drawn.stderr }).toEqual({ code: 0, stderr: "" });
    expect(drawn.stdout).toMatch(/^<svg/);
  });
});

test.each([
  [["--grid", "s2w in 0.1 .. 0.4 9 points"], "a plane has two grids, not 1"],
  [["--grid", "s2w = 0.2", "--grid", "Ge1.k in 0.1 .. 0.2 3 points"], "`s2w` has one value"],
  [[...plane, "--refine", "9"], "It is not a whole number from 0 to 8"],
])("%j is refused", async (args, message) => {
  const { code, stderr } = await contour(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
