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
    const [head, lowest, ...rows] = readFileSync(table, "utf8").split("\n");
    expect(rows.slice(0, 2)).toEqual(["plane,0,0,false,0.1,0.1", "plane,0,0,false,0.4,0.25"]);
    expect(head).toBe("level,rise,line,closed,s2w,Ge1.k");
    expect(lowest).toMatch(/^minimum,0,0,false,0\.238/);
    const drawn = await sevens(["plot", table, "--best"]);
    expect({ code: drawn.code, stderr: drawn.stderr }).toEqual({ code: 0, stderr: "" });
    expect(drawn.stdout).toMatch(/^<svg/);
  });
});

/** Constraints on two parameters of a projection, and nothing else that they act on. */
const constrained = (constraints: string): string =>
  `${projection.slice(0, projection.indexOf("/// How well"))}analysis Both {
  model = StandardModel
  experiments = Ge1Run
  fix Ge1Run.Flat = 0
  fix Ge1Run.flux = 0
  data = asimov
  parameter a = 0.3 in -1 .. 1
  parameter b = 0.3 in -1 .. 1
${constraints}
}
`;

const square = ["--grid", "a in -1 .. 1 9 points", "--grid", "b in -1 .. 1 9 points"];

async function linesOf(constraints: string, ...args: readonly string[]) {
  const all = ["contour", "-", ...square, "--level", "90%", "--format", "json", ...args];
  const { code, stdout, stderr } = await sevens(all, { stdin: constrained(constraints) });
  const [{ settled, lines }] = JSON.parse(stdout).contours;
  return { code, stderr, settled, lines: lines.map(({ closed }: { closed: boolean }) => closed) };
}

test("strips stay whole, and all islands are found", async () => {
  const strips = "  constraint product { value = a*b; measured = 0.05 +- 0.003 }";
  const whole = { code: 0, stderr: "", settled: true };
  expect(await linesOf(strips)).toEqual({ ...whole, lines: [false, false, false, false] });
  const islands = `  constraint wave { value = sin(8*a); measured = 0.1 +- 0.03 }
  constraint line { value = b - 0.3*a; measured = 0 +- 0.01 }`;
  expect(await linesOf(islands)).toEqual({ ...whole, lines: [true, true, true, true, true] });
});

test("why there is no line is told", async () => {
  const spot = `  constraint first { value = a; measured = 0.123 +- 1e-6 }
  constraint second { value = b; measured = 0.456 +- 1e-6 }`;
  const hidden = await linesOf(spot);
  expect(hidden).toMatchObject({ code: 0, settled: false, lines: [] });
  expect(hidden.stderr).toContain("warning[SV1813]: the contours of Both may lack lines");
  expect(hidden.stderr).toContain("a minimum at a = 0.123, b = 0.456 without a line at 90% around it");
  expect(hidden.stderr).not.toContain("the plane ends before");
  const wide = "  constraint sum { value = a + b; measured = 0 +- 10 }";
  expect(await linesOf(wide)).toMatchObject({
    settled: true,
    lines: [],
    stderr: expect.stringContaining("no contour at 90%: the plane ends before"),
  });
  expect(await linesOf(wide, "--minimum", "-100")).toMatchObject({
    stderr: expect.stringContaining("no contour at 90%: nowhere in the plane is chi2 so low"),
  });
});

test("a picture of a single level names it, and its axes end with the plane", async () => {
  const table = [
    "level,rise,line,closed,a,b",
    "minimum,0,0,false,3,0",
    "plane,0,0,false,-1,-2",
    "plane,0,0,false,1,2",
    ...[-1, -0.5, 0, 0.5, 1].map((a) => `90%,4.6,1,false,${a},${2 * a}`),
  ].join("\n");
  await inFolder({ "strip.csv": table }, async (cwd) => {
    const { code, stdout } = await sevens(["plot", "strip.csv", "--best"], { cwd });
    expect(code).toBe(0);
    const texts = [...stdout.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
    expect(texts).toContain("90%");
    const numbers = texts.map((text) => Number(text.replace("−", "-"))).filter(Number.isFinite);
    expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([-2, 2]);
    const labelled = await sevens(["plot", "strip.csv", "strip.csv", "--label", "A", "--label", "B"], {
      cwd,
    });
    for (const text of ["A, 90%", "B, 90%"]) expect(labelled.stdout).toContain(`>${text}<`);
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

test("a best fit outside of the plane is told of, in tables and pictures", async () => {
  const spec = constrained(
    "  constraint sum { value = a + b; measured = 0.2 +- 0.3 }\n  constraint difference { value = a - b; measured = 0.1 +- 0.3 }",
  );
  const edge = ["--grid", "a in 0.5 .. 1 9 points", "--grid", "b in -1 .. 1 9 points", "--level", "90%"];
  const json = await sevens(["contour", "-", ...edge, "--format", "json"], { stdin: spec });
  expect(violations("contour", json.stdout)).toBeUndefined();
  const { best, bestInside } = JSON.parse(json.stdout);
  expect(best).toEqual([expect.closeTo(0.15, 4), expect.closeTo(0.05, 4)]);
  expect(bestInside).toBe(false);
  expect(json.stderr).toContain("the best fit lies outside of the plane, at a = 0.15, b = 0.05");
  await inFolder({ "a.sevens": spec }, async (folder) => {
    const table = `${folder}/a.csv`;
    await sevens(["contour", `${folder}/a.sevens`, ...edge, "-o", table]);
    expect(readFileSync(table, "utf8").split("\n")[1]).toMatch(/^minimum outside,0,0,false,0\.1[45]/);
    const { stdout } = await sevens(["plot", table, "--best"]);
    expect(stdout).toContain("lowest χ², outside at (0.15, 0.05)");
  });
  const whole = await sevens(["contour", "-", ...square, "--format", "json"], { stdin: spec });
  expect(JSON.parse(whole.stdout).bestInside).toBe(true);
  expect(whole.stderr).toBe("");
});
