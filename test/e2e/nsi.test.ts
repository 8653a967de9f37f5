/** Non-standard interactions through the command line: two regions of each coupling, and bands that close. */
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
});
