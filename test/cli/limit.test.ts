import { describe, expect, it } from "vitest";
import { normalBelow } from "../../runtime/normal.ts";
import { findRoot } from "../../runtime/roots.ts";
import { darkCounter } from "../physics/spec-parts.ts";
import { inFolder, projection, sevens, textIn, violations } from "./harness.ts";

/** Of a projection, with a free mixing angle and a quenching that is known. */
const plain = projection.replace("  profile Ge1.k\n", "");

async function limit(args: readonly string[], stdin = plain) {
  return sevens(["limit", "-", ...args], { stdin });
}

describe("a limit", () => {
  it("of a projection is what is expected", async () => {
    const args = ["--method", "cls", "--null", "s2w = 0.23857"];
    const { code, stdout, stderr } = await limit(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Ge1Sensitivity   s2w at 90%: CLs, in the limit of many events");
    expect(stdout).not.toContain("observed");
    const json = (await limit([...args, "--format", "json"])).stdout;
    expect(violations("limit", json)).toBeUndefined();
    const { expected, observed, toys } = JSON.parse(json);
    expect({ observed, toys }).toEqual({ observed: null, toys: null });
    const values: readonly number[] = expected.map(({ value }: { readonly value: number }) => value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    // Near the truth the likelihood is parabolic: the median is 1.645 of the width that the fit finds.
    const fit = JSON.parse((await sevens(["fit", "-", "--format", "json"], { stdin: plain })).stdout);
    const { errors, value } = fit.analyses[0].parameters[0];
    const median = findRoot((s) => normalBelow(-s) / 0.5 - 0.1, 0, 10)!;
    expect((values[2]! - value) / (median * errors[1])).toBeCloseTo(1, 1);
  });

  it("by toys agrees, and is written with its tests", { timeout: 120_000 }, async () => {
    await inFolder({ "ge.sevens": plain }, async (cwd) => {
      const args = ["limit", "ge.sevens", "--method", "cls", "--null", "s2w = 0.23857", "--expected"];
      const grid = ["--grid", "s2w in 0.24 .. 0.36 7 points", "--toys", "300", "--data", "tests.csv"];
      const byToys = await sevens([...args, ...grid, "--format", "json", "-o", "limit.json"], { cwd });
      expect(byToys).toMatchObject({ code: 0, stderr: "" });
      const found = JSON.parse(textIn(cwd, "limit.json"));
      expect(violations("limit", JSON.stringify(found))).toBeUndefined();
      const many = JSON.parse((await sevens([...args, "--format", "json"], { cwd })).stdout);
      expect(found.toys).toEqual({ count: 300, seed: 1, failed: 0 });
      for (const i of [1, 2, 3]) {
        const distance = many.expected[i].value - 0.23857;
        expect(Math.abs(found.expected[i].value - many.expected[i].value)).toBeLessThan(0.2 * distance);
      }
      const tests = textIn(cwd, "tests.csv").trimEnd().split("\n");
      expect(tests).toHaveLength(8);
      expect(tests[0]).toBe("s2w,t,asymptotic,critical,critical_low,critical_high,share");
    });
  });

  it("by Feldman and Cousins is an interval", { timeout: 120_000 }, async () => {
    const grid = ["--grid", "s2w in 0.1 .. 0.3 5 points", "--toys", "100"];
    const { code, stdout } = await limit([
      "--method",
      "feldman-cousins",
      ...grid,
      "--format",
      "json",
      "--expected",
    ]);
    expect(code).toBe(0);
    expect(violations("limit", stdout)).toBeUndefined();
    expect(JSON.parse(stdout).points[2]).toMatchObject({ at: 0.2, t: null, share: null });
  });

  it.each([
    [["--method", "feldman-cousins"], "toys need a grid"],
    [["--method", "cls", "--grid", "s2w in 0.1 .. 0.3 5 points"], "a grid is for toys"],
    [["--parameter", "s2v"], "no parameter `s2v`"],
    [["--level", "90%,95%"], "a limit has one level"],
    [["--null", "Ge1.k = 0.2"], "this is no value of `s2w`"],
    [["--method", "cls", "--toys", "10", "--grid", "k 3 points", "--parameter", "s2w"], "the grid is of"],
    [["--seed", "-3"], "It is not a whole number"],
  ])("%j is refused", async (args, problem) => {
    const { code, stdout, stderr } = await limit(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });

  it("by few toys is told with a warning", async () => {
    const grid = ["--grid", "s2w in 0.1 .. 0.3 3 points", "--toys", "20"];
    const { code, stderr } = await limit([
      "--parameter",
      "s2w",
      "--method",
      "cls",
      "--level",
      "95%",
      ...grid,
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain("warning[SV1812]: of 20 toys at each value only 1 lie beyond the level");
  });

  it("ends where chi2 stops being finite, and says so", async () => {
    const spec = `sevens 1
use materials { Ge }
source Beam {
  fluence = 1e10 / cm^2
  spectrum[nu_mu](E) = delta(E - 30 MeV)
}
detector Counter {
  target Ge = 1 g
  observable recoil: keVnr { value(T) = T }
}
experiment Count {
  source Beam
  detector Counter
  bins recoil = [1, 100] keVnr
  data = [3]
  parameter mu = 1 in 0 .. 10
  background Mu {
    shape = [1]
    total = mu + 0.001*sqrt(5 - mu)
  }
}
interaction None { charge[l] += 0*N*Fn(q) }
analysis A {
  model = None
  experiments = Count
  free mu
}
`;
    const { code, stdout } = await limit(["--method", "cls", "--level", "99%"], spec);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/\b(?:4\.9\d+|5|5\.000)\b.*ends above where chi2 is no longer finite/);
  });
});

/** A peak somewhere on a flat background. */
const bump = `sevens 1
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 2, 4, 6, 8, 10, 12] PE
  parameter size = 1 in 0 .. 200
  parameter place = 5 in 2 .. 10
  background Bump {
    events(n) = size * normal_pdf(n, place * 1 PE, 1 PE)
  }
  background Flat {
    events(n) = 10 / (2 PE)
  }
  data = [11, 9, 10, 12, 8, 10]
}
analysis Search {
  model = StandardModel
  experiments = Run
  free Run.size
  free Run.place
}
`;
const fixed = bump.replace("  free Run.place\n", "");

describe("a parameter that means nothing without a signal", () => {
  it("makes limits in the limit of many events warn, and those by toys not", {
    timeout: 60_000,
  }, async () => {
    const of = (more: readonly string[], spec = bump) => limit(["--parameter", "Run.size", ...more], spec);
    const found = await of([]);
    expect(found.code).toBe(0);
    expect(found.stderr).toContain("warning[SV1814]: Run.place means nothing at Run.size = 0");
    expect(found.stderr).toContain("make toys");
    expect((await of([], fixed)).stderr).toBe("");
    const moving = bump.replace("10 / (2 PE)", "(10 + place) / (2 PE)");
    expect((await of([], moving)).stderr).toBe("");
    const toys = await of(["--toys", "20", "--grid", "Run.size in 0 .. 40 3 points"]);
    expect(toys.stderr).not.toContain("SV1814");
  });

  it("makes fits warn, unless the signal is beyond doubt", async () => {
    const fitted = (stdin: string) => sevens(["fit", "-"], { stdin });
    expect((await fitted(bump)).stderr).toContain("SV1814");
    expect((await fitted(bump.replace("12, 8, 10]", "112, 78, 10]"))).stderr).toBe("");
    expect((await fitted(fixed)).stderr).toBe("");
  });
});

describe("a signal of two signs", () => {
  const squared = (range: string): string =>
    bump
      .replace("11, 9, 10, 12, 8, 10", "11, 9, 14, 12, 8, 10")
      .replace("size * normal_pdf(n, place * 1 PE", "size*size * normal_pdf(n, place * 1 PE")
      .replace("  parameter size = 1 in 0 .. 200", `  parameter size = 1 ${range}`)
      .replace("  free Run.place\n", "");

  it("has several minima, which a limit tells unless the range has one sign", async () => {
    const both = await limit(["--parameter", "Run.size"], squared("in -6 .. 6"));
    expect(both.code).toBe(0);
    expect(both.stderr).toContain(
      "warning[SV1816]: an upper limit counts from one minimum, but the likelihood has several in Run.size: ",
    );
    const one = await limit(["--parameter", "Run.size"], squared("in 0 .. 6"));
    expect(one.stderr).not.toContain("SV1816");
  });
});
