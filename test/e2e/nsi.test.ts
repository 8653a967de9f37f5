/** Non-standard interactions through the command line: two regions of each coupling, and bands that close. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sevens } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const spec = `${root}/examples/nsi/nsi.sevens`;

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await sevens([...args, "--format", "json"]);
  expect({ code, stderr: stderr.replace(/^scanning.*$/gm, "").trim() }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("non-standard interactions", { timeout: 120_000 }, () => {
  test("the spec has no problems", async () => {
    expect(await sevens(["check", spec])).toMatchObject({ code: 0, stdout: "" });
  });

  test("CsI alone at 90 %: both regions within 0.0005 of an independent code", async () => {
    const { analyses } = await json(["fit", spec, "--analysis", "MuonUp,ElectronUp"]);
    const expected = [
      [-0.0254, 0.0429, 0.3575, 0.4163],
      [-0.0843, 0.0598, 0.335, 0.4684],
    ];
    for (const [k, { intervals }] of analyses.entries()) {
      const ends = intervals[0].regions.flatMap(({ low, high }: { low: number; high: number }) => [
        low,
        high,
      ]);
      expect(ends).toHaveLength(4);
      for (const [i, end] of expected[k]!.entries()) expect(Math.abs(ends[i] - end)).toBeLessThan(0.0005);
    }
  });

  test("along a band of CsI the other nuclei rule out what CsI allows", async () => {
    const lowest = async (analysis: string): Promise<number> => {
      const grid = ["--grid", "NSI.eps_u[e,e] = 6", "--grid", "across in -0.25 .. 0.1 step 0.01"];
      const { points } = await json(["scan", spec, "--analysis", analysis, ...grid, "--workers", "1"]);
      return Math.min(...points.map((one: { deltaChi2: number }) => one.deltaChi2));
    };
    expect(await lowest("LongCsI")).toBeLessThan(2.5);
    expect(await lowest("LongThree")).toBeGreaterThan(4.61);
  });

  test("couplings that change the flavour: as strong with either sign, weaker limits where only nu_e takes part", async () => {
    const expected: Readonly<Record<string, number>> = {
      ElectronMuonUp: 0.1057,
      ElectronTauUp: 0.2045,
      MuonTauUp: 0.1131,
      MuonTauDown: 0.1028,
      ElectronTauUpThree: 0.1562,
    };
    const { analyses } = await json(["fit", spec, "--analysis", Object.keys(expected).join(",")]);
    for (const { name, intervals } of analyses) {
      const [{ low, high }, ...others] = intervals[0].regions;
      expect(others).toEqual([]);
      expect(high).toBeCloseTo(expected[name]!, 3);
      expect(low).toBeCloseTo(-high, 5);
    }
  });

  test("the bands of the picture have the slopes of N/Z, and argon has one", () => {
    const rows = readFileSync(`${root}/examples/nsi/electron.csv`, "utf8")
      .split("\n")
      .map((row) => row.split(","))
      .filter(([kind]) => kind === "curve");
    for (const [label, lines, Z, N] of [
      ["CsI", 4, 54, 76],
      ["Ar", 2, 18, 22],
      ["Dresden-II", 4, 32, 40.7],
    ] as const) {
      const points = rows.filter(([, name]) => name === label);
      const numbers = new Set(points.map((row) => row[3]));
      expect(numbers.size, label).toBe(lines);
      for (const line of numbers) {
        const places = points.filter((row) => row[3] === line).map((row) => [Number(row[4]), Number(row[5])]);
        const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = [places[0], places.at(-1)];
        const slope = (y1 - y0) / (x1 - x0);
        // Form factors of protons and neutrons, and the spectrum, turn the bands of CsI by two per cent.
        expect(Math.abs(slope / ((2 * Z + N) / (Z + 2 * N)) + 1), `${label} ${line}`).toBeLessThan(0.025);
      }
    }
  });
});
