import { describe, expect, it } from "vitest";
import { chiSquareSurvival } from "../../runtime/chi-square.ts";
import { inFolder, sevens, textIn } from "./harness.ts";

const line = (fields: readonly (string | number)[]): string => `${fields.join(",")}\n`;
const steps = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** A profile with its lowest point at 5.4 and an error of 0.4. */
const profile = [
  line(["Rn [fm]", "chi2", "delta_chi2", "converged"]),
  ...steps(4, 7, 31).map((x) => line([x, 84 + ((x - 5.4) / 0.4) ** 2, ((x - 5.4) / 0.4) ** 2, "true"])),
].join("");

/** A strip in logarithms: Δχ² = (3 log₁₀ of g²/M² · 1e6)² in a plane of four decades. */
const plane = [
  line(["M_Zp [MeV]", "g", "chi2", "delta_chi2", "converged"]),
  ...steps(0, 4, 21).flatMap((m) =>
    steps(-4, 0, 21).map((g) => {
      const rise = (3 * (2 * g - 2 * m + 6)) ** 2;
      return line([10 ** m, 10 ** g, 90 + rise, rise, "true"]);
    }),
  ),
].join("");

const spectrum = `# made up
E [keV],"rate [1/keV]",kind
1,10,a
2,5,a
1,8,b
2,3,b
`;
const measured = "E,n,minus,plus,name\n1.5,7,1,2,here\n";
const tables = { "rn.csv": profile, "plane.csv": plane, "e.csv": spectrum, "m.csv": measured };

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

describe("plot of scans", () => {
  it("draws profiles with their levels", async () => {
    await inFolder(tables, async (cwd) => {
      const args = ["rn.csv", "rn.csv", "--label", "A", "--label", "B", "--level", "1sigma,90%"];
      const { code, stdout } = await sevens(["plot", ...args, "--data", "out.csv"], { cwd });
      expect(code).toBe(0);
      for (const text of ["Rn (fm)", "Δχ²", "1σ", "90%", "A", "B"]) expect(texts(stdout)).toContain(text);
      const levels = textIn(cwd, "out.csv")
        .split("\n")
        .filter((row) => row.startsWith("level,"))
        .map((row) => Number(row.split(",")[5]));
      expect(levels[0]).toBeCloseTo(1, 9);
      expect(levels[1]).toBeCloseTo(2.7055, 4);
    });
  });

  it("draws contours where Δχ² passes the level, on axes as the grid is spaced", async () => {
    await inFolder(tables, async (cwd) => {
      const args = [
        "plot",
        "plane.csv",
        "--level",
        "2sigma",
        "--dof",
        "1",
        "--data",
        "out.csv",
        "-o",
        "out.png",
      ];
      expect(await sevens(args, { cwd })).toMatchObject({
        code: 0,
        stderr: "wrote out.png\nwrote out.csv\n",
      });
      const [head, ...rows] = textIn(cwd, "out.csv").trim().split("\n");
      expect(head).toBe("kind,label,level,line,M_Zp [MeV],g,low,high");
      expect(new Set(rows.map((row) => row.split(",")[3]))).toEqual(new Set(["1", "2"]));
      for (const row of rows) {
        const [, , level, , m, g] = row.split(",");
        expect(level).toBe("2σ");
        // The strip, to what is between the points of the grid.
        expect(Math.abs(Math.log10(Number(g)) - Math.log10(Number(m)) + 3)).toBeCloseTo(1 / 3, 1);
      }
    });
  });

  it("counts from another minimum, and says when no contour is there", async () => {
    await inFolder(tables, async (cwd) => {
      const none = await sevens(["plot", "plane.csv", "--minimum", "1e6", "-o", "a.svg"], { cwd });
      expect(none).toMatchObject({ code: 0 });
      expect(none.stderr).toContain("no contour");
      const shifted = await sevens(
        ["plot", "rn.csv", "--minimum", "80", "--data", "out.csv", "-o", "b.svg"],
        { cwd },
      );
      expect(shifted.code).toBe(0);
      const rises = textIn(cwd, "out.csv")
        .split("\n")
        .filter((row) => row.startsWith("curve,"));
      expect(Math.min(...rises.map((row) => Number(row.split(",")[5])))).toBeCloseTo(4, 9);
    });
  });

  it("takes levels from the p-values of toys, if asked", async () => {
    // With the p-values that Wilks' theorem has, the contours are those of Δχ².
    const round = [
      line(["x", "y", "chi2", "delta_chi2", "p_value", "converged"]),
      ...steps(-4, 4, 81).flatMap((x) =>
        steps(-4, 4, 81).map((y) => {
          const rise = x * x + y * y;
          return line([x, y, 50 + rise, rise, chiSquareSurvival(rise, 2), "true"]);
        }),
      ),
    ].join("");
    await inFolder({ "round.csv": round, "rn.csv": profile }, async (cwd) => {
      const args = ["plot", "round.csv", "--toys", "--level", "90%", "--data", "out.csv"];
      expect((await sevens(args, { cwd })).code).toBe(0);
      const radii = textIn(cwd, "out.csv")
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(","))
        .map((row) => Math.hypot(Number(row[4]), Number(row[5])));
      expect(radii.length).toBeGreaterThan(50);
      for (const radius of radii) expect(radius).toBeCloseTo(Math.sqrt(4.60517), 2);
      const lacking = await sevens(["plot", "rn.csv", "--toys"], { cwd });
      expect(lacking).toMatchObject({ code: 2, stderr: expect.stringContaining("has no p-values of toys") });
    });
  });

  it("does not mix grids of unlike dimension", async () => {
    await inFolder(tables, async (cwd) => {
      const { code, stderr } = await sevens(["plot", "rn.csv", "plane.csv"], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain("unlike dimension");
    });
  });
});

describe("plot of columns", () => {
  it("draws curves by the values of a column, points and bands", async () => {
    await inFolder({ ...tables, "band.csv": "E,low,high\n1,2,4\n2,3,5\n" }, async (cwd) => {
      const over = [
        "--points",
        "m.csv: E, n, minus, plus named name as Data",
        "--overlay",
        "band.csv: E, low, high as Band",
      ];
      const args = ["plot", "e.csv", "--x", "E", "--y", "rate", "--by", "kind", ...over, "--data", "out.csv"];
      const { code, stdout } = await sevens(args, { cwd });
      expect(code).toBe(0);
      for (const text of ["E (keV)", "rate (1/keV)", "a", "b", "Data", "Band", "here"])
        expect(texts(stdout)).toContain(text);
      expect(textIn(cwd, "out.csv")).toContain("points,here,,1,1.5,7,6,9\n");
      expect(textIn(cwd, "out.csv")).toContain("band,Band,,1,2,,3,5\n");
      expect(textIn(cwd, "out.csv")).toContain("curve,b,,1,2,3,,\n");
    });
  });

  it("takes rows and plain numbers for points", async () => {
    const fit = "kind,name,value,minus,plus\nfree,s2w,4,1,2\nnuisance,n,0,1,1\n";
    await inFolder({ ...tables, "fit.csv": fit }, async (cwd) => {
      const points = [
        "--points",
        "fit.csv where kind=free, name=s2w: 1.5, value, minus, plus named name as Fit",
      ];
      const args = [
        "plot",
        "e.csv",
        "--x",
        "E",
        "--y",
        "rate",
        "--where",
        "kind=a",
        ...points,
        "--data",
        "out.csv",
      ];
      expect(await sevens(args, { cwd })).toMatchObject({ code: 0 });
      const rows = textIn(cwd, "out.csv").trim().split("\n").slice(1);
      expect(rows).toEqual(["curve,,,1,1,10,,", "curve,,,1,2,5,,", "points,s2w,,1,1.5,4,3,6"]);
    });
  });

  it("makes steps of bins, and densities of counts", async () => {
    const bins = "E_lo_keV,E_hi_keV,total\n1,2,4\n2,4,6\n";
    await inFolder({ "t.csv": bins }, async (cwd) => {
      const args = ["plot", "t.csv", "--x", "E", "--y", "total", "--data", "out.csv"];
      const { stdout } = await sevens(args, { cwd });
      expect(texts(stdout)).toContain("E (keV)");
      const rows = (): string[] => textIn(cwd, "out.csv").trim().split("\n").slice(1);
      expect(rows().map((row) => row.split(",").slice(4, 6).map(Number))).toEqual([
        [1, 4],
        [2, 4],
        [2, 6],
        [4, 6],
      ]);
      await sevens([...args, "--density"], { cwd });
      expect(rows().map((row) => Number(row.split(",")[5]))).toEqual([4, 4, 3, 3]);
    });
  });

  it("takes powers of ten out of the numbers, and titles that are given", async () => {
    await inFolder({ "t.csv": "x,y [cm^2]\n1,1e-40\n2,3e-40\n" }, async (cwd) => {
      const plain = await sevens(["plot", "t.csv", "--x", "x", "--y", "y"], { cwd });
      expect(texts(plain.stdout)).toContain("y (10⁻⁴⁰ cm²)");
      const titled = await sevens(
        ["plot", "t.csv", "--x", "x", "--y", "y", "--y-title", "σ (cm²)", "--log-y"],
        { cwd },
      );
      expect(texts(titled.stdout)).toContain("σ (cm²)");
      expect(texts(titled.stdout)).toContain("10⁻⁴⁰");
    });
  });
});

describe("plot of what is no table, or with options that do not fit", () => {
  const refused: readonly (readonly [args: readonly string[], code: number, says: string])[] = [
    [["missing.csv"], 1, "missing.csv"],
    [["empty.csv"], 1, "it is empty, not a table"],
    [["head.csv"], 1, "a head and no rows"],
    [["ragged.csv"], 1, "row 2 has 1 fields, the head 2"],
    [["e.csv"], 2, "say which columns to draw"],
    [["e.csv", "--x", "E", "--y", "rat"], 2, "did you mean `rate`?"],
    [["e.csv", "--x", "E", "--y", "kind"], 2, "has no numbers"],
    [["e.csv", "--x", "E", "--y", "rate", "--where", "kind=c"], 2, "no row"],
    [["e.csv", "--x", "E", "--y", "rate", "--label", "a", "--label", "b"], 2, "2 labels for 1 curves"],
    [["e.csv", "--x", "E", "--y", "rate", "--points", "m.csv: E"], 2, "1 columns where 2 or 3 or 4"],
    [["e.csv", "--x", "E", "--y", "rate", "--log-y", "--y-range", "0..3"], 2, "begins above zero"],
    [["e.csv", "--x", "E", "--y", "rate", "--density"], 2, "wants bins"],
    [["rn.csv", "--prefit"], 2, "`--prefit` is for specs"],
    [["rn.csv", "--level", "90"], 2, "not a level"],
    [["rn.csv", "a.sevens"], 2, "no common picture"],
    [["a.sevens", "--level", "90%"], 2, "is for tables"],
    [["rn.csv", "-o", "rn.csv"], 2, "a picture is .svg, .png or .pdf"],
    [["rn.csv", "-o", "a.svg", "--data", "rn.csv"], 2, "the file that was read"],
  ];

  it.each(refused)("%j", async (args, code, says) => {
    const wrong = { "empty.csv": "# nothing\n", "head.csv": "a,b\n", "ragged.csv": "a,b\n1,2\n3\n" };
    await inFolder({ ...tables, ...wrong }, async (cwd) => {
      const outcome = await sevens(["plot", ...args], { cwd });
      expect(outcome.stderr).toContain(says);
      expect(outcome.code).toBe(code);
    });
  });
});
