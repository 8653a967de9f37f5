import { describe, expect, it } from "vitest";
import type { AnalysisFit, FitOutput } from "../../compiler/cli/schemas/fit.ts";
import { darkCounter } from "../physics/spec-parts.ts";
import { inFolder, neutronRadius, projection, sevens, violations, weakMixingAngle } from "./harness.ts";

async function fitOf(file: string, stdin = ""): Promise<FitOutput> {
  const { code, stdout, stderr } = await sevens(["fit", file, "--format", "json"], { stdin });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(violations("fit", stdout)).toBeUndefined();
  return JSON.parse(stdout);
}

describe("fit", () => {
  it("finds the neutron radius of CsI", async () => {
    const [fit] = (await fitOf(neutronRadius)).analyses;
    expect(fit).toMatchObject({ name: "NeutronRadius", converged: true, reason: null });
    const [Rn] = fit!.parameters;
    expect(Rn).toMatchObject({ name: "Rn", unit: "fm", status: ["found", "found"] });
    expect(Rn!.value).toBeGreaterThan(4.9);
    expect(Rn!.value).toBeLessThan(5.9);
    expect(Rn!.errors[0]).toBeGreaterThan(0.2);
    expect(fit!.nuisances.map(({ name }) => name).sort()).toEqual(
      ["BRN", "NIN", "SSB", "norm"].map((name) => `CsI2021.${name}`),
    );
    expect(fit!.degreesOfFreedom).toBe(98);
    expect(fit!.intervals.map(({ level }) => level)).toEqual([0.6827, 0.9]);
    for (const { regions } of fit!.intervals) {
      expect(regions).toEqual([expect.objectContaining({ status: ["found", "found"] })]);
    }
    expect(Rn!.minima).toEqual([{ value: Rn!.value, above: 0 }]);
    expect(fit!.correlation.names).toContain("Rn");
    expect(fit!.covarianceFrom).toBe("gradient-differences");
    const { names, units, matrix } = fit!.covariance;
    const place = names.indexOf("Rn");
    expect(units[place]).toBe("fm");
    expect(Math.sqrt(matrix[place]![place]!)).toBeCloseTo(Rn!.parabolic!, 10);
    for (const [i, row] of matrix.entries()) {
      for (const [j, element] of row.entries()) {
        const scale = Math.sqrt(matrix[i]![i]! * matrix[j]![j]!);
        expect(element! / scale).toBeCloseTo(fit!.correlation.matrix[i]![j]!, 10);
      }
    }
  });

  it("says where random starts ended", async () => {
    const text = await sevens(["fit", neutronRadius, "--starts", "20", "--seed", "7"]);
    expect(text.stdout).toContain("20 random starts (seed 7): 20 ended in the minimum");
    const json = await sevens(["fit", neutronRadius, "--starts", "20", "--format", "json"]);
    expect(violations("fit", json.stdout)).toBeUndefined();
    const [fit] = (JSON.parse(json.stdout) as FitOutput).analyses;
    expect(fit!.randomStarts).toMatchObject({ count: 20, seed: 1, endedIn: [20], failed: 0 });
    const wrong = await sevens(["fit", neutronRadius, "--starts", "-1"]);
    expect(wrong.code).toBe(2);
  });

  it("names a freed parameter of a model as the analysis does", async () => {
    const [fit] = (await fitOf(weakMixingAngle)).analyses;
    expect(fit!.parameters.map(({ name }) => name)).toEqual(["s2w"]);
  });

  it("finds the values of the spec in a projection", async () => {
    const [fit] = (await fitOf("-", projection)).analyses;
    expect(fit!.minimum).toBeCloseTo(0, 6);
    expect(fit!.pValue).toBeNull();
    expect(fit!.parameters[0]!.value).toBeCloseTo(0.23857, 5);
    expect(Math.abs(fit!.nuisances[0]!.pull!)).toBeLessThan(1e-4);
  });

  it("prints tables for people and rows for programs", async () => {
    const table = await sevens(["fit", "-", "--correlation"], { stdin: projection });
    expect(table.stdout).toMatch(/^Ge1Sensitivity {3}projection/);
    expect(table.stdout).toMatch(/parameter +value +- +\+ +unit/);
    expect(table.stdout).toMatch(/nuisance +value +error +pull/);
    expect(table.stdout).toMatch(/correlation .*s2w/);
    expect(table.stdout).toContain("second derivatives from differences of the exact gradient");
    const csv = await sevens(["fit", "-", "--format", "csv"], { stdin: projection });
    const [head, first] = csv.stdout.split("\n");
    expect(head).toBe("analysis,minimum,kind,name,value,unit,minus,plus,level,low,high,pull");
    expect(first).toMatch(/^Ge1Sensitivity,.*,free,s2w,0\.2385/);
  });

  it("shows what it is at on a terminal only", async () => {
    const quiet = await sevens(["fit", "-"], { stdin: projection });
    expect(quiet.stderr).toBe("");
    const loud = await sevens(["fit", "-"], { stdin: projection, tty: true });
    expect(loud.stderr).toContain("fitting Ge1Sensitivity: looking for the minimum");
    expect(loud.stderr.endsWith("\r\u001b[2K")).toBe(true);
  });

  it("lets no name say something to the terminal while it shows what it is at", async () => {
    // The title of the window, and a line above.
    const file = "a\u001b]0;title\u0007\u001b[1Ab\nc\u202e.sevens";
    const { code, stderr } = await inFolder({ [file]: projection }, (cwd) =>
      sevens(["fit", file], { cwd, tty: true }),
    );
    expect(code).toBe(0);
    expect(stderr).toContain("compiling a\ufffd]0;title\ufffd\ufffd[1Ab\ufffdc\ufffd.sevens");
    expect(stderr.replaceAll("\r\u001b[2K", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it("a fit that does not converge is no result", async () => {
    // The light yield is the root of a number that the fit starts with below zero.
    const stdin = projection
      .replace("k = 0.16 +- 0.01 in 0.05 .. 0.3", "k = -0.1 +- 0.01 in -1 .. 0.3")
      .replace("k * T * keVee/keVnr", "sqrt(k) * T * keVee/keVnr");
    const table = await sevens(["fit", "-"], { stdin });
    expect({ code: table.code, stdout: table.stdout }).toEqual({ code: 3, stdout: "" });
    expect(table.stderr).toMatch(/SV18\d\d/);
  });

  it("needs an analysis", async () => {
    const stdin = projection.slice(0, projection.indexOf("/// How well"));
    const { code, stderr } = await sevens(["fit", "-"], { stdin });
    expect(code).toBe(2);
    expect(stderr).toContain("error[SV1902]: `<stdin>` has no analysis");
  });
});

describe("fit of two parameters in one combination", () => {
  const strip = `sevens 1
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 10] PE
  parameter a = 0.2 in -1 .. 1
  parameter b = 0.1 in -1 .. 1
  background Sum {
    events(n) = (100 + 40*(a + b)) / (10 PE)
  }
  data = [112]
}
analysis Strip {
  model = StandardModel
  experiments = Run
  free Run.a
  free Run.b
  interval = 90%
}
`;

  it("tells of a valley of equal minima once", async () => {
    const { code, stdout } = await sevens(["fit", "-"], { stdin: strip });
    expect(code).toBe(0);
    expect(stdout).toMatch(/the profile of Run\.a has a valley of equal minima from -0\.70\d* to 1\b/);
    expect(stdout.match(/minima/g)).toHaveLength(2);
    const [fit] = (await fitOf("-", strip)).analyses;
    expect(fit!.parameters.map(({ minima }) => minima.length)).toEqual([1, 1]);
  });

  it("tells of other minima that are as low once, where no profile was asked for", async () => {
    const ring = strip.replace("(a + b)", "(a^2 + b^2)").replace("  interval = 90%\n", "");
    const { stdout } = await sevens(["fit", "-", "--starts", "20"], { stdin: ring });
    expect(stdout.match(/as low: .*a valley of equal minima/g)).toHaveLength(1);
    expect(stdout).not.toContain("above in chi2");
  });
});

describe("fit --over", () => {
  const years = projection
    .replace("experiment Ge1Run {", 'experiment Ge1Run {\n  parameter years = 1 in 0.1 .. 10 "of running"')
    .replace("protons = 1.5e23 POT", "protons = years * 1.5e23 POT");

  it("makes a projection anew for each value of a fixed parameter", async () => {
    const args = ["fit", "-", "--over", "years = 1, 4, 9"];
    const { code, stdout, stderr } = await sevens([...args, "--format", "json"], { stdin: years });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(violations("fit-over", stdout)).toBeUndefined();
    const { points } = JSON.parse(stdout);
    expect(points.map(({ at }: { at: number }) => at)).toEqual([1, 4, 9]);
    const errors = points.map(({ fit }: { fit: AnalysisFit }) => fit.parameters[0]!.parabolic);
    for (const { fit } of points) expect(fit.minimum).toBeCloseTo(0, 6);
    // More data, smaller errors, but none smaller than by the root of their amount.
    expect(errors[1]).toBeLessThan(errors[0]);
    expect(errors[1]).toBeGreaterThan(errors[0] / 2 - 1e-9);
    const csv = (await sevens([...args, "--format", "csv"], { stdin: years })).stdout.trimEnd().split("\n");
    expect(csv).toHaveLength(4);
    expect(csv[0]).toMatch(/^[\w.]*years,chi2,s2w,s2w_minus,s2w_plus,.*,converged$/);
  });

  it("is not for a fitted parameter", async () => {
    const { code, stderr } = await sevens(["fit", "-", "--over", "s2w = 0.2, 0.3"], { stdin: years });
    expect(code).toBe(2);
    expect(stderr).toContain("`s2w` is fitted");
  });
});
