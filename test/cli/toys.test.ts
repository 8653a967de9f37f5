import { describe, expect, it } from "vitest";
import { projection, sevens, violations } from "./harness.ts";

/** Of a projection, with a quenching that is known. */
const plain = projection.replace("  profile Ge1.k\n", "");

/** One bin whose expectation is no number below k = 0.5, where fits of few counts are drawn to. */
const wall = `sevens 1
use materials { Ge }
use interactions { StandardModel }

source Beam {
  input distance: length
  fluence = 1 / (4*pi*distance^2)
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Counter {
  target Ge = 1 g
  observable recoil: keVnr { value(T) = T }
}
experiment Wall {
  source Beam {
    distance = 20 m
  }
  detector Counter
  bins recoil = [2, 26] keVnr
  data = [3]
  parameter k = 1.06 in 0 .. 3 "no counts are defined below a half"
  background Root {
    events(T) = 4 * sqrt(k - 0.5) / (24 keVnr)
  }
}
analysis Root {
  model = StandardModel
  experiments = Wall
  free k
  interval = 90%
}
`;

async function toys(stdin: string, ...args: readonly string[]) {
  return sevens(["toys", "-", ...args], { stdin });
}

describe("toys", () => {
  it("of a projection are compared with no data", async () => {
    const { code, stdout, stderr } = await toys(plain, "--count", "100", "--format", "json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(violations("toys", stdout)).toBeUndefined();
    expect(JSON.parse(stdout)).toMatchObject({
      analysis: "Ge1Sensitivity",
      tested: [{ name: "s2w", unit: "" }],
      truths: [{ at: [expect.closeTo(0.23857, 6)], failed: 0, levels: [{ level: 0.6827 }], observed: null }],
    });
  });

  it("are told as a table and as CSV, at each truth and level", async () => {
    const args = ["--at", "s2w = 0.2, 0.25", "--level", "1sigma,90%", "--count", "50"];
    const { stdout } = await toys(plain, ...args);
    expect(stdout).toMatch(
      /^Ge1Sensitivity {3}50 toys, seed 1, nuisances at their best values given the data\n/,
    );
    expect(stdout).toMatch(/0\.2500 +90% +\d+\.\d\d% +\d+\.\d\d%/);
    const { stdout: csv } = await toys(plain, ...args, "--format", "csv");
    const rows = csv.trimEnd().split("\n");
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatch(/^s2w,level,coverage,coverage_error,critical,/);
  });

  it("without a fit are counted, and end with exit code 3 behind the result", async () => {
    const { code, stdout, stderr } = await toys(
      wall,
      "--at",
      "k = 0.56",
      "--count",
      "200",
      "--format",
      "json",
    );
    expect(code).toBe(3);
    expect(violations("toys", stdout)).toBeUndefined();
    const [{ failed }] = JSON.parse(stdout).truths;
    expect(failed).toBeGreaterThan(10);
    expect(stderr).toContain(`of ${failed} of 200 toys, which are left out; the first at k = 0.56`);
  });

  it("cannot be made where there is no fit, or no number", async () => {
    const nowhere = await toys(wall, "--at", "k = 0.2");
    expect(nowhere).toMatchObject({ code: 3, stdout: "" });
    expect(nowhere.stderr).toContain("toys need the best values at each point, and 1 of 1 have none");
    expect(nowhere.stderr).toContain("26 | analysis Root {");
  });

  it.each([
    [["--count", "0"], "It is not a positive whole number"],
    [["--count", "5000000"], "4000000 at most"],
    [["--at", "s2v = 0.2"], "no parameter `s2v`"],
    [["--at", "s2w = 2"], "beyond the range of `s2w`"],
    [["--level", "90"], "It is not a level"],
  ])("%j are refused", async (args, problem) => {
    const { code, stdout, stderr } = await toys(plain, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });

  const listed = plain
    .replace("  data = asimov\n", "  likelihood = unbinned\n")
    .replace("  // A shape is normalised", "  events = [[0.6], [1.1], [2.7]]\n  // A shape is normalised");

  it("of events one by one are the same on one thread and on two, and are no test of the fit", async () => {
    const args = ["--at", "s2w = 0.2, 0.24", "--count", "12", "--format", "json"];
    const [one, two] = await Promise.all(
      ["1", "2"].map((workers) => toys(listed, ...args, "--workers", workers)),
    );
    expect(one).toMatchObject({ code: 0, stderr: "" });
    expect(two!.stdout).toBe(one!.stdout);
    expect(violations("toys", one!.stdout)).toBeUndefined();
    for (const { observed, failed } of JSON.parse(one!.stdout).truths) {
      expect(failed).toBe(0);
      expect(observed.t).toBeGreaterThan(0);
      expect(observed.goodness).toEqual({ value: null, error: null });
    }
    const { stdout: table } = await toys(listed, "--at", "s2w = 0.2", "--count", "8");
    expect(table).toMatch(/% +-?\d+\.\d+ +- +-\n/);
  });

  it("of events one by one give limits, expected ones from Asimov data", async () => {
    const args = ["limit", "-", "--method", "cls", "--parameter", "s2w", "--expected", "--format", "json"];
    const { code, stdout, stderr } = await sevens(args, { stdin: listed });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout).expected).toHaveLength(5);
  });

  it("of events whose density has a spike that is not found are refused", async () => {
    const spiked = listed.replace(
      /shape\(\w+\) = [^\n]+/,
      "shape(n) = 1/(1 eVee) for n in 1.0001 keVee .. 1.0002 keVee",
    );
    const { code, stderr } = await toys(spiked, "--count", "10");
    expect(code).toBe(3);
    expect(stderr).toContain("SV1810");
  });
});
