/** Levels in standard deviations: in a spec as on the command line. */
import { describe, expect, it } from "vitest";
import { inFolder, sevens, textIn } from "./harness.ts";

const spec = (interval: string): string => `sevens 1
use materials { Ge }
use interactions { StandardModel }

source Beam {
  fluence = 1e6 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Counter {
  target Ge = 1 g
  observable recoil: keVnr { value(T) = T }
}
experiment Run {
  source Beam
  detector Counter
  bins recoil = [1, 2] keVnr
  data = [10]
  background Flat { events = [10] }
}
analysis Simple {
  model = StandardModel
  experiments = Run
  parameter x = 0.5 in -10 .. 10
  constraint a {
    value = x
    measured = 2 +- 1
  }
  interval = ${interval}
}
`;

/** erf(k/√2), from a table. */
const within = { one: 0.6826894921370859, half: 0.8663855974622838, three: 0.9973002039367398 };

interface Interval {
  readonly level: number;
  readonly regions: readonly { readonly low: number; readonly high: number }[];
}

async function intervalsOf(cwd: string, file: string): Promise<readonly Interval[]> {
  const { code, stdout } = await sevens(["fit", file, "--format", "json"], { cwd });
  expect(code).toBe(0);
  return JSON.parse(stdout).analyses[0].intervals;
}

describe("levels in standard deviations", () => {
  it("are the probabilities of one normal variable, and end so many errors from the best value", async () => {
    await inFolder({ "a.sevens": spec("3sigma, 90%, 1.5 sigma, 1 sigma") }, async (cwd) => {
      expect((await sevens(["check", "a.sevens"], { cwd })).code).toBe(0);
      const found = await intervalsOf(cwd, "a.sevens");
      const expected = [within.three, 0.9, within.half, within.one];
      for (const [i, { level, regions }] of found.entries()) {
        expect(level).toBeCloseTo(expected[i]!, 12);
        expect(regions).toHaveLength(1);
        const deviations = [3, 1.6448536269514722, 1.5, 1][i]!;
        expect(regions[0]!.low).toBeCloseTo(2 - deviations, 4);
        expect(regions[0]!.high).toBeCloseTo(2 + deviations, 4);
      }
    });
  });

  it("are those of `--level`, to the last bit", async () => {
    await inFolder({ "a.sevens": spec("3sigma, 1.5sigma"), "b.sevens": spec("90%") }, async (cwd) => {
      const chains = ["--chains", "1", "--draws", "20", "--warmup", "20", "--format", "json"];
      const levels = async (...args: readonly string[]): Promise<readonly number[]> => {
        const { stdout } = await sevens(["sample", ...args, ...chains], { cwd });
        return JSON.parse(stdout).parameters[0].intervals.map(({ level }: Interval) => level);
      };
      const ofSpec = await levels("a.sevens");
      expect(ofSpec).toEqual(await levels("b.sevens", "--level", "3sigma,1.5sigma"));
    });
  });

  it("go through documents, formatting and `diff`", async () => {
    const files = {
      "a.sevens": spec("3sigma, 90%"),
      "b.sevens": spec("3.0 sigma, 0.9"),
      "c.sevens": spec("2sigma, 90%"),
    };
    await inFolder(files, async (cwd) => {
      const { stdout: document } = await sevens(["check", "--dump", "model", "a.sevens"], { cwd });
      const found = await sevens(["fit", "-", "--format", "json"], { cwd, stdin: document });
      expect(JSON.parse(found.stdout).analyses[0].intervals[0].level).toBeCloseTo(within.three, 12);
      expect((await sevens(["fmt", "--write", "a.sevens"], { cwd })).code).toBe(0);
      expect(textIn(cwd, "a.sevens")).toContain("interval = 3 sigma, 90%");
      const same = await sevens(["diff", "a.sevens", "b.sevens"], { cwd });
      expect(same.stdout).toMatch(/^cosmetic/);
      expect(same.stdout).not.toContain("report");
      const other = await sevens(["diff", "a.sevens", "c.sevens"], { cwd });
      expect(other.stdout).toContain("interval: value: 3 sigma, 90% → 2 sigma, 90%");
    });
  });

  it.each(["7sigma", "0sigma"])("beyond what has enough digits are refused: %s", async (level) => {
    await inFolder({ "a.sevens": spec(level) }, async (cwd) => {
      const { code, stdout, stderr } = await sevens(["check", "a.sevens"], { cwd });
      expect(code).toBe(1);
      expect(stdout + stderr).toContain("SV1401");
    });
  });
});
