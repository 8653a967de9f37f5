/** Coverage through the command line: 2,000 toys of a neutron radius, and the boundary of a coupling. */
import { describe, expect, test } from "vitest";
import { inFolder, neutronRadius, sevens, textIn, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const coverage = `${root}/examples/coverage/coverage.sevens`;

async function printed(args: readonly string[], told = /^$/): Promise<string> {
  const { code, stdout, stderr } = await sevens([...args, "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(told) });
  return stdout;
}

describe("2,000 toys", { timeout: 120_000 }, () => {
  test("of a neutron radius: the intervals at 68.27 % and 90 % cover within 2 %", async () => {
    const text = await printed([
      "toys",
      neutronRadius,
      "--at",
      "Rn = 5.06 fm",
      "--count",
      "2000",
      "--seed",
      "1",
    ]);
    expect(violations("toys", text)).toBeUndefined();
    const [{ failed, levels, estimates, observed }] = JSON.parse(text).truths;
    expect(failed).toBe(0);
    for (const { level, coverage } of levels) expect(Math.abs(coverage.value - level)).toBeLessThan(0.02);
    expect(levels.map(({ level }: { readonly level: number }) => level)).toEqual([0.6827, 0.9]);
    expect(estimates[0]).toMatchObject({ name: "Rn", truth: 5.06, mean: expect.closeTo(5.05, 1) });
    // The error of the fit is 0.43 below and 0.40 above.
    expect(estimates[0].deviation).toBeCloseTo(0.45, 1);
    expect(observed.goodness.value).toBeCloseTo(0.87, 1);
  });
});

describe("a coupling next to its boundary", { timeout: 120_000 }, () => {
  test("has the critical value of half a χ² distribution, and the usual one away from it", async () => {
    const at = ["--analysis", "Universal", "--at", "g_Zp = 1e-7, 3e-5"];
    const text = await printed(["toys", coverage, ...at, "--count", "1500", "--level", "90%"]);
    const [near, far] = JSON.parse(text).truths.map(
      ({ levels }: { readonly levels: readonly unknown[] }) => levels[0],
    );
    expect(Math.abs(near.critical - 1.642)).toBeLessThan(0.25);
    expect(near.coverage.value).toBeCloseTo(0.95, 1.5);
    expect(Math.abs(far.coverage.value - 0.9)).toBeLessThan(0.02);
  });
});

describe("a heavy boson, which can turn the sign of the weak charge", { timeout: 120_000 }, () => {
  const heavy = `${root}/examples/light-mediators/light-mediators.sevens`;
  const limit = ["limit", heavy, "--analysis", "UniversalCsIHeavy", "--level", "95.45%"];
  type Regions = readonly { readonly low: number | null; readonly high: number }[];
  const regionsOf = (text: string): Regions => JSON.parse(text).observed.regions;

  // `examples/light-mediators`: g/M up to 0.498, or 1.690 to 1.818, per TeV, by Wilks; the mass is 100 GeV.
  const near = (found: number, wilks: number) => expect(Math.abs(found / wilks - 1)).toBeLessThan(0.03);

  test("has two regions by CLs", async () => {
    const [first, second] = regionsOf(
      await printed([...limit, "--method", "cls"], /^warning\[SV1816\]: .* several in g_Zp: /),
    );
    near(first!.high, 0.0498);
    near(second!.low!, 0.169);
    near(second!.high, 0.1818);
  });

  test("and by Feldman and Cousins", async () => {
    const grid = ["--grid", "g_Zp = 0.03, 0.046, 0.054, 0.16, 0.166, 0.174, 0.178, 0.186", "--toys", "250"];
    const text = await printed([...limit, "--method", "feldman-cousins", ...grid]);
    const [first, second] = regionsOf(text);
    near(first!.high, 0.0498);
    near(second!.low!, 0.169);
    near(second!.high, 0.1818);
  });
});

/** A second parameter that a measurement fixes, written as a constraint on an expression. */
const constrained = `sevens 1
use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }

analysis Both {
  model = StandardModel
  experiments = CsI2021
  parameter Rn = 5.06 fm in 3 fm .. 8 fm
  tie Cs133.Rn = Rn
  tie I127.Rn  = Rn
  free StandardModel.s2w in 0.1 .. 0.4
  constraint mixing_angle {
    value = 2*StandardModel.s2w
    measured = 0.4772 +- 0.01
  }
}
`;

describe("toys of a spec with a constraint", { timeout: 120_000 }, () => {
  test("have its measurement fluctuate", async () => {
    await inFolder({ "both.sevens": constrained }, async (cwd) => {
      const args = [
        "toys",
        "both.sevens",
        "--at",
        "Rn = 5.06 fm",
        "--count",
        "200",
        "--nuisances",
        "nominal",
      ];
      const { code, stderr } = await sevens([...args, "--format", "json", "-o", "both.json"], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const [{ estimates, levels }] = JSON.parse(textIn(cwd, "both.json")).truths;
      // CsI alone would have an error of 0.025: the estimate spreads as the other measurement does.
      const angle = estimates.find(({ name }: { readonly name: string }) => name.endsWith("s2w"));
      expect(angle.mean).toBeCloseTo(0.2386, 2);
      expect(Math.abs(angle.deviation / 0.005 - 1)).toBeLessThan(0.2);
      expect(Math.abs(levels[0].coverage.value - 0.6827)).toBeLessThan(0.12);
    });
  });
});
