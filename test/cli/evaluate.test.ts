import { describe, expect, it } from "vitest";
import { inFolder, sevens, textIn, violations } from "./harness.ts";

const spec = `sevens 1
use functions/weakMixingAngle { weakMixingAngle }

/// Doubles.
function twice(x: length): length = 2*x
constant side = 3 fm
function couplingOf(l: flavor): number = 1
`;

const world = { "a.sevens": spec };

describe("evaluate", () => {
  it("prints values of constants and functions, with their units", async () => {
    await inFolder(world, async (cwd) => {
      const { code, stdout } = await sevens(["evaluate", "a.sevens", "twice(side)", "2*3"], { cwd });
      expect(code).toBe(0);
      const [head, , values] = stdout.split("\n").map((line) => line.trim().split(/\s{2,}/));
      expect(head).toEqual(["twice(side) [fm]", "2*3"]);
      expect(values).toEqual(["6", "6"]);
    });
  });

  it("runs over grids, the last variable fastest, in the units of their values", async () => {
    await inFolder(world, async (cwd) => {
      const grids = ["--grid", "x in 1 fm .. 3 fm 3 points", "--grid", "k = 1, 10"];
      const args = [
        "evaluate",
        "a.sevens",
        "k*twice(x)",
        "x/side",
        ...grids,
        "--format",
        "csv",
        "-o",
        "t.csv",
      ];
      expect(await sevens(args, { cwd })).toMatchObject({ code: 0 });
      const [head, ...rows] = textIn(cwd, "t.csv").trim().split("\n");
      expect(head).toBe("x [fm],k,k*twice(x) [fm],x/side");
      const numbers = rows.map((row) => row.split(",").map(Number));
      expect(numbers.map(([x, k]) => [x, k])).toEqual([
        [1, 1],
        [1, 10],
        [2, 1],
        [2, 10],
        [3, 1],
        [3, 10],
      ]);
      for (const [x, k, y, z] of numbers) {
        expect(y).toBeCloseTo(2 * x! * k!, 12);
        expect(z).toBeCloseTo(x! / 3, 12);
      }
    });
  });

  it("takes functions of the library, and says what its JSON is by a schema", async () => {
    await inFolder(world, async (cwd) => {
      const grid = ["--grid", "q in 1 MeV .. 90 GeV log 3 points"];
      const args = ["evaluate", "a.sevens", "weakMixingAngle(q)", ...grid, "--format", "json"];
      const { code, stdout } = await sevens(args, { cwd });
      expect(code).toBe(0);
      expect(violations("evaluate", stdout)).toBeUndefined();
      const { grid: axes, points } = JSON.parse(stdout);
      expect(axes[0]).toMatchObject({ name: "q", unit: "GeV" });
      // arXiv:1712.09146: 0.23868 at rest; s^2(M_Z) = 0.2312 is put in.
      expect(points[0].values[0]).toBeCloseTo(0.23868, 4);
      expect(points[2].values[0]).toBeGreaterThan(0.231);
    });
  });

  it("prints in another unit where it fits", async () => {
    await inFolder(world, async (cwd) => {
      const { stdout } = await sevens(["evaluate", "a.sevens", "side", "--in", "cm", "--format", "csv"], {
        cwd,
      });
      expect(stdout.split("\n")[0]).toBe("side [cm]");
      expect(Number(stdout.split("\n")[1])).toBeCloseTo(3e-13, 20);
    });
  });

  const refused: readonly (readonly [args: readonly string[], code: number, says: string])[] = [
    [["side + 1 MeV"], 2, "SV1201"],
    [["twice(1 MeV)"], 2, "SV1207"],
    [["q"], 2, "unknown name `q`"],
    [["twice(x)", "--grid", "x in 1 .. 2 3 points"], 2, "SV1207"],
    [["twice(x)", "--grid", "x"], 2, "write it as"],
    [["twice(x)", "--grid", "x in 1 fm .. 2 fm"], 2, "how many points"],
    [["side", "--in", "furlong"], 2, "no unit `furlong`"],
    [["ln(x)", "--grid", "x = -1, 1"], 3, "NaN at x = -1"],
  ];

  it.each(refused)("refuses %j", async (args, code, says) => {
    await inFolder(world, async (cwd) => {
      const outcome = await sevens(["evaluate", "a.sevens", ...args], { cwd });
      expect(outcome.stderr).toContain(says);
      expect(outcome.code).toBe(code);
    });
  });
});

it("types are units, whatever a file calls its constants", async () => {
  const stdin = `sevens 1
constant cm = 3
constant keV = 5
table f(T: keV): cm {
  points = [[0, 1], [10, 3]]
  interpolation = linear
}
function g(x: keV): cm^2 = f(x)*f(x)
`;
  const { code, stdout, stderr } = await sevens(
    ["evaluate", "-", "f(0.005 MeV)", "g(5000 eV)", "--format", "csv"],
    {
      stdin,
    },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [, row] = stdout.trim().split("\n");
  // 2 cm, and its square.
  expect(row!.split(",").map(Number)).toEqual([expect.closeTo(2e13, -4), expect.closeTo(4, 6)]);
});
